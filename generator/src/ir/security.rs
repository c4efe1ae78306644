//! In: nothing. Out: the nouns for credentials and for errors inside a successful answer.

use crate::pointer::Pointer;
use serde::Serialize;

/// A security scheme.
#[derive(Clone, Debug, Serialize)]
pub struct Scheme {
    /// Where it stands.
    pub origin: Pointer,
    /// Its name in the document.
    pub name: String,
    /// Its description.
    pub docs: Option<String>,
    /// Where its secret is sent.
    pub placement: Placement,
    /// Where a program gets tokens by its own name and secret: absolute, or a path on the server's host.
    pub token_url: Option<String>,
    /// Whether an operation requires it: a credential for another one would never be sent.
    pub is_used: bool,
}

/// Where a secret is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// `Authorization: Bearer <secret>` (RFC 6750).
    Bearer,
    /// `Authorization: Basic <secret>`, the secret being the encoded pair (RFC 7617).
    Basic,
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
}

/// How an API reports an error inside a successful answer, by JSON pointers into the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Envelope {
    /// Where it is declared.
    pub origin: Pointer,
    /// The member whose presence (not null) makes the answer an error.
    pub error: String,
    /// Its code.
    pub code: Option<String>,
    /// Its message.
    pub message: Option<String>,
    /// The list of all errors.
    pub errors: Option<String>,
    /// The schema of a code, whose type is there whatever else is compiled.
    pub codes: Option<Pointer>,
    /// The codes that say that a credential was refused, as text, in the description's order.
    pub refused: Vec<String>,
    /// The codes that say that the request was not acted on, and may be later.
    pub retryable: Vec<String>,
}
