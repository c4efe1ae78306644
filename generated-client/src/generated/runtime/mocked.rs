//! In: a value that an operation's answer is decoded to. Out: that answer, for mocks: `Mocked`, `Written`.

use super::endpoint::Endpoint;
use super::response;
use super::shared::Cause;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Response, StatusCode};
use serde::Serialize;

/// A request type, whose operation a mock can expect. Generated code implements it.
pub trait Mocked {
    /// What a successful call gives.
    type Output;
    /// The method of its requests.
    const METHOD: Method;
    /// The operation.
    const ENDPOINT: Endpoint;

    /// The answer that is decoded to this value.
    ///
    /// # Errors
    /// When the value cannot be written.
    fn answer(output: Self::Output) -> Result<Response<Bytes>, Cause>;
}

/// Declared answers, of which each can be written. Generated code implements it.
pub trait Written {
    /// The answer that is decoded to this value.
    ///
    /// # Errors
    /// When the value cannot be written.
    fn written(self) -> Result<Response<Bytes>, Cause>;
}

/// Makes the declared answers of an operation writable: a part of `declared!`.
macro_rules! written {
    ($Name:ident $default:literal [$($Other:ident)?] $($Variant:ident $(($T:ty))? = $decode:ident($($key:tt)*),)*) => {
        impl runtime::Written for $Name {
            fn written(self) -> Result<http::Response<bytes::Bytes>, runtime::Cause> {
                match self {
                    $($Name::$Variant $((runtime::mocked::bind!(value $T)))? => runtime::mocked::declared(
                        runtime::mocked::$decode(runtime::mocked::value!($($T, value)?))?,
                        runtime::mocked::status!($default $($key)*),
                        runtime::mocked::media!($($key)*),
                    ),)*
                    $($Name::$Other(response) => Ok(runtime::mocked::whole(response)),)?
                }
            }
        }
    };
}

/// The name of what a variant holds.
macro_rules! bind {
    ($value:ident $T:ty) => {
        $value
    };
}

/// What a variant holds, or nothing.
macro_rules! value {
    () => {
        ()
    };
    ($T:ty, $value:ident) => {
        $value
    };
}

/// The status of a declared answer: the first of a range, and a usual one where it may be any.
macro_rules! status {
    ($default:literal _ $(, $media:literal)*) => {
        $default
    };
    ($default:literal $low:literal..=$high:literal $(, $media:literal)*) => {
        $low
    };
    ($default:literal $status:literal $(, $media:literal)*) => {
        $status
    };
}

/// An answer of the first of the statuses that are declared for it: of those without content, if it has none.
macro_rules! success {
    ($response:ident $($low:literal $(..=$high:literal)?),+ or $empty:literal $($rest:tt)*) => {{
        let status = if $response.body().is_empty() { $empty } else { [$($low),+][0] };
        runtime::mocked::declared($response, status, None)
    }};
    ($response:ident _) => {
        Ok::<_, runtime::Cause>($response)
    };
    ($response:ident $status:literal $($rest:tt)*) => {
        runtime::mocked::declared($response, $status, None)
    };
}

/// The first media type that a declared answer names, if it names any.
macro_rules! media {
    ($low:tt $(..= $high:literal)? $(, $media:literal)*) => {
        <[&str]>::first(&[$($media),*]).copied()
    };
}

pub(crate) use {bind, media, status, success, value, written};

/// An answer with the status and media type that it is declared with.
pub fn declared(mut response: Response<Bytes>, status: u16, media: Option<&str>) -> Result<Response<Bytes>, Cause> {
    *response.status_mut() = StatusCode::from_u16(status)?;
    if let Some(media) = media {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_str(media)?);
    }
    Ok(response)
}

/// An answer that was kept as it came.
pub fn whole(kept: response::Response<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(kept.body);
    (*response.status_mut(), *response.headers_mut()) = (kept.status, kept.headers);
    response
}

fn of(media: &'static str, body: impl Into<Bytes>) -> Result<Response<Bytes>, Cause> {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    Ok(response)
}

/// What `decode::json` reads.
pub fn json(value: impl Serialize) -> Result<Response<Bytes>, Cause> {
    of("application/json", serde_json::to_vec(&value)?)
}

/// What `decode::optional_json` reads: without a value, status 204.
pub fn optional_json(value: Option<impl Serialize>) -> Result<Response<Bytes>, Cause> {
    value.map_or_else(|| nothing(()), json)
}

/// What `decode::lines` reads.
pub fn lines(items: Vec<impl Serialize>) -> Result<Response<Bytes>, Cause> {
    let lines: Vec<_> = items.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    of("application/x-ndjson", lines.join("\n"))
}

/// What `decode::text` reads.
pub fn text(text: String) -> Result<Response<Bytes>, Cause> {
    of("text/plain; charset=utf-8", text)
}

/// What `decode::bytes` reads.
pub fn bytes(bytes: Bytes) -> Result<Response<Bytes>, Cause> {
    of("application/octet-stream", bytes)
}

/// What `decode::nothing` reads: status 204.
pub fn nothing((): ()) -> Result<Response<Bytes>, Cause> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}

/// What `decode::several` reads.
pub fn several(answer: impl Written) -> Result<Response<Bytes>, Cause> {
    answer.written()
}

/// What `decode::raw` gives.
pub fn raw(response: Response<Bytes>) -> Result<Response<Bytes>, Cause> {
    Ok(response)
}
