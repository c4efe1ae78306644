//! In: small documents. Out: whether their union, its conflicts and its origins are right.

use super::merge;
use crate::diagnostic::{Diagnostics, Place};
use crate::pointer::Pointer;
use serde_json::{Value, json};

fn run(documents: &[Value]) -> (Value, Vec<String>, Diagnostics) {
    let mut sink = Diagnostics::default();
    let tree = merge(documents.to_vec(), &mut sink).unwrap();
    let found = sink.all().map(|found| format!("{} {}", found.place.source, found.place.pointer)).collect();
    (tree, found, sink)
}

fn origin(sink: &Diagnostics, at: &str) -> (usize, String) {
    let Place { source, pointer } = sink.origins.resolve(&Pointer::parse(at).unwrap());
    (source, pointer.to_string())
}

#[test]
fn documents_are_united_in_order() {
    let first = json!({"openapi": "3.0.0", "info": {"title": "A"}, "tags": [{"name": "a"}],
        "paths": {"/a": {"get": {"x": 1}}}, "components": {"schemas": {"S": {}}}});
    let second = json!({"openapi": "3.0.0", "info": {"title": "B"}, "tags": [{"name": "a"}, {"name": "b"}],
        "paths": {"/a": {"get": {"x": 1}, "put": {}}, "/b": {"get": {}}},
        "components": {"schemas": {"S": {}, "T": {}}, "responses": {"R": {}}}, "webhooks": {"w": {}}});
    let (tree, found, sink) = run(&[first, second]);
    assert_eq!(found, Vec::<String>::new());
    let expected = json!({"openapi": "3.0.0", "info": {"title": "A"}, "tags": [{"name": "a"}, {"name": "b"}],
        "paths": {"/a": {"get": {"x": 1}, "put": {}}, "/b": {"get": {}}},
        "components": {"schemas": {"S": {}, "T": {}}, "responses": {"R": {}}}, "webhooks": {"w": {}}});
    assert_eq!(tree.to_string(), expected.to_string());
    assert_eq!(origin(&sink, "/paths/~1a/put"), (1, "/paths/~1a/put".into()));
    assert_eq!(origin(&sink, "/paths/~1a/get"), (0, "/paths/~1a/get".into()));
    assert_eq!(origin(&sink, "/components/schemas/T"), (1, "/components/schemas/T".into()));
    assert_eq!(origin(&sink, "/tags/1/name"), (1, "/tags/1/name".into()));
}

#[test]
fn different_descriptions_conflict() {
    let first =
        json!({"paths": {"/a": {"get": {"x": 1}}, "/b": {"parameters": []}}, "components": {"schemas": {"S": {}}}});
    let second = json!({"paths": {"/a": {"get": {"x": 2}}, "/b": {"put": {}}},
        "components": {"schemas": {"S": {"type": "object"}}}});
    let (_, found, sink) = run(&[json!({"paths": {}}), first, second]);
    assert_eq!(found, ["2 /components/schemas/S", "2 /paths/~1a/get", "2 /paths/~1b"]);
    let messages: Vec<_> = sink.all().map(|found| found.problem.message()).collect();
    assert_eq!(messages[0], "the component `#/components/schemas/S` is described differently in an earlier document");
    assert_eq!(messages[1], "`GET /a` is described differently in an earlier document");
    let first = sink.all().nth(1).unwrap().problem.related().unwrap().0.clone();
    assert_eq!((first.source, first.pointer.to_string()), (1, "/paths/~1a/get".into()));
}

#[test]
fn security_and_servers_go_with_their_operations() {
    let first = json!({"security": [{"A": []}], "servers": [{"url": "a"}], "paths": {}});
    let second = json!({"security": [{"B": []}], "servers": [{"url": "b"}],
        "paths": {"/b": {"get": {}, "put": {"security": []}, "parameters": []}}});
    let (tree, _, sink) = run(&[first, second]);
    let own = json!({"security": [{"B": []}], "servers": [{"url": "b"}]});
    assert_eq!(tree["paths"]["/b"]["get"], own);
    assert_eq!(tree["paths"]["/b"]["put"], json!({"security": [], "servers": [{"url": "b"}]}));
    assert_eq!(tree["security"], json!([{"A": []}]));
    assert_eq!(origin(&sink, "/paths/~1b/get/security/0"), (1, "/security/0".into()));
}
