//! In: nothing. Out: `Api`, the client to be written, as plain nouns: no schema, no `openapiv3`, no tokens.
//!
//! `lower` makes an `Api`, `emit` prints it. Every name in it is final, every list is in output order.

mod operation;
mod pages;
mod security;
mod servers;
mod stream;
mod types;
mod unions;
mod webhook;

pub use operation::{
    Body, BodyShape, Choice, Content, Decoded, Encoding, Group, Header, Location, Operation, Outcome, Parameter,
    Response, Style, Success,
};
pub use pages::{Pages, Slot, Step, Turn};
pub use security::{Envelope, Placement, Scheme};
pub use servers::{Server, Variable};
pub use stream::{EventId, Stream};
pub use types::{
    Access, Constant, Definition, Direction, Field, Float, Format, Integer, Library, Literal, Naming, Reason, Shape,
    Type, TypeId, Types,
};
pub use unions::{Form, Members, Union, Variant};
pub use webhook::{Callback, Encoded, Payload, Received, Reply, Webhook};

use serde::Serialize;

/// The Cargo feature of everything, in a client that has features.
pub const FULL: &str = "full";

/// The Cargo feature of what the API sends by itself, in a client that has features.
pub const WEBHOOKS: &str = "webhooks";

/// The client to be written.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub docs: Option<String>,
    /// The default base URL, variables filled in; `None` when the document has none or a relative one.
    pub server: Option<String>,
    /// The servers that the user may choose; none where there is nothing to choose.
    pub servers: Vec<Server>,
    /// The security schemes that operations refer to, by name.
    pub schemes: Vec<Scheme>,
    /// How errors arrive inside a successful answer, if the API does that.
    pub envelope: Option<Envelope>,
    /// Every named type.
    pub types: Types,
    /// The operations by tag, sorted by module; at most one group without a tag, which is the client itself.
    pub groups: Vec<Group>,
    /// The requests that the API sends: its webhooks and the callbacks of its operations, sorted by name.
    pub webhooks: Vec<Webhook>,
}
