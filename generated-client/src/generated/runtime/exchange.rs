//! In: the call of an operation, and a client. Out: its answer, however often the request has to be sent: `Exchange`.

use super::answer::media;
use super::answers::Reader;
use super::body::Body;
use super::call::Call;
use super::caller::Operation;
use super::core::Core;
use super::credential::Sender;
use super::error::Error;
use super::shared::Boxed;
use super::transport::{Limits, TransportError};
use super::wait::Wait;
use bytes::Bytes;
use std::sync::Arc;
use std::time::Instant;

/// Everything about a call that does not depend on its types: compiled once.
pub struct Exchange {
    pub(super) call: Call,
    id: &'static str,
    security: &'static [&'static [&'static str]],
    pub(super) core: Arc<Core>,
    sender: Arc<dyn Sender>,
}

/// An answer, and the exchange that brought it.
pub struct Opened {
    pub(super) exchange: Exchange,
    pub(super) response: http::Response<Body>,
}

/// What is made of an answer.
pub enum Read<T> {
    /// The whole answer is read into memory.
    Whole(Reader<T>),
    /// Its body is a stream, and these media types are asked for, if they are not those of the whole answer.
    Stream(Option<&'static str>, fn(Opened) -> Result<T, Error>),
}

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Read<T> {}

impl<T> Read<T> {
    /// The media types of the stream, if it is one.
    pub(super) fn stream(self) -> Option<Option<&'static str>> {
        match self {
            Read::Whole(_) => None,
            Read::Stream(accept, _) => Some(accept),
        }
    }

    /// Makes it.
    pub(super) fn of(self, opened: Opened) -> Result<T, Error> {
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
        Ok(Self { call: operation.call()?, id: O::ID, security: O::SECURITY, core, sender })
    }

    /// Sends the request, and waits for the whole answer, or only for the headers of a stream.
    pub(super) fn opened(
        exchange: Result<Self, Error>,
        stream: Option<Option<&'static str>>,
    ) -> Boxed<'static, Result<Opened, Error>> {
        Box::pin(async move {
            let mut exchange = exchange?;
            stream.flatten().into_iter().for_each(|media| exchange.call.accept(media));
            let response = exchange.answer(stream.is_some()).await?;
            Ok(Opened { exchange, response })
        })
    }

    /// A successful answer. What is `streamed` is only read into memory where it says what went wrong.
    pub(super) async fn answer(&self, streamed: bool) -> Result<http::Response<Body>, Error> {
        let core = &self.core;
        let request = core.authorised(self.call.clone(), self.id, self.security, &*self.sender).await?;
        let mut attempts = core.attempts(request);
        loop {
            let (request, limits) = attempts.next();
            let outcome = self.send(request, Limits { streamed, ..limits }).await;
            match attempts.wait(&outcome) {
                Some(time) => Wait::new(time).await,
                None => return core.checked(outcome?),
            }
        }
    }

    async fn send(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Body>, TransportError> {
        let begin = Instant::now();
        let response = self.sender.send(request, limits).await?;
        let is_error = !response.status().is_success();
        if limits.streamed && !is_error && !(self.core.api.envelope.is_some() && is_json(&response)) {
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

fn is_json(response: &http::Response<Body>) -> bool {
    media(response.headers()).is_some_and(|media| media.to_ascii_lowercase().contains("json"))
}
