//! In: an answer of any status. Out: the error that the API reports in its body, if it does: `ApiError`.

use super::answer::{Answer, escape, essence, is_json, media};
use super::api::Envelope;
use super::body::Body;
use super::numbers;
use super::sent::Sent;
use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;
use std::fmt;

/// One error that the API reports. What its methods give is as it came, and may repeat a secret that was sent; `Display`
/// and `Debug` show none.
#[derive(Clone)]
pub struct Fault {
    code: Value,
    message: Option<String>,
    raw: Value,
    /// What it may repeat.
    sent: Sent,
}

impl Fault {
    /// Its code as JSON has it; null when it has none.
    pub fn code_value(&self) -> &Value {
        &self.code
    }

    /// Its code, if that is an integer, or text that is one.
    pub fn code(&self) -> Option<i64> {
        self.code_text()?.parse().ok()
    }

    /// Its code as text, if it has one.
    pub fn code_text(&self) -> Option<String> {
        match &self.code {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(digits(other)),
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
            write!(f, " {}", escape(&self.sent.hide(&code)))?;
        }
        write!(f, ": {}", escape(&self.sent.hide(self.message().unwrap_or("it says no more"))))
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = |value: &Value| self.sent.hide(&value.to_string());
        f.debug_struct("Fault")
            .field("code", &format_args!("{}", hidden(&self.code)))
            .field("message", &self.message().map(|message| self.sent.hide(message)))
            .field("raw", &format_args!("{}", hidden(&self.raw)))
            .finish()
    }
}

impl PartialEq for Fault {
    fn eq(&self, other: &Self) -> bool {
        (&self.code, &self.message, &self.raw) == (&other.code, &other.message, &other.raw)
    }
}

/// A value as JSON text, an integer as its digits: `100.0` is the code 100.
fn digits(value: &Value) -> String {
    let text = value.to_string();
    numbers::integers(text.as_bytes()).and_then(|digits| String::from_utf8(digits).ok()).unwrap_or(text)
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
    pub(super) fn new(response: http::Response<Bytes>, mut faults: Faults) -> Self {
        let sent = Sent::in_(response.extensions());
        std::iter::once(&mut faults.main).chain(&mut faults.all).for_each(|fault| fault.sent = sent.clone());
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

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError").field("answer", &self.answer).field("errors", &self.errors()).finish()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API answered with error{} (HTTP {}", self.main(), self.answer.status().as_u16())?;
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
                Fault {
                    code: at(self.code).cloned().unwrap_or_default(),
                    message,
                    raw: raw.clone(),
                    sent: Sent::default(),
                }
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
        let code = member(self.code).cloned().unwrap_or_default();
        Fault { code, message, raw: item.clone(), sent: Sent::default() }
    }
}

/// Whether a body is worth reading as JSON. Careless servers call JSON `text/html`, or nothing at all.
fn may_be_json(headers: &HeaderMap, body: &[u8]) -> bool {
    let plausible = media(headers).is_none_or(|media| is_json(media) || essence(media).starts_with("text/"));
    plausible && body.trim_ascii_start().starts_with(b"{")
}
