//! In: nothing. Out: the nouns for requests that the API sends: `Webhook`, `Callback`, `Payload`, `Encoded`, `Received`, `Reply`.

use super::{Parameter, Type};
use crate::pointer::Pointer;
use serde::Serialize;

/// A request that the API sends to a server of the user's: a webhook, or a callback of an operation.
#[derive(Clone, Debug, Serialize)]
pub struct Webhook {
    /// Where its operation stands.
    pub origin: Pointer,
    /// What it is called in the document: its key below `webhooks`, or that of the callback.
    pub wire: String,
    /// Its type: `NewPet`, `CreateSubscriptionOnData`.
    pub name: String,
    /// The operation that asks for it, if it is a callback.
    pub callback: Option<Callback>,
    /// The `summary`.
    pub summary: Option<String>,
    /// The `description`.
    pub docs: Option<String>,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// The HTTP method, upper case: `POST`.
    pub method: String,
    /// Its headers, cookies and parts of the query, in the document's order, each with the name of its field.
    pub parameters: Vec<Parameter>,
    /// Its body, if it has one.
    pub payload: Option<Payload>,
    /// What it may be answered with, sorted by status.
    pub replies: Vec<Reply>,
}

impl Webhook {
    /// The types of what it brings.
    pub fn received(&self) -> Vec<&Type> {
        let bodies = self.payload.iter().flat_map(|payload| &payload.forms).filter_map(Encoded::r#type);
        bodies.chain(self.parameters.iter().map(|parameter| &parameter.r#type)).collect()
    }

    /// The types of what it is answered with.
    pub fn sent(&self) -> Vec<&Type> {
        self.replies.iter().flat_map(|reply| &reply.forms).filter_map(Encoded::r#type).collect()
    }
}

/// What asks for a callback.
#[derive(Clone, Debug, Serialize)]
pub struct Callback {
    /// The operation, as [`Operation::id`](super::Operation::id).
    pub operation: String,
    /// The runtime expression that says where it is sent (OpenAPI 3.1.1, section 4.8.18.3): `{$request.body#/url}`.
    pub expression: String,
}

/// The body of a webhook.
#[derive(Clone, Debug, Serialize)]
pub struct Payload {
    /// Its description.
    pub docs: Option<String>,
    /// Whether a webhook without it is wrong.
    pub required: bool,
    /// The forms that it may take, JSON first; at least one.
    pub forms: Vec<Encoded>,
}

/// One of the forms that a body may take.
#[derive(Clone, Debug, Serialize)]
pub struct Encoded {
    /// Its variant, where there are several: `Form`.
    pub name: String,
    /// Its media types.
    pub media: Vec<String>,
    /// What it holds.
    pub body: Received,
}

impl Encoded {
    /// The type of what it holds, unless that is text or bytes.
    pub fn r#type(&self) -> Option<&Type> {
        match &self.body {
            Received::Json(r#type) | Received::Form(r#type) => Some(r#type),
            Received::Text | Received::Bytes => None,
        }
    }
}

/// What the body of a webhook holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Received {
    /// A JSON value.
    Json(Type),
    /// The pairs of a form.
    Form(Type),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// What a webhook may be answered with.
#[derive(Clone, Debug, Serialize)]
pub struct Reply {
    /// `200`, `2XX` or `default`.
    pub status: String,
    /// Its description.
    pub docs: Option<String>,
    /// The forms that its body may take; none if it has no body.
    pub forms: Vec<Encoded>,
}
