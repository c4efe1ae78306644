//! In: an operation's `responses`. Out: its `Response`s by status; of them the `Success` that a call gives, and what the
//! answers with which it fails are decoded to.

use super::call::Call;
use super::context::{Context, Place};
use super::schemas::docs;
use super::{contents, headers, statuses};
use crate::diagnostic::Problem;
use crate::ir::{Content, Decoded, Outcome, Response, Success};

/// The statuses whose answers have no body, whatever a description says (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5).
const EMPTY: [&str; 3] = ["204", "205", "304"];

/// Every declared answer, sorted by status, `default` last.
pub(super) fn responses<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, place: &Place) -> Vec<Response> {
    let list = call.at.join("responses");
    let declared = &call.operation.responses;
    let mut all: Vec<_> = declared.responses.iter().map(|(status, item)| (status.to_string(), item)).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all.extend(declared.default.iter().map(|item| ("default".to_owned(), item)));
    let mut answers: Vec<Response> = Vec::new();
    for (status, item) in all {
        let here = list.join(status.as_str());
        let Some((at, response)) = context.follow(item, here.clone(), "responses", |all| &all.responses) else {
            let (what, reason) = (format!("the response `{status}`"), "it could not be read");
            context.report(&here, Problem::LeftOut { what, reason });
            continue;
        };
        // The types of the first success are the answer's; those of the others are told apart by their status. What is
        // shared is named after itself.
        let first = is_success(&status) && !answers.iter().any(|answer| is_success(&answer.status));
        let own = at.tokens().first().is_some_and(|token| token == "paths");
        let name = if first || !own { "response".to_owned() } else { format!("response_{status}") };
        let place = place.at(&at).part(&name);
        let content = at.join("content");
        let (contents, events) = if response.extensions.contains_key("x-oasmith-left-out") {
            (vec![Content { media: Vec::new(), decoded: Decoded::Raw }], None)
        } else if let Some(reason) = empty(call.method, &status) {
            if !response.content.is_empty() {
                let what = format!("the body of the response `{status}`");
                // What is shared may have a body elsewhere.
                let place = if call.method == "head" { &here } else { &content };
                context.report(place, Problem::LeftOut { what, reason });
            }
            (Vec::new(), None)
        } else {
            contents::contents(context, &response.content, &content, &place)
        };
        let (headers, raw_headers) = match is_success(&status) {
            true => (headers::headers(context, &response.headers, &at.join("headers"), &place), Vec::new()),
            false => (Vec::new(), headers::names(&response.headers)),
        };
        let docs = docs(&[&Some(response.description.clone())]);
        answers.push(Response { origin: at, status, docs, contents, events, headers, raw_headers });
    }
    answers
}

/// Why an answer has no body, if it has none by its status or by the method (RFC 9110, section 9.3.2).
fn empty(method: &str, status: &str) -> Option<&'static str> {
    match method {
        "head" => Some("answers to HEAD have none"),
        _ => EMPTY.contains(&status).then_some("answers of this status have none"),
    }
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// The answers that are successes.
pub(super) fn successes(answers: &[Response]) -> Vec<&Response> {
    // A document that declares nothing but `default` means the answer that one hopes for.
    let lone = answers.iter().all(|answer| answer.status == "default");
    answers.iter().filter(|answer| is_success(&answer.status) || lone).collect()
}

/// What a successful call gives: what all successful answers have in common, else one of them.
pub(super) fn success(successes: &[&Response]) -> Success {
    let mut kinds: Vec<&Decoded> = Vec::new();
    for decoded in successes.iter().flat_map(|answer| decoded(answer)) {
        if !kinds.contains(&decoded) {
            kinds.push(decoded);
        }
    }
    match kinds.as_slice() {
        // Whatever it is, nothing is known of it.
        [] => Success::Alone(Decoded::Raw),
        [one] => Success::Alone((*one).clone()),
        [Decoded::Json(r#type), Decoded::Nothing] | [Decoded::Nothing, Decoded::Json(r#type)] => {
            Success::Alone(Decoded::OptionalJson(r#type.clone()))
        }
        _ => Success::Several(outcomes(successes)),
    }
}

/// What the answers with which a call fails are decoded to, if there is a type for any of them.
pub(super) fn failures(answers: &[Response]) -> Vec<Outcome> {
    let fails = |answer: &&Response| !answer.status.starts_with(['1', '2']);
    let failures: Vec<_> = answers.iter().filter(fails).collect();
    let typed = failures.iter().flat_map(|answer| decoded(answer)).any(|decoded| decoded.r#type().is_some());
    if typed { outcomes(&failures) } else { Vec::new() }
}

/// What the body of an answer may be decoded to.
fn decoded(answer: &Response) -> Vec<&Decoded> {
    let all: Vec<_> = answer.contents.iter().map(|content| &content.decoded).collect();
    if all.is_empty() { vec![&Decoded::Nothing] } else { all }
}

/// A variant for each form of each answer. An exact status comes before its range, and that before `default` (OpenAPI
/// 3.1.1, section 4.8.16); of the forms of one status, the one that is read where no media type tells comes last.
fn outcomes(answers: &[&Response]) -> Vec<Outcome> {
    let mut answers = answers.to_vec();
    answers.sort_by_key(|answer| statuses::width(&answer.status));
    let forms = |answer: &&Response| -> Vec<Outcome> {
        let name = statuses::name(&answer.status);
        let outcome = |decoded: &Decoded, media: Vec<String>, name: String| Outcome {
            name,
            status: answer.status.clone(),
            media,
            docs: answer.docs.clone(),
            decoded: decoded.clone(),
        };
        match answer.contents.as_slice() {
            [] => vec![outcome(&Decoded::Nothing, Vec::new(), name)],
            [one] => vec![outcome(&one.decoded, Vec::new(), name)],
            several => {
                let rest = several.iter().position(contents::is_any).unwrap_or(0);
                let mut forms: Vec<_> = several.iter().zip(contents::words(several)).enumerate().collect();
                forms.sort_by_key(|(index, _)| *index == rest);
                let form = |(index, (form, word)): (usize, (&Content, String))| {
                    let media = if index == rest { Vec::new() } else { contents::telling(form, several) };
                    outcome(&form.decoded, media, format!("{name}{word}"))
                };
                forms.into_iter().map(form).collect()
            }
        }
    };
    answers.iter().flat_map(forms).collect()
}
