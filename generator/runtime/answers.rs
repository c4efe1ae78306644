//! In: the declaration of several answers of an operation. Out: an enum of them, of which an answer's status and
//! `Content-Type` choose one.

use super::answer::{essence, media};
use super::error::Error;
use bytes::Bytes;

/// Reads an answer as one that is declared.
pub type Reader<T> = fn(http::Response<Bytes>) -> Result<T, Error>;

/// Answers that an operation declares. Generated code implements it.
pub trait Declared: Sized {
    /// How an answer of this status and content type is read; `None` if none is declared for it.
    fn reader(response: &http::Response<Bytes>) -> Option<Reader<Self>>;
}

/// Declares the successful answers of an operation that differ, those that are told apart by less first: a status before
/// its range, and that before any; of one status, those of named media types first.
///
/// ```text
/// answers! {
///     pub enum GetReportSuccess;
///     OkText(String) = text(200, "text/plain"),
///     OkJson(types::Report) = json(200),
///     NoContent = nothing(204),
///     Success(types::Job) = json(200..=299),
/// }
/// ```
macro_rules! answers {
    (
        $(#[$head:meta])*
        pub enum $Name:ident;
        $($(#[$meta:meta])* $Variant:ident $(($T:ty))? = $decode:ident($($key:tt)*),)*
    ) => {
        $(#[$head])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $Name {
            $(
                $(#[$meta])*
                #[doc = ""]
                #[doc = runtime::answers::docs!($($key)*)]
                $Variant $(($T))?,
            )*
            #[doc = " A success that the description does not declare, as it came."]
            Other(runtime::Response<bytes::Bytes>),
        }

        runtime::answers::declared! { $Name 200 [Other] $($Variant $(($T))? = $decode($($key)*),)* }

        impl From<http::Response<bytes::Bytes>> for $Name {
            fn from(response: http::Response<bytes::Bytes>) -> Self {
                Self::Other(runtime::Response::from(response))
            }
        }
    };
}

/// Declares the answers with which an operation fails, in the same way: a part of `operation!`.
macro_rules! errors {
    ($Request:ident $Name:ident: $($Variant:ident $(($T:ty))? = $decode:ident($($key:tt)*)),*) => {
        #[doc = concat!(" The answers with which [`type@", stringify!($Request), "`] fails, as far as they are declared.")]
        #[doc = " [`Error::declared`](runtime::Error::declared) gives them."]
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $Name {
            $(#[doc = runtime::answers::docs!($($key)*)] $Variant $(($T))?,)*
        }

        runtime::answers::declared! { $Name 500 [] $($Variant $(($T))? = $decode($($key)*),)* }
    };
}

/// How each answer is read, and for mocks written: one of any status with the default.
macro_rules! declared {
    ($Name:ident $default:literal [$($Other:ident)?] $($Variant:ident $(($T:ty))? = $decode:ident($($key:tt)*),)*) => {
        #[cfg(feature = "mock")]
        runtime::mocked::written! { $Name $default [$($Other)?] $($Variant $(($T))? = $decode($($key)*),)* }

        impl runtime::Declared for $Name {
            fn reader(response: &http::Response<bytes::Bytes>) -> Option<runtime::answers::Reader<Self>> {
                $(
                    if runtime::answers::is!(response $($key)*) {
                        return Some(|response| runtime::answers::read!($Name $Variant $(($T))? $decode response));
                    }
                )*
                None
            }
        }
    };
}

/// Reads an answer as one variant; one that holds nothing ignores the body.
macro_rules! read {
    ($Name:ident $Variant:ident ($T:ty) $decode:ident $response:ident) => {
        runtime::decode::$decode($response).map($Name::$Variant)
    };
    ($Name:ident $Variant:ident $decode:ident $response:ident) => {
        runtime::decode::$decode($response).map(|()| $Name::$Variant)
    };
}

/// Whether an answer has the status, and one of the media types, if any are named.
macro_rules! is {
    ($response:ident _ $(, $media:literal)*) => {
        runtime::answers::is_of($response, 0, u16::MAX, &[$($media),*])
    };
    ($response:ident $low:literal..=$high:literal $(, $media:literal)*) => {
        runtime::answers::is_of($response, $low, $high, &[$($media),*])
    };
    ($response:ident $status:literal $(, $media:literal)*) => {
        runtime::answers::is_of($response, $status, $status, &[$($media),*])
    };
}

/// For which answers a variant stands.
macro_rules! docs {
    (_ $(, $media:literal)*) => {
        concat!(" Any other status", $(", `` ", $media, " ``",)* ".")
    };
    ($low:literal..=$high:literal $(, $media:literal)*) => {
        concat!(" Status ", $low, " to ", $high, $(", `` ", $media, " ``",)* ".")
    };
    ($status:literal $(, $media:literal)*) => {
        concat!(" Status ", $status, $(", `` ", $media, " ``",)* ".")
    };
}

pub(crate) use {answers, declared, docs, errors, is, read};

/// Whether the status is one of these, and the `Content-Type` one of the media types, if any are named: with the parameters
/// that are named, and maybe others (RFC 9110, section 8.3.1).
pub fn is_of(response: &http::Response<Bytes>, low: u16, high: u16, types: &[&str]) -> bool {
    let is_one = |came: &str| types.iter().any(|known| is_narrower(came, known));
    (low..=high).contains(&response.status().as_u16())
        && (types.is_empty() || media(response.headers()).is_some_and(is_one))
}

/// Whether a media type is another one, or that with further parameters.
fn is_narrower(came: &str, known: &str) -> bool {
    let parameters = |media: &str| -> Vec<(String, String)> {
        let each = media.split(';').skip(1).filter_map(|one| one.split_once('='));
        each.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned()))
            .collect()
    };
    let came_with = parameters(came);
    essence(came) == essence(known) && parameters(known).iter().all(|one| came_with.contains(one))
}
