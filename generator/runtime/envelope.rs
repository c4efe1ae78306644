//! In: an answer of any status. Out: the error that the API reports in its body, if it does: `ApiError`.

use super::answer::{Answer, escape, essence, is_json, media};
use super::api::Envelope;
use super::body::Body;
use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;
use std::fmt;

/// One error that the API reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    code: Value,
    message: Option<String>,
    raw: Value,
}

impl Fault {
    /// Its code as JSON has it; null when it has none.
    pub fn code_value(&self) -> &Value {
        &self.code
    }

    /// Its code, if that is an integer, or text that is one.
    pub fn code(&self) -> Option<i64> {
        self.code.as_i64().or_else(|| self.code.as_str()?.parse().ok())
    }

    /// Its code as text, if it has one.
    pub fn code_text(&self) -> Option<String> {
        match &self.code {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    /// What it says.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// All of it, as it came.
    pub fn raw(&self) -> &Value {
        &self.raw
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = self.code_text() {
            write!(f, " {}", escape(&code))?;
        }
        write!(f, ": {}", escape(self.message().unwrap_or("it says no more")))
    }
}

/// An answer in which the API reports an error, whatever its status.
pub struct ApiError {
    pub(super) answer: Answer,
    pub(super) faults: Faults,
}

/// The errors of one answer.
pub(super) struct Faults {
    main: Fault,
    all: Vec<Fault>,
    pub(super) is_retryable: bool,
    pub(super) is_refusal: bool,
}

impl Faults {
    /// The main error's code as text, if it has one.
    pub(super) fn code(&self) -> Option<String> {
        self.main.code_text()
    }
}

impl ApiError {
    pub(super) fn new(response: http::Response<Bytes>, faults: Faults) -> Self {
        Self { answer: Answer::new(response), faults }
    }

    /// The error itself: its code and message.
    pub fn main(&self) -> &Fault {
        &self.faults.main
    }

    /// The main error's code, if that is an integer, or text that is one.
    pub fn code(&self) -> Option<i64> {
        self.main().code()
    }

    /// The main error's code as text, if it has one.
    pub fn code_text(&self) -> Option<String> {
        self.main().code_text()
    }

    /// What the main error says.
    pub fn message(&self) -> Option<&str> {
        self.main().message()
    }

    /// All errors that the answer lists; the main one alone when it lists none.
    pub fn errors(&self) -> &[Fault] {
        let Faults { main, all, .. } = &self.faults;
        if all.is_empty() { std::slice::from_ref(main) } else { all }
    }
}

/// Shows the errors as text, without the secrets that they may repeat.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = format!("{:?}", self.errors());
        f.debug_struct("ApiError")
            .field("answer", &self.answer)
            .field("errors", &format_args!("{}", self.answer.redact(&errors)))
            .finish()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let main = self.main().to_string();
        write!(f, "the API answered with error{} (HTTP {}", self.answer.redact(&main), self.answer.status().as_u16())?;
        if self.faults.all.len() > 1 {
            write!(f, ", {} errors", self.faults.all.len())?;
        }
        write!(f, "){}", self.answer.advice())
    }
}

impl std::error::Error for ApiError {}

impl Envelope {
    /// The errors that the answer reports, if it does. A body that is a stream reports none.
    pub(super) fn open(&self, response: &http::Response<Body>) -> Option<Faults> {
        let bytes = response.body().as_bytes().filter(|bytes| may_be_json(response.headers(), bytes))?;
        let body: Value = serde_json::from_slice(bytes).ok()?;
        let at = |pointer: Option<&str>| pointer.and_then(|pointer| body.pointer(pointer));
        let all: Vec<Fault> =
            at(self.errors).and_then(Value::as_array).into_iter().flatten().map(|item| self.fault(item)).collect();
        let main = match at(Some(self.error)).filter(|error| !error.is_null()) {
            Some(raw) => {
                // An error that is a text is its own message.
                let message = at(self.message).or(Some(raw)).and_then(Value::as_str).map(str::to_owned);
                Fault { code: at(self.code).cloned().unwrap_or_default(), message, raw: raw.clone() }
            }
            None => all.first()?.clone(),
        };
        let code = main.code_text();
        let is_one_of = |codes: &[&str]| code.as_deref().is_some_and(|code| codes.contains(&code));
        let (is_retryable, is_refusal) = (is_one_of(self.retryable), is_one_of(self.refused));
        Some(Faults { main, all, is_retryable, is_refusal })
    }

    /// An item of the list of errors.
    fn fault(&self, item: &Value) -> Fault {
        let member = |pointer: Option<&str>| {
            let (_, token) = pointer?.rsplit_once('/')?;
            item.pointer(&format!("/{token}"))
        };
        let message = member(self.message).or(Some(item)).and_then(Value::as_str).map(str::to_owned);
        Fault { code: member(self.code).cloned().unwrap_or_default(), message, raw: item.clone() }
    }
}

/// Whether a body is worth reading as JSON. Careless servers call JSON `text/html`, or nothing at all.
fn may_be_json(headers: &HeaderMap, body: &[u8]) -> bool {
    let plausible = media(headers).is_none_or(|media| is_json(media) || essence(media).starts_with("text/"));
    plausible && body.trim_ascii_start().starts_with(b"{")
}
