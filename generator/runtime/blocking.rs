//! The blocking client: an operation goes in, and its result comes out on the caller's thread.

use super::answers::Reader;
use super::body::Body;
use super::builder::Link;
use super::call::Call;
use super::caller::{Caller, Operation};
use super::core::Core;
use super::credential::Sender;
use super::error::Error;
use super::shared::{Boxed, Shared};
use super::transport::{Limits, TransportError};
use bytes::Bytes;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Sends requests on the caller's thread. To log, count or change them, wrap one transport in another.
pub trait Transport: Shared {
    /// Sends the request and reads the whole answer, whatever its status. Redirects are answers: they are not followed.
    ///
    /// # Errors
    /// A [`TransportError`] when no whole answer came within the limits.
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

    fn exchange<O: Operation, T>(self, operation: O, read: Reader<T>) -> Result<T, Error> {
        read(self.answer(operation.call()?, O::ID, O::SECURITY)?)
    }
}

impl Sender for Client {
    fn send(&self, request: http::Request<Body>) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(std::future::ready(self.transport.send(request, self.core.limits)))
    }
}

impl Client {
    /// Everything about a call that does not depend on its types: compiled once.
    fn answer(
        &self,
        call: Call,
        operation: &'static str,
        security: &[&[&str]],
    ) -> Result<http::Response<Bytes>, Error> {
        let mut attempts = block_on(self.core.attempts(call, operation, security, self))?;
        loop {
            let (request, limits) = attempts.next();
            let outcome = attempts.within(|| self.transport.send(request, limits));
            if block_on(attempts.renew(&outcome, self)) {
                continue;
            }
            match attempts.wait(&outcome) {
                Some(time) => thread::sleep(time),
                None => return attempts.end(outcome),
            }
        }
    }
}

/// Wakes a thread that waits in [`block_on`].
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future on this thread: a credential may be asynchronous.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}
