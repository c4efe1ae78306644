//! In: an answer that was asked for as a stream. Out: the errors of its parts, and how to ask again.

use super::super::runtime::{Body, Boxed, Error, Exchange, Opened, TransportError, with_body};
use bytes::Bytes;
use http::{HeaderName, HeaderValue};

impl Opened {
    /// The answer with another body, for the error of a part of it.
    pub(crate) fn answer(&self, body: Bytes) -> http::Response<Bytes> {
        with_body(&self.response, body)
    }

    /// An error that knows the answer.
    pub(crate) fn error(&self, error: TransportError) -> Error {
        error.with_answer(self.answer(Bytes::new())).into()
    }
}

impl Exchange {
    /// The size of the largest item of a stream, in bytes.
    pub(crate) fn max_body(&self) -> usize {
        self.core.limits.max_body
    }

    /// Sends the request again, for what comes after this event (HTML, section 9.2.4).
    pub(crate) fn again(&self, last_id: &str) -> Boxed<'static, Result<http::Response<Body>, Error>> {
        let mut exchange = self.clone();
        let value = (!last_id.is_empty()).then(|| HeaderValue::from_bytes(last_id.as_bytes()));
        Box::pin(async move {
            if let Some(value) = value {
                let value = value.map_err(|why| Error::request(format!("`Last-Event-ID`: {why}")))?;
                exchange.call.set(HeaderName::from_static("last-event-id"), value);
            }
            exchange.answer(true).await
        })
    }
}
