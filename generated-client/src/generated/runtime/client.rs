//! In: an operation. Out: `Pending`, the future of its result: the asynchronous client.

use super::answers::Reader;
use super::body::Body;
use super::builder::Link;
use super::call::Call;
use super::caller::{Caller, Operation};
use super::core::Core;
use super::credential::Sender;
use super::error::Error;
use super::shared::Boxed;
use super::transport::{Transport, TransportError};
use super::wait::Wait;
use bytes::Bytes;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The asynchronous client. [`Client::builder`] starts one; its other methods lead to the operations.
///
/// Build one and keep it: cloning it is cheap, and clones share their connections.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
    transport: Arc<dyn Transport>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.core).finish()
    }
}

impl Link for Client {
    type Transport = dyn Transport;

    fn transport() -> Result<Arc<dyn Transport>, Error> {
        #[cfg(feature = "reqwest")]
        return Ok(Arc::new(super::reqwest::Reqwest::new()?));
        #[cfg(not(feature = "reqwest"))]
        Err(Error::request("the client has no transport: enable the feature `reqwest`, or call `.transport(..)`"))
    }

    fn link(core: Core, transport: Arc<dyn Transport>) -> Self {
        Self { core: Arc::new(core), transport }
    }

    fn core(&self) -> &Core {
        &self.core
    }
}

impl Caller for Client {
    type Sent<T> = Pending<T>;

    fn exchange<O: Operation, T>(self, operation: O, read: Reader<T>) -> Pending<T> {
        Pending { answer: self.answer(operation.call(), O::ID, O::SECURITY), read }
    }
}

impl Sender for Client {
    fn send(&self, request: http::Request<Body>) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        self.transport.send(request, self.core.limits)
    }
}

impl Client {
    /// Everything about a call that does not depend on its types: compiled once.
    fn answer(
        self,
        call: Result<Call, Error>,
        operation: &'static str,
        security: &'static [&'static [&'static str]],
    ) -> Boxed<'static, Result<http::Response<Bytes>, Error>> {
        Box::pin(async move {
            let mut attempts = self.core.attempts(call?, operation, security, &self).await?;
            loop {
                let (request, limits) = attempts.next();
                let outcome = attempts.follow(self.transport.send(request, limits)).await;
                if attempts.renew(&outcome, &self).await {
                    continue;
                }
                match attempts.wait(&outcome) {
                    Some(time) => Wait::new(time).await,
                    None => return attempts.end(outcome),
                }
            }
        })
    }
}

/// The future of a call's result. Nothing is sent before it is awaited; dropping it gives the call up.
#[must_use = "nothing is sent until the future is awaited"]
pub struct Pending<T> {
    answer: Boxed<'static, Result<http::Response<Bytes>, Error>>,
    read: Reader<T>,
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read = self.read;
        self.answer.as_mut().poll(context).map(|answer| read(answer?))
    }
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}
