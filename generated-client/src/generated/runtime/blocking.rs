//! The blocking client: an operation goes in, and its result comes out on the caller's thread.

use super::body::Body;
use super::builder::Link;
use super::caller::{Caller, Operation};
use super::core::Core;
use super::credential::Sender;
use super::error::Error;
use super::exchange::{Exchange, Read};
use super::shared::{Boxed, Shared};
use super::transport::{Limits, TransportError};
use super::wait::block_on;
use std::fmt;
use std::sync::Arc;

/// Sends requests on the caller's thread. To log, count or change them, wrap one transport in another.
pub trait Transport: Shared {
    /// Sends the request and gives the answer, whatever its status, once its headers are there: the body may be a stream.
    /// Redirects are answers: they are not followed.
    ///
    /// # Errors
    /// A [`TransportError`] when no answer came within the limits. A body that breaks off ends with one.
    fn send(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Body>, TransportError>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Body>, TransportError> {
        (**self).send(request, limits)
    }
}

/// The blocking client. [`Client::builder`] starts one; its other methods lead to the operations.
///
/// Build one and keep it: cloning it is cheap, and clones share their connections. In asynchronous code use the other
/// [`Client`](super::Client): this one holds up the thread until the answer is there.
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
        #[cfg(feature = "ureq")]
        return Ok(Arc::new(super::ureq::Ureq::new()));
        #[cfg(not(feature = "ureq"))]
        Err(Error::request("the client has no transport: enable the feature `ureq`, or call `.transport(..)`"))
    }

    fn link(core: Core, transport: Arc<dyn Transport>) -> Self {
        Self { core: Arc::new(core), transport }
    }

    fn core(&self) -> &Core {
        &self.core
    }
}

impl Caller for Client {
    type Sent<T> = Result<T, Error>;

    fn exchange<O: Operation, T>(self, operation: O, read: Read<T>) -> Result<T, Error> {
        let exchange = Exchange::new(&operation, self.core.clone(), Arc::new(self));
        read.of(block_on(Exchange::opened(exchange, read.stream()))?)
    }
}

impl Sender for Client {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        let sent = self.transport.send(request, limits);
        Box::pin(std::future::ready(sent.map(|response| response.map(Body::blocking))))
    }

    fn blocks(&self) -> bool {
        true
    }
}
