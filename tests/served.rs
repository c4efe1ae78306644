//! In: the client that is generated from `served/spec.yaml`, kept in `served/generated` and compiled here, and servers on
//! loopback. Out: proof, over HTTP, of what goes from page to page, with both clients, and of what a server of the user's
//! makes of webhooks.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::all)]

#[rustfmt::skip]
#[allow(dead_code, unused_imports, unused_macros)]
#[path = "served/generated/mod.rs"]
mod served;

#[path = "served/hostile.rs"]
mod hostile;
#[path = "served/pages.rs"]
mod pages;
#[path = "served/webhooks.rs"]
mod webhooks;
