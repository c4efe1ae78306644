//! In: an answer of JSON texts, one after the other. Out: `Items`, typed, one by one.

use super::super::runtime::{Client, Error, Opened, TransportError, block_on, blocking, decode};
use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The items of an answer as they come: on [`Client`] a [`Stream`], on [`blocking::Client`] an [`Iterator`].
///
/// An item that cannot be decoded is an `Err`, and so is one that is larger than the client's `max_body`; the next ones
/// follow. The client's `timeout` is for each wait for more bytes.
pub struct Items<C, T> {
    opened: Opened,
    chunk: Bytes,
    item: Vec<u8>,
    is_too_large: bool,
    /// What ends an item: a line feed, or what begins the next one in `application/json-seq` (RFC 7464).
    end: Option<u8>,
    index: usize,
    is_over: bool,
    types: PhantomData<fn() -> (C, T)>,
}

impl<C, T: DeserializeOwned> Items<C, T> {
    pub(crate) fn json(opened: Opened) -> Result<Self, Error> {
        opened.check()?;
        let (chunk, item, types) = (Bytes::new(), Vec::new(), PhantomData);
        Ok(Self { opened, chunk, item, is_too_large: false, end: None, index: 0, is_over: false, types })
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.opened.response.status()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.opened.response.headers()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.cut() {
                return Poll::Ready(Some(item));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            match ready!(self.opened.response.body_mut().poll_next_bytes(context)) {
                Some(Ok(bytes)) => self.chunk = bytes,
                Some(Err(error)) => {
                    self.is_over = true;
                    self.item.clear();
                    return Poll::Ready(Some(Err(self.opened.error(error))));
                }
                None => {
                    self.is_over = true;
                    // The last one needs no line feed.
                    return Poll::Ready(self.take());
                }
            }
        }
    }

    /// The next item that is complete.
    fn cut(&mut self) -> Option<Result<T, Error>> {
        while !self.chunk.is_empty() {
            let end = match self.end {
                Some(end) => end,
                None => {
                    let first = self.chunk.iter().position(|byte| !byte.is_ascii_whitespace());
                    self.chunk.advance(first.unwrap_or(self.chunk.len()));
                    let end = if *self.chunk.first()? == decode::RECORD { decode::RECORD } else { b'\n' };
                    *self.end.insert(end)
                }
            };
            let place = self.chunk.iter().position(|byte| *byte == end);
            let part = self.chunk.split_to(place.unwrap_or(self.chunk.len()));
            self.is_too_large |= part.len() > self.opened.exchange.max_body().saturating_sub(self.item.len());
            match self.is_too_large {
                true => self.item.clear(),
                false => self.item.extend_from_slice(&part),
            }
            if place.is_some() {
                self.chunk.advance(1);
                let item = self.take();
                if item.is_some() {
                    return item;
                }
            }
        }
        None
    }

    /// The item that was read, if it is one: an empty line is none.
    fn take(&mut self) -> Option<Result<T, Error>> {
        let item = std::mem::take(&mut self.item);
        if std::mem::take(&mut self.is_too_large) {
            self.index += 1;
            return Some(Err(self.opened.error(TransportError::too_large())));
        }
        if item.trim_ascii().is_empty() {
            return None;
        }
        let index = self.index;
        self.index += 1;
        Some(decode::item(&item, index).map_err(|wrong| wrong.of(self.opened.answer(item.into()))))
    }
}

impl<T: DeserializeOwned> Items<Client, T> {
    /// The next item; `None` at the end. It is what the [`Stream`] gives.
    ///
    /// # Errors
    /// `Error::Decode` for an item that is not as described, after which others may follow; `Error::Transport` when the
    /// answer breaks off.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }
}

impl<T: DeserializeOwned> Stream for Items<Client, T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: DeserializeOwned> Iterator for Items<blocking::Client, T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(std::future::poll_fn(|context| self.poll(context)))
    }
}

impl<C, T> fmt::Debug for Items<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("status", &self.opened.response.status()).finish_non_exhaustive()
    }
}
