//! In: an API's constants and its operations. Out: clients that send requests and decode the answers.
//!
//! No API description changes this code: it is copied as it is into every generated crate.
//!
//! A call goes: an [`Operation`] writes a [`Call`]; the core makes it an `http::Request` and adds the credentials; a
//! [`Transport`] sends it; the core looks at the answer's envelope and status; the operation decodes the body, or gives it
//! as a stream.
//! Everything but the sending works without a network. `reqwest` and `ureq` are Cargo features; neither is needed.

// An API uses only a part of this, and which part changes with its description.
#![allow(dead_code, unused_imports, unused_macros, unreachable_pub)]

pub(crate) mod address;
pub(crate) mod answer;
pub(crate) mod answers;
mod api;
mod base;
pub mod blocking;
mod body;
pub(crate) mod build;
mod builder;
mod call;
mod caller;
pub(crate) mod choice;
mod client;
mod clock;
mod core;
mod credential;
pub(crate) mod decode;
mod download;
mod endpoint;
mod envelope;
mod error;
mod exchange;
mod file;
mod flight;
pub(crate) mod form;
pub(crate) mod group;
mod header;
mod in_process;
mod input;
pub(crate) mod located;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "mock")]
pub(crate) mod mocked;
pub(crate) mod modules;
mod multipart;
pub(crate) mod node;
mod noting;
pub(crate) mod number_enum;
pub(crate) mod numbers;
mod oauth;
pub(crate) mod object;
pub(crate) mod offer;
pub(crate) mod one_of;
pub(crate) mod operation;
mod path;
mod pieces;
mod renewed;
pub(crate) mod required;
#[cfg(feature = "reqwest")]
mod reqwest;
pub(crate) mod reread;
pub(crate) mod response;
mod retry;
mod security;
mod sent;
pub(crate) mod server;
mod shared;
mod spelling;
mod style;
pub(crate) mod success;
mod tagged;
pub(crate) mod text_enum;
mod trace;
mod transport;
mod tree;
#[cfg(feature = "ureq")]
mod ureq;
mod urlencoded;
mod wait;

// For the users of the crate.
#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
#[cfg(feature = "ureq")]
pub use self::ureq::Ureq;
pub use answer::StatusError;
pub use answers::Declared;
pub use body::Body;
pub use build::{Has, Held};
pub use builder::Builder;
pub use caller::Caller;
pub use client::{Client, Pending};
pub use credential::{Ask, Credential, Password, Refusal, Secret, Token};
pub use decode::DecodeError;
pub use download::Download;
pub use endpoint::Endpoint;
pub use envelope::{ApiError, Fault};
pub use error::{CredentialError, Error, RequestError};
pub use file::File;
pub use in_process::InProcess;
pub use input::Input;
#[cfg(feature = "mock")]
pub use mock::{Expected, MockTransport, Received};
#[cfg(feature = "mock")]
pub use mocked::{Mocked, Written};
pub use oauth::ClientCredentials;
pub use required::{Provided, Set};
pub use response::Response;
pub use retry::Retry;
pub use server::Server;
pub use shared::{Boxed, Cause, MaybeSend, MaybeSync, Shared};
pub use transport::{Failure, Limits, Transport, TransportError};

// For the generated code only.
pub(crate) use answer::with_body;
pub(crate) use answers::Reader;
pub(crate) use answers::answers;
pub(crate) use api::{Api, Envelope, Placement, Scheme};
pub(crate) use call::Call;
pub(crate) use caller::Operation;
pub(crate) use choice::{Choice, choice};
pub(crate) use exchange::{Exchange, Opened, Read};
pub(crate) use group::{client, group};
pub(crate) use modules::modules;
pub(crate) use number_enum::number_enum;
pub(crate) use object::object;
pub(crate) use one_of::one_of;
pub(crate) use operation::operation;
pub(crate) use required::marks;
pub(crate) use sent::Sent;
pub(crate) use server::server;
pub(crate) use style::Style;
pub(crate) use text_enum::text_enum;
pub(crate) use wait::{Wait, block_on};
