//! In: a kind of object. Out: the members that OpenAPI 3.0, OpenAPI 3.1 and JSON Schema 2020-12 give it, each with its
//! shape. The one table that knows where in a document schemas, references and the other objects stand.

mod schema;

/// A kind of object in an OpenAPI document (OpenAPI 3.1.1, section 4.8 "Schema").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The whole document.
    Document,
    /// `info`.
    Info,
    /// An element of `servers`.
    Server,
    /// A member of a server's `variables`.
    ServerVariable,
    /// `components`.
    Components,
    /// A member of `paths`.
    PathItem,
    /// A member of a path item, under its method.
    Operation,
    /// A member of an operation's `callbacks`: path items by the expressions that say where they are sent.
    Callback,
    /// An element of `parameters`.
    Parameter,
    /// A member of a response's `headers`.
    Header,
    /// `requestBody`.
    RequestBody,
    /// A member of `content`.
    MediaType,
    /// A member of a media type's `encoding`.
    Encoding,
    /// A member of `responses`.
    Response,
    /// A schema.
    Schema,
    /// A schema's `discriminator`.
    Discriminator,
    /// `externalDocs`.
    ExternalDocs,
    /// A member of `securitySchemes`.
    SecurityScheme,
    /// An element of `tags`.
    Tag,
}

/// What the value of a member has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any value.
    Any,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0.
    Count,
    /// A number.
    Number,
    /// A number, or before 2020-12 `true` or `false`.
    Bound,
    /// A list of strings.
    Texts,
    /// An object of anything.
    Object,
    /// An object whose members are lists of strings.
    TextLists,
    /// A list of any values.
    Values,
    /// An object of this kind.
    One(Kind),
    /// A list of objects of this kind.
    List(Kind),
    /// An object whose members are objects of this kind, under names of any form.
    Map(Kind),
    /// Path items by their paths; members that begin with `x-` are extensions (OpenAPI 3.1.1, section 4.8.8).
    Paths,
    /// Responses by their statuses; members that begin with `x-` are extensions (OpenAPI 3.1.1, section 4.8.16).
    Responses,
    /// A schema, `true` or `false`.
    SchemaOrFlag,
    /// A schema, `true`, `false` or (before 2020-12) a list of schemas.
    Items,
}

impl Shape {
    /// The kind of its members, if it is an object of them, and whether those that begin with `x-` are extensions.
    pub fn map(self) -> Option<(Kind, bool)> {
        match self {
            Self::Map(kind) => Some((kind, false)),
            Self::Paths => Some((Kind::PathItem, true)),
            Self::Responses => Some((Kind::Response, true)),
            _ => None,
        }
    }
}

/// The members of one kind of object, beside `x-...`.
pub type Members = &'static [(&'static str, Shape)];

impl Kind {
    /// What the kind is called in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "an OpenAPI document",
            Self::Info => "`info`",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Components => "`components`",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Callback => "a callback",
            Self::Parameter => "a parameter",
            Self::Header => "a header",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Response => "a response",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::ExternalDocs => "external documentation",
            Self::SecurityScheme => "a security scheme",
            Self::Tag => "a tag",
        }
    }

    /// The section of `components` that holds objects of this kind for others to refer to.
    pub fn section(self) -> Option<&'static str> {
        match self {
            Self::PathItem => Some("pathItems"),
            Self::Callback => Some("callbacks"),
            Self::Parameter => Some("parameters"),
            Self::Header => Some("headers"),
            Self::RequestBody => Some("requestBodies"),
            Self::Response => Some("responses"),
            Self::Schema => Some("schemas"),
            Self::SecurityScheme => Some("securitySchemes"),
            _ => None,
        }
    }

    /// The members that it may have.
    pub fn members(self) -> Members {
        match self {
            Self::Document => DOCUMENT,
            Self::Info => INFO,
            Self::Server => SERVER,
            Self::ServerVariable => SERVER_VARIABLE,
            Self::Components => COMPONENTS,
            Self::PathItem => PATH_ITEM,
            Self::Operation => OPERATION,
            Self::Callback => CALLBACK,
            Self::Parameter => PARAMETER,
            Self::Header => HEADER,
            Self::RequestBody => REQUEST_BODY,
            Self::MediaType => MEDIA_TYPE,
            Self::Encoding => ENCODING,
            Self::Response => RESPONSE,
            Self::Schema => schema::MEMBERS,
            Self::Discriminator => DISCRIMINATOR,
            Self::ExternalDocs => EXTERNAL_DOCS,
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::Tag => TAG,
        }
    }

    /// The shape of one member; `None` if the kind has no such member.
    pub fn member(self, name: &str) -> Option<Shape> {
        let named = self.members().iter().find(|(member, _)| *member == name).map(|(_, shape)| *shape);
        // All else in a callback is an expression (OpenAPI 3.1.1, section 4.8.18.1).
        named.or((self == Self::Callback).then_some(One(Self::PathItem)))
    }

    /// The members without which it means nothing, each with the value to go on with, if there is a harmless one.
    pub fn required(self) -> &'static [(&'static str, Option<&'static str>)] {
        match self {
            Self::Document => &[("info", Some("{}")), ("paths", Some("{}"))],
            Self::Info => &[("title", Some("\"\"")), ("version", Some("\"\""))],
            Self::Server => &[("url", None)],
            Self::ServerVariable => &[("default", None)],
            Self::Parameter => &[("name", None), ("in", None)],
            Self::Operation => &[("responses", Some("{}"))],
            Self::Response => &[("description", Some("\"\""))],
            Self::Discriminator => &[("propertyName", None)],
            Self::ExternalDocs => &[("url", None)],
            Self::SecurityScheme => &[("type", None)],
            Self::Tag => &[("name", None)],
            _ => &[],
        }
    }
}

use Shape::{Any, Flag, List, Map, Object, One, Paths, Responses, Text, Texts, Values};

const DOCUMENT: Members = &[
    ("openapi", Text),
    ("info", One(Kind::Info)),
    ("jsonSchemaDialect", Text),
    ("$self", Text),
    ("servers", List(Kind::Server)),
    ("paths", Paths),
    ("webhooks", Map(Kind::PathItem)),
    ("components", One(Kind::Components)),
    ("security", Values),
    ("tags", List(Kind::Tag)),
    ("externalDocs", One(Kind::ExternalDocs)),
];

const INFO: Members = &[
    ("title", Text),
    ("summary", Text),
    ("description", Text),
    ("termsOfService", Text),
    ("contact", Object),
    ("license", Object),
    ("version", Text),
];

const SERVER: Members = &[("url", Text), ("description", Text), ("variables", Map(Kind::ServerVariable))];

const SERVER_VARIABLE: Members = &[("enum", Texts), ("default", Text), ("description", Text)];

const COMPONENTS: Members = &[
    ("schemas", Map(Kind::Schema)),
    ("responses", Map(Kind::Response)),
    ("parameters", Map(Kind::Parameter)),
    ("examples", Object),
    ("requestBodies", Map(Kind::RequestBody)),
    ("headers", Map(Kind::Header)),
    ("securitySchemes", Map(Kind::SecurityScheme)),
    ("links", Object),
    ("callbacks", Map(Kind::Callback)),
    ("pathItems", Map(Kind::PathItem)),
];

/// The methods that a path item may have.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const PATH_ITEM: Members = &[
    ("$ref", Text),
    ("summary", Text),
    ("description", Text),
    ("get", One(Kind::Operation)),
    ("put", One(Kind::Operation)),
    ("post", One(Kind::Operation)),
    ("delete", One(Kind::Operation)),
    ("options", One(Kind::Operation)),
    ("head", One(Kind::Operation)),
    ("patch", One(Kind::Operation)),
    ("trace", One(Kind::Operation)),
    ("servers", List(Kind::Server)),
    ("parameters", List(Kind::Parameter)),
];

const OPERATION: Members = &[
    ("tags", Texts),
    ("summary", Text),
    ("description", Text),
    ("externalDocs", One(Kind::ExternalDocs)),
    ("operationId", Text),
    ("parameters", List(Kind::Parameter)),
    ("requestBody", One(Kind::RequestBody)),
    ("responses", Responses),
    ("callbacks", Map(Kind::Callback)),
    ("deprecated", Flag),
    ("security", Values),
    ("servers", List(Kind::Server)),
];

/// The last two stand beside a reference.
const CALLBACK: Members = &[("$ref", Text), ("summary", Text), ("description", Text)];

const PARAMETER: Members = &[
    ("$ref", Text),
    ("name", Text),
    ("in", Text),
    ("description", Text),
    ("required", Flag),
    ("deprecated", Flag),
    ("allowEmptyValue", Flag),
    ("style", Text),
    ("explode", Flag),
    ("allowReserved", Flag),
    ("schema", One(Kind::Schema)),
    ("example", Any),
    ("examples", Any),
    ("content", Map(Kind::MediaType)),
];

const HEADER: Members = &[
    ("$ref", Text),
    ("description", Text),
    ("required", Flag),
    ("deprecated", Flag),
    ("allowEmptyValue", Flag),
    ("style", Text),
    ("explode", Flag),
    ("allowReserved", Flag),
    ("schema", One(Kind::Schema)),
    ("example", Any),
    ("examples", Any),
    ("content", Map(Kind::MediaType)),
];

const REQUEST_BODY: Members =
    &[("$ref", Text), ("description", Text), ("content", Map(Kind::MediaType)), ("required", Flag)];

const MEDIA_TYPE: Members =
    &[("schema", One(Kind::Schema)), ("example", Any), ("examples", Any), ("encoding", Map(Kind::Encoding))];

const ENCODING: Members = &[
    ("contentType", Text),
    ("headers", Map(Kind::Header)),
    ("style", Text),
    ("explode", Flag),
    ("allowReserved", Flag),
];

const RESPONSE: Members = &[
    ("$ref", Text),
    ("summary", Text),
    ("description", Text),
    ("headers", Map(Kind::Header)),
    ("content", Map(Kind::MediaType)),
    ("links", Object),
];

const DISCRIMINATOR: Members = &[("propertyName", Text), ("mapping", Any)];

const EXTERNAL_DOCS: Members = &[("description", Text), ("url", Text)];

const SECURITY_SCHEME: Members = &[
    ("$ref", Text),
    ("type", Text),
    ("description", Text),
    ("name", Text),
    ("in", Text),
    ("scheme", Text),
    ("bearerFormat", Text),
    ("flows", Object),
    ("openIdConnectUrl", Text),
];

const TAG: Members = &[("name", Text), ("description", Text), ("externalDocs", One(Kind::ExternalDocs))];
