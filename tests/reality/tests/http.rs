//! Media types, statuses, queries and links as servers have them: what is sent, and what is made of the response.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "http/credentials.rs"]
mod credentials;
#[path = "http/media.rs"]
mod media;
#[path = "http/queries.rs"]
mod queries;
#[path = "http/responses.rs"]
mod responses;
#[path = "http/streams.rs"]
mod streams;
