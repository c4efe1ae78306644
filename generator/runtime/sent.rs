//! In: the secrets that a request is sent with. Out: `Sent`, the one rule by which no text of a server, and no cause of an
//! error, shows them: every message, path, `Display` and `Debug` passes through it.
//!
//! A secret is found in any case of its letters, however it is escaped (`spelling`), and where the text's end cuts it in
//! two. One of fewer than [`SHORTEST`] characters is not looked for: it would be found in any text.

use super::credential::{Secret, unbase64};
use super::shared::Cause;
use super::spelling::{lower, readings};
use super::transport::TransportError;
use http::header::{
    ACCEPT, ACCEPT_CHARSET, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONNECTION,
    CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, DNT, EXPECT, HOST, ORIGIN, PRAGMA,
    PROXY_AUTHORIZATION, TE, USER_AGENT,
};
use http::{Extensions, HeaderName};
use std::error::Error;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The fewest characters of a secret that is looked for, and of its beginning where a text was cut.
const SHORTEST: usize = 6;

/// The most bytes of a text that are kept for a message: a server may say anything at any length.
const LONGEST: usize = 2000;

/// How far beyond what is shown is looked for a secret that begins there: more than [`SHORTEST`] characters take in any
/// spelling.
const BEYOND: usize = 200;

/// The headers that say how to talk, not who does: none of them is a secret, though the user gives it.
const PUBLIC: [HeaderName; 17] = [
    ACCEPT,
    ACCEPT_CHARSET,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CACHE_CONTROL,
    CONNECTION,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    DNT,
    EXPECT,
    HOST,
    ORIGIN,
    PRAGMA,
    TE,
    USER_AGENT,
];

/// What was sent and may not be shown, in the extensions of a request and of its answer.
#[derive(Clone, Default)]
pub(crate) struct Sent(Arc<[Secret]>);

impl Sent {
    /// What the extensions of a request or an answer know.
    pub(crate) fn in_(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// What a request is sent with: the secrets among its inputs, and its sensitive headers.
    pub(super) fn with<B>(request: &http::Request<B>) -> Self {
        let headers = request.headers().iter().filter(|(name, value)| value.is_sensitive() && !PUBLIC.contains(name));
        let texts = headers.filter_map(|(name, value)| Some((name, value.to_str().ok()?)));
        Self::in_(request.extensions()).and(texts.flat_map(|(name, text)| in_header(name, text)).map(Secret::new))
    }

    /// Each of them.
    pub(super) fn all(&self) -> Vec<Secret> {
        self.0.to_vec()
    }

    /// The same, and these.
    pub(super) fn and(&self, more: impl IntoIterator<Item = Secret>) -> Self {
        let mut all = self.all();
        more.into_iter().for_each(|secret| {
            if !all.contains(&secret) {
                all.push(secret);
            }
        });
        Self(all.into())
    }

    /// A text without them, of no more than a message needs.
    pub(crate) fn hide(&self, text: &str) -> String {
        let (shown, is_whole) = self.excerpt(text.as_bytes(), LONGEST);
        if is_whole { shown } else { format!("{shown}..") }
    }

    /// About so many bytes of a text, without them, and whether it is all of it.
    pub(super) fn excerpt(&self, text: &[u8], limit: usize) -> (String, bool) {
        let window = text.get(..limit.saturating_add(BEYOND)).unwrap_or(text);
        let (mut shown, mut at) = (String::new(), 0);
        for place in self.places(window).into_iter().filter(|place| place.start < limit) {
            shown.push_str(&String::from_utf8_lossy(&window[at..place.start]));
            shown.push_str("[redacted]");
            at = place.end;
        }
        let end = window.len().min(limit).max(at);
        let rest = String::from_utf8_lossy(&window[at..end]);
        let is_whole = end == text.len();
        // The cut may have split a character.
        shown.push_str(if is_whole { &rest } else { rest.trim_end_matches(char::REPLACEMENT_CHARACTER) });
        (shown, is_whole)
    }

    /// A cause whose words, or those of its own causes, repeat a secret, as its words alone; another as it is.
    pub(super) fn cause(&self, cause: Cause) -> Cause {
        let cause = match cause.downcast::<TransportError>() {
            Ok(error) => return Box::new(error.of(self)),
            Err(cause) => cause,
        };
        let chain = || std::iter::successors(Some(&*cause as &(dyn Error + 'static)), deeper);
        let repeats = |text: String| !self.places(text.as_bytes()).is_empty();
        if !chain().any(|error| repeats(error.to_string()) || repeats(format!("{error:?}"))) {
            return cause;
        }
        let words: Vec<_> = chain().map(|error| self.hide(&error.to_string())).collect();
        let words = words.into_iter().rev().fold(None, |source, text| Some(Box::new(Words { text, source })));
        words.map_or(cause, |words| words)
    }

    /// Where they stand in a text, in order, none within another.
    fn places(&self, text: &[u8]) -> Vec<Range<usize>> {
        let wanted = self.wanted();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut places: Vec<Range<usize>> = Vec::new();
        for reading in readings(text) {
            places.extend(wanted.iter().flat_map(|secret| reading.places(secret, SHORTEST)));
        }
        places.sort_by_key(|place| place.start);
        places.dedup_by(|next, place| {
            let is_part = next.start <= place.end;
            place.end = if is_part { place.end.max(next.end) } else { place.end };
            is_part
        });
        places
    }

    /// The texts to look for, in lowercase: as they are, and without what servers trim and base64 may go without.
    fn wanted(&self) -> Vec<Vec<char>> {
        let texts = self.0.iter().flat_map(Secret::texts);
        let texts = texts.flat_map(|text| [text, text.trim(), text.trim_end_matches('=')]);
        let mut wanted: Vec<Vec<char>> = texts.map(|text| text.chars().map(lower).collect()).collect();
        wanted.retain(|text| text.len() >= SHORTEST);
        wanted.sort();
        wanted.dedup();
        wanted
    }
}

/// What is secret in a header: all of it, what follows the scheme in it (RFC 9110, section 11.4), the parameters of that,
/// the password of Basic, and the values of cookies.
fn in_header(name: &HeaderName, text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    let is_cookie = *name == COOKIE;
    if let Some((scheme, rest)) = text.split_once(' ').filter(|_| !is_cookie) {
        all.push(rest.trim().to_owned());
        let pair = unbase64(rest.trim()).filter(|_| scheme.eq_ignore_ascii_case("basic"));
        if let Some(pair) = pair.and_then(|bytes| String::from_utf8(bytes).ok()) {
            all.extend(pair.split_once(':').map(|(_, password)| password.to_owned()));
        }
    }
    if is_cookie || [AUTHORIZATION, PROXY_AUTHORIZATION].contains(name) {
        let values = text.split([';', ',']).filter_map(|part| part.split_once('='));
        all.extend(values.map(|(_, value)| value.trim().trim_matches('"').to_owned()));
    }
    // A cookie is sent percent-encoded, and may be repeated as it was before.
    let decoded = |text: &String| percent_encoding::percent_decode_str(text).decode_utf8().ok().map(Into::into);
    let decoded: Vec<String> = all.iter().filter_map(decoded).collect();
    all.extend(decoded);
    all
}

fn deeper<'e>(error: &&'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    (**error).source()
}

/// The words of an error that cannot be shown itself.
struct Words {
    text: String,
    source: Option<Box<Words>>,
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Words {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
