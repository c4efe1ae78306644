//! In: an answer that is an error. Out: `Answer`, which every such error keeps whole, and `StatusError`.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::time::Duration;

/// The headers in which servers name a request, most usual first.
const REQUEST_ID: [&str; 4] = ["x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid"];

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

    pub(super) fn body(&self) -> &Bytes {
        self.response.body()
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        REQUEST_ID.iter().find_map(|name| self.headers().get(*name)?.to_str().ok())
    }

    /// `Retry-After` in its form of seconds (RFC 9110, section 10.2.3).
    pub(super) fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers())
    }

    /// The first bytes of the body, for a message: `text/html, 512 bytes: "<html>.."`.
    pub(super) fn excerpt(&self) -> String {
        let media = media(self.headers()).unwrap_or("no content type");
        match self.body().len() {
            0 => format!("{}, empty", escape(media)),
            length => format!("{}, {length} bytes: {}", escape(media), excerpt(self.body())),
        }
    }
}

/// Shows no header's value, which may be a secret.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers().keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Answer")
            .field("status", &self.status())
            .field("headers", &names)
            .field("body", &self.excerpt())
            .finish()
    }
}

/// `Retry-After` in its form of seconds (RFC 9110, section 10.2.3).
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

/// The `Content-Type`, if it is text.
pub(crate) fn media(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

/// At most 200 bytes as one line of text.
fn excerpt(bytes: &[u8]) -> String {
    let first = bytes.get(..200).unwrap_or(bytes);
    let text = String::from_utf8_lossy(first);
    if first.len() == bytes.len() {
        return escape(&text);
    }
    // The cut may have split a character.
    format!("{}..", escape(text.trim_end_matches(char::REPLACEMENT_CHARACTER)))
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
        write!(f, "the server answered {} ({})", self.answer.status(), self.answer.excerpt())
    }
}

impl std::error::Error for StatusError {}
