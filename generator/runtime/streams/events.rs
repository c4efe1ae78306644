//! In: an answer of `text/event-stream`. Out: `Events`, typed, which begin again where the connection breaks.

use super::super::runtime::{
    Body, Boxed, Client, Error, Failure, Opened, Reader, TransportError, Wait, block_on, blocking, decode,
};
use super::sse::{Parser, Raw, TooLarge};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, Method, StatusCode};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// How long to wait before a connection is made again, where the server does not say.
const WAIT: Duration = Duration::from_secs(3);

/// One event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its name: `message` where the server gives none.
    pub event: String,
    /// The id that the server gave last, with this event or before.
    pub id: Option<String>,
    /// Its data; the whole event, with `data` in it, where the API's document describes several kinds of events so.
    pub data: T,
}

/// The events of an answer as they come: on [`Client`] a [`Stream`], on [`blocking::Client`] an [`Iterator`].
///
/// An event that cannot be decoded is an `Err`, and so is one that is larger than the client's `max_body`; the next ones
/// follow. Where the data is JSON, an event whose data is `[DONE]`, as many language models end their answers, ends the
/// stream. The client's `timeout` is for each wait for more bytes: let it be longer than the server's silence.
///
/// When the connection breaks, the same request is sent again with `Last-Event-ID`, where that is safe: see
/// [`reconnect`](Self::reconnect). That is after 3 seconds, or what the server asks for by `retry:`, up to an hour. When the
/// server ends the answer, that is the end.
pub struct Events<C, T> {
    opened: Opened,
    parser: Parser,
    chunk: Bytes,
    read: Reader<T>,
    kind: Kind,
    state: State,
    times: u32,
    failed: u32,
    client: PhantomData<fn() -> C>,
}

/// What the type of the data describes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The data, which is JSON.
    Json,
    /// The data, which is text.
    Text,
    /// The whole event, in which `data` stands beside `event` and the id.
    Whole(Id),
}

/// How the id stands in a whole event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Id {
    Absent,
    Text,
    Number,
}

enum State {
    Reads,
    Waits(Pin<Box<Wait>>),
    Opens(Boxed<'static, Result<http::Response<Body>, Error>>),
    Ended,
}

impl<C, T: DeserializeOwned> Events<C, T> {
    /// Events whose data is JSON.
    pub(crate) fn json(opened: Opened) -> Result<Self, Error> {
        Self::new(opened, decode::json, Kind::Json)
    }

    /// Events whose data is text.
    pub(crate) fn text(opened: Opened) -> Result<Self, Error> {
        Self::new(opened, decode::text_of, Kind::Text)
    }

    /// Events whose type is that of the whole event.
    pub(crate) fn whole(opened: Opened) -> Result<Self, Error> {
        Self::new(opened, decode::json, Kind::Whole(Id::Absent))
    }

    /// The same, with an id that is a text.
    pub(crate) fn whole_with_id(opened: Opened) -> Result<Self, Error> {
        Self::new(opened, decode::json, Kind::Whole(Id::Text))
    }

    /// The same, with an id that is a number.
    pub(crate) fn whole_with_number(opened: Opened) -> Result<Self, Error> {
        Self::new(opened, decode::json, Kind::Whole(Id::Number))
    }

    fn new(opened: Opened, read: Reader<T>, kind: Kind) -> Result<Self, Error> {
        opened.check()?;
        let times = if opened.exchange.call.method() == Method::GET { 5 } else { 0 };
        let (parser, chunk) = (Parser::new(opened.exchange.max_body()), Bytes::new());
        let (state, client) = (State::Reads, PhantomData);
        Ok(Self { opened, parser, chunk, read, kind, state, times, failed: 0, client })
    }

    /// How often in a row the request is sent again when the connection breaks before an event came. 5 by default for GET,
    /// which is safe to repeat; for other methods never, unless you say so here.
    pub fn reconnect(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.opened.response.status()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.opened.response.headers()
    }

    /// The id of the last event that came whole: where a later request can go on.
    pub fn last_id(&self) -> Option<&str> {
        Some(self.parser.last_id()).filter(|id| !id.is_empty())
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        loop {
            match &mut self.state {
                State::Reads => {
                    if let Some(raw) = self.parser.next(&mut self.chunk) {
                        self.failed = 0;
                        return Poll::Ready(self.event(raw));
                    }
                    match ready!(self.opened.response.body_mut().poll_next_bytes(context)) {
                        Some(Ok(bytes)) => self.chunk = bytes,
                        Some(Err(error)) => {
                            let error = self.opened.error(error);
                            if let Some(error) = self.again(error) {
                                return Poll::Ready(Some(Err(error)));
                            }
                        }
                        None => self.state = State::Ended,
                    }
                }
                State::Waits(wait) => {
                    if let Err(error) = ready!(wait.as_mut().poll(context)) {
                        self.state = State::Ended;
                        return Poll::Ready(Some(Err(self.opened.error(TransportError::new(Failure::Other, error)))));
                    }
                    self.state = State::Opens(self.opened.exchange.again(self.parser.last_id()));
                }
                State::Opens(opens) => {
                    let error = match ready!(opens.as_mut().poll(context)) {
                        Ok(response) => {
                            self.opened.response = response;
                            self.parser.again();
                            self.chunk = Bytes::new();
                            self.state = State::Reads;
                            let Err(error) = self.opened.check() else { continue };
                            error
                        }
                        Err(error) => error,
                    };
                    if let Some(error) = self.again(error) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    /// Begins again, if that is of use; else the error is the last item.
    fn again(&mut self, error: Error) -> Option<Error> {
        let broke = matches!(&error, Error::Transport(error) if !matches!(error.failure(), Failure::RequestBody));
        if !broke || self.failed >= self.times {
            self.state = State::Ended;
            return Some(error);
        }
        self.failed += 1;
        self.state = State::Waits(Box::pin(Wait::new(self.parser.retry().unwrap_or(WAIT))));
        None
    }

    fn event(&mut self, raw: Result<Raw, TooLarge>) -> Option<Result<Event<T>, Error>> {
        let Ok(Raw { event, id, data }) = raw else {
            return Some(Err(self.opened.error(TransportError::too_large())));
        };
        if self.kind != Kind::Text && data == "[DONE]" {
            self.state = State::Ended;
            return None;
        }
        let id = Some(id).filter(|id| !id.is_empty());
        let text = match self.kind {
            Kind::Json | Kind::Text => data,
            Kind::Whole(form) => whole(&event, id.as_deref(), form, &data, self.parser.retry()),
        };
        let read = self.read;
        Some(read(self.opened.answer(text.into())).map(|data| Event { event, id, data }))
    }
}

/// An event as one JSON object. Data that is no JSON is text.
fn whole(event: &str, id: Option<&str>, form: Id, data: &str, retry: Option<Duration>) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let is_json = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
    let id = id.and_then(|id| match form {
        Id::Absent => None,
        Id::Number if id.parse::<f64>().is_ok() && is_json(id) => Some(id.to_owned()),
        Id::Number | Id::Text => Some(quoted(id)),
    });
    let id = id.map(|id| format!(",\"id\":{id}")).unwrap_or_default();
    let retry = retry.map(|retry| format!(",\"retry\":{}", retry.as_millis())).unwrap_or_default();
    let data = if is_json(data) { data.trim().to_owned() } else { quoted(data) };
    format!("{{\"event\":{}{id}{retry},\"data\":{data}}}", quoted(event))
}

impl<T: DeserializeOwned> Events<Client, T> {
    /// The next event; `None` at the end. It is what the [`Stream`] gives.
    ///
    /// # Errors
    /// `Error::Decode` for an event that is not as described, after which others may follow; `Error::Transport` when the
    /// connection broke and is not made again.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }
}

impl<T: DeserializeOwned> Stream for Events<Client, T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: DeserializeOwned> Iterator for Events<blocking::Client, T> {
    type Item = Result<Event<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(std::future::poll_fn(|context| self.poll(context)))
    }
}

impl<C, T> fmt::Debug for Events<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("status", &self.opened.response.status()).finish_non_exhaustive()
    }
}
