//! In: what went wrong. Out: `Error`, with what was received kept whole.

use super::answer::{Answer, StatusError};
use super::answers::Declared;
use super::decode::DecodeError;
use super::envelope::ApiError;
use super::shared::Cause;
use super::transport::{Failure, TransportError};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Why a call failed. `Display` is one line.
///
/// Neither `Display` nor `Debug`, of the error and of its sources, shows a secret that the request was sent with, even where
/// the server repeats it: a credential, a default header, a cookie, an input of `format: password`. `[redacted]` stands in
/// its place. A secret of fewer than six characters is not looked for: it would be found in any text. What
/// [`body`](Self::body), [`headers`](Self::headers) and [`request_id`](Self::request_id) give is as it came.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request or the client's settings are wrong. Nothing was sent.
    Request(Box<RequestError>),
    /// A credential is missing or could not be had. Nothing was sent.
    Credential(Box<CredentialError>),
    /// No whole answer came. If one had begun, its status, headers and first bytes are here.
    Transport(Box<TransportError>),
    /// An answer came whose status is not a success, without an error that the API describes.
    Status(Box<StatusError>),
    /// The API answered with an error, whatever the status.
    Api(Box<ApiError>),
    /// The answer is not what the API's description says: another body, or another media type. After a status of success the
    /// server has acted all the same.
    Decode(Box<DecodeError>),
}

impl Error {
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Error::Request(Box::new(RequestError { message: message.into() }))
    }

    fn answer(&self) -> Option<&Answer> {
        match self {
            Error::Request(_) | Error::Credential(_) => None,
            Error::Transport(error) => error.answer(),
            Error::Status(error) => Some(&error.answer),
            Error::Api(error) => Some(&error.answer),
            Error::Decode(error) => Some(&error.answer),
        }
    }

    fn failure(&self) -> Option<Failure> {
        match self {
            Error::Transport(error) => Some(error.failure()),
            Error::Credential(error) => error.failure(),
            _ => None,
        }
    }

    /// The status of the answer, if one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(Answer::status)
    }

    /// The headers of the answer as they came, if one came. They may repeat a secret.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(Answer::headers)
    }

    /// The body of the answer as it came, or as far as it came, if one came: at most the client's `max_body` bytes. It
    /// may repeat a secret.
    pub fn body(&self) -> Option<&Bytes> {
        self.answer().map(Answer::body)
    }

    /// The server's name for the request as it came, from `X-Request-Id` or a header like it.
    pub fn request_id(&self) -> Option<&str> {
        self.answer().and_then(Answer::request_id)
    }

    /// How long the server asks to wait: `Retry-After`, in seconds or until a date.
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer().and_then(Answer::retry_after)
    }

    /// The answer as the operation declares it for its status: `error.declared::<GetPetError>()`.
    ///
    /// `None` when no answer came, or one that the description does not declare as an error.
    ///
    /// # Errors
    /// `Error::Decode`, in the `Option`, when the answer is not what is declared for its status; it, too, has all of it.
    pub fn declared<E: Declared>(&self) -> Option<Result<E, Error>> {
        let answer = match self {
            Error::Status(error) => &error.answer,
            Error::Api(error) => &error.answer,
            Error::Request(_) | Error::Credential(_) | Error::Transport(_) | Error::Decode(_) => return None,
        };
        let response = Some(answer.response()).filter(|response| !response.status().is_success())?;
        E::reader(response).map(|read| read(response.clone()))
    }

    /// Where decoding failed: `$.items[1].score`.
    pub fn path(&self) -> Option<&str> {
        match self {
            Error::Decode(error) => error.path(),
            _ => None,
        }
    }

    /// Whether time ran out. The server may have acted all the same, unless it was for a credential: [`Error::Credential`].
    pub fn is_timeout(&self) -> bool {
        self.failure() == Some(Failure::Timeout)
    }

    /// Whether no connection came about, to the server or to that of a credential: the server has seen nothing.
    pub fn is_connect(&self) -> bool {
        self.failure() == Some(Failure::Connect)
    }

    /// Whether the same call may be made again: the server has not acted on it, and may do so later. So it is where no
    /// connection came about, after status 408, 429 or 503, and where the API's description says so of the error's code.
    ///
    /// Not so after a [timeout](Self::is_timeout), a broken answer, or status 500, 502 or 504: the server may have acted, and
    /// only what may be done twice may be repeated.
    pub fn is_retryable(&self) -> bool {
        let status = self.status().map(|status| status.as_u16());
        let is_named = matches!(self, Error::Api(error) if error.faults.is_retryable);
        self.is_connect() || matches!(status, Some(408 | 429 | 503)) || is_named
    }

    fn inner(&self) -> &(dyn std::error::Error + 'static) {
        match self {
            Error::Request(error) => error,
            Error::Credential(error) => error,
            Error::Transport(error) => error,
            Error::Status(error) => error,
            Error::Api(error) => error,
            Error::Decode(error) => error,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

/// What is wrong with a request or with the client's settings.
#[derive(Clone, Debug)]
pub struct RequestError {
    message: String,
}

impl RequestError {
    /// The same from any error, in whose place it stands.
    pub(super) fn of(error: Error) -> Self {
        match error {
            Error::Request(error) => *error,
            other => Self { message: other.to_string() },
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nothing was sent: {}", self.message)
    }
}

impl std::error::Error for RequestError {}

/// Which credential is missing or could not be had.
#[derive(Debug)]
pub struct CredentialError {
    scheme: String,
    message: String,
    source: Option<Cause>,
}

impl CredentialError {
    pub(super) fn new(scheme: &str, message: impl Into<String>, source: Option<Cause>) -> Self {
        Self { scheme: scheme.to_owned(), message: message.into(), source }
    }

    /// How the sending failed that was to bring the secret.
    fn failure(&self) -> Option<Failure> {
        let source = self.source.as_deref()?;
        // What several calls have waited for.
        let shared = source.downcast_ref::<Arc<dyn std::error::Error + Send + Sync>>();
        let error: &(dyn std::error::Error + 'static) = shared.map_or(source as _, |shared| &**shared as _);
        error.downcast_ref::<TransportError>().map(TransportError::failure)
    }

    /// The security scheme, as the API's description names it.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nothing was sent: credential for `{}`: {}", self.scheme, self.message)?;
        self.source.as_ref().map_or(Ok(()), |source| write!(f, ": {source}"))
    }
}

impl std::error::Error for CredentialError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Error::Request(Box::new(error))
    }
}

impl From<CredentialError> for Error {
    fn from(error: CredentialError) -> Self {
        Error::Credential(Box::new(error))
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Error::Transport(Box::new(error))
    }
}
