//! In: a number. Out: an API description that grows with it and with nothing else.

use serde_json::{Map, Value, json};

/// So many schemas, each with ten properties and a reference to the next.
pub(super) fn schemas(number: usize) -> Value {
    let one = |index: usize| {
        let mut properties: Map<String, Value> =
            (0..10).map(|property| (format!("property_{property}"), json!({ "type": "string" }))).collect();
        let next = format!("#/components/schemas/Schema{}", (index + 1) % number);
        properties.insert("next".to_owned(), json!({ "$ref": next }));
        let required = ["property_0", "property_1"];
        (format!("Schema{index}"), json!({ "type": "object", "required": required, "properties": properties }))
    };
    document((0..number).map(one).collect(), "Schema0")
}

/// A union of so many variants, told apart by a member.
pub(super) fn variants(number: usize) -> Value {
    let one = |index: usize| {
        let kind = json!({ "type": "string", "enum": [format!("kind_{index}")] });
        let schema = json!({ "type": "object", "required": ["kind"], "properties": { "kind": kind } });
        (format!("Variant{index}"), schema)
    };
    let mut schemas: Map<String, Value> = (0..number).map(one).collect();
    let all: Vec<_> = schemas.keys().map(|name| json!({ "$ref": format!("#/components/schemas/{name}") })).collect();
    schemas.insert("Union".to_owned(), json!({ "oneOf": all }));
    document(schemas, "Union")
}

fn document(schemas: Map<String, Value>, answer: &str) -> Value {
    let content = json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{answer}") } } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Synthetic", "version": "1" },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": { "/": { "get": {
            "operationId": "get",
            "responses": { "200": { "description": "Done", "content": content } },
        } } },
        "components": { "schemas": schemas },
    })
}
