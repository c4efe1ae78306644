//! In: the declared answers of an operation. Out: answers to give, and what a client must make of each.

use crate::described::{Media, Operation, essence, is_json};
use crate::draw::{Schemas, Share};
use crate::driver::Callable;
use crate::request::Wrong;
use crate::server::Answer;
use oasmith_samples::compare::compare;
use oasmith_samples::document::cause;
use oasmith_samples::schema::UNKNOWN;
use serde_json::Value;

/// An answer to give.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What the server gives.
    pub answer: Answer,
    /// The JSON value of each of its bodies; `None` for other media.
    pub values: Vec<Option<Value>>,
    /// Whether the operation succeeds with it.
    pub is_success: bool,
}

/// The statuses of an operation, as the document names them, each with one that stands for it.
pub fn statuses(operation: &Operation) -> Vec<(usize, u16)> {
    let declared: Vec<u16> = operation.answers.iter().filter_map(|(status, _)| status.parse().ok()).collect();
    let free = |all: &[u16]| all.iter().find(|status| !declared.contains(status)).copied();
    let has_success = operation.answers.iter().any(|(status, _)| status.starts_with('2'));
    let of = |status: &str| match status {
        "1XX" => None,
        "2XX" => free(&[200, 201, 202, 299]),
        "3XX" => free(&[302, 399]),
        "4XX" => free(&[418, 400, 499]),
        "5XX" => free(&[500, 503, 599]),
        "default" if has_success || operation.answers.len() > 1 => free(&[500, 503, 418, 599]),
        "default" => Some(200),
        // What is only on the way to an answer is none (RFC 9110, section 15.2).
        status => status.parse().ok().filter(|status| (200..600).contains(status)),
    };
    let each = operation.answers.iter().enumerate();
    each.filter_map(|(index, (status, _))| Some((index, of(&status.to_uppercase().replace("DEFAULT", "default"))?)))
        .collect()
}

/// Draws an answer; `None` if there is no valid one.
pub fn prepare(
    operation: &Operation,
    content: &[Media],
    status: u16,
    seed: u64,
    share: Share,
    schemas: &Schemas,
) -> Option<Prepared> {
    let (mut answer, mut values) = (Answer { status, ..Answer::default() }, Vec::new());
    // These have no content, whatever is declared (RFC 9110, sections 9.3.2 and 15.3.5).
    let is_empty = operation.method == "HEAD" || matches!(status, 204 | 205 | 304);
    for media in content.iter().filter(|_| !is_empty) {
        let schema = media.schema.as_deref();
        let name = media_name(&media.name);
        if is_json(&name) && !media.is_file {
            let value = schemas.draw(schema, seed, share, &|_| true)?;
            answer.bodies.push((name, value.to_string().into_bytes()));
            values.push(Some(value));
        } else {
            let text = schemas.draw(schema, seed, share, &Value::is_string);
            let text = text.as_ref().and_then(Value::as_str).unwrap_or("<a>text äöü</a>");
            answer.bodies.push((name, text.as_bytes().to_vec()));
            values.push(None);
        }
    }
    Some(Prepared { answer, values, is_success: (200..300).contains(&status) })
}

/// A media type that can be sent where a range is declared.
fn media_name(declared: &str) -> String {
    match essence(declared).as_str() {
        "*/*" | "application/*" => "application/json".to_owned(),
        range if range.ends_with("/*") => range.replace('*', "plain"),
        _ => declared.to_owned(),
    }
}

/// Judges what a call gave.
///
/// # Errors
/// What is wrong.
pub fn judge(
    operation: &Operation,
    callable: &Callable,
    prepared: &Prepared,
    chosen: Option<usize>,
    result: &Value,
) -> Result<(), Wrong> {
    let status = prepared.answer.status;
    let fails = &result["fails"];
    if !prepared.is_success {
        return match (fails["status"] == status, fails["message"].as_str()) {
            (true, _) => declared(prepared, chosen, fails),
            (false, Some(message)) => Err(Wrong::new(format!("an error answer: {}", cause(message)), message)),
            (false, None) => Err(Wrong::new("an error answer is taken for a success", format!("{status}: {result}"))),
        };
    }
    if let Some(message) = fails["message"].as_str() {
        let kind = match (operation.method.as_str(), prepared.answer.bodies.is_empty()) {
            ("HEAD", _) => " to HEAD",
            (_, true) => " without a body",
            _ => "",
        };
        let message = format!("{message} ({status})");
        return Err(Wrong::new(format!("an answer{kind}: {}", short(&cause(&message))), message));
    }
    let given = &result["gives"];
    let Some(body) = prepared.answer.bodies.get(chosen.unwrap_or_default()) else {
        let is_nothing = given.is_null() || given == "";
        return if is_nothing { Ok(()) } else { Err(Wrong::new("an answer is invented", given.to_string())) };
    };
    if chosen.is_none() {
        let message = format!("{:?}", prepared.answer.bodies.iter().map(|(media, _)| media).collect::<Vec<_>>());
        return Err(Wrong::new("`Accept` excludes every media type of the answer", message));
    }
    content(callable, &body.1, prepared.values[chosen.unwrap_or_default()].as_ref(), given, &body.0)
}

/// What the error is by its declaration is what was sent, where that is JSON.
fn declared(prepared: &Prepared, chosen: Option<usize>, fails: &Value) -> Result<(), Wrong> {
    // Of several schemas under several names one is read: which one of errors comes nobody asks for.
    let mut values = prepared.values.iter().flatten();
    let (Some(_), None) = (values.next(), values.next()) else { return Ok(()) };
    let Some(Some(sent)) = prepared.values.get(chosen.unwrap_or_default()) else { return Ok(()) };
    if let Some(message) = fails["declared"]["fails"].as_str() {
        return Err(Wrong::new(format!("a declared error: {}", short(&cause(message))), message));
    }
    let Some(given) = fails["declared"].get("gives") else {
        return Err(Wrong::new("a declared error has no type", fails.to_string()));
    };
    match compare(sent, given, &|name| name.starts_with(UNKNOWN)).differences.into_iter().next() {
        Some(first) => {
            let message = format!("{}: sent {sent}, given {given}", first.at);
            Err(Wrong::new(format!("a declared error: {}", first.what), message))
        }
        None => Ok(()),
    }
}

/// What is given is what was sent.
fn content(callable: &Callable, sent: &[u8], value: Option<&Value>, given: &Value, media: &str) -> Result<(), Wrong> {
    let latin = || Value::String(sent.iter().map(|byte| char::from(*byte)).collect());
    let text = || Value::String(String::from_utf8_lossy(sent).into_owned());
    // What is no JSON is given as text or as bytes.
    let expected = match (callable.output.as_str(), value) {
        ("()", _) => return Err(Wrong::new("the body of an answer is not given to the caller", media)),
        ("bytes::Bytes" | "http::Response<bytes::Bytes>", _) => vec![latin()],
        (_, Some(value)) => vec![value.clone()],
        (_, None) => vec![text(), latin()],
    };
    let difference = |expected: &Value| {
        let differences = compare(expected, given, &|name| name.starts_with(UNKNOWN)).differences;
        differences.into_iter().next()
    };
    let mut differences = expected.iter().map(difference);
    match differences.next().flatten() {
        Some(first) if !differences.any(|other| other.is_none()) => {
            let message = format!("{}: sent {}, given {given}", first.at, expected[0]);
            Err(Wrong::new(format!("an answer: {}", first.what), message))
        }
        _ => Ok(()),
    }
}

/// A cause without the excerpt of the answer.
fn short(cause: &str) -> String {
    cause.split(" (HTTP").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Prepared, declared};
    use crate::server::Answer;
    use serde_json::{Value, json};

    #[test]
    fn a_declared_error_is_judged_where_it_is_json() {
        let prepared = |value: Option<Value>| {
            let bodies = vec![("application/json".to_owned(), Vec::new())];
            let answer = Answer { status: 404, bodies, ..Answer::default() };
            Prepared { answer, values: vec![value], is_success: false }
        };
        let sent = prepared(Some(json!({"title": "none"})));
        let cause = |fails: Value| declared(&sent, Some(0), &fails).map_err(|wrong| wrong.cause);
        assert_eq!(cause(json!({"declared": {"gives": {"title": "none"}}})), Ok(()));
        for (found, wrong) in [
            (json!(null), "a declared error has no type"),
            (json!({"fails": "missing field"}), "a declared error: "),
            (json!({"gives": {}}), "a declared error: "),
        ] {
            let cause = cause(json!({ "declared": found })).unwrap_err();
            assert!(cause.starts_with(wrong), "{cause}");
        }
        assert!(declared(&prepared(None), None, &json!({"declared": null})).is_ok());
    }
}
