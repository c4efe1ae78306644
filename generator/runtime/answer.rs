//! In: an answer that is an error. Out: `Answer`, which every such error keeps whole, and `StatusError`.

use super::clock;
use super::sent::Sent;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, RETRY_AFTER};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::fmt;
use std::time::Duration;

/// The headers in which servers name a request, most usual first.
const REQUEST_ID: [&str; 4] = ["x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid"];

/// What the user may do about the answer, in its extensions: a credential's word on a refusal that stays.
#[derive(Clone)]
pub(super) struct Advice(pub(super) String);

/// An answer as it came.
pub(super) struct Answer {
    response: http::Response<Bytes>,
}

impl Answer {
    pub(super) fn new(response: http::Response<Bytes>) -> Self {
        Self { response }
    }

    pub(super) fn response(&self) -> &http::Response<Bytes> {
        &self.response
    }

    pub(super) fn status(&self) -> StatusCode {
        self.response.status()
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    pub(super) fn extensions_mut(&mut self) -> &mut Extensions {
        self.response.extensions_mut()
    }

    pub(super) fn body(&self) -> &Bytes {
        self.response.body()
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        REQUEST_ID.iter().find_map(|name| self.headers().get(*name)?.to_str().ok())
    }

    /// How long the server asks to wait.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers())
    }

    /// What the user may do about it, to end a message with: `; set the clock`.
    pub(super) fn advice(&self) -> String {
        let advice = self.response.extensions().get::<Advice>();
        advice.map_or_else(String::new, |Advice(text)| format!("; {}", escape(&self.hide(text))))
    }

    /// The first bytes of the body, for a message: `text/html, 512 bytes: "<html>.."`.
    pub(super) fn excerpt(&self) -> String {
        let media = escape(&self.hide(media(self.headers()).unwrap_or("no content type")));
        match self.body().len() {
            0 => format!("{media}, empty"),
            length => format!("{media}, {length} bytes: {}", self.cut()),
        }
    }

    /// About 200 bytes as one line of text.
    fn cut(&self) -> String {
        let (shown, is_whole) = Sent::in_(self.response.extensions()).excerpt(self.body(), 200);
        format!("{}{}", escape(&shown), if is_whole { "" } else { ".." })
    }

    /// A text of the server without the secrets that it was sent: servers repeat them in whatever they say.
    pub(super) fn hide(&self, text: &str) -> String {
        Sent::in_(self.response.extensions()).hide(text)
    }
}

/// Shows no header's value, which may be a secret.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers().keys().map(|name| self.hide(name.as_str())).collect();
        f.debug_struct("Answer")
            .field("status", &self.status())
            .field("headers", &names)
            .field("body", &self.excerpt())
            .finish()
    }
}

/// `Retry-After`, in seconds or until a date (RFC 9110, section 10.2.3). A date is counted from the one at which the
/// server says that it answered: the clocks of both may differ.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let date = |text: &str| httpdate::parse_http_date(text).ok();
    let asked = text(RETRY_AFTER)?;
    if !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(asked.parse().unwrap_or(u64::MAX)));
    }
    let now = text(DATE).and_then(date).or_else(clock::date)?;
    Some(date(asked)?.duration_since(now).unwrap_or_default())
}

/// An answer with another body, for the error of a part of it: what was sent for it is still known.
pub(crate) fn with_body<B>(answer: &http::Response<B>, body: Bytes) -> http::Response<Bytes> {
    let mut part = http::Response::new(body);
    *part.status_mut() = answer.status();
    *part.headers_mut() = answer.headers().clone();
    *part.extensions_mut() = answer.extensions().clone();
    part
}

/// The `Content-Type`, up to what is no text: what says the type comes first (RFC 9110, section 8.3.1).
pub(crate) fn media(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE).map(text)
}

/// The value of a header up to what is no UTF-8.
fn text(value: &HeaderValue) -> &str {
    let valid = value.as_bytes().utf8_chunks().next();
    valid.map_or("", |chunk| chunk.valid())
}

/// A media type without its parameters (RFC 9110, section 8.3.1).
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is that of JSON, or has its suffix (RFC 6839, section 3.1).
pub(crate) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// The `Content-Encoding`, if there is one: a transport that has undone it takes it away.
pub(crate) fn encoding(headers: &HeaderMap) -> Option<&str> {
    let encoding = headers.get(CONTENT_ENCODING).map(text)?;
    (!encoding.eq_ignore_ascii_case("identity")).then_some(encoding)
}

/// Text that moves no cursor, starts no line and turns no direction of reading.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => safe.extend(c.escape_unicode()),
            c if c.is_control() => safe.extend(c.escape_default()),
            c => safe.push(c),
        }
    }
    safe
}

/// An answer whose status is not a success (2xx), redirects included.
#[derive(Debug)]
pub struct StatusError {
    pub(super) answer: Answer,
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { answer } = self;
        write!(f, "the server answered {} ({}){}", answer.status(), answer.excerpt(), answer.advice())
    }
}

impl std::error::Error for StatusError {}
