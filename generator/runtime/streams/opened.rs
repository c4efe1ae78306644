//! In: an answer that was asked for as a stream. Out: whether it is one, the errors of its parts, and how to ask again.

use super::super::runtime::{Body, Boxed, Error, Exchange, Opened, TransportError, decode, encoding, media, with_body};
use bytes::Bytes;
use http::{HeaderName, HeaderValue};

impl Opened {
    /// Whether the answer is the stream that was asked for. One without a `Content-Type` is taken for it.
    ///
    /// # Errors
    /// `Error::Decode` when it is of another type, or compressed.
    pub(crate) fn check(&mut self) -> Result<(), Error> {
        let headers = self.response.headers();
        if self.exchange.is_wanted(&self.response) && encoding(headers).is_none() {
            return Ok(());
        }
        let wanted = self.exchange.accept.unwrap_or_default();
        let wrong = format!("expected {wanted}, got {}", media(headers).unwrap_or("no content type"));
        let body = self.response.body().as_bytes().cloned().unwrap_or_default();
        Err(decode::refuse(self.answer(body), None, wrong))
    }

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
