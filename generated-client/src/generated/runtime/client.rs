//! In: an operation. Out: `Pending`, the future of its result: the asynchronous client.

use super::body::Body;
use super::builder::Link;
use super::caller::{Caller, Operation};
use super::core::Core;
use super::credential::Sender;
use super::error::Error;
use super::exchange::{Exchange, Opened, Read};
use super::shared::Boxed;
use super::transport::{Limits, Transport, TransportError};
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

    fn exchange<O: Operation, T>(self, operation: O, read: Read<T>) -> Pending<T> {
        let exchange = Exchange::new(&operation, self.core.clone(), Arc::new(self));
        Pending { answer: Exchange::opened(exchange, read.stream()), read }
    }
}

impl Sender for Client {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        self.transport.send(request, limits)
    }

    fn blocks(&self) -> bool {
        false
    }
}

/// The future of a call's result. Nothing is sent before it is awaited; dropping it gives the call up.
#[must_use = "nothing is sent until the future is awaited"]
pub struct Pending<T> {
    answer: Boxed<'static, Result<Opened, Error>>,
    read: Read<T>,
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        this.answer.as_mut().poll(context).map(|answer| this.read.of(answer?))
    }
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}
