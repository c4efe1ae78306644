//! In: an operation's `responses`. Out: its `Response`s by status, and the `Success` that a call gives.

use super::call::Call;
use super::context::{Context, Place};
use super::media;
use super::schemas::{docs, type_of};
use crate::diagnostic::Problem;
use crate::ir::{Response, Success, Type};
use crate::pointer::Pointer;
use openapiv3::MediaType;

/// A response with what its body is decoded to.
pub(super) struct Answer {
    pub response: Response,
    decoded: Success,
}

impl Answer {
    fn is_success(&self) -> bool {
        is_success(&self.response.status)
    }
}

/// Every declared answer, sorted by status, `default` last.
pub(super) fn responses<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, place: &Place) -> Vec<Answer> {
    let list = call.at.join("responses");
    let declared = &call.operation.responses;
    let mut all: Vec<_> = declared.responses.iter().map(|(status, item)| (status.to_string(), item)).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all.extend(declared.default.iter().map(|item| ("default".to_owned(), item)));
    let mut answers: Vec<Answer> = Vec::new();
    for (status, item) in all {
        let at = list.join(status.as_str());
        let Some((at, response)) = context.follow(item, at.clone(), "responses", |all| &all.responses) else {
            let (what, reason) = (format!("the response `{status}`"), "it could not be read");
            context.report(&at, Problem::LeftOut { what, reason });
            continue;
        };
        let content = at.join("content");
        let chosen = media::choose(context, &response.content, &content);
        // The types of the first success are the answer's; those of the others are told apart by their status. What is
        // shared is named after itself.
        let first = is_success(&status) && !answers.iter().any(Answer::is_success);
        let own = at.tokens().first().is_some_and(|token| token == "paths");
        let name = if first || !own { "response".to_owned() } else { format!("response_{status}") };
        let (decoded, r#type) = match chosen {
            _ if response.extensions.contains_key("x-oasmith-left-out") => (Success::Raw, None),
            Some((media, described)) => {
                body(context, media, described, &content.join(media), &place.at(&at).part(&name))
            }
            None => (Success::Nothing, None),
        };
        let media = chosen.map(|(media, _)| media.to_owned());
        let docs = docs(&[&Some(response.description.clone())]);
        answers.push(Answer { response: Response { origin: at, status, docs, media, r#type }, decoded });
    }
    answers
}

fn body<'a>(
    context: &mut Context<'a>,
    media: &str,
    described: &'a MediaType,
    at: &Pointer,
    place: &Place,
) -> (Success, Option<Type>) {
    let json = media::is_json(media) || (media::is_range(media) && !media::is_bytes(described));
    if json {
        let schema = described.schema.as_ref();
        let used = schema.map(|schema| type_of(context, schema.into(), &at.join("schema"), place).element());
        let r#type = used.unwrap_or(Type::Json);
        return (Success::Json(r#type.clone()), Some(r#type));
    }
    let essence = media::essence(media);
    if essence == "text/event-stream" || essence.ends_with("xml") || essence.ends_with("ndjson") {
        let taken = "the answer is given as it is";
        context.report(at, Problem::RawBody { media: media.to_owned(), taken });
    }
    (if essence.starts_with("text/") { Success::Text } else { Success::Bytes }, None)
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// What a successful call gives: what all successful answers have in common.
pub(super) fn success(context: &mut Context<'_>, answers: &[Answer], at: &Pointer) -> Success {
    let mut successes: Vec<&Answer> = answers.iter().filter(|answer| answer.is_success()).collect();
    if successes.is_empty() {
        // A document that declares nothing but `default` means the answer that one hopes for.
        let lone = answers.iter().all(|answer| answer.response.status == "default");
        successes = answers.iter().filter(|_| lone).collect();
    }
    let mut kinds: Vec<&Success> = Vec::new();
    for answer in &successes {
        if !kinds.contains(&&answer.decoded) {
            kinds.push(&answer.decoded);
        }
    }
    match kinds.as_slice() {
        [] => Success::Nothing,
        [one] => (*one).clone(),
        [Success::Json(r#type), Success::Nothing] | [Success::Nothing, Success::Json(r#type)] => {
            Success::OptionalJson(r#type.clone())
        }
        _ => {
            let statuses: Vec<_> = successes.iter().map(|answer| answer.response.status.as_str()).collect();
            let statuses = statuses.join(", ");
            context.report(&at.join("responses"), Problem::SeveralSuccesses { statuses });
            Success::Raw
        }
    }
}
