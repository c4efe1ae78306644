//! In: a request and its limits. Out: its answer, by whatever means: the trait `Transport`, `Limits`, `TransportError`.

use super::answer::Answer;
use super::body::Body;
use super::sent::Sent;
use super::shared::{Boxed, Cause, Shared};
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Sends requests. To log, count, sign or change them, wrap one transport in another: headers that hold a secret are marked as
/// sensitive, a URL's query may hold one, and an [`Endpoint`](super::Endpoint) among the extensions names the operation. The blocking client has a trait of its own, [`blocking::Transport`](super::blocking::Transport).
pub trait Transport: Shared {
    /// Sends the request and gives the answer, whatever its status, once its headers are there: the body may be a stream.
    /// Redirects are answers: they are not followed.
    ///
    /// # Errors
    /// A [`TransportError`] when no answer came within the limits. A body that breaks off ends with one.
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> Boxed<'_, Result<http::Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request, limits)
    }
}

/// What one call may take.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// The time from the beginning of the connection to the last byte of the answer. 30 seconds by default.
    ///
    /// Where the answer is `streamed`, the time to its headers, and then that of each wait for more bytes.
    pub timeout: Option<Duration>,
    /// The size of an answer's body that is read into memory, in bytes. 32 MiB by default. The client sees to it.
    pub max_body: usize,
    /// Whether the body is given to the caller while it comes.
    pub streamed: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: Some(Duration::from_secs(30)), max_body: 32 << 20, streamed: false }
    }
}

/// In which way the sending of a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// No connection came about: the server has seen nothing.
    Connect,
    /// The time ran out.
    Timeout,
    /// The answer's body is larger than allowed.
    TooLarge,
    /// The connection ended before the answer's headers were there: the server may have acted.
    Closed,
    /// What came is no HTTP response: the server may have acted.
    Malformed,
    /// The answer broke off.
    Body,
    /// The body that was to be sent could not be read, or was sent before.
    RequestBody,
    /// Anything else.
    Other,
}

/// Why no whole answer came.
#[derive(Debug)]
pub struct TransportError {
    failure: Failure,
    source: Option<Cause>,
    answer: Option<Box<Answer>>,
}

impl TransportError {
    /// An error of a transport. A cause that shows a secret of the request, as a URL can, is replaced by its words without
    /// it before a user of the client sees it.
    pub fn new(failure: Failure, source: impl Into<Cause>) -> Self {
        Self { failure, source: Some(source.into()), answer: None }
    }

    /// The answer's body is larger than allowed.
    pub fn too_large() -> Self {
        Self { failure: Failure::TooLarge, source: None, answer: None }
    }

    /// The time ran out.
    pub fn timeout() -> Self {
        Self { failure: Failure::Timeout, source: None, answer: None }
    }

    /// In which way it failed.
    pub fn failure(&self) -> Failure {
        self.failure
    }

    /// The same error, with the answer that had begun, as far as it came.
    pub(crate) fn with_answer(self, response: http::Response<Bytes>) -> Self {
        let sent = Sent::in_(response.extensions());
        Self { answer: Some(Box::new(Answer::new(response))), ..self }.of(&sent)
    }

    /// The same error, of a request that was sent with these secrets.
    pub(super) fn of(self, sent: &Sent) -> Self {
        Self { source: self.source.map(|source| sent.cause(source)), ..self }
    }

    /// The same error, without the answer that had begun.
    pub(super) fn without_answer(self) -> Self {
        Self { answer: None, ..self }
    }

    /// What is known beside the answer that had begun.
    pub(super) fn extensions_mut(&mut self) -> Option<&mut http::Extensions> {
        self.answer.as_mut().map(|answer| answer.extensions_mut())
    }

    /// The answer that had begun, if one had, as far as it came.
    pub(super) fn answer(&self) -> Option<&Answer> {
        self.answer.as_deref()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.failure {
            Failure::Connect => "no connection to the server",
            Failure::Timeout => "no whole answer within the timeout",
            Failure::TooLarge => "the answer is larger than `max_body` allows",
            Failure::Closed => "the connection ended without an answer",
            Failure::Malformed => "what the server sent is not a valid HTTP response; it may have acted on the request",
            Failure::Body => "the answer broke off",
            Failure::RequestBody => "the request's body could not be read to its end",
            // It may have been sent: whoever says so knows more.
            Failure::Other => "the request failed",
        })?;
        // The outer causes say little more than "error sending request"; the first cause says why.
        let mut cause = std::error::Error::source(self);
        while let Some(deeper) = cause.and_then(|cause| cause.source()) {
            cause = Some(deeper);
        }
        cause.map_or(Ok(()), |cause| write!(f, ": {cause}"))?;
        let begun = |answer: &Answer| write!(f, " (HTTP {}, {})", answer.status().as_u16(), answer.excerpt());
        self.answer().map_or(Ok(()), begun)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
