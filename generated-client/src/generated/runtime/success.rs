//! In: the statuses and media types that an operation declares for its success. Out: `Success`, which tells whether an answer
//! of status 2xx is that one.

use super::answer::{essence, is_json, media};
use super::decode::refuse;
use super::error::Error;
use bytes::Bytes;
use http::{Response, StatusCode};

/// The successful answers of an operation, where all of them are decoded to one type.
#[derive(Clone, Copy)]
pub struct Success {
    /// The statuses of those that have content: each the first and the last of a range.
    pub content: &'static [(u16, u16)],
    /// The statuses of those that have none.
    pub empty: &'static [(u16, u16)],
    /// The media types of the content, with commas between them.
    pub media: &'static str,
    /// How the content is read.
    pub kind: Kind,
}

/// How content is read, and so whether it says itself what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As JSON: what is none, or another, does not decode.
    Json,
    /// As text, whatever textual label it has.
    Text,
    /// As bytes, of which only the media type says what they are.
    Bytes,
}

/// How much the narrowest of the ranges covers that has a status in it.
fn width(ranges: &[(u16, u16)], status: StatusCode) -> Option<u16> {
    let covers = |(low, high): &&(u16, u16)| (*low..=*high).contains(&status.as_u16());
    ranges.iter().filter(covers).map(|(low, high)| high - low).min()
}

impl Success {
    /// Whatever comes.
    pub const ANY: Self = Self { content: &[(0, u16::MAX)], empty: &[], media: "", kind: Kind::Json };

    /// The answer, if it is one of these, or one that can be read as them: without its body, if by its description it has
    /// none.
    ///
    /// # Errors
    /// `Error::Decode` when its status or media type is not declared.
    pub fn check(&self, response: Response<Bytes>) -> Result<Response<Bytes>, Error> {
        let is_empty = response.body().is_empty();
        match self.wrong(&response, is_empty) {
            Some(wrong) => Err(refuse(response, None, wrong)),
            None if self.is_empty(response.status()) => Ok(response.map(|_| Bytes::new())),
            None => Ok(response),
        }
    }

    /// Why an answer is none of these. One without a body is what is declared to have none, under any status: nothing of it
    /// is lost.
    pub(super) fn wrong<B>(&self, response: &Response<B>, is_empty: bool) -> Option<String> {
        let status = response.status();
        if self.is_empty(status) || is_empty && !self.empty.is_empty() {
            return None;
        }
        let is_declared = width(self.content, status).is_some();
        if !is_declared && (is_empty || !self.may_have_content(status)) {
            return Some(self.expected(status));
        }
        // JSON of a declared status may be called anything: it is what it decodes to.
        let decides = self.kind != Kind::Json || !is_declared;
        let came = media(response.headers()).filter(|came| decides && !may_be(came, self.media, self.kind))?;
        match is_declared {
            true => Some(format!("expected {}, got {came}", self.media)),
            false => Some(format!("{}, and {came}, not {}", self.expected(status), self.media)),
        }
    }

    /// Whether a success of a status that is not declared may have the declared content: all content is of one type, and
    /// no other status is described that could be meant.
    fn may_have_content(&self, status: StatusCode) -> bool {
        let never = |status: u16| matches!(status, 204 | 205);
        let is_never = |(low, high): &(u16, u16)| (*low..=*high).all(never);
        !self.content.is_empty() && status.is_success() && !never(status.as_u16()) && self.empty.iter().all(is_never)
    }

    /// Which statuses are declared, and which one came.
    fn expected(&self, status: StatusCode) -> String {
        let format = |(low, high): &(u16, u16)| match low == high {
            true => low.to_string(),
            false => format!("{low} to {high}"),
        };
        let declared: Vec<_> = self.content.iter().chain(self.empty).map(format).collect();
        format!("expected status {}, got {}", declared.join(" or "), status.as_u16())
    }

    /// Whether answers of a status have no content. The narrower range decides (OpenAPI 3.1.1, section 4.8.16).
    fn is_empty(&self, status: StatusCode) -> bool {
        let content = width(self.content, status);
        width(self.empty, status).is_some_and(|width| content.is_none_or(|content| width < content))
    }
}

/// Whether what came may be one of these media types: it is of the kind of one of them, for the names of one type are many,
/// or it says no more than that it is bytes. Text is text under any textual label; a file that is declared as JSON or plain
/// text may be of any type.
fn may_be(came: &str, declared: &str, read: Kind) -> bool {
    if read == Kind::Text && is_textual(came) {
        return true;
    }
    let came = essence(came);
    let mut declared = declared.split(',').map(essence);
    declared.any(|one| match (kind(&one), one.as_str()) {
        ("", _) | (_, "*/*" | "application/octet-stream") => true,
        ("json", _) | (_, "text/plain") if read == Kind::Bytes => true,
        (_, range) if is_in(range, &came) => true,
        (text @ ("text" | "html" | "xml"), _) => text == kind(&came) || came == "text/plain",
        (kind_of_one, _) => kind_of_one == kind(&came),
    }) || came == "application/octet-stream"
}

/// Whether a media type is that of text: by its name, or because it names an encoding of text.
fn is_textual(media: &str) -> bool {
    const NAMES: [&str; 6] = ["yaml", "javascript", "graphql", "sql", "toml", "x-www-form-urlencoded"];
    let essence = essence(media);
    matches!(kind(&essence), "text" | "json" | "html" | "xml")
        || NAMES.iter().any(|name| essence.ends_with(name))
        || media.to_ascii_lowercase().contains("charset=")
}

/// Whether a media type is in a range such as `image/*` (RFC 9110, section 12.5.1).
pub(super) fn is_in(range: &str, essence: &str) -> bool {
    range.strip_suffix('*').is_some_and(|start| essence.starts_with(start))
}

/// JSON, XML, HTML, or the type without its subtype.
fn kind(essence: &str) -> &str {
    match essence {
        json if is_json(json) => "json",
        "text/html" | "application/xhtml+xml" => "html",
        "image/svg+xml" => "image",
        xml if xml.ends_with("/xml") || xml.ends_with("+xml") => "xml",
        other => other.split('/').next().unwrap_or_default(),
    }
}

/// What an operation declares, by the word for how its success is decoded and the statuses that stand after it: a part of
/// `operation!`. Where none stand there they are 200, and 204 for what has no content.
macro_rules! success {
    ($decode:ident [$($accept:literal)?] $($key:tt)*) => {
        runtime::success::Success {
            media: runtime::success::accepted!($decode $($accept)?),
            kind: runtime::success::read_as!($decode),
            ..runtime::success::statuses!($decode $($key)*)
        }
    };
}

/// The statuses: those with content, then `or` and those without.
macro_rules! statuses {
    (several) => { runtime::success::Success::ANY };
    (raw) => { runtime::success::Success::ANY };
    (nothing) => { runtime::success::statuses!(nothing 204) };
    (nothing $($key:tt)+) => {
        runtime::success::Success { content: &[], empty: runtime::success::ranges!($($key)+), ..runtime::success::Success::ANY }
    };
    (optional_json) => { runtime::success::statuses!(optional_json 200 or 204) };
    ($decode:ident) => { runtime::success::statuses!($decode 200) };
    ($decode:ident $($low:literal $(..=$high:literal)?),+ or $($key:tt)+) => {
        runtime::success::Success {
            content: runtime::success::ranges!($($low $(..=$high)?),+),
            empty: runtime::success::ranges!($($key)+),
            ..runtime::success::Success::ANY
        }
    };
    ($decode:ident $($key:tt)+) => {
        runtime::success::Success { content: runtime::success::ranges!($($key)+), ..runtime::success::Success::ANY }
    };
}

/// Statuses as ranges: one is a range of itself.
macro_rules! ranges {
    (_) => { &[(0, u16::MAX)] };
    ($($low:literal $(..=$high:literal)?),+) => { &[$(($low, [$($high,)? $low][0])),+] };
}

/// The media types: JSON where nothing else is said.
macro_rules! accepted {
    ($decode:ident $accept:literal) => {
        $accept
    };
    (json) => {
        "application/json"
    };
    (optional_json) => {
        "application/json"
    };
    ($decode:ident) => {
        ""
    };
}

/// How content is read.
macro_rules! read_as {
    (bytes) => {
        runtime::success::Kind::Bytes
    };
    (text) => {
        runtime::success::Kind::Text
    };
    ($decode:ident) => {
        runtime::success::Kind::Json
    };
}

pub(crate) use {accepted, ranges, read_as, statuses, success};
