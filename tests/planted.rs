//! In: the keyword table. Out: proof that none of it is ignored in silence: each keyword, planted into a small document
//! where nobody asked for it, changes what is generated or what is reported. Those that may be silent are listed, with why.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::read::keywords::{Kind, Shape};
use oasmith::{Input, Source};
use oasmith_tests::harness::Run;
use serde_json::{Value, json};

/// Words for people and tools, which say nothing of what a client sends or reads.
const WORDS: [(Kind, &[&str]); 13] = [
    (Kind::Schema, &["$schema", "$comment", "$vocabulary", "$id", "xml", "externalDocs", "contentSchema"]),
    (Kind::Document, &["jsonSchemaDialect", "$self", "tags", "externalDocs"]),
    (Kind::Info, &["summary", "description", "termsOfService", "contact", "license"]),
    (Kind::Server, &[]),
    (Kind::ServerVariable, &["description"]),
    (Kind::PathItem, &["description"]),
    (Kind::Operation, &["externalDocs"]),
    // An empty text is sent as such in any case.
    (Kind::Parameter, &["example", "examples", "allowEmptyValue"]),
    // What of a response's header does not come is `None`, and its items are parted by commas in any case.
    (
        Kind::Header,
        &[
            "description",
            "example",
            "examples",
            "deprecated",
            "required",
            "allowEmptyValue",
            "allowReserved",
            "explode",
        ],
    ),
    (Kind::RequestBody, &["description"]),
    (Kind::MediaType, &["example", "examples"]),
    (Kind::Response, &["summary", "description"]),
    (Kind::Tag, &["externalDocs"]),
];

/// What only narrows which values are right: the server checks that, and no type can say it. Targets of references are
/// silent until something refers to them.
const NARROWING: [&str; 20] = [
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$defs",
    "definitions",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentRequired",
    "uniqueItems",
    "unevaluatedItems",
    "additionalItems",
    "unevaluatedProperties",
];

/// A document with an object of each kind, each at an address.
fn document() -> Value {
    let schema = |schema: Value| json!({"application/json": {"schema": schema}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://{region}.example.com", "variables": {"region": {"default": "eu"}}}],
        "tags": [{"name": "a"}],
        "paths": {"/a": {"post": {
            "operationId": "addA",
            "tags": ["a"],
            "parameters": [{"name": "p", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}],
            "requestBody": {"content": schema(json!({"$ref": "#/components/schemas/All"}))},
            "responses": {"200": {
                "description": "ok",
                "headers": {"X-Total": {"schema": {"type": "string"}}},
                "content": schema(json!({"$ref": "#/components/schemas/All"})),
            }},
        }}},
        "components": {"schemas": {
            "Other": {"type": "object", "properties": {"a": {"type": "string"}}},
            "All": {"type": "object", "properties": {
                "text": {"type": "string"},
                "whole": {"type": "integer"},
                "flag": {"type": "boolean"},
                "list": {"type": "array", "items": {"type": "string"}},
                "map": {"type": "object", "additionalProperties": {"type": "string"}},
                "object": {"type": "object", "properties": {"b": {"type": "string"}}},
                "reference": {"$ref": "#/components/schemas/Other"},
            }},
        }},
    })
}

/// Where the objects of a kind stand in it.
fn places(kind: Kind) -> Vec<String> {
    let properties = ["text", "whole", "flag", "list", "map", "object", "reference"];
    let operation = "/paths/~1a/post";
    match kind {
        Kind::Document => vec![String::new()],
        Kind::Info => vec!["/info".into()],
        Kind::Server => vec!["/servers/0".into()],
        Kind::ServerVariable => vec!["/servers/0/variables/region".into()],
        Kind::Tag => vec!["/tags/0".into()],
        Kind::PathItem => vec!["/paths/~1a".into()],
        Kind::Operation => vec![operation.into()],
        Kind::Parameter => vec![format!("{operation}/parameters/0")],
        Kind::RequestBody => vec![format!("{operation}/requestBody")],
        Kind::Response => vec![format!("{operation}/responses/200")],
        Kind::Header => vec![format!("{operation}/responses/200/headers/X-Total")],
        Kind::MediaType => vec![format!("{operation}/requestBody/content/application~1json")],
        Kind::Schema => properties.map(|name| format!("/components/schemas/All/properties/{name}")).to_vec(),
        _ => Vec::new(),
    }
}

/// A value of a member's shape that is not there yet.
fn sample(name: &str, shape: Shape) -> Value {
    match (name, shape) {
        ("type", _) => json!("number"),
        ("in", _) => json!("header"),
        ("style", _) => json!("deepObject"),
        ("pattern", _) => json!("^a"),
        ("format", _) => json!("uuid"),
        ("contentEncoding", _) => json!("base64"),
        ("contentMediaType", _) => json!("image/png"),
        ("url", _) => json!("https://other.example"),
        ("required", Shape::Texts) | ("dependentRequired", _) => json!(["zzz"]),
        ("examples", _) => json!(["planted"]),
        ("explode", _) => json!(false),
        ("const" | "default" | "example", _) => json!("planted"),
        ("enum", _) => json!(["planted"]),
        ("$ref" | "$dynamicRef" | "$recursiveRef", _) => json!("#/nowhere"),
        ("minimum" | "maximum" | "multipleOf" | "exclusiveMinimum" | "exclusiveMaximum", _) => json!(3),
        ("additionalProperties" | "unevaluatedProperties", _) => json!({"type": "integer"}),
        (_, Shape::Text) => json!("planted"),
        (_, Shape::Flag) => json!(true),
        (_, Shape::Count | Shape::Number | Shape::Bound) => json!(3),
        (_, Shape::Texts) => json!(["planted"]),
        (_, Shape::Values) => json!([{"planted": []}]),
        (_, Shape::List(Kind::Schema)) => json!([{"type": "object", "properties": {"planted": {"type": "string"}}}]),
        (_, Shape::List(Kind::Server)) => json!([{"url": "https://planted.example"}]),
        (_, Shape::List(Kind::Tag)) => json!([{"name": "planted"}]),
        (_, Shape::List(_)) => json!([{"name": "planted", "in": "query", "schema": {"type": "string"}}]),
        (_, Shape::One(Kind::Schema) | Shape::SchemaOrFlag | Shape::Items) => json!({"type": "integer"}),
        (_, Shape::One(Kind::Discriminator)) => json!({"propertyName": "planted"}),
        (_, Shape::One(Kind::Operation)) => {
            json!({"operationId": "planted", "responses": {"204": {"description": "ok"}}})
        }
        (_, Shape::Map(Kind::Schema)) => {
            json!({"planted": {"type": "object", "properties": {"planted": {"type": "string"}}}})
        }
        (_, Shape::Map(Kind::Header)) => json!({"X-Planted": {"schema": {"type": "string"}}}),
        (_, Shape::Map(Kind::MediaType)) => json!({"text/planted": {"schema": {"type": "string"}}}),
        (_, Shape::Map(Kind::Encoding)) => json!({"planted": {"contentType": "text/plain"}}),
        (_, Shape::Map(Kind::PathItem)) => json!({"planted": {"post": {"responses": {"204": {"description": "ok"}}}}}),
        (_, Shape::Map(Kind::Callback)) => json!({"planted": {"{$url}": {"post": {"responses": {}}}}}),
        _ => json!({"planted": {"description": "planted", "default": "planted"}}),
    }
}

/// All that a person sees of a run: the code and the report.
fn seen(document: &Value) -> String {
    let text = document.to_string();
    let source = Source { name: "spec.json".into(), text };
    let run = Run::new(Input { documents: vec![source], ..Input::default() }, "planted");
    let files: Vec<_> = run.review().into_iter().map(|(path, text)| format!("{path}\n{text}")).collect();
    files.concat()
}

#[test]
fn no_keyword_is_ignored_in_silence() {
    let before = seen(&document());
    let mut silent = Vec::new();
    for (kind, words) in WORDS {
        let members = kind.members().iter().filter(|(name, _)| !words.contains(name));
        for (name, shape) in members.filter(|(name, _)| kind != Kind::Schema || !NARROWING.contains(name)) {
            for place in places(kind) {
                let mut document = document();
                let object = document.pointer_mut(&place).unwrap().as_object_mut().unwrap();
                // The schema of a map's values describes what is required of it.
                if object.contains_key(*name) || *name == "required" && place.ends_with("/map") {
                    continue;
                }
                object.insert((*name).to_owned(), sample(name, *shape));
                if seen(&document) == before {
                    silent.push(format!("{name} at {place}"));
                }
            }
        }
    }
    assert!(silent.is_empty(), "these say nothing, and nobody is told:\n{}", silent.join("\n"));
}
