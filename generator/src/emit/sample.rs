//! In: nothing. Out: an `Api` with one of everything, for tests.

use crate::Options;
use crate::ir::*;
use crate::pointer::Pointer;

/// Docs that would break generated code if they were taken as they are.
pub(super) const HOSTILE: &str = "*/ #[x] #![y] \"\\ \r a\0b\u{202e}c [GetThing] <T> <br> https://a.b/c_d\n\n    let it = be;\n\n\
    - item\n\n      code\n\n<a href=\"/docs/x\">docs</a> [rel](page) <script>alert(1)</script> $client {0} /// //!\n\n\
    ```json\n{\"a\": 1}\n```\n\n~~~\nunclosed";

pub(super) fn options() -> Options {
    Options { package: "sample-client".to_owned(), ..Options::default() }
}

pub(super) fn api() -> Api {
    Api {
        title: "Sample \"API\"\n<T> [x]".to_owned(),
        version: "1.0`".to_owned(),
        docs: Some(HOSTILE.to_owned()),
        server: Some("https://api.example.com/v1".to_owned()),
        servers: Vec::new(),
        schemes: vec![
            scheme("JwtAuth", Placement::Bearer),
            scheme("Basic \"auth\"", Placement::Basic),
            scheme("key", Placement::Header("X-Key".to_owned())),
            scheme("query", Placement::Query("api_key".to_owned())),
            scheme("session", Placement::Cookie("sid".to_owned())),
        ],
        envelope: Some(Envelope {
            origin: Pointer::root(),
            error: "/error".to_owned(),
            code: Some("/error/code".to_owned()),
            message: None,
            errors: Some("/errors".to_owned()),
            refused: vec!["401".to_owned()],
            codes: None,
            retryable: Vec::new(),
        }),
        types: types(),
        groups: vec![sms(), things(), untagged()],
        webhooks: Vec::new(),
    }
}

pub(super) fn operation(name: &str, type_name: &str, method: &str, path: &str) -> Operation {
    Operation {
        origin: Pointer::root(),
        id: type_name.to_owned(),
        name: name.to_owned(),
        type_name: type_name.to_owned(),
        summary: None,
        docs: None,
        deprecated: false,
        method: method.to_owned(),
        path: path.to_owned(),
        server: None,
        server_setter: None,
        parameters: Vec::new(),
        body: None,
        responses: vec![response("200", Some("application/json"), "OK")],
        success: Success::Alone(Decoded::Nothing),
        stream: None,
        failures: Vec::new(),
        headers: Vec::new(),
        security: vec![vec!["JwtAuth".to_owned()]],
        pages: None,
    }
}

pub(super) fn parameter(name: &str, r#type: Type, required: bool) -> Parameter {
    Parameter {
        origin: Pointer::root(),
        name: name.to_owned(),
        wire: name.to_owned(),
        docs: None,
        deprecated: false,
        location: Location::Query,
        required,
        r#type,
        style: Style::Form,
        reserved: false,
        explode: true,
    }
}

pub(super) fn body(shape: BodyShape, required: bool) -> Body {
    let media = if shape == BodyShape::Raw { "application/pdf" } else { "application/json" };
    Body { origin: Pointer::root(), name: "body".to_owned(), docs: None, required, media: media.to_owned(), shape }
}

pub(super) fn definition(name: &str, file: &str, shape: Shape) -> Definition {
    let (name, file) = (name.to_owned(), file.to_owned());
    Definition {
        origin: Pointer::root(),
        name,
        naming: Naming::default(),
        file,
        docs: None,
        deprecated: false,
        features: Vec::new(),
        direction: Direction::Both,
        shape,
    }
}

pub(super) fn field(name: &str, r#type: Type, required: bool, nullable: bool) -> Field {
    let (wire, name) = (name.trim_end_matches('_').to_owned(), name.to_owned());
    Field {
        origin: Pointer::root(),
        name,
        wire,
        docs: None,
        deprecated: false,
        r#type,
        required,
        access: Access::Full,
        default: None,
        constant: None,
        nullable,
    }
}

fn scheme(name: &str, placement: Placement) -> Scheme {
    Scheme { origin: Pointer::root(), name: name.to_owned(), docs: None, placement, token_url: None, is_used: true }
}

fn response(status: &str, media: Option<&str>, docs: &str) -> Response {
    Response {
        origin: Pointer::root(),
        status: status.to_owned(),
        docs: Some(docs.to_owned()),
        contents: media.map(json).into_iter().collect(),
        events: None,
        headers: Vec::new(),
        raw_headers: Vec::new(),
    }
}

fn json(media: &str) -> Content {
    Content { media: vec![media.to_owned()], decoded: Decoded::Json(Type::Named(TypeId(0))) }
}

fn group(tag: Option<&str>, module: &str, name: &str, operations: Vec<Operation>) -> Group {
    Group {
        tag: tag.map(str::to_owned),
        docs: tag.map(|_| HOSTILE.to_owned()),
        module: module.to_owned(),
        file: module.to_owned(),
        name: name.to_owned(),
        feature: tag.map(str::to_owned),
        operations,
    }
}

/// The example of the design.
pub(super) fn sms() -> Group {
    let mut send = operation("send_sms_message", "SendSmsMessage", "POST", "/SendSmsMessage");
    let documented = |mut parameter: Parameter, docs: &str| {
        parameter.docs = Some(docs.to_owned());
        parameter
    };
    send.id = "send-sms-message".to_owned();
    send.summary = Some("Send SMS message".to_owned());
    send.docs = Some("Sends an SMS message between two phone numbers.\n\nSee [GetPhoneNumbers].".to_owned());
    send.parameters = vec![
        documented(parameter("source", Type::String, true), "The source phone number."),
        documented(parameter("destination", Type::String, true), "The destination phone number."),
        documented(parameter("sms_body", Type::String, true), "The message's text, up to 765 characters."),
        parameter("store_body", Type::Boolean, false),
    ];
    send.responses.push(response("404", None, "No such [number]\n\n    at all"));
    send.success = Success::Alone(Decoded::Json(Type::Named(TypeId(0))));
    Group { docs: None, ..group(Some("sms"), "sms", "Sms", vec![send]) }
}

fn things() -> Group {
    let named = |id| Type::Named(TypeId(id));
    let place = |mut parameter: Parameter, location, style, explode| {
        (parameter.location, parameter.style, parameter.explode) = (location, style, explode);
        parameter
    };
    let mut find = operation("find_things", "FindThings", "GET", "/things/{id}/{string}");
    find.docs = Some(HOSTILE.to_owned());
    find.deprecated = true;
    find.parameters = vec![
        place(
            parameter("id", Type::Array(Box::new(Type::Integer(Integer::I32))), true),
            Location::Path,
            Style::Label,
            true,
        ),
        place(parameter("string", Type::String, true), Location::Path, Style::Simple, false),
        place(parameter("c", named(1), true), Location::Query, Style::DeepObject, true),
        place(parameter("find_things", Type::Json, true), Location::Query, Style::Json, false),
        place(parameter("type_", Type::Object, false), Location::Query, Style::PipeDelimited, false),
        place(
            parameter("a_1", Type::Map(Box::new(Type::Nullable(Box::new(Type::Json)))), false),
            Location::Header,
            Style::Simple,
            false,
        ),
        place(parameter("client", named(2), true), Location::Header, Style::Json, false),
        place(parameter("sid", Type::Number(Float::F32), true), Location::Cookie, Style::Form, true),
        place(parameter("cookie", Type::Json, false), Location::Cookie, Style::Json, true),
    ];
    find.parameters[4].wire = "type \"quoted\" ü".to_owned();
    find.parameters[4].docs = Some(HOSTILE.to_owned());
    find.parameters[5].deprecated = true;
    find.success = Success::Alone(Decoded::OptionalJson(Type::Array(Box::new(named(3)))));
    find.security = vec![Vec::new(), vec!["key".to_owned(), "Basic \"auth\"".to_owned()]];
    let mut put = operation("put_thing", "PutThing", "PUT", "/thing");
    put.body = Some(body(BodyShape::Json(named(1)), true));
    put.success = Success::Alone(Decoded::Raw);
    let mut patch = operation("patch_thing", "PatchThing", "PATCH", "/thing");
    patch.body = Some(body(BodyShape::Json(Type::Nullable(Box::new(Type::Json))), false));
    patch.success = Success::Alone(Decoded::Text);
    let mut upload = operation("upload", "Upload", "POST", "/upload");
    upload.body = Some(body(BodyShape::Raw, true));
    upload.success = Success::Alone(Decoded::Bytes);
    upload.security = Vec::new();
    let mut set = operation("set_any", "SetAny", "TRACE", "/any");
    set.body = Some(body(BodyShape::Json(Type::Json), true));
    group(Some("things"), "things", "Things", vec![find, patch, put, set, upload])
}

fn untagged() -> Group {
    let mut ping = operation("ping", "Ping", "GET", "/CLIENT");
    ping.docs = Some(format!("CLIENT $client {HOSTILE}"));
    ping.parameters = vec![parameter("count", Type::Integer(Integer::U64), true)];
    group(None, "untagged", "Untagged", vec![ping])
}

/// A union that holds itself, and the same type under two names.
fn content() -> Union {
    let variant = |name: &str, r#type, form| Variant {
        origin: Pointer::root(),
        name: name.to_owned(),
        r#type,
        forms: vec![form],
        tag: None,
    };
    let constants = vec![("kind".to_owned(), vec!["node".to_owned()])];
    let node = Form::Object(Members { required: vec!["kind".to_owned()], constants, ..Members::default() });
    let list = |r#type| Type::Array(Box::new(r#type));
    Union {
        key: Some("kind".to_owned()),
        variants: vec![
            variant("Flag", Type::Boolean, Form::Boolean),
            variant("Names", list(Type::Named(TypeId(3))), Form::List(vec![Form::Text])),
            variant("Node", Type::Boxed(TypeId(8)), node),
            variant("Statuses", list(Type::Named(TypeId(2))), Form::List(vec![Form::Constant(vec!["a".to_owned()])])),
            variant("Text", Type::String, Form::Text),
        ],
    }
}

fn types() -> Types {
    let id = TypeId;
    let mut hostile = field("type_", Type::Named(id(4)), false, true);
    hostile.wire = "a \"b\"\n\\ ü".to_owned();
    hostile.docs = Some(HOSTILE.to_owned());
    let mut old = field("old", Type::Boolean, false, false);
    old.deprecated = true;
    let answer = Shape::Struct {
        fields: vec![
            field("fragments", Type::Integer(Integer::I64), false, false),
            field("message_id", Type::Integer(Integer::I64), false, false),
        ],
        rest: None,
    };
    let thing = Shape::Struct {
        fields: vec![
            field("any", Type::Json, false, true),
            field("items", Type::Array(Box::new(Type::Boxed(id(1)))), false, false),
            field("json", Type::Json, true, true),
            field("name", Type::String, true, false),
            field("next", Type::Boxed(id(1)), false, false),
            field("null", Type::Number(Float::F64), true, true),
            old,
            field("three", Type::String, false, true),
            hostile,
        ],
        rest: Some(Type::Nullable(Box::new(Type::Json))),
    };
    let constants = [("Active", "active"), ("Quoted", "a \"b\"\n`"), ("Empty", "")];
    let constants =
        constants.map(|(name, wire)| Constant { name: name.to_owned(), wire: wire.to_owned(), docs: None }).into();
    let mut empty = definition("Nothing", "thing", Shape::Struct { fields: Vec::new(), rest: None });
    empty.docs = Some(HOSTILE.to_owned());
    empty.deprecated = true;
    Types(vec![
        definition("SendSmsMessageResponse", "send_sms_message_response", answer),
        definition("Thing", "thing", thing),
        definition("ThingStatus", "thing", Shape::Enum(constants)),
        definition("Name", "name", Shape::Alias(Type::Named(id(2)))),
        definition("Tree", "tree", Shape::Newtype(Type::Array(Box::new(Type::Named(id(4)))))),
        empty,
        definition("Things", "things", Shape::Alias(Type::Map(Box::new(Type::Named(id(5)))))),
        definition("Content", "content", Shape::Union(content())),
        definition(
            "ContentNode",
            "content",
            Shape::Struct {
                fields: vec![
                    field("kind", Type::String, true, false),
                    field("contents", Type::Named(id(7)), true, true),
                    field("next", Type::Named(id(7)), false, true),
                ],
                rest: None,
            },
        ),
    ])
}
