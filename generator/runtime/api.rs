//! In: nothing. Out: what an API's description says once for all operations, as constants: `Api`.

/// The constants of an API.
#[derive(Debug)]
pub struct Api {
    /// The `User-Agent` that is sent: name and version of the generated crate.
    pub user_agent: &'static str,
    /// The base URL when the user gives none; a relative one only says what to ask for.
    pub server: Option<&'static str>,
    /// Whether operations have servers of their own.
    pub own_servers: bool,
    /// The security schemes that operations name.
    pub schemes: &'static [Scheme],
    /// How the API reports an error in the body of any answer, if it does.
    pub envelope: Option<Envelope>,
}

/// A security scheme (OpenAPI 3.1, section 4.8.27).
#[derive(Debug)]
pub struct Scheme {
    /// Its name in the description.
    pub name: &'static str,
    /// Where its secret is sent.
    pub placement: Placement,
    /// Where a program gets tokens for it by its own name and secret (OAuth 2.0's client credentials).
    pub token_url: Option<&'static str>,
}

/// Where a secret is sent.
#[derive(Debug)]
pub enum Placement {
    /// `Authorization: Bearer <secret>` (RFC 6750).
    Bearer,
    /// `Authorization: Basic <secret>`, the secret being the encoded pair (RFC 7617).
    Basic,
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
}

impl Placement {
    /// The header that holds the secret alone, if it is one.
    pub(super) fn header(&self) -> Option<&'static str> {
        match self {
            Placement::Bearer | Placement::Basic => Some("authorization"),
            Placement::Header(name) => Some(name),
            Placement::Query(_) | Placement::Cookie(_) => None,
        }
    }
}

/// How an API reports an error in a body: each member is a JSON pointer (RFC 6901) into it.
#[derive(Debug)]
pub struct Envelope {
    /// What makes the answer an error when it is there and not null.
    pub error: &'static str,
    /// Its code.
    pub code: Option<&'static str>,
    /// Its message.
    pub message: Option<&'static str>,
    /// The list of all errors. Its items name code and message as the last tokens of `code` and `message` do.
    pub errors: Option<&'static str>,
    /// The codes that say that a secret was refused, and that the request was not acted on.
    pub refused: &'static [&'static str],
    /// The codes that say that the request was not acted on, and may be later.
    pub retryable: &'static [&'static str],
}
