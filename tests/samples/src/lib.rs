//! In: API descriptions. Out: whether the generated types take and give back what the schemas describe.
//!
//! Instances are drawn from the schemas of the document as its author wrote it, judged by an independent validator,
//! decoded and encoded by the compiled client, and compared.

// It is a test: it should stop at once when its own files cannot be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod built;
pub mod client;
pub mod compare;
pub mod document;
pub mod folders;
pub mod known;
pub mod permuted;
pub mod report;
pub mod samples;
pub mod schema;
pub mod suite;
pub mod validator;
