//! In: an operation and its client. Out: whether calls of it are right.

use crate::answers;
use crate::described::{Body, Credential, Media, Operation, Parameter, Place, Style, essence, is_json};
use crate::draw::{SHARES, Schemas, Share, fits, scalar};
use crate::driver::{Callable, Form};
use crate::forms;
use crate::process::Program;
use crate::request::{self, Content, Given, Wrong};
use crate::server::Server;
use oasmith_samples::document::cause;
use serde_json::{Map, Value, json};

/// Headers that say where a message ends (RFC 9112, section 6): any other value than the transport's breaks it.
const FRAMING: [&str; 4] = ["content-length", "transfer-encoding", "connection", "expect"];

/// What became of an operation.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// How often it was called.
    pub calls: usize,
    /// What was wrong, each with the inputs.
    pub wrong: Vec<(Wrong, String)>,
    /// Why it cannot be called as the document says, or gives less than the document says.
    pub unsupported: Option<String>,
    /// What was not tried, and why.
    pub untried: Vec<String>,
}

/// An operation to try.
pub struct Trial<'a> {
    /// What the document says.
    pub operation: &'a Operation,
    /// What the client has.
    pub callable: &'a Callable,
    /// What judges values.
    pub schemas: &'a Schemas,
    /// Where requests arrive.
    pub server: &'a Server,
}

impl Trial<'_> {
    /// Calls it with nothing optional, with all and with some of it, and with each declared answer at least twice.
    ///
    /// # Errors
    /// When the program cannot be run.
    pub fn run(&self, program: &mut Program, index: usize) -> Result<Verdict, String> {
        let mut verdict = Verdict { unsupported: self.unsupported(), ..Verdict::default() };
        if verdict.unsupported.as_deref().is_some_and(|reason| !reason.contains(" is given ")) {
            return Ok(verdict);
        }
        self.sent_somehow(program, index, &mut verdict)?;
        let mut answers = answers::statuses(self.operation);
        if answers.is_empty() {
            answers.push((usize::MAX, 200));
        }
        for round in 0..SHARES.len().max(2 * answers.len()) {
            let (declared, status) = answers[round % answers.len()];
            let content = self.operation.answers.get(declared).map_or(&[][..], |(_, content)| content);
            let (share, seed) = (SHARES[(round / answers.len() + 1) % SHARES.len()], round as u64);
            let prepared = answers::prepare(self.operation, content, status, seed, share, self.schemas);
            let Some(prepared) = prepared else {
                verdict.untried.push("no valid answer could be drawn".to_owned());
                continue;
            };
            let (given, inputs) = match self.given(seed, SHARES[round % SHARES.len()], false, &mut verdict.untried) {
                Ok(given) => given,
                Err(reason) => {
                    verdict.unsupported = Some(reason);
                    return Ok(verdict);
                }
            };
            self.server.prepare(prepared.answer.clone());
            let result = program.call(index, &inputs)?;
            verdict.calls += 1;
            let judged = match self.server.seen() {
                None => Err(not_sent(&result["fails"])),
                Some((seen, chosen)) => request::check(self.operation, &given, &seen, self.schemas)
                    .and_then(|()| answers::judge(self.operation, self.callable, &prepared, chosen, &result)),
            };
            verdict.wrong.extend(judged.err().map(|wrong| (wrong, inputs.to_string())));
        }
        verdict.untried.sort();
        verdict.untried.dedup();
        Ok(verdict)
    }

    /// Why the operation, or a part of it, is not supported. Where something is given in another form, it is tried
    /// nevertheless.
    fn unsupported(&self) -> Option<String> {
        let Self { operation, callable, .. } = self;
        let has = |place: Place, name: &str| callable.setters.contains_key(&(place.word().to_owned(), name.to_owned()));
        let missing = operation.parameters.iter().find(|one| one.required && !has(one.place, &one.name));
        if let Some(missing) = missing {
            return Some(format!("the client has no setter for a required {} parameter", missing.place.word()));
        }
        let unknown = |all: &Vec<Credential>| all.iter().any(|one| matches!(one, Credential::Other(_)));
        if !operation.security.is_empty() && operation.security.iter().all(unknown) {
            return Some("its security scheme is not supported".to_owned());
        }
        let body = operation.body.as_ref().filter(|body| !body.content.is_empty());
        match (body, &callable.body) {
            (Some(_), None) => return Some("the client has no setter for its body".to_owned()),
            (Some(body), Some(setter)) => {
                let bytes = setter.forms.iter().filter(|form| form.is_bytes);
                let media = bytes.filter_map(|form| Some(declared(body, form)?.name.as_str()));
                if let Some(media) = media.into_iter().find(|media| is_structured(media)) {
                    return Some(format!("its body is given as bytes: {}", essence(media)));
                }
            }
            _ => {}
        }
        // Of what no success is described there is no more to know.
        let is_described = operation.answers.iter().any(|(status, _)| status.starts_with('2'));
        let is_whole = callable.output == "http::Response<bytes::Bytes>";
        (is_whole && is_described).then(|| "its answer is given undecoded".to_owned())
    }

    /// No declared input may exist that can never be sent: a parameter of which the standard does not say how its values are
    /// serialized reaches the server, too, with one of some values at least.
    fn sent_somehow(&self, program: &mut Program, index: usize, verdict: &mut Verdict) -> Result<(), String> {
        for (at, parameter) in self.operation.parameters.iter().enumerate() {
            let key = (parameter.place.word().to_owned(), parameter.name.clone());
            let Some(setter) = self.callable.setters.get(&key) else { continue };
            let draw = |seed: u64, fits: &dyn Fn(&Value) -> bool| {
                self.schemas.draw(parameter.schema.as_deref(), seed * 100 + at as u64, Share(1.0), fits)
            };
            if parameter.style == Style::Other || draw(0, &|value| fits(self.operation, parameter, value)).is_some() {
                continue;
            }
            let mut wrong = None;
            for value in (0..4).filter_map(|seed| draw(seed, &|value| !value.is_null())) {
                let Ok((_, mut inputs)) = self.given(0, Share(0.0), true, &mut Vec::new()) else { continue };
                inputs[setter.as_str()] = value;
                self.server.prepare(crate::server::Answer { status: 204, ..Default::default() });
                let result = program.call(index, &inputs)?;
                verdict.calls += 1;
                if self.server.seen().is_some() {
                    wrong = None;
                    break;
                }
                wrong = Some((not_sent(&result["fails"]), inputs.to_string()));
            }
            verdict.wrong.extend(wrong);
        }
        Ok(())
    }

    /// Draws the inputs: what is given, and the same by setter. Where it is `loose`, of what the standard does not say how it
    /// is serialized any value is given.
    fn given(&self, seed: u64, share: Share, loose: bool, untried: &mut Vec<String>) -> Result<(Given, Value), String> {
        let (mut given, mut inputs) = (Given::default(), Map::new());
        for (index, parameter) in self.operation.parameters.iter().enumerate() {
            let place = parameter.place.word();
            if !parameter.required && !is_wanted(share, seed, index) {
                continue;
            }
            let Some(setter) = self.callable.setters.get(&(place.to_owned(), parameter.name.clone())) else {
                untried.push(format!("an optional {place} parameter has no setter"));
                continue;
            };
            if parameter.place == Place::Header && FRAMING.iter().any(|name| parameter.name.eq_ignore_ascii_case(name))
            {
                untried.push("a header that belongs to the transport".to_owned());
                continue;
            }
            let fits = |value: &Value| fits(self.operation, parameter, value);
            let seed = seed * 100 + index as u64;
            let draw =
                |fits: &dyn Fn(&Value) -> bool| self.schemas.draw(parameter.schema.as_deref(), seed, share, fits);
            match draw(&fits).or_else(|| draw(&|value| loose && !value.is_null())) {
                Some(value) => {
                    inputs.insert(setter.clone(), value.clone());
                    given.parameters.push((index, value));
                }
                None => {
                    let what = self.unspelt(parameter);
                    if parameter.required {
                        return Err(what);
                    }
                    untried.push(what);
                }
            }
        }
        if let (Some(body), Some(setter)) = (&self.operation.body, &self.callable.body)
            && (body.required || is_wanted(share, seed, self.operation.parameters.len()))
        {
            // Each in its turn; one that cannot hold what the schema asks for, such as text for an object, is passed over.
            let first = usize::try_from(seed).unwrap_or_default() % setter.forms.len();
            let forms = setter.forms[first..].iter().chain(&setter.forms[..first]);
            let mut drawn = forms.map(|form| (form, self.content(form, seed, share)));
            let (form, content) = drawn
                .find_map(|(form, content)| match content {
                    Some(content) => Some((form, content)),
                    None => {
                        let media = form.media.as_ref().or(form.variant.as_ref()).map_or("", String::as_str);
                        untried.push(format!("no valid body of `{media}` could be drawn"));
                        None
                    }
                })
                .ok_or("no valid body could be drawn")?;
            let value = match &content {
                // A text takes the text of a scalar.
                Content::Value(value, media) if is_text(&media.name) => {
                    scalar(value).map_or(Value::Null, Value::String)
                }
                Content::Value(value, _) => value.clone(),
                Content::Bytes(bytes) => Value::String(bytes.iter().map(|byte| char::from(*byte)).collect()),
            };
            let value = form.variant.as_ref().map_or(value.clone(), |variant| json!([variant, value]));
            inputs.insert(setter.name.clone(), value);
            given.body = Some(content);
        }
        Ok((given, Value::Object(inputs)))
    }

    /// Why there is no value for a parameter.
    fn unspelt(&self, parameter: &Parameter) -> String {
        let place = parameter.place.word();
        let values = |seed| self.schemas.draw(parameter.schema.as_deref(), seed, Share(0.5), &|_| true);
        match parameter.style {
            Style::Other => format!("a {place} parameter is of another media type than JSON"),
            _ if (0..3).find_map(values).is_none() => format!("no valid value of a {place} parameter could be drawn"),
            style => format!("the standard does not say how style {style:?} spells the value of a {place} parameter"),
        }
    }

    /// Draws the body.
    fn content(&self, form: &Form, seed: u64, share: Share) -> Option<Content> {
        if form.is_bytes {
            let start = seed.to_le_bytes()[0].wrapping_mul(41);
            return Some(Content::Bytes((0..20).map(|index| start.wrapping_add(index * 13)).collect()));
        }
        let declared = declared(self.operation.body.as_ref()?, form)?;
        let media = essence(&declared.name);
        let fits = |value: &Value| match media.as_str() {
            media if is_structured(media) => forms::fits(declared, value),
            media if media.ends_with("/*") || is_json(media) => true,
            _ => scalar(value).is_some(),
        };
        let value = self.schemas.draw(declared.schema.as_deref(), seed, share, &fits)?;
        Some(Content::Value(value, declared.clone()))
    }
}

/// What is declared of a form of a body: by its media type, or else by its name.
fn declared<'a>(body: &'a Body, form: &Form) -> Option<&'a Media> {
    let content = || body.content.iter();
    if let Some(media) = &form.media {
        let exact = content().find(|declared| declared.name == *media);
        return exact.or_else(|| content().find(|declared| essence(&declared.name).ends_with("/*")));
    }
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let variant = plain(form.variant.as_deref()?);
    let is_of = |media: &str| match variant.as_str() {
        "json" => is_json(media),
        "form" => media == "application/x-www-form-urlencoded",
        "multipart" => media == "multipart/form-data",
        "text" => media.starts_with("text/"),
        "xml" => media.ends_with("xml"),
        "bytes" => !is_json(media) && !is_structured(media) && !media.starts_with("text/"),
        _ => false,
    };
    let exact = content().find(|declared| plain(&essence(&declared.name)) == variant);
    exact.or_else(|| content().find(|declared| is_of(&essence(&declared.name))))
}

/// Whether an optional input is given.
fn is_wanted(Share(share): Share, seed: u64, index: usize) -> bool {
    share >= 1.0 || (share > 0.0 && (seed + index as u64).is_multiple_of(2))
}

/// A body with parts that have names, which a caller should not have to write.
fn is_structured(media: &str) -> bool {
    let essence = essence(media);
    essence.starts_with("multipart/") || essence == "application/x-www-form-urlencoded"
}

/// Whether a body is neither JSON nor a form.
fn is_text(media: &str) -> bool {
    !(is_structured(media) || is_json(media) || essence(media).ends_with("/*"))
}

/// Why no request came.
fn not_sent(fails: &Value) -> Wrong {
    let message = fails["message"].as_str().unwrap_or("the client says nothing");
    match fails["refused"].as_str() {
        Some(setter) => {
            let message = format!("{setter}: {message}");
            Wrong::new(
                format!(
                    "a setter's type refuses a valid value: {}",
                    cause(fails["message"].as_str().unwrap_or_default())
                ),
                message,
            )
        }
        None => Wrong::new(cause(message), message),
    }
}
