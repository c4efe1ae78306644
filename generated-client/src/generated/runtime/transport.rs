//! In: a request and its limits. Out: its answer, by whatever means: the trait `Transport`, `Limits`, `TransportError`.

use super::body::Body;
use super::shared::{Boxed, Cause, Shared};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Sends requests. To log, count, sign or change them, wrap one transport in another: headers that hold a secret are marked as
/// sensitive, a URL's query may hold one, and an [`Endpoint`](super::Endpoint) among the extensions names the operation. The blocking client has a trait of its own, [`blocking::Transport`](super::blocking::Transport).
pub trait Transport: Shared {
    /// Sends the request and reads the whole answer, whatever its status. Redirects are answers: they are not followed.
    ///
    /// # Errors
    /// A [`TransportError`] when no whole answer came within the limits.
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
    pub timeout: Option<Duration>,
    /// The size of the answer's body, in bytes. 32 MiB by default.
    pub max_body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: Some(Duration::from_secs(30)), max_body: 32 << 20 }
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
    /// The answer broke off.
    Body,
    /// Anything else.
    Other,
}

/// Why no whole answer came.
#[derive(Debug)]
pub struct TransportError {
    failure: Failure,
    source: Option<Cause>,
}

impl TransportError {
    /// An error of a transport. The cause may not show a secret: mind that a URL can hold one.
    pub fn new(failure: Failure, source: impl Into<Cause>) -> Self {
        Self { failure, source: Some(source.into()) }
    }

    /// The answer's body is larger than allowed.
    pub fn too_large() -> Self {
        Self { failure: Failure::TooLarge, source: None }
    }

    /// The time ran out.
    pub fn timeout() -> Self {
        Self { failure: Failure::Timeout, source: None }
    }

    /// In which way it failed.
    pub fn failure(&self) -> Failure {
        self.failure
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.failure {
            Failure::Connect => "no connection to the server",
            Failure::Timeout => "no whole answer within the timeout",
            Failure::TooLarge => "the answer is larger than `max_body` allows",
            Failure::Body => "the answer broke off",
            Failure::Other => "the request could not be sent",
        })?;
        // The outer causes say little more than "error sending request"; the first cause says why.
        let mut cause = std::error::Error::source(self);
        while let Some(deeper) = cause.and_then(|cause| cause.source()) {
            cause = Some(deeper);
        }
        cause.map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
