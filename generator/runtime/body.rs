//! In: bytes, text, a stream, a reader or a file, and a content type if they need one of their own. Out: `Body`, what a
//! request or an answer carries.

use super::clock::Instant;
use super::pieces::{Mapped, Piece, Source, Unopened};
use super::shared::{Cause, MaybeSend};
use super::transport::{Failure, TransportError};
use super::wait::{block_on, block_until};
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::{fmt, fs};

/// The body of a request or of an answer: in memory, or a stream that is read while it is sent. It is made `From` bytes
/// or text, by [`Body::stream`], [`Body::reader`] or [`Body::from_path`].
///
/// Cloning it copies no bytes; clones of a stream are the same stream, which only one of them can read. A request with
/// such a body is sent once: what has been read is not sent again, neither by the client itself nor by a second call.
/// Bytes, files, and what [`Body::repeatable`] makes anew can be sent again.
///
/// It is read as an [`http_body::Body`], as a [`Stream`], or, where blocking is no harm, by [`Read`].
#[derive(Default)]
pub struct Body {
    content: Content,
    content_type: Option<String>,
    /// What is left to read, once reading has begun.
    open: Option<Mutex<VecDeque<Piece>>>,
    /// Whether readers are read on the thread that asks.
    blocks: bool,
}

/// What a body is read from.
#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Once(Arc<Mutex<Option<Source>>>, Option<u64>),
    Anew(Arc<dyn Fn() -> Body + Send + Sync>, Option<u64>),
    Parts(Arc<[Body]>),
}

impl Default for Content {
    fn default() -> Self {
        Content::Bytes(Bytes::new())
    }
}

impl Body {
    /// A body without bytes.
    pub const fn empty() -> Self {
        Self::of(Content::Bytes(Bytes::new()))
    }

    const fn of(content: Content) -> Self {
        Self { content, content_type: None, open: None, blocks: false }
    }

    /// A body that is read from an asynchronous stream while it is sent, once. The blocking client waits for each item.
    pub fn stream<B, E>(stream: impl Stream<Item = Result<B, E>> + MaybeSend + 'static) -> Self
    where
        B: Into<Bytes> + 'static,
        E: Into<Cause> + 'static,
    {
        Self::once(Source::Stream(Box::pin(Mapped(Box::pin(stream)))))
    }

    /// A body that is read while it is sent, once. The blocking client reads on the caller's thread, the asynchronous one
    /// on a thread of its own, so that it never blocks; in WebAssembly, which has no threads, it cannot read it.
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::once(Source::Reader(Box::new(reader)))
    }

    fn once(source: Source) -> Self {
        Self::of(Content::Once(Arc::new(Mutex::new(Some(source))), None))
    }

    /// A body that is made anew each time it is sent, and so can be sent again.
    pub fn repeatable(make: impl Fn() -> Body + Send + Sync + 'static) -> Self {
        Self::of(Content::Anew(Arc::new(make), None))
    }

    /// A file, read while it is sent, as [`reader`](Self::reader) does; opened again each time it is sent. Only its size is
    /// asked for now; where it is another one when the file is sent, that is an error.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let length = fs::metadata(&path)?.len();
        Ok(Self::repeatable(move || Body::reader(Unopened(path.clone(), None))).with_length(length))
    }

    /// Several bodies, one after the other.
    pub(super) fn parts(parts: Vec<Body>) -> Self {
        Self::of(Content::Parts(parts.into()))
    }

    /// The same body, with this many bytes: it is sent with a `Content-Length`, and one that turns out to be longer or
    /// shorter is an error, before its last bytes are sent. So the source has to end there: of a reader that goes on, give
    /// `reader.take(bytes)`. Without it, the length of a stream is unknown.
    pub fn with_length(mut self, bytes: u64) -> Self {
        match &mut self.content {
            Content::Once(_, length) | Content::Anew(_, length) => *length = Some(bytes),
            Content::Bytes(_) | Content::Parts(_) => {}
        }
        self
    }

    /// The same body, sent with this `Content-Type` instead of the one that the API's description gives.
    ///
    /// For media types with a parameter that only the sender knows, such as
    /// `multipart/form-data; boundary=frontier` (RFC 2046, section 5.1.1). A text that cannot be the value of a header
    /// is an [`Error::Request`](super::Error::Request) when the request is made.
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The bytes, if they are in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// How many bytes it has, if that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Once(_, length) | Content::Anew(_, length) => *length,
            Content::Parts(parts) => parts.iter().map(Body::length).sum(),
        }
    }

    /// The same body, read to its end if it says that it has no bytes: no transport asks such a body for any.
    ///
    /// # Errors
    /// [`Failure::RequestBody`], if it has some.
    pub(super) async fn settled(mut self) -> Result<Self, TransportError> {
        if self.as_bytes().is_some() || self.length() != Some(0) {
            return Ok(self);
        }
        match self.next().await {
            Some(Err(error)) => Err(error),
            Some(Ok(_)) | None => Ok(Self::empty()),
        }
    }

    /// Whether it can be sent: a stream cannot once some of it was read.
    pub fn is_ready(&self) -> bool {
        match &self.content {
            Content::Bytes(_) | Content::Anew(..) => true,
            Content::Once(source, _) => source.lock().unwrap_or_else(PoisonError::into_inner).is_some(),
            Content::Parts(parts) => parts.iter().all(Body::is_ready),
        }
    }

    /// Reads all of it into memory; more than `limit` bytes are an error.
    ///
    /// # Errors
    /// [`Failure::TooLarge`], or that of the stream.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, TransportError> {
        let mut bytes = Vec::new();
        if let Content::Bytes(bytes) = &self.content {
            return if bytes.len() > limit { Err(TransportError::too_large()) } else { Ok(bytes.clone()) };
        }
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            if chunk.len() > limit - bytes.len() {
                return Err(TransportError::too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.into())
    }

    /// As [`collect`](Self::collect), on this thread.
    ///
    /// # Errors
    /// [`Failure::TooLarge`], or that of the stream.
    pub fn collect_blocking(self, limit: usize) -> Result<Bytes, TransportError> {
        block_on(self.blocking().collect(limit))
    }

    /// The next bytes; none at its end.
    pub(super) async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| self.poll_next_bytes(context)).await
    }

    /// The same body, whose readers are read on the thread that asks.
    pub(super) fn blocking(mut self) -> Self {
        self.blocks = true;
        self
    }

    pub(crate) fn poll_next_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let open = match &mut self.open {
            Some(open) => open,
            None => {
                let pieces = self.content.open();
                let failed = pieces.as_ref().err().is_some();
                let open = self.open.insert(Mutex::new(pieces.unwrap_or_default()));
                if failed {
                    return Poll::Ready(Some(Err(sent_before())));
                }
                open
            }
        };
        let pieces = open.get_mut().unwrap_or_else(PoisonError::into_inner);
        while let Some(piece) = pieces.front_mut() {
            match ready!(piece.poll(context, self.blocks)) {
                Some(Ok(bytes)) if bytes.is_empty() => {}
                Some(Ok(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Some(Err(error)) => {
                    pieces.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                None => drop(pieces.pop_front()),
            }
        }
        Poll::Ready(None)
    }

    /// Waits for bytes on this thread, no longer than until then.
    pub(super) fn read_until(&mut self, end: Option<Instant>, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        self.blocks = true;
        let next = block_until(end, self.next()).unwrap_or_else(|| Some(Err(TransportError::timeout())));
        let Some(mut bytes) = next.transpose().map_err(io::Error::other)? else { return Ok(0) };
        let length = bytes.len().min(buffer.len());
        buffer[..length].copy_from_slice(&bytes.split_to(length));
        self.put_back(bytes);
        Ok(length)
    }

    /// Gives back what was read too much.
    pub(super) fn put_back(&mut self, bytes: Bytes) {
        if let Some(open) = self.open.as_mut().filter(|_| !bytes.is_empty()) {
            open.get_mut().unwrap_or_else(PoisonError::into_inner).push_front(Piece::new(Source::Bytes(bytes), None));
        }
    }

    /// How many bytes are left to read, if that is known.
    pub(super) fn left(&self) -> Option<u64> {
        let Some(open) = &self.open else { return self.length() };
        open.lock().unwrap_or_else(PoisonError::into_inner).iter().map(Piece::left).sum()
    }

    /// Takes out the content type that was given with it.
    pub(super) fn take_content_type(&mut self) -> Option<String> {
        self.content_type.take()
    }
}

/// A stream that was read before.
pub(super) fn sent_before() -> TransportError {
    TransportError::new(Failure::RequestBody, "the body is a stream that was read before, and cannot be sent again")
}

impl Content {
    /// Begins to read.
    fn open(&self) -> Result<VecDeque<Piece>, TransportError> {
        let one = |source, length| VecDeque::from([Piece::new(source, length)]);
        match self {
            Content::Bytes(bytes) => Ok(one(Source::Bytes(bytes.clone()), None)),
            Content::Once(source, length) => {
                let source = source.lock().unwrap_or_else(PoisonError::into_inner).take();
                source.map(|source| one(source, *length)).ok_or_else(sent_before)
            }
            Content::Anew(make, length) => {
                let body = make();
                let pieces = body.content.open()?;
                Ok(match length {
                    Some(_) => one(Source::Pieces(pieces), *length),
                    None => pieces,
                })
            }
            Content::Parts(parts) => {
                let mut all = VecDeque::new();
                parts.iter().try_for_each(|part| part.content.open().map(|mut pieces| all.append(&mut pieces)))?;
                Ok(all)
            }
        }
    }
}

/// The same content, from its beginning.
impl Clone for Body {
    fn clone(&self) -> Self {
        Self { content_type: self.content_type.clone(), blocks: self.blocks, ..Self::of(self.content.clone()) }
    }
}

/// Streams are equal if they are the same.
impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.content, &other.content) {
            (Content::Bytes(a), Content::Bytes(b)) => a == b,
            (Content::Once(a, _), Content::Once(b, _)) => Arc::ptr_eq(a, b),
            (Content::Anew(a, _), Content::Anew(b, _)) => Arc::ptr_eq(a, b),
            (Content::Parts(a), Content::Parts(b)) => a == b,
            _ => false,
        };
        same && self.content_type == other.content_type
    }
}

impl Eq for Body {}

/// Shows the length only: a body may hold what no log should.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(a stream)"),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        self.poll_next_bytes(context).map(|next| next.map(|bytes| bytes.map(http_body::Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.left() == Some(0)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.left().map_or_else(http_body::SizeHint::default, http_body::SizeHint::with_exact)
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_next_bytes(context)
    }
}

/// Waits for the bytes on this thread.
impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read_until(None, buffer)
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::of(Content::Bytes(bytes))
    }
}

macro_rules! from {
    ($($Given:ty),*) => {
        $(impl From<$Given> for Body {
            fn from(given: $Given) -> Self {
                Bytes::from(given).into()
            }
        })*
    };
}

from! { Vec<u8>, String, &'static str, &'static [u8] }
