//! What was right in November 2026 and stays so: the second list of `reality/README.md`.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "right/bodies.rs"]
mod bodies;
#[path = "right/calls.rs"]
mod calls;
