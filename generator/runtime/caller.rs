//! In: an operation. Out: what a client makes of it: the traits `Operation` and `Caller`.

use super::body::Body;
use super::builder::Link;
use super::call::Call;
use super::download::{self, Download};
use super::error::Error;
use super::exchange::{self, Read};
use super::response::{self, Headers, Response};
use super::success::Success;
use bytes::Bytes;

/// The inputs of one operation, and how its answer is read. Generated code implements it.
///
/// Only `call` and `decode` are compiled for each operation; the rest of the runtime is compiled once.
pub trait Operation {
    /// What a successful answer gives.
    type Output;
    /// The headers that a successful answer may have.
    type Headers: Headers;
    /// Its `operationId`.
    const ID: &'static str;
    /// The alternatives, each with the security schemes that are used together. Empty: no credential is sent.
    const SECURITY: &'static [&'static [&'static str]];
    /// Which successful answers it declares.
    const SUCCESS: Success = Success::ANY;

    /// Writes the inputs.
    ///
    /// # Errors
    /// `Error::Request` naming the input that cannot be written.
    fn call(&self) -> Result<Call, Error>;

    /// Reads a successful answer.
    ///
    /// # Errors
    /// `Error::Decode` when the answer is not what the description says.
    fn decode(response: http::Response<Bytes>) -> Result<Self::Output, Error>;
}

/// What both clients have in common. No other type can be a client; generic code names this trait to take either.
pub trait Caller: Link {
    /// What sending gives: a future or the result itself.
    type Sent<T>;

    /// The request as a value, without credentials.
    ///
    /// # Errors
    /// `Error::Request` naming the input that cannot be written.
    fn request<O: Operation>(&self, operation: &O) -> Result<http::Request<Body>, Error> {
        self.core().request(operation.call()?, O::ID)
    }

    /// Reads an answer that was received by other means.
    ///
    /// # Errors
    /// `Error::Api`, `Error::Status` or `Error::Decode`, as for an answer to [`send`](Self::send).
    fn decode<O: Operation>(&self, response: http::Response<Bytes>) -> Result<O::Output, Error> {
        O::decode(exchange::whole_bytes(self.core().checked(response.map(Body::from))?))
    }

    /// Sends the request and reads its answer.
    fn send<O: Operation>(self, operation: O) -> Self::Sent<O::Output> {
        self.exchange(operation, Read::Whole(O::decode))
    }

    /// Sends the request and reads its answer, headers included.
    fn send_response<O: Operation>(self, operation: O) -> Self::Sent<Response<O::Output, O::Headers>> {
        self.exchange(operation, Read::Whole(response::whole::<O>))
    }

    /// Sends the request, and gives the body of its answer while it comes.
    fn download<O: Operation>(self, operation: O) -> Self::Sent<Response<Download<Self>, O::Headers>> {
        self.exchange(operation, Read::Stream(None, download::open::<Self, O>))
    }

    /// Sends the request and reads its answer in this way.
    fn exchange<O: Operation, T>(self, operation: O, read: Read<T>) -> Self::Sent<T>;
}
