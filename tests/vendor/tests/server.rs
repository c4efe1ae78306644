//! In: the local server and a plain HTTP client. Out: proof that it behaves as the vendor's API is known to, so that the
//! generated client may be judged by it.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "server/carriers.rs"]
mod carriers;
#[path = "server/history.rs"]
mod history;
#[path = "server/http.rs"]
mod http;
#[path = "server/limits.rs"]
mod limits;
#[path = "server/numbers.rs"]
mod numbers;
#[path = "server/sending.rs"]
mod sending;
#[path = "server/tokens.rs"]
mod tokens;
