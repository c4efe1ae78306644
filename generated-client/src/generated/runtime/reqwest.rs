//! In: a request. Out: its answer, by the crate `reqwest`: the default transport of the asynchronous client.

use super::body::Body;
use super::shared::Boxed;
use super::transport::{Failure, Limits, Transport, TransportError};
use bytes::Bytes;

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
            let mut request = ::reqwest::Request::try_from(request.map(Body::into_bytes)).map_err(failed)?;
            *request.timeout_mut() = limits.timeout;
            let mut answer = self.client.execute(request).await.map_err(failed)?;
            if answer.content_length().is_some_and(|length| length > limits.max_body as u64) {
                return Err(TransportError::too_large());
            }
            let mut body = Vec::new();
            while let Some(chunk) = answer.chunk().await.map_err(failed)? {
                if chunk.len() > limits.max_body - body.len() {
                    return Err(TransportError::too_large());
                }
                body.extend_from_slice(&chunk);
            }
            let mut response = http::Response::new(Bytes::from(body).into());
            *response.status_mut() = answer.status();
            *response.version_mut() = answer.version();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            Ok(response)
        })
    }
}

fn failed(error: ::reqwest::Error) -> TransportError {
    let failure = match &error {
        error if error.is_timeout() => Failure::Timeout,
        error if error.is_connect() => Failure::Connect,
        error if error.is_body() || error.is_decode() => Failure::Body,
        _ => Failure::Other,
    };
    // The URL may hold a secret.
    TransportError::new(failure, error.without_url())
}
