//! In: a successful answer. Out: `Response`: its status, its headers and its decoded body; and the headers that the API's
//! description declares, typed.

use super::caller::Operation;
use super::error::Error;
use super::numbers;
use bytes::Bytes;
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;

/// A successful answer with its status and headers.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T, H = ()> {
    /// The status.
    pub status: StatusCode,
    /// All headers, as they came.
    pub headers: HeaderMap,
    /// Those that the API's description declares, typed. What is `None` did not come, or not as it is described: it is
    /// no reason to lose the body, and `headers` still has what came.
    pub declared: H,
    /// What the body is decoded to.
    pub body: T,
    /// The body as it came, also where no content is described and `body` has nothing of it; empty where it is a stream.
    pub content: Bytes,
}

/// Shows no header's value, which may be a secret.
impl<T: fmt::Debug, H> fmt::Debug for Response<T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.keys().map(http::HeaderName::as_str).collect();
        let mut shown = f.debug_struct("Response");
        shown.field("status", &self.status).field("headers", &names).field("body", &self.body).finish_non_exhaustive()
    }
}

impl From<http::Response<Bytes>> for Response<Bytes> {
    fn from(response: http::Response<Bytes>) -> Self {
        let (parts, body) = response.into_parts();
        Self { status: parts.status, headers: parts.headers, declared: (), content: body.clone(), body }
    }
}

/// The headers that the answers of an operation declare. Generated code implements it.
pub trait Headers: Sized {
    /// Reads them.
    fn read(headers: &HeaderMap) -> Self;
}

impl Headers for () {
    fn read(_: &HeaderMap) {}
}

/// The whole of a successful answer.
///
/// # Errors
/// `Error::Decode` when the body is not what the description says.
pub(super) fn whole<O: Operation>(response: http::Response<Bytes>) -> Result<Response<O::Output, O::Headers>, Error> {
    let (status, headers, content) = (response.status(), response.headers().clone(), response.body().clone());
    let body = O::decode(response)?;
    Ok(Response { status, declared: O::Headers::read(&headers), headers, body, content })
}

/// Declares the headers of an operation's successful answers: a part of `operation!`.
macro_rules! headers {
    ($Request:ident $Name:ident: $($field:ident: $T:ty = $read:ident($wire:literal)),*) => {
        #[doc = concat!(" The headers that a successful answer to [`type@", stringify!($Request), "`] may have.")]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $Name {
            $(#[doc = concat!(" `` ", $wire, " ``, if it came and is as described.")] pub $field: Option<$T>,)*
        }

        impl runtime::response::Headers for $Name {
            fn read(headers: &http::HeaderMap) -> Self {
                Self { $($field: runtime::response::$read(headers, $wire),)* }
            }
        }
    };
}

/// The type of what [`headers`] declares, if it declares any.
macro_rules! headers_type {
    () => {
        ()
    };
    ($Name:ident) => {
        $Name
    };
}

pub(crate) use {headers, headers_type};

/// A header in style `simple` (OpenAPI 3.1.1, section 4.8.21): a text, a number or a flag, or several of them with commas
/// between them.
pub fn simple<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    let text = text(headers, name)?;
    let items: Vec<&str> = text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
    let texts = || items.iter().copied().map(Value::from).collect::<Value>();
    // Numbers are read from their text: a `Value` does not hold 128 bits.
    let read = |json: &str| numbers::read(json.as_bytes()).ok();
    T::deserialize(Value::from(text.as_str()))
        .ok()
        .or_else(|| Some(text.trim()).filter(|text| is_scalar(text)).and_then(read))
        .or_else(|| T::deserialize(texts()).ok())
        .or_else(|| items.iter().all(|item| is_scalar(item)).then(|| read(&format!("[{}]", items.join(","))))?)
}

/// Whether a text is a number or a flag.
fn is_scalar(text: &str) -> bool {
    serde_json::from_str(text).is_ok_and(|value: Value| value.is_number() || value.is_boolean())
}

/// A header that is JSON text.
pub fn json<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    numbers::read(text(headers, name)?.as_bytes()).ok()
}

/// The value of a header. Several lines are one, with commas between them (RFC 9110, section 5.3), but for cookies, of
/// which the first is taken.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines: Option<Vec<&str>> = headers.get_all(name).iter().map(|line| line.to_str().ok()).collect();
    let lines = lines.filter(|lines| !lines.is_empty())?;
    let cookie = lines.first().filter(|_| name.eq_ignore_ascii_case(SET_COOKIE.as_str()));
    Some(cookie.map_or_else(|| lines.join(", "), |first| (*first).to_owned()))
}
