//! In: the runtime as it is copied into generated crates. Out: proof that it keeps its contract, over real sockets.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../generator/runtime/mod.rs"]
mod runtime;
