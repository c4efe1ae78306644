//! In: a request. Out: its answer, by the crate `reqwest`: the default transport of the asynchronous client.

use super::body::Body;
use super::shared::Boxed;
use super::transport::{Failure, Limits, Transport, TransportError};
use super::wait::bounded;
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Sends requests with `reqwest`, on the Tokio runtime of the caller: what [`Client`](super::Client) does by default with
/// the feature `reqwest`.
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: ::reqwest::Client,
}

impl Reqwest {
    /// A transport with connections of its own.
    ///
    /// # Errors
    /// A [`TransportError`] when TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::with(::reqwest::Client::builder())
    }

    /// A transport with settings of the user's own: proxies, certificates, connections.
    ///
    /// It takes settings, not a client, so that it can see to it that no redirect is followed and no `Referer` is sent: reqwest
    /// would give an API key in a header of its own, or in the URL, to the other host. A redirect is an
    /// [`Error::Status`](super::Error::Status).
    ///
    /// # Errors
    /// A [`TransportError`] when a setting is wrong, or TLS cannot be set up.
    pub fn with(settings: ::reqwest::ClientBuilder) -> Result<Self, TransportError> {
        let client = settings.redirect(::reqwest::redirect::Policy::none()).referer(false).build();
        client.map(|client| Self { client }).map_err(failed)
    }
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            // What needs one below would panic.
            if tokio::runtime::Handle::try_current().is_err() {
                return Err(TransportError::new(Failure::Other, "it needs a Tokio runtime, and is in none"));
            }
            let request = request.map(|body| match body.as_bytes() {
                Some(bytes) => ::reqwest::Body::from(bytes.clone()),
                None => ::reqwest::Body::wrap(body),
            });
            let mut request = ::reqwest::Request::try_from(request).map_err(failed)?;
            let timeout = limits.timeout.map(bounded);
            let wait = timeout.filter(|_| limits.streamed);
            *request.timeout_mut() = timeout.filter(|_| !limits.streamed);
            let answer = in_time(wait, self.client.execute(request)).await?.map_err(failed)?;
            let answer: http::Response<::reqwest::Body> = answer.into();
            Ok(answer.map(|body| {
                let length = body.size_hint().exact();
                let body = Body::stream(Answer { body, wait, late: None });
                length.map_or(body.clone(), |length| body.with_length(length))
            }))
        })
    }
}

/// Waits no longer than that.
async fn in_time<T>(wait: Option<Duration>, future: impl Future<Output = T>) -> Result<T, TransportError> {
    match wait {
        Some(wait) => tokio::time::timeout(wait, future).await.map_err(|_| TransportError::timeout()),
        None => Ok(future.await),
    }
}

/// The body of an answer, and how long each of its chunks may be waited for.
struct Answer {
    body: ::reqwest::Body,
    wait: Option<Duration>,
    late: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl Stream for Answer {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        while let Poll::Ready(next) = Pin::new(&mut this.body).poll_frame(context) {
            this.late = None;
            match next.map(|frame| frame.map(http_body::Frame::into_data)) {
                Some(Ok(Ok(bytes))) => return Poll::Ready(Some(Ok(bytes))),
                // Trailers.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(failed(error)))),
                None => return Poll::Ready(None),
            }
        }
        let Some(wait) = this.wait else { return Poll::Pending };
        let late = this.late.get_or_insert_with(|| Box::pin(tokio::time::sleep(wait)));
        late.as_mut().poll(context).map(|()| Some(Err(TransportError::timeout())))
    }
}

fn failed(error: ::reqwest::Error) -> TransportError {
    let (mut cause, mut is_malformed) = (std::error::Error::source(&error), false);
    while let Some(deeper) = cause {
        is_malformed |= malformed(deeper);
        // The request's own body.
        if deeper.downcast_ref::<TransportError>().is_some_and(|error| error.failure() == Failure::RequestBody) {
            return TransportError::new(Failure::RequestBody, error.without_url());
        }
        cause = deeper.source();
    }
    let failure = match &error {
        error if error.is_timeout() => Failure::Timeout,
        error if error.is_connect() => Failure::Connect,
        error if error.is_body() || error.is_decode() => Failure::Body,
        // It made no request of it.
        error if error.is_builder() => Failure::Other,
        _ if is_malformed => Failure::Malformed,
        // There was a connection, and nobody knows what went over it.
        _ => Failure::Closed,
    };
    // The URL may hold a secret.
    TransportError::new(failure, error.without_url())
}

/// Whether a cause is that what came is no HTTP. That of hyper, a package of which this crate knows nothing, has its own words.
fn malformed(cause: &(dyn std::error::Error + 'static)) -> bool {
    const WORDS: [&str; 4] =
        [" parsed", "message head is too large", "unexpected message", "internal error inside Hyper"];
    let text = cause.to_string();
    WORDS.iter().any(|words| text.contains(words))
}
