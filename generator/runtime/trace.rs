//! In: how a call goes. Out: its span and events, where the feature `tracing` is on; without it nothing at all.
//!
//! They name the operation, the host and the path's template, never a value: no query, header or body, and of an error its
//! kind alone. The names are OpenTelemetry's for HTTP clients, as far as it has some.

use super::body::Body;
use super::endpoint::Endpoint;
use super::error::Error;
use super::transport::{Failure, TransportError};
use std::time::Duration;

type Outcome = Result<http::Response<Body>, TransportError>;

/// The span of a call, from the first secret that is asked for to the last byte of the answer.
#[cfg(feature = "tracing")]
#[derive(Clone)]
pub(super) struct Trace {
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Trace {
    pub(super) fn new(endpoint: Endpoint, request: &http::Request<Body>) -> Self {
        let span = tracing::info_span!(
            "call",
            operation = endpoint.operation,
            otel.kind = "client",
            http.request.method = request.method().as_str(),
            server.address = request.uri().host(),
            server.port = request.uri().port_u16(),
            url.template = endpoint.path,
            http.response.status_code = tracing::field::Empty,
            http.request.resend_count = tracing::field::Empty,
            error.r#type = tracing::field::Empty,
        );
        Self { span }
    }

    /// A future, within the span.
    pub(super) fn follow<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        tracing::Instrument::instrument(future, self.span.clone())
    }

    /// What a function gives, within the span.
    pub(super) fn within<T>(&self, run: impl FnOnce() -> T) -> T {
        self.span.in_scope(run)
    }

    /// The request is sent again after a wait.
    pub(super) fn again(&self, outcome: &Outcome, attempts: u32, wait: Duration) {
        let status = outcome.as_ref().ok().map(|response| response.status().as_u16());
        let kind = outcome.as_ref().err().map(|error| failure(error.failure()));
        let wait = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        self.within(|| {
            tracing::warn!(
                http.response.status_code = status,
                error.r#type = kind,
                attempts,
                wait_ms = wait,
                "the request is sent again"
            );
        });
    }

    /// The request is sent again with another secret.
    pub(super) fn renewed(&self) {
        self.within(|| tracing::info!("the secret was refused; the request is sent again with another one"));
    }

    /// The end of the call, after so many attempts.
    pub(super) fn end<T>(&self, result: &Result<http::Response<T>, Error>, attempts: u32) {
        let status = match result {
            Ok(response) => Some(response.status()),
            Err(error) => error.status(),
        };
        self.span.record("http.response.status_code", status.map(|status| status.as_u16()));
        self.span.record("http.request.resend_count", attempts.saturating_sub(1));
        result.as_ref().err().into_iter().for_each(|error| self.fail(error));
    }

    /// The call failed.
    pub(super) fn fail(&self, error: &Error) {
        self.span.record("error.type", kind(error));
    }
}

/// Says that an answer, which came, is not what the description says.
#[cfg(feature = "tracing")]
pub(super) fn not_as_described<T>(response: &http::Response<T>) {
    let operation = response.extensions().get::<Endpoint>().map(|endpoint| endpoint.operation);
    let status = response.status().as_u16();
    tracing::warn!(
        operation,
        http.response.status_code = status,
        error.r#type = "decode",
        "the answer is not as it is described"
    );
}

/// What is known of an error without a word of the server.
#[cfg(feature = "tracing")]
fn kind(error: &Error) -> &'static str {
    match error {
        Error::Request(_) => "request",
        Error::Credential(_) => "credential",
        Error::Transport(error) => failure(error.failure()),
        Error::Status(_) => "status",
        Error::Api(_) => "api",
        Error::Decode(_) => "decode",
    }
}

#[cfg(feature = "tracing")]
fn failure(failure: Failure) -> &'static str {
    match failure {
        Failure::Connect => "connect",
        Failure::Timeout => "timeout",
        Failure::TooLarge => "too_large",
        Failure::Closed => "closed",
        Failure::Malformed => "malformed",
        Failure::Body => "body",
        Failure::RequestBody => "request_body",
        Failure::Other => "transport",
    }
}

/// Without the feature.
#[cfg(not(feature = "tracing"))]
#[derive(Clone)]
pub(super) struct Trace;

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(super) fn new(_: Endpoint, _: &http::Request<Body>) -> Self {
        Self
    }

    pub(super) fn follow<F: Future>(&self, future: F) -> F {
        future
    }

    pub(super) fn within<T>(&self, run: impl FnOnce() -> T) -> T {
        run()
    }

    pub(super) fn again(&self, _: &Outcome, _: u32, _: Duration) {}

    pub(super) fn renewed(&self) {}

    pub(super) fn end<T>(&self, _: &Result<http::Response<T>, Error>, _: u32) {}

    pub(super) fn fail(&self, _: &Error) {}
}

#[cfg(not(feature = "tracing"))]
pub(super) fn not_as_described<T>(_: &http::Response<T>) {}
