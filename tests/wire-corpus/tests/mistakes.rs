//! In: a request as it should be, and with one mistake each. Out: whether the mistakes are seen.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith_wire::described::{Media, Operation, operations};
use oasmith_wire::draw::Schemas;
use oasmith_wire::request::{Content, Given, check};
use oasmith_wire::server::Seen;
use serde_json::{Value, json};

fn tree() -> Value {
    json!({"openapi": "3.1.0", "paths": {"/pets/{id}": {"put": {
        "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
            {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
            {"name": "X-Count", "in": "header", "schema": {"type": "integer"}},
            {"name": "theme", "in": "cookie", "schema": {"enum": ["dark", "light"]}}
        ],
        "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["name"]}}}},
        "responses": {},
        "security": [{"key": []}]
    }}}, "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}}})
}

fn given() -> Given {
    let parameters = [json!("a/b"), json!(["x y", "+"]), json!(7), json!("dark")].into_iter().enumerate().collect();
    let schema = "/paths/~1pets~1{id}/put/requestBody/content/application~1json/schema".to_owned();
    let body = Content::Value(json!({"name": "é"}), Media { schema: Some(schema), ..Media::default() });
    Given { parameters, body: Some(body) }
}

fn seen() -> Seen {
    let headers = [
        ("host", "localhost"),
        ("authorization", "Bearer token-of-the-test"),
        ("x-count", "7"),
        ("cookie", "theme=dark"),
        ("content-type", "application/json"),
    ];
    Seen {
        method: "PUT".to_owned(),
        target: "/base/pets/a%2Fb?tag=x%20y&tag=%2B".to_owned(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).to_vec(),
        body: br#"{"name":"\u00e9"}"#.to_vec(),
    }
}

/// The cause that is found after a change of the request.
fn cause(change: impl FnOnce(&mut Seen)) -> String {
    let tree = tree();
    let all: Vec<Operation> = operations(&tree);
    let mut seen = seen();
    change(&mut seen);
    match check(&all[0], &given(), &seen, &Schemas::new(&tree).unwrap()) {
        Ok(()) => "right".to_owned(),
        Err(wrong) => wrong.cause,
    }
}

fn target(text: &str) -> String {
    cause(|seen| seen.target = text.to_owned())
}

fn header(name: &str, value: Option<&str>) -> String {
    cause(|seen| {
        seen.headers.retain(|(known, _)| known != name);
        seen.headers.extend(value.map(|value| (name.to_owned(), value.as_bytes().to_vec())));
    })
}

#[test]
fn what_is_right_is_right() {
    assert_eq!(cause(|_| ()), "right");
    assert_eq!(target("/base/pets/a%2fb?tag=x+y&tag=%2B"), "right");
    assert_eq!(header("content-type", Some("application/json; charset=utf-8")), "right");
}

#[test]
fn every_mistake_is_seen() {
    let list = "query parameter (Form, explode true, list)";
    assert_eq!(cause(|seen| seen.method = "POST".to_owned()), "the method is another");
    assert_eq!(target("/base/pets/a/b?tag=x%20y&tag=%2B"), "the path is not of its template");
    assert_eq!(
        target("/base/pets/a%252Fb?tag=x%20y&tag=%2B"),
        "path parameter (Simple, explode false, scalar): a string becomes another: a string"
    );
    assert_eq!(target("/base/pets/a%2Fb?tag=x%20y,%2B"), format!("{list}: a list has another length"));
    assert_eq!(target("/base/pets/a%2Fb?tag=x%20y&tag=+"), format!("{list}: a string becomes another: a string"));
    assert_eq!(target("/base/pets/a%2Fb"), format!("{list}: it is not sent"));
    assert_eq!(target("/base/pets/a%2Fb?tag=x%20y&tag=%2B&more=1"), "query: something is sent that is not declared");
    let count = "header parameter (Simple, explode false, scalar)";
    assert_eq!(header("x-count", Some("8")), format!("{count}: a number becomes another: a number"));
    assert_eq!(header("x-count", None), format!("{count}: it is not sent"));
    assert_eq!(header("x-other", Some("8")), "a header is sent that is not declared");
    assert_eq!(header("cookie", Some("theme=dark; b=1")), "cookie: something is sent that is not declared");
    assert_eq!(header("authorization", None), "no alternative of credentials is there");
    assert_eq!(header("authorization", Some("Basic eDp5")), "no alternative of credentials is there");
    assert_eq!(header("content-type", None), "the body has no media type");
    assert_eq!(header("content-type", Some("text/plain")), "the body's media type is not declared");
    assert_eq!(cause(|seen| seen.body = b"{}".to_vec()), "body: a member is lost: a string");
    assert_eq!(cause(|seen| seen.body = b"{".to_vec()), "body: it cannot be read as application/json");
}
