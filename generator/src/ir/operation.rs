//! In: nothing. Out: the nouns for calls: `Group`, `Operation`, `Parameter`, `Body`, `Response`, `Success`.

use super::Type;
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
    /// In the document's order; the path item's own after the operation's.
    pub parameters: Vec<Parameter>,
    /// What is sent as the body.
    pub body: Option<Body>,
    /// Every declared answer, sorted by status.
    pub responses: Vec<Response>,
    /// What a successful call gives.
    pub success: Success,
    /// Alternatives; in each the names of the schemes that are used together. Empty: no credential is sent.
    /// An empty alternative: it may also be called without a credential.
    pub security: Vec<Vec<String>>,
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
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// In the path's template.
    Path,
    /// In the query string.
    Query,
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

impl Encoding {
    /// The media type of its part, if the document has just one and no range.
    pub fn lone_media(&self) -> Option<&str> {
        self.media.as_deref().map(str::trim).filter(|media| !media.contains([',', '*']))
    }
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
    /// The media type, if it has a body.
    pub media: Option<String>,
    /// The type of a JSON body.
    pub r#type: Option<Type>,
}

/// What a successful call gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Success {
    /// A JSON body, decoded.
    Json(Type),
    /// A JSON body that may be missing (a 204 beside a 200): `None` then.
    OptionalJson(Type),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Nothing: a body, if there is one, is ignored.
    Nothing,
    /// The whole answer, undecoded: several successful answers that differ.
    Raw,
}
