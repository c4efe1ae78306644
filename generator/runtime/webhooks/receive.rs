//! In: a request that the API sent to a server of the user's. Out: what the API's description says that it is, or a
//! `WebhookError` that says why it is not. No web framework is named: any of them gives an `http::Request`.

// An API uses only a part of this.
#![allow(dead_code, unused_imports, unused_macros, unreachable_pub)]

use super::super::runtime::answer;
use super::super::runtime::numbers::{self, Misread};
use super::spelt::{self, Spelt};
use bytes::Bytes;
use http::StatusCode;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use std::fmt;

/// Why a request is not the webhook that it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookError {
    status: StatusCode,
    place: String,
    path: Option<String>,
    message: String,
}

impl WebhookError {
    /// Where in the JSON of the body: `$.items[1].score`. `None` for a body that is no JSON, and for parameters.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// What was found and what was expected.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The status to answer with (RFC 9110, section 15.5): 415 for a body of another media type, else 400.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    fn body(path: Option<String>, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, place: "the body".to_owned(), path, message: message.into() }
    }

    fn parameter(place: &str, name: &str, message: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, place: format!("{place} `{name}`"), path: None, message }
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the webhook cannot be decoded: {}", self.place)?;
        if let Some(path) = &self.path {
            write!(f, " at {}", answer::escape(path))?;
        }
        // The message may quote any amount of what came.
        let message: String = self.message.chars().take(300).collect();
        write!(f, ": {}", answer::escape(&message))
    }
}

impl std::error::Error for WebhookError {}

/// Declares a webhook:
///
/// ```text
/// webhook! {
///     /// A pet has come.
///     pub struct NewPet: POST "new-pet";
///     [body]
///     types::Pet = json("application/json"),
///     [required]
///     x_event: String = header("X-Event", ","),
///     [optional]
///     page: i64 = query("page", ""),
/// }
/// ```
macro_rules! webhook {
    (
        $(#[$head:meta])*
        pub struct $Name:ident: $method:ident $wire:literal $(of $operation:literal to $to:literal)?;
        $([body] $(#[$b_meta:meta])* $B:ty = $read:ident($($media:literal),*),)?
        $([optional_body] $(#[$p_meta:meta])* $P:ty = $p_read:ident($($p_media:literal),*),)?
        $([required] $($(#[$r_meta:meta])* $r:ident: $R:ty = $r_from:ident($r_wire:literal, $r_by:literal),)*)?
        $([optional] $($(#[$o_meta:meta])* $o:ident: $O:ty = $o_from:ident($o_wire:literal, $o_by:literal),)*)?
    ) => {
        $(#[$head])*
        #[doc = ""]
        #[doc = concat!(
            " `` ", $wire, " ``" $(, ", a callback of the operation `` ", $operation, " ``, sent to `` ", $to, " ``")?, "."
        )]
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $Name {
            $(
                $(#[$b_meta])*
                #[doc = ""]
                #[doc = concat!(" The body:", $(" `` ", $media, " ``",)* ".")]
                pub body: $B,
            )?
            $(
                $(#[$p_meta])*
                #[doc = ""]
                #[doc = concat!(" The body, if there is one:", $(" `` ", $p_media, " ``",)* ".")]
                pub body: Option<$P>,
            )?
            $($($(#[$r_meta])* #[doc = ""] #[doc = receive::docs!($r_from $r_wire)] pub $r: $R,)*)?
            $($($(#[$o_meta])* #[doc = ""] #[doc = receive::docs!($o_from $o_wire)] pub $o: Option<$O>,)*)?
        }

        impl $Name {
            #[doc = " The method that it comes by."]
            pub const METHOD: http::Method = http::Method::$method;

            #[doc = " Decodes a request that was received. Neither its method nor its path is looked at."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " A [`WebhookError`] that says which part of it is not what the description says."]
            #[allow(unused_variables)] // One may have nothing but its method.
            pub fn decode(request: &http::Request<bytes::Bytes>) -> Result<Self, WebhookError> {
                Ok(Self {
                    $(body: receive::$read(request, &[$($media),*])?,)?
                    $(body: receive::optional(request, |request| receive::$p_read(request, &[$($p_media),*]))?,)?
                    $($($r: receive::needed(
                        receive::parameter(receive::$r_from(request, $r_wire), stringify!($r_from), $r_wire, $r_by)?,
                        stringify!($r_from),
                        $r_wire,
                    )?,)*)?
                    $($($o: receive::parameter(
                        receive::$o_from(request, $o_wire),
                        stringify!($o_from),
                        $o_wire,
                        $o_by,
                    )?,)*)?
                })
            }
        }

        #[doc = " Shows the body alone: a header may hold a secret."]
        impl std::fmt::Debug for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut shown = f.debug_struct(stringify!($Name));
                $(shown.field("body", receive::shown!(self $B));)?
                $(shown.field("body", receive::shown!(self $P));)?
                shown.finish_non_exhaustive()
            }
        }
    };
}

/// The body. The type says only that there is one.
macro_rules! shown {
    ($self:ident $T:ty) => {
        &$self.body
    };
}

/// Where a parameter comes from.
macro_rules! docs {
    ($from:ident $wire:literal) => {
        concat!(" In the ", stringify!($from), ": `` ", $wire, " ``.")
    };
}

/// Declares a body that takes several forms, of which its content type chooses.
macro_rules! payload {
    (
        $(#[$head:meta])*
        pub enum $Name:ident;
        $($Variant:ident($T:ty) = $read:ident($($media:literal),*),)*
    ) => {
        $(#[$head])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $Name {
            $(#[doc = concat!($(" `` ", $media, " ``",)* ".")] $Variant($T),)*
        }

        impl receive::Several for $Name {
            fn read(request: &http::Request<bytes::Bytes>) -> Option<Result<Self, WebhookError>> {
                $(
                    if receive::is(request, &[$($media),*]) {
                        return Some(receive::$read(request, &[$($media),*]).map(Self::$Variant));
                    }
                )*
                None
            }
        }
    };
}

pub(crate) use {docs, payload, shown, webhook};

/// A body of several forms. Generated code implements it.
pub trait Several: Sized {
    /// The body in the form that its content type says; `None` if that is none of them.
    fn read(request: &http::Request<Bytes>) -> Option<Result<Self, WebhookError>>;
}

/// The form of the body that its content type says.
pub(crate) fn several<T: Several>(request: &http::Request<Bytes>, types: &[&str]) -> Result<T, WebhookError> {
    T::read(request).unwrap_or_else(|| Err(foreign(request, types, None)))
}

/// Whether the `Content-Type` is one of these, which may be ranges; parameters do not matter (RFC 9110, section 8.3.1). A
/// request that says none may be anything.
pub(crate) fn is(request: &http::Request<Bytes>, types: &[&str]) -> bool {
    let fits = |known: &str, came: &str| match known.strip_suffix('*') {
        Some(start) => start == "*/" || came.starts_with(start),
        None => known == came,
    };
    let came = answer::media(request.headers()).map(answer::essence);
    came.is_none_or(|came| types.iter().any(|known| fits(&answer::essence(known), &came)))
}

/// A body that may be missing.
pub(crate) fn optional<T>(
    request: &http::Request<Bytes>,
    read: impl FnOnce(&http::Request<Bytes>) -> Result<T, WebhookError>,
) -> Result<Option<T>, WebhookError> {
    if request.body().is_empty() { Ok(None) } else { read(request).map(Some) }
}

/// A JSON body. Careless senders call JSON something else, which is no error as long as it is JSON.
pub(crate) fn json<T: DeserializeOwned>(request: &http::Request<Bytes>, types: &[&str]) -> Result<T, WebhookError> {
    numbers::read(request.body()).map_err(|misread| not_json(request, types, &misread))
}

/// A form.
pub(crate) fn form<T: DeserializeOwned>(request: &http::Request<Bytes>, types: &[&str]) -> Result<T, WebhookError> {
    let pairs = std::str::from_utf8(request.body()).map_err(|_| WebhookError::body(None, "expected a form in UTF-8"));
    T::deserialize(spelt::Form::new(pairs?)).map_err(|error| foreign(request, types, Some(error.to_string())))
}

/// A text.
pub(crate) fn text(request: &http::Request<Bytes>, _: &[&str]) -> Result<String, WebhookError> {
    let text = std::str::from_utf8(request.body());
    text.map(str::to_owned).map_err(|error| WebhookError::body(None, format!("expected UTF-8 text: {error}")))
}

/// The bytes.
#[allow(clippy::unnecessary_wraps)] // As its neighbours do.
pub(crate) fn bytes(request: &http::Request<Bytes>, _: &[&str]) -> Result<Bytes, WebhookError> {
    Ok(request.body().clone())
}

/// Not generic: it is compiled once.
fn not_json(request: &http::Request<Bytes>, types: &[&str], misread: &Misread) -> WebhookError {
    let error = &misread.error;
    match (request.body().is_empty(), misread.is_json(request.body())) {
        (true, _) => WebhookError::body(None, "expected JSON, got an empty body"),
        // What is no JSON has no path; what is cut short has one up to there.
        (false, true) => {
            let (path, message) = misread.locate(request.body());
            WebhookError::body(Some(path), message)
        }
        (false, false) => foreign(request, types, Some(error.to_string())),
    }
}

/// A body that cannot be read, which may be since it is of another media type.
fn foreign(request: &http::Request<Bytes>, types: &[&str], message: Option<String>) -> WebhookError {
    let known = types.join(", ");
    match (answer::media(request.headers()), message) {
        (Some(came), message) if !is(request, types) => {
            let more = message.map(|message| format!(" ({message})")).unwrap_or_default();
            let text = format!("expected {known}, got {came}{more}");
            WebhookError { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, ..WebhookError::body(None, text) }
        }
        (_, Some(message)) => WebhookError::body(None, message),
        (_, None) => WebhookError::body(None, format!("expected {known}")),
    }
}

/// The texts of a parameter, and how they are decoded once items are told apart.
type Raw = Result<(Vec<String>, fn(&str) -> String), String>;

/// A parameter. Its items have a delimiter between them, or it is `json`.
pub(crate) fn parameter<T: DeserializeOwned>(
    raw: Raw,
    place: &str,
    name: &str,
    by: &str,
) -> Result<Option<T>, WebhookError> {
    let refuse = |message: String| WebhookError::parameter(place, name, message);
    let (texts, decode) = raw.map_err(refuse)?;
    let value = match texts.first() {
        None => return Ok(None),
        Some(text) if by == "json" => numbers::read(decode(text).as_bytes()).map_err(|misread| misread.error),
        Some(_) => T::deserialize(Spelt::new(&texts, by, decode)),
    };
    value.map(Some).map_err(|error| refuse(error.to_string()))
}

/// A parameter that has to be there.
pub(crate) fn needed<T>(value: Option<T>, place: &str, name: &str) -> Result<T, WebhookError> {
    value.ok_or_else(|| WebhookError::parameter(place, name, "it is missing".to_owned()))
}

/// A header: its lines are one (RFC 9110, section 5.3).
pub(crate) fn header(request: &http::Request<Bytes>, name: &str) -> Raw {
    let lines = request.headers().get_all(name).iter();
    let lines: Result<Vec<_>, _> = lines.map(|line| line.to_str()).collect();
    let lines = lines.map_err(|_| "expected visible ASCII characters".to_owned())?;
    Ok((if lines.is_empty() { Vec::new() } else { vec![lines.join(", ")] }, str::to_owned))
}

/// A query parameter.
pub(crate) fn query(request: &http::Request<Bytes>, name: &str) -> Raw {
    Ok((values(request.uri().query().unwrap_or_default(), '&', name), spelt::decode))
}

/// A cookie.
pub(crate) fn cookie(request: &http::Request<Bytes>, name: &str) -> Raw {
    let (lines, _) = header(request, "cookie")?;
    // What would be a space in a form is a plus here.
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    Ok((lines.iter().flat_map(|line| values(line, ';', name)).collect(), decode))
}

/// The values of a name, as they came.
fn values(text: &str, delimiter: char, name: &str) -> Vec<String> {
    let pairs = text.split(delimiter).filter_map(|pair| pair.trim_start().split_once('='));
    pairs.filter(|(key, _)| spelt::decode(key) == name).map(|(_, value)| value.to_owned()).collect()
}
