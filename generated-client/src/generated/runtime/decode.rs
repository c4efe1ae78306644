//! In: a successful answer. Out: what the operation promises, or a `DecodeError` that says what is wrong and where.

use super::answer::{Answer, encoding, escape, media};
use super::answers::Declared;
use super::error::Error;
use super::numbers::{self, Misread};
use super::trace;
use bytes::Bytes;
use serde::de::DeserializeOwned;
use std::fmt;

/// An answer that is not what the API's description says.
#[derive(Debug)]
pub struct DecodeError {
    pub(super) answer: Answer,
    path: Option<String>,
    message: String,
}

impl DecodeError {
    /// Where in the JSON: `$.items[1].score`. In a body that breaks off it is the value that is not complete. `None`
    /// when the body is no JSON at all. The name of a property that is a secret that was sent is left out.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// What was found and what was expected, without the secrets that were sent.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.answer.status().is_success() {
            true => "the server has acted, but its response cannot be decoded",
            false => "the response cannot be decoded",
        })?;
        if let Some(path) = &self.path {
            let path: String = path.chars().take(300).collect();
            write!(f, " at {}", escape(&path))?;
        }
        // Both may quote any amount of the body.
        let message: String = self.message.chars().take(300).collect();
        write!(f, ": {} (HTTP {}, {})", escape(&message), self.answer.status().as_u16(), self.answer.excerpt())
    }
}

impl std::error::Error for DecodeError {}

/// A JSON body.
///
/// # Errors
/// `Error::Decode` when the body is empty, no JSON, or another JSON.
pub fn json<T: DeserializeOwned>(response: http::Response<Bytes>) -> Result<T, Error> {
    numbers::read(response.body()).map_err(|misread| not_json(response, &misread))
}

/// A JSON body that may be missing.
///
/// # Errors
/// `Error::Decode` when there is a body that [`json`] refuses.
pub fn optional_json<T: DeserializeOwned>(response: http::Response<Bytes>) -> Result<Option<T>, Error> {
    if response.body().is_empty() { Ok(None) } else { json(response).map(Some) }
}

/// What begins each JSON text in `application/json-seq` (RFC 7464, section 2.2). No JSON text holds it.
pub(crate) const RECORD: u8 = 0x1e;

/// JSON texts, one a line, or each after its [`RECORD`]. Empty lines are none.
///
/// # Errors
/// `Error::Decode` when a line is no JSON, or another JSON. Its path begins with the place in the list.
pub fn lines<T: DeserializeOwned>(response: http::Response<Bytes>) -> Result<Vec<T>, Error> {
    let body = response.body().clone();
    let end = if body.trim_ascii_start().first() == Some(&RECORD) { RECORD } else { b'\n' };
    let lines = body.split(|byte| *byte == end).filter(|line| !line.trim_ascii().is_empty());
    let items: Result<_, Wrong> = lines.enumerate().map(|(index, line)| item(line, index)).collect();
    items.map_err(|wrong| wrong.of(response))
}

/// What is wrong with one of several JSON texts.
pub(crate) struct Wrong {
    path: String,
    message: String,
}

impl Wrong {
    /// The error of its answer.
    pub(crate) fn of(self, response: http::Response<Bytes>) -> Error {
        refuse(response, Some(self.path), self.message)
    }
}

/// One of several JSON texts.
pub(crate) fn item<T: DeserializeOwned>(text: &[u8], index: usize) -> Result<T, Wrong> {
    numbers::read(text).map_err(|misread| {
        let (path, message) = misread.locate(text);
        Wrong { path: format!("$[{index}]{}", path.strip_prefix('$').unwrap_or_default()), message }
    })
}

/// A text, in UTF-8 or in ISO 8859-1 where it says so.
///
/// # Errors
/// `Error::Decode` when the body is of another encoding, or compressed.
pub fn text(response: http::Response<Bytes>) -> Result<String, Error> {
    let response = plain(response)?;
    if charset(&response).is_some_and(|name| name.eq_ignore_ascii_case("iso-8859-1")) {
        return Ok(response.body().iter().copied().map(char::from).collect());
    }
    match std::str::from_utf8(response.body()) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(refuse(response, None, format!("expected UTF-8 text: {error}"))),
    }
}

/// The encoding that the `Content-Type` names, or else XML in its first line (RFC 7303, section 3).
fn charset(response: &http::Response<Bytes>) -> Option<String> {
    let quotes = |c| c == '"' || c == '\'';
    let named = media(response.headers()).and_then(|media| {
        let mut parameters = media.split(';').skip(1).filter_map(|one| one.split_once('='));
        parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset")).map(|(_, value)| value)
    });
    let line = response.body().strip_prefix(b"<?xml").and_then(|rest| rest.split(|byte| *byte == b'>').next());
    let line = line.map(String::from_utf8_lossy);
    let in_xml = || line.as_ref()?.split_once("encoding")?.1.split(quotes).nth(1);
    named.or_else(in_xml).map(|name| name.trim().trim_matches(quotes).to_owned())
}

/// A text, of what JSON would have as a string.
///
/// # Errors
/// `Error::Decode` when it is no such text.
pub(crate) fn text_of<T: DeserializeOwned>(response: http::Response<Bytes>) -> Result<T, Error> {
    let text = String::from_utf8_lossy(response.body()).into_owned();
    T::deserialize(serde_json::Value::String(text)).map_err(|error| refuse(response, None, error.to_string()))
}

/// The bytes of the body.
///
/// # Errors
/// `Error::Decode` when they are compressed.
pub fn bytes(response: http::Response<Bytes>) -> Result<Bytes, Error> {
    plain(response).map(http::Response::into_body)
}

/// An answer, if it is not compressed: nobody asked for that, and its body is not what is described.
fn plain(response: http::Response<Bytes>) -> Result<http::Response<Bytes>, Error> {
    match encoding(response.headers()) {
        Some(_) => Err(refuse(response, None, "nobody asked for it".to_owned())),
        None => Ok(response),
    }
}

/// Nothing: a body, if there is one, is ignored.
///
/// # Errors
/// None: it returns a `Result` as its neighbours do.
pub fn nothing(_: http::Response<Bytes>) -> Result<(), Error> {
    Ok(())
}

/// One of several answers, or another as it came.
///
/// # Errors
/// `Error::Decode` when the body is not what is declared for the status and content type.
pub fn several<T: Declared + From<http::Response<Bytes>>>(response: http::Response<Bytes>) -> Result<T, Error> {
    match T::reader(&response) {
        Some(read) => read(response),
        None => Ok(response.into()),
    }
}

/// The whole answer.
///
/// # Errors
/// None: it returns a `Result` as its neighbours do.
pub fn raw(response: http::Response<Bytes>) -> Result<http::Response<Bytes>, Error> {
    Ok(response)
}

/// Says why a body is not the JSON that was expected. Not generic: it is compiled once.
fn not_json(response: http::Response<Bytes>, misread: &Misread) -> Error {
    if response.body().is_empty() {
        return refuse(response, None, "expected JSON, got an empty body".to_owned());
    }
    // What is no JSON has no path; what is cut short has one up to there.
    let error = &misread.error;
    let (path, message) = match misread.is_json(response.body()) {
        true => {
            let (path, message) = misread.locate(response.body());
            (Some(path), message)
        }
        false => (None, error.to_string()),
    };
    let declared = media(response.headers()).filter(|media| !media.to_ascii_lowercase().contains("json"));
    let message = match declared {
        Some(media) if path.is_none() => format!("expected JSON, got {media}: {message}"),
        _ => message,
    };
    refuse(response, path, message)
}

pub(crate) fn refuse(response: http::Response<Bytes>, path: Option<String>, mut message: String) -> Error {
    trace::not_as_described(&response);
    // Nobody asked for it, and so nobody has undone it.
    if let Some(encoding) = encoding(response.headers()).filter(|_| path.is_none()) {
        message = format!("it is compressed, `Content-Encoding: {encoding}`: {message}");
    }
    let answer = Answer::new(response);
    let (path, message) = (path.map(|path| answer.hide(&path)), answer.hide(&message));
    Error::Decode(Box::new(DecodeError { answer, path, message }))
}
