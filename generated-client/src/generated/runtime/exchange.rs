//! In: the call of an operation, and a client. Out: its answer, however often the request has to be sent: `Exchange`.

use super::answer::{encoding, essence, is_json, media, with_body};
use super::answers::Reader;
use super::body::Body;
use super::call::Call;
use super::caller::Operation;
use super::clock::Instant;
use super::core::Core;
use super::credential::Sender;
use super::decode;
use super::error::Error;
use super::shared::Boxed;
use super::success::{Kind, Success};
use super::transport::{Limits, TransportError};
use super::wait::Wait;
use bytes::Bytes;
use http::StatusCode;
use std::sync::Arc;

/// Everything about a call that does not depend on its types: compiled once.
#[derive(Clone)]
pub struct Exchange {
    pub(crate) call: Call,
    /// The media types of the stream that is wanted, if they are known.
    pub(crate) accept: Option<&'static str>,
    id: &'static str,
    security: &'static [&'static [&'static str]],
    success: Success,
    pub(crate) core: Arc<Core>,
    sender: Arc<dyn Sender>,
}

/// An answer, and the exchange that brought it.
pub struct Opened {
    pub(crate) exchange: Exchange,
    pub(crate) response: http::Response<Body>,
}

/// What is made of an answer.
pub enum Read<T> {
    /// The whole answer is read into memory.
    Whole(Reader<T>),
    /// Its body is a stream, and these media types are asked for, if they are not those of the whole answer.
    Stream(Option<&'static str>, fn(Opened) -> Result<T, Error>),
}

impl Opened {
    /// Whether the answer is the stream that was asked for.
    ///
    /// # Errors
    /// `Error::Decode` when it is of a status or type that is not declared, or compressed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let compressed = || encoding(self.response.headers()).map(|_| "nobody asked for it".to_owned());
        let Some(wrong) = self.exchange.wrong(&self.response).or_else(compressed) else { return Ok(()) };
        let body = self.response.body().as_bytes().cloned().unwrap_or_default();
        Err(decode::refuse(with_body(&self.response, body), None, wrong))
    }
}

impl<T> Read<T> {
    /// The media types of the stream, if it is one.
    pub(super) fn stream(&self) -> Option<Option<&'static str>> {
        match self {
            Read::Whole(_) => None,
            Read::Stream(accept, _) => Some(*accept),
        }
    }

    /// Makes it.
    pub(super) fn of(&self, opened: Opened) -> Result<T, Error> {
        match self {
            Read::Whole(read) => read(whole_bytes(opened.response)),
            Read::Stream(_, read) => read(opened),
        }
    }
}

impl Exchange {
    /// The exchange of an operation.
    ///
    /// # Errors
    /// `Error::Request` naming the input that cannot be written.
    pub(super) fn new<O: Operation>(operation: &O, core: Arc<Core>, sender: Arc<dyn Sender>) -> Result<Self, Error> {
        let (id, security, success) = (O::ID, O::SECURITY, O::SUCCESS);
        Ok(Self { call: operation.call()?, accept: None, id, security, success, core, sender })
    }

    /// Why an answer is not the stream that was asked for, as far as it says. One without a `Content-Type` is taken for it.
    fn wrong(&self, response: &http::Response<Body>) -> Option<String> {
        let is_empty = response.body().length() == Some(0);
        let Some(accept) = self.accept else { return self.success.wrong(response, is_empty) };
        let other = |came: &&str| !accept.split(',').any(|wanted| essence(wanted) == essence(came));
        if let Some(came) = media(response.headers()).filter(other) {
            return Some(format!("expected {accept}, got {came}"));
        }
        // There is nothing more to come (HTML, section 9.2.3).
        let is_over = response.status() == StatusCode::NO_CONTENT;
        Success { media: accept, kind: Kind::Json, ..self.success }.wrong(response, is_empty).filter(|_| !is_over)
    }

    /// Sends the request, and waits for the whole answer, or only for the headers of a stream.
    pub(super) fn opened(
        exchange: Result<Self, Error>,
        stream: Option<Option<&'static str>>,
    ) -> Boxed<'static, Result<Opened, Error>> {
        Box::pin(async move {
            let mut exchange = exchange?;
            exchange.accept = stream.flatten();
            exchange.accept.into_iter().for_each(|media| exchange.call.accept(media));
            let response = exchange.answer(stream.is_some()).await?;
            Ok(Opened { exchange, response })
        })
    }

    /// A successful answer. What is `streamed` is only read into memory where it says what went wrong.
    pub(crate) async fn answer(&self, streamed: bool) -> Result<http::Response<Body>, Error> {
        let (core, sender) = (&self.core, &self.sender);
        let mut attempts = core.attempts(self.call.clone(), self.id, self.security, sender).await?;
        loop {
            let (request, limits) = attempts.next();
            let outcome = attempts.follow(self.send(request, Limits { streamed, ..limits })).await;
            if attempts.renew(&outcome, sender).await {
                continue;
            }
            match attempts.wait(&outcome) {
                // Without a wait it is not sent again.
                Some(time) if Wait::new(time).await.is_ok() && attempts.again(sender).await => {}
                _ => return attempts.end(outcome),
            }
        }
    }

    async fn send(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Body>, TransportError> {
        let begin = Instant::now();
        let (parts, body) = request.into_parts();
        let request = http::Request::from_parts(parts, body.settled().await?);
        let response = self.sender.send(request, limits).await?;
        // What is no stream, but may say what is wrong.
        let is_error = !response.status().is_success() || self.wrong(&response).is_some();
        if limits.streamed && !is_error && !(self.core.api.envelope.is_some() && may_fail(&response)) {
            return Ok(response);
        }
        whole(response, limits, begin).await
    }
}

/// Reads an answer into memory.
///
/// # Errors
/// A `TransportError` with what came, when it is too large, breaks off, or takes too long.
pub(super) async fn whole(
    response: http::Response<Body>,
    limits: Limits,
    begin: Instant,
) -> Result<http::Response<Body>, TransportError> {
    let (parts, mut body) = response.into_parts();
    if let Some(bytes) = body.as_bytes().filter(|bytes| bytes.len() <= limits.max_body).cloned() {
        return Ok(http::Response::from_parts(parts, bytes.into()));
    }
    // Of what says that it is too large, only the beginning is of use.
    let is_large = body.length().is_some_and(|length| length > limits.max_body as u64);
    let mut bytes = Vec::new();
    let failed = loop {
        match body.next().await {
            None => return Ok(http::Response::from_parts(parts, Body::from(bytes))),
            Some(Err(error)) => break error,
            Some(Ok(chunk)) => {
                let room = limits.max_body - bytes.len();
                bytes.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                if is_large || chunk.len() > room {
                    break TransportError::too_large();
                }
            }
        }
        if limits.timeout.is_some_and(|timeout| begin.elapsed() > timeout) {
            break TransportError::timeout();
        }
    };
    Err(failed.with_answer(http::Response::from_parts(parts, bytes.into())))
}

/// An answer whose body is in memory.
pub(super) fn whole_bytes(response: http::Response<Body>) -> http::Response<Bytes> {
    response.map(|body| body.as_bytes().cloned().unwrap_or_default())
}

/// Whether the body may say what went wrong in an envelope: JSON texts, one a line, do not.
fn may_fail(response: &http::Response<Body>) -> bool {
    media(response.headers()).is_some_and(is_json)
}
