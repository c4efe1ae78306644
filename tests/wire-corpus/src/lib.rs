//! In: API descriptions. Out: whether every operation of their clients is right on the wire.
//!
//! Each operation is called over a real socket with values drawn from the document as its author wrote it. The server's
//! side reads the request by the text of the standard, independent of the generator and its runtime, and gives each
//! declared answer, which the client must decode to what was sent.

// It is a test: it should stop at once when its own files cannot be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod answers;
pub mod described;
pub mod discriminators;
pub mod document;
pub mod draw;
pub mod driver;
pub mod forms;
pub mod multipart;
pub mod process;
pub mod report;
pub mod request;
pub mod server;
pub mod styles;
pub mod template;
pub mod trial;
