//! In: bytes or text, and a content type if they need one of their own. Out: `Body`, what a request or an answer
//! carries.

use bytes::Bytes;
use std::fmt;

/// The body of a request or of an answer, whole in memory. It is made `From` bytes or text; cloning it copies neither.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Body {
    bytes: Bytes,
    content_type: Option<String>,
}

impl Body {
    /// A body without bytes.
    pub const fn empty() -> Self {
        Self { bytes: Bytes::new(), content_type: None }
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

    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The bytes, taken out.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    /// Takes out the content type that was given with it.
    pub(super) fn take_content_type(&mut self) -> Option<String> {
        self.content_type.take()
    }
}

/// Shows the length only: a body may hold what no log should.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes)", self.bytes.len())
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { bytes, content_type: None }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from(bytes).into()
    }
}
