//! In: bytes or a body, and what is known of them. Out: `File`, a part of a multipart body.

use super::body::Body;
use bytes::Bytes;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error, Serialize, Serializer};
use std::borrow::Cow;
use std::cell::Cell;
use std::path::Path;
use std::{fmt, io};

/// The name by which the writer of multipart bodies knows a file from other values.
pub(super) const NAME: &str = "$file";

/// A file in a `multipart/form-data` body: its content, and if there are some, a name and a media type of its own. It is
/// made `From` bytes or text, from a stream or a reader, which are a [`Body`], or by [`File::from_path`]; cloning it copies
/// no bytes.
///
/// Where its type is also sent or received as JSON, it is a string there: its text, which has to be UTF-8 and in memory.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct File {
    body: Body,
    name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl File {
    /// A file of these bytes, or of what is read while it is sent: `File::new(Body::stream(..))`.
    pub fn new(content: impl Into<Body>) -> Self {
        let mut body = content.into();
        let content_type = body.take_content_type();
        Self { body, name: None, content_type, headers: Vec::new() }
    }

    /// A file that is read while it is sent ([`Body::from_path`]), with its name without the folders.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(Self { name, ..Self::new(Body::from_path(path)?) })
    }

    /// The same file, sent under this name. Without one, the name of its property is sent.
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The same file, sent as this media type instead of the one that the API's description gives.
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The same file, its part with this header, too; it goes before one of this name that the API's description gives.
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The bytes, if they are in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        self.body.as_bytes()
    }

    /// The content.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The name, if it has one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The media type, if it has one of its own.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The headers of its own.
    pub(super) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The bytes as text.
    pub(super) fn text(&self) -> Result<&str, &'static str> {
        let text = self.as_bytes().and_then(|bytes| std::str::from_utf8(bytes).ok());
        text.ok_or("a file that is no UTF-8 text in memory can only be sent as multipart")
    }
}

/// Shows the length only: a file may hold what no log should.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.body.length() {
            Some(length) => write!(f, "File({length} bytes)"),
            None => f.write_str("File(a stream)"),
        }
    }
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &Content(self))
    }
}

thread_local! {
    /// Where the writer of multipart bodies waits for a file: serde has no way for a stream.
    static HANDED: Cell<Option<Option<File>>> = const { Cell::new(None) };
}

/// The file that is written, as it is.
pub(super) fn handed<T, E>(write: impl FnOnce() -> Result<T, E>) -> Result<Option<File>, E> {
    HANDED.set(Some(None));
    let written = write();
    let file = HANDED.take().flatten();
    written.map(|_| file)
}

/// What is in a file: its text for JSON, all of it for the writer of multipart bodies.
struct Content<'a>(&'a File);

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if HANDED.take().is_none() {
            return serializer.serialize_str(self.0.text().map_err(S::Error::custom)?);
        }
        HANDED.set(Some(Some(self.0.clone())));
        serializer.serialize_unit()
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer).map(|text| Self::new(text.into_owned()))
    }
}

macro_rules! from {
    ($($Given:ty: $by:expr,)*) => {
        $(impl From<$Given> for File {
            fn from(given: $Given) -> Self {
                Self::new($by(given))
            }
        })*
    };
}

from! {
    Body: Body::from,
    Bytes: Bytes::from,
    Vec<u8>: Bytes::from,
    String: Bytes::from,
    &str: |text: &str| Bytes::copy_from_slice(text.as_bytes()),
    &[u8]: Bytes::copy_from_slice,
}
