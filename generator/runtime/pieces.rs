//! In: bytes, a stream or a reader. Out: `Piece`s of a body, which give their bytes one chunk after the other.

use super::shared::{BoxedStream, Cause};
use super::transport::{Failure, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::thread;

/// How many bytes of a reader are read at once.
const CHUNK: usize = 16 << 10;

type Next = Option<Result<Bytes, TransportError>>;

/// Where bytes come from.
pub(super) enum Source {
    Bytes(Bytes),
    Stream(BoxedStream<Result<Bytes, TransportError>>),
    Reader(Box<dyn Read + Send>),
    Pieces(VecDeque<Piece>),
}

/// A source, and how many bytes it has, if that is known.
pub(super) struct Piece {
    source: Source,
    left: Option<u64>,
    /// The last bytes, while it is not known yet whether others follow them.
    last: Option<Bytes>,
}

impl Piece {
    pub(super) fn new(source: Source, left: Option<u64>) -> Self {
        let left = match &source {
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            _ => left,
        };
        Self { source, left, last: None }
    }

    /// How many bytes are left, if that is known.
    pub(super) fn left(&self) -> Option<u64> {
        self.left
    }

    /// The next bytes. Where it `blocks`, a reader is read on this thread.
    ///
    /// The last bytes of those that were announced are kept back until the source has ended: whoever sends them asks for no
    /// more, and what is longer would be cut.
    pub(super) fn poll(&mut self, context: &mut Context<'_>, blocks: bool) -> Poll<Next> {
        let wrong =
            |how| Some(Err(TransportError::new(Failure::RequestBody, format!("the body is {how} than it says"))));
        loop {
            let next = ready!(self.source.poll(context, blocks));
            let Some(left) = &mut self.left else { return Poll::Ready(next) };
            let bytes = match next {
                Some(Ok(bytes)) if bytes.is_empty() => continue,
                Some(Ok(bytes)) => bytes,
                None => {
                    let Some(last) = self.last.take() else {
                        return Poll::Ready(if *left > 0 { wrong("shorter") } else { None });
                    };
                    *left = 0;
                    return Poll::Ready(Some(Ok(last)));
                }
                error => return Poll::Ready(error),
            };
            match left.checked_sub(bytes.len() as u64) {
                Some(0) if self.last.is_none() => self.last = Some(bytes),
                Some(less) if self.last.is_none() => {
                    *left = less;
                    return Poll::Ready(Some(Ok(bytes)));
                }
                _ => return Poll::Ready(wrong("longer")),
            }
        }
    }
}

impl Source {
    fn poll(&mut self, context: &mut Context<'_>, blocks: bool) -> Poll<Next> {
        loop {
            match self {
                Source::Bytes(bytes) => {
                    let bytes = std::mem::take(bytes);
                    return Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)));
                }
                Source::Stream(stream) => return stream.as_mut().poll_next(context),
                Source::Reader(reader) if blocks => return Poll::Ready(read(reader)),
                Source::Reader(reader) => {
                    let reader = std::mem::replace(reader, Box::new(io::empty()));
                    *self = Source::Stream(Box::pin(Pump::start(reader)));
                }
                Source::Pieces(pieces) => {
                    let Some(piece) = pieces.front_mut() else { return Poll::Ready(None) };
                    match ready!(piece.poll(context, blocks)) {
                        Some(next) => return Poll::Ready(Some(next)),
                        None => drop(pieces.pop_front()),
                    }
                }
            }
        }
    }
}

/// The next bytes of a reader.
fn read(reader: &mut dyn Read) -> Next {
    let mut buffer = vec![0; CHUNK];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return None,
            Ok(length) => {
                buffer.truncate(length);
                return Some(Ok(buffer.into()));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Some(Err(failed(Box::new(error)))),
        }
    }
}

/// An error of a source. That of a transport, which may be inside another, stays what it is.
fn failed(cause: Cause) -> TransportError {
    match cause.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(cause) => match cause.downcast::<io::Error>().map(|error| error.downcast::<TransportError>()) {
            Ok(Ok(error)) => error,
            Ok(Err(error)) => TransportError::new(Failure::RequestBody, error),
            Err(cause) => TransportError::new(Failure::RequestBody, cause),
        },
    }
}

/// A user's stream, of which items and errors are made the runtime's own.
pub(super) struct Mapped<S>(pub(super) Pin<Box<S>>);

impl<S: Stream<Item = Result<B, E>>, B: Into<Bytes>, E: Into<Cause>> Stream for Mapped<S> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(next.map(|item| item.map(Into::into).map_err(|error| failed(error.into()))))
    }
}

/// A file that is opened when it is first read.
pub(super) struct Unopened(pub(super) PathBuf, pub(super) Option<File>);

impl Read for Unopened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.1.is_none() {
            self.1 = Some(File::open(&self.0)?);
        }
        self.1.as_mut().map_or(Ok(0), |file| file.read(buffer))
    }
}

/// A reader on a thread of its own, which reads one chunk ahead and ends when the pump is dropped.
struct Pump {
    shared: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Default)]
struct State {
    ready: Option<Next>,
    waker: Option<Waker>,
    is_dropped: bool,
}

impl Pump {
    fn start(mut reader: Box<dyn Read + Send>) -> Self {
        let pump = Self { shared: Arc::default() };
        let shared = pump.shared.clone();
        let run = move || {
            loop {
                // A reader that panics takes its thread along; who waits for it has to know.
                let next = catch_unwind(AssertUnwindSafe(|| read(&mut reader)))
                    .unwrap_or_else(|_| Some(Err(TransportError::new(Failure::RequestBody, "the reader panicked"))));
                let is_last = !matches!(next, Some(Ok(_)));
                let mut state = lock(&shared.0);
                state.ready = Some(next);
                let waker = state.waker.take();
                drop(state);
                waker.into_iter().for_each(Waker::wake);
                state = lock(&shared.0);
                while state.ready.is_some() && !state.is_dropped {
                    state = shared.1.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                if is_last || state.is_dropped {
                    return;
                }
            }
        };
        if let Err(error) = thread::Builder::new().spawn(run) {
            lock(&pump.shared.0).ready = Some(Some(Err(failed(Box::new(error)))));
        }
        pump
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Stream for Pump {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut state = lock(&self.shared.0);
        match state.ready.take() {
            Some(next) => {
                self.shared.1.notify_one();
                Poll::Ready(next)
            }
            None => {
                state.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        lock(&self.shared.0).is_dropped = true;
        self.shared.1.notify_one();
    }
}
