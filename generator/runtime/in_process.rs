//! In: a closure that answers requests. Out: `InProcess`, a transport without a network, for tests of both clients.

use super::blocking;
use super::body::Body;
use super::shared::{Boxed, Shared};
use super::transport::{Limits, Transport, TransportError};
use std::fmt;

/// A transport for tests: a closure answers each request, on either client. A body that is a stream is read into memory before.
pub struct InProcess<F> {
    answer: F,
}

impl<F: Fn(http::Request<Body>) -> http::Response<Body> + Shared> InProcess<F> {
    /// A transport that gives what the closure gives.
    pub fn new(answer: F) -> Self {
        Self { answer }
    }
}

impl<F> fmt::Debug for InProcess<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

impl<F: Fn(http::Request<Body>) -> http::Response<Body> + Shared> Transport for InProcess<F> {
    fn send(&self, request: http::Request<Body>, _: Limits) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect(usize::MAX).await?;
            Ok((self.answer)(http::Request::from_parts(parts, body.into())))
        })
    }
}

impl<F: Fn(http::Request<Body>) -> http::Response<Body> + Shared> blocking::Transport for InProcess<F> {
    fn send(&self, request: http::Request<Body>, _: Limits) -> Result<http::Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        Ok((self.answer)(http::Request::from_parts(parts, body.collect_blocking(usize::MAX)?.into())))
    }
}
