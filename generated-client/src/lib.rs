//! A client for the [Voximplant Management API](https://docs.voximplant.ai/api-reference/management-api): it sends SMS.

#![forbid(unsafe_code)]
#![recursion_limit = "256"]

// What is generated is printed by prettyplease; rustfmt would print it otherwise.
#[rustfmt::skip]
mod generated;

pub use generated::*;
pub use {bytes, http};
