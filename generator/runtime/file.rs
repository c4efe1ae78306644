//! In: bytes, and what is known of them. Out: `File`, a part of a multipart body.

use super::tree::Tree;
use bytes::Bytes;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error, Serialize, SerializeTuple, Serializer};
use std::borrow::Cow;
use std::path::Path;
use std::{fmt, io};

/// The name by which the writer of multipart bodies knows a file from other values.
pub(super) const NAME: &str = "$file";

/// A file in a `multipart/form-data` body: its bytes, whole in memory, and if there are some, a name and a media type of
/// its own. It is made `From` bytes or text, or read by [`File::from_path`]; cloning it copies no bytes.
///
/// Where its type is also sent or received as JSON, it is a string there: its text, which has to be UTF-8.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct File {
    bytes: Bytes,
    name: Option<String>,
    content_type: Option<String>,
}

impl File {
    /// A file of these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), name: None, content_type: None }
    }

    /// Reads a file whole, and takes its name without the folders. It blocks while it reads: in asynchronous code, read
    /// the bytes by other means and use [`File::new`].
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(Self { name, ..Self::new(std::fs::read(path)?) })
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

    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The name, if it has one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The media type, if it has one of its own.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The bytes as text.
    pub(super) fn text(&self) -> Result<&str, &'static str> {
        std::str::from_utf8(&self.bytes).map_err(|_| "a file that is no UTF-8 text can only be sent as multipart")
    }

    /// The file that was taken apart for the writer.
    pub(super) fn of(parts: Vec<Tree>) -> Option<Self> {
        let text = |part| match part {
            Tree::Text(text) => Some(text),
            _ => None,
        };
        let [name, content_type, Tree::Bytes(bytes)] = <[Tree; 3]>::try_from(parts).ok()? else { return None };
        Some(Self { bytes: bytes.into(), name: text(name), content_type: text(content_type) })
    }
}

/// Shows the length only: a file may hold what no log should.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({} bytes)", self.bytes.len())
    }
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &Content(self))
    }
}

/// What is in a file: its text for JSON, all of it for the writer of multipart bodies.
struct Content<'a>(&'a File);

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.serialize_str(self.0.text().map_err(S::Error::custom)?);
        }
        let mut parts = serializer.serialize_tuple(3)?;
        parts.serialize_element(&self.0.name)?;
        parts.serialize_element(&self.0.content_type)?;
        parts.serialize_element(&Raw(&self.0.bytes))?;
        parts.end()
    }
}

/// Bytes that are not written one by one.
struct Raw<'a>(&'a [u8]);

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
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
    Bytes: Bytes::from,
    Vec<u8>: Bytes::from,
    String: Bytes::from,
    &str: |text: &str| Bytes::copy_from_slice(text.as_bytes()),
    &[u8]: Bytes::copy_from_slice,
}
