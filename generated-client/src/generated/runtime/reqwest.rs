//! In: a request. Out: its answer, by the crate `reqwest`: the default transport of the asynchronous client.

use super::body::Body;
use super::shared::Boxed;
use super::transport::{Failure, Limits, Transport, TransportError};
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
        let client = ::reqwest::Client::builder().redirect(::reqwest::redirect::Policy::none()).build();
        client.map(|client| Self { client }).map_err(failed)
    }
}

/// A transport with a client of the user's own settings. It should follow no redirects.
impl From<::reqwest::Client> for Reqwest {
    fn from(client: ::reqwest::Client) -> Self {
        Self { client }
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
            let wait = limits.timeout.filter(|_| limits.streamed);
            *request.timeout_mut() = limits.timeout.filter(|_| !limits.streamed);
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
    let (mut cause, mut is_closed) = (std::error::Error::source(&error), false);
    while let Some(deeper) = cause {
        is_closed |= closed(deeper);
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
        _ if is_closed => Failure::Closed,
        _ => Failure::Other,
    };
    // The URL may hold a secret.
    TransportError::new(failure, error.without_url())
}

/// Whether a cause is that the connection ended. That of hyper, a package of which this crate knows nothing, has its own words.
fn closed(cause: &(dyn std::error::Error + 'static)) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    let kind = cause.downcast_ref().map(std::io::Error::kind);
    kind.is_some_and(|kind| [BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof].contains(&kind))
        || cause.to_string() == "connection closed before message completed"
}
