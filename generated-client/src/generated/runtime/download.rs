//! In: an answer whose body is a stream. Out: `Download`, its bytes as they come.

use super::answer::with_body;
use super::blocking;
use super::body::Body;
use super::caller::Operation;
use super::client::Client;
use super::error::Error;
use super::exchange::Opened;
use super::response::{Headers, Response};
use super::transport::TransportError;
use super::wait::block_on;
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The body of an answer, while it comes: on [`Client`] a [`Stream`], on [`blocking::Client`] a [`Read`](io::Read). No more
/// is fetched than is read.
///
/// The client's `timeout` is for each wait for more bytes, and `max_body` does not hold: see [`limit`](Self::limit).
pub struct Download<C> {
    body: Body,
    /// The rest of the answer.
    head: http::Response<()>,
    left: Option<u64>,
    client: PhantomData<fn() -> C>,
}

impl<C> Download<C> {
    /// Gives up to so many bytes; more are an error with [`Failure::TooLarge`](super::Failure::TooLarge). Without a limit by
    /// default.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.left = Some(bytes);
        self
    }

    /// How many bytes are to come, if the server said so.
    pub fn length(&self) -> Option<u64> {
        self.body.left()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let next = ready!(self.body.poll_next_bytes(context));
        Poll::Ready(match (next, &mut self.left) {
            (Some(Ok(bytes)), Some(left)) => match left.checked_sub(bytes.len() as u64) {
                Some(less) => {
                    *left = less;
                    Some(Ok(bytes))
                }
                None => {
                    self.body = Body::empty();
                    Some(Err(TransportError::too_large()))
                }
            },
            (next, _) => next,
        })
    }

    /// An error that knows its answer.
    fn error(&self, error: TransportError) -> Error {
        error.with_answer(with_body(&self.head, Bytes::new())).into()
    }
}

impl Download<Client> {
    /// The next bytes; `None` at the end. It is what the [`Stream`] gives.
    ///
    /// # Errors
    /// `Error::Transport`, with status and headers of the answer, when it breaks off, the time runs out, or the limit is
    /// reached.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for Download<Client> {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context).map(|next| next.map(|bytes| bytes.map_err(|error| self.error(error))))
    }
}

impl io::Read for Download<blocking::Client> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let next = block_on(std::future::poll_fn(|context| self.poll(context)));
        let next = next.transpose().map_err(|error| io::Error::other(self.error(error)))?;
        let Some(mut bytes) = next else { return Ok(0) };
        let length = bytes.len().min(buffer.len());
        buffer[..length].copy_from_slice(&bytes.split_to(length));
        self.left = self.left.map(|left| left + bytes.len() as u64);
        self.body.put_back(bytes);
        Ok(length)
    }
}

impl<C> fmt::Debug for Download<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.head.status())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// A successful answer with its body as a stream.
///
/// # Errors
/// `Error::Decode` when it is not one that is declared, or compressed.
pub(super) fn open<C, O: Operation>(opened: Opened) -> Result<Response<Download<C>, O::Headers>, Error> {
    opened.check()?;
    let (parts, body) = opened.response.into_parts();
    let (status, headers) = (parts.status, parts.headers.clone());
    let head = http::Response::from_parts(parts, ());
    let declared = O::Headers::read(&headers);
    let body = Download { body, head, left: None, client: PhantomData };
    Ok(Response { status, headers, declared, body, content: Bytes::new() })
}
