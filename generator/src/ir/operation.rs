//! In: nothing. Out: the nouns for calls: `Group`, `Operation`, `Parameter`, `Body`, `Response`, `Outcome`,
//! `Success`.

use super::{Pages, Stream, Type};
use crate::pointer::Pointer;
use serde::Serialize;

/// The operations of one tag.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The tag as the document writes it; `None` for operations without one, which the client itself offers.
    pub tag: Option<String>,
    /// The tag's description.
    pub docs: Option<String>,
    /// The module, and the client's method that leads to it: `sms`. `untagged` without a tag.
    pub module: String,
    /// The module's file, without `.rs`: the module's name, in ASCII.
    pub file: String,
    /// The handle's type: `Sms`. `Untagged` without a tag.
    pub name: String,
    /// The Cargo feature that carries it; `None` for what is always there.
    pub feature: Option<String>,
    /// Sorted by `name`.
    pub operations: Vec<Operation>,
}

/// One operation: a request that can be sent.
#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// Where it stands.
    pub origin: Pointer,
    /// Its `operationId`, or its method and path where it has none.
    pub id: String,
    /// Its method on the group: `send_sms_message`.
    pub name: String,
    /// Its request type: `SendSmsMessage`.
    pub type_name: String,
    /// The `summary`.
    pub summary: Option<String>,
    /// The `description`.
    pub docs: Option<String>,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// The HTTP method, upper case: `POST`.
    pub method: String,
    /// The path template: `/pets/{id}`.
    pub path: String,
    /// The base URL of this operation alone, where it is not the document's.
    pub server: Option<String>,
    /// The setter for another of the servers of this operation alone, where there are some.
    pub server_setter: Option<String>,
    /// In the document's order; the path item's own after the operation's.
    pub parameters: Vec<Parameter>,
    /// What is sent as the body.
    pub body: Option<Body>,
    /// Every declared answer, sorted by status.
    pub responses: Vec<Response>,
    /// What a successful call gives.
    pub success: Success,
    /// What it gives while it comes, where that can be had.
    pub stream: Option<Stream>,
    /// What the answers with which a call fails are decoded to, the statuses that are named exactly first; none where
    /// no JSON is declared for them.
    pub failures: Vec<Outcome>,
    /// The headers that successful answers may have.
    pub headers: Vec<Header>,
    /// Alternatives; in each the names of the schemes that are used together. Empty: no credential is sent.
    /// An empty alternative: it may also be called without a credential.
    pub security: Vec<Vec<String>>,
    /// How it answers a list page by page, if that is declared.
    pub pages: Option<Pages>,
}

impl Operation {
    /// What the names of the types that stand beside its request add to its own.
    pub fn beside(&self) -> Vec<&'static str> {
        let several = matches!(self.success, Success::Several(_));
        let choice = self.body.as_ref().is_some_and(|body| matches!(body.shape, BodyShape::Choice(_)));
        let words = [
            (true, "Inputs"),
            (choice, "Body"),
            (several, "Success"),
            (!self.failures.is_empty(), "Error"),
            (!self.headers.is_empty(), "Headers"),
        ];
        words.into_iter().filter(|(there, _)| *there).map(|(_, word)| word).collect()
    }

    /// Every type that its code names.
    pub fn types(&self) -> Vec<&Type> {
        let given = self.parameters.iter().map(|parameter| &parameter.r#type);
        let bodies = self.body.iter().flat_map(|body| body.shape.types());
        given.chain(bodies).chain(self.received()).collect()
    }

    /// The types of what answers bring: of bodies, of streams, then of headers.
    pub fn received(&self) -> Vec<&Type> {
        let failures = self.failures.iter().map(|outcome| &outcome.decoded);
        let bodies = self.success.decoded().into_iter().chain(failures).filter_map(Decoded::r#type);
        let bodies = bodies.chain(self.stream.iter().filter_map(Stream::r#type));
        bodies.chain(self.headers.iter().map(|header| &header.r#type)).collect()
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// Where it stands.
    pub origin: Pointer,
    /// Its setter: `sms_body`.
    pub name: String,
    /// Its name on the wire.
    pub wire: String,
    /// Its description.
    pub docs: Option<String>,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// Where it is sent.
    pub location: Location,
    /// Whether a call without it is wrong.
    pub required: bool,
    /// The type of its value.
    pub r#type: Type,
    /// How its value is written.
    pub style: Style,
    /// Whether arrays and objects are written as several parts (OpenAPI 3.1, section 4.8.12).
    pub explode: bool,
    /// Whether reserved characters stay as they are: `allowReserved`, of a query parameter.
    pub reserved: bool,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// In the path's template.
    Path,
    /// In the query string.
    Query,
    /// As a field of the form that is the body, though it is described as one of the query: `x-oasmith-in`.
    Form,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a parameter's value is written (OpenAPI 3.1, section 4.8.12.3 "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// `a,b`.
    Simple,
    /// `.a.b`.
    Label,
    /// `;name=a,b`.
    Matrix,
    /// `name=a&name=b`.
    Form,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a|b`.
    PipeDelimited,
    /// `name[key]=a`.
    DeepObject,
    /// `name=a;b`, with this character between the items: `x-oasmith-separator`.
    Separated(char),
    /// JSON text: a parameter with `content`.
    Json,
}

/// The body of a request.
#[derive(Clone, Debug, Serialize)]
pub struct Body {
    /// Where it stands.
    pub origin: Pointer,
    /// Its setter: `body`.
    pub name: String,
    /// Its description.
    pub docs: Option<String>,
    /// Whether a call without it is wrong.
    pub required: bool,
    /// The `Content-Type` that is sent.
    pub media: String,
    /// How the caller gives it.
    pub shape: BodyShape,
}

/// How the caller gives a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyShape {
    /// A value, written as JSON.
    Json(Type),
    /// A value, written as a form, and what is not by default in it.
    Form(Type, Vec<Encoding>),
    /// A value, written as a multipart form, and what is not by default in it.
    Multipart(Type, Vec<Encoding>),
    /// Text, sent as it is.
    Text,
    /// Bytes, sent as they are.
    Raw,
    /// One of several, as the caller chooses; the first one is taken for a value that says no more.
    Choice(Vec<Choice>),
}

/// One of several ways to give a body; none of them is a choice again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Its variant's name: `Form`.
    pub name: String,
    /// The `Content-Type` that is sent.
    pub media: String,
    /// Other media types of which the body may be if it says so itself.
    pub also: Vec<String>,
    /// How the caller gives it.
    pub shape: BodyShape,
}

impl BodyShape {
    /// The type of the value; `None` for bytes, and where there are several.
    pub fn r#type(&self) -> Option<&Type> {
        static TEXT: Type = Type::String;
        match self {
            Self::Json(r#type) | Self::Form(r#type, _) | Self::Multipart(r#type, _) => Some(r#type),
            Self::Text => Some(&TEXT),
            Self::Raw | Self::Choice(_) => None,
        }
    }

    /// The types of all values that it may be.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Choice(choices) => choices.iter().filter_map(|choice| choice.shape.r#type()).collect(),
            one => one.r#type().into_iter().collect(),
        }
    }

    /// How the properties of a form are written, sorted by name.
    pub fn encodings(&self) -> &[Encoding] {
        match self {
            Self::Form(_, encodings) | Self::Multipart(_, encodings) => encodings,
            Self::Json(_) | Self::Text | Self::Raw | Self::Choice(_) => &[],
        }
    }
}

/// How a property of a form is written, where that is not the default (OpenAPI 3.1.1, section 4.8.15).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Encoding {
    /// The property's name on the wire.
    pub wire: String,
    /// Its style, and whether it explodes; `None`: its content decides.
    pub style: Option<(Style, bool)>,
    /// The media types of its part, as the document has them.
    pub media: Option<String>,
    /// Further headers of its part, with their values.
    pub headers: Vec<(String, String)>,
}

/// A declared answer.
#[derive(Clone, Debug, Serialize)]
pub struct Response {
    /// Where it stands.
    pub origin: Pointer,
    /// `200`, `2XX` or `default`.
    pub status: String,
    /// Its description.
    pub docs: Option<String>,
    /// What its body may be, JSON first; none if it has no body.
    pub contents: Vec<Content>,
    /// Its events, where it may be `text/event-stream`.
    pub events: Option<Stream>,
    /// The headers that it may have, of a success.
    pub headers: Vec<Header>,
    /// The names of those of another answer, which are given as they come.
    pub raw_headers: Vec<String>,
}

/// One of the forms that the body of an answer may take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Content {
    /// Its media types.
    pub media: Vec<String>,
    /// What it is decoded to.
    pub decoded: Decoded,
}

/// What the body of an answer is decoded to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decoded {
    /// A JSON value.
    Json(Type),
    /// A JSON value that may be missing (a 204 beside a 200): `None` then.
    OptionalJson(Type),
    /// A list, each item the JSON of one line.
    Lines(Type),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Nothing: a body, if there is one, is ignored.
    Nothing,
    /// The whole answer, undecoded: it could not be read in the document.
    Raw,
}

impl Decoded {
    /// The type of the JSON, or of its items.
    pub fn r#type(&self) -> Option<&Type> {
        match self {
            Self::Json(r#type) | Self::OptionalJson(r#type) | Self::Lines(r#type) => Some(r#type),
            Self::Text | Self::Bytes | Self::Nothing | Self::Raw => None,
        }
    }
}

/// A header of an answer (OpenAPI 3.1.1, section 4.8.21).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Its field: `x_total`.
    pub name: String,
    /// Its name on the wire.
    pub wire: String,
    /// The type of its value.
    pub r#type: Type,
    /// Whether it is JSON text: a header with `content`.
    pub json: bool,
}

/// One variant of the enum that holds several answers of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The variant: `NotFound`.
    pub name: String,
    /// `404`, `4XX` or `default`.
    pub status: String,
    /// The media types that tell it from another outcome of this status; none if it is what all others are.
    pub media: Vec<String>,
    /// The answer's description.
    pub docs: Option<String>,
    /// What its body is decoded to.
    pub decoded: Decoded,
}

/// What a successful call gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Success {
    /// What all successful answers are.
    Alone(Decoded),
    /// One of several that differ, the statuses that are named exactly first.
    Several(Vec<Outcome>),
}

impl Success {
    /// All that it may be decoded to.
    pub fn decoded(&self) -> Vec<&Decoded> {
        match self {
            Self::Alone(decoded) => vec![decoded],
            Self::Several(outcomes) => outcomes.iter().map(|outcome| &outcome.decoded).collect(),
        }
    }
}
