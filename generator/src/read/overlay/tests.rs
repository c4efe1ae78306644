//! In: small trees and overlays. Out: whether the changes, the findings and the origins are right.

use super::apply;
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use serde_json::{Value, json};

/// The tree after the actions, the findings as `code place`, and the sink.
fn run(version: &str, tree: Value, actions: Value) -> (Value, Vec<String>, Diagnostics) {
    let overlay = json!({"overlay": version, "info": {"title": "t", "version": "1"}, "actions": actions});
    with(tree, &overlay)
}

fn with(mut tree: Value, overlay: &Value) -> (Value, Vec<String>, Diagnostics) {
    let mut sink = Diagnostics::default();
    apply(&mut tree, overlay, 1, &mut sink);
    let found = sink.all().map(|found| format!("{} {}", found.problem.code(), found.place.pointer)).collect();
    (tree, found, sink)
}

fn good(version: &str, tree: Value, actions: Value) -> (Value, Diagnostics) {
    let (tree, found, sink) = run(version, tree, actions);
    assert_eq!(found, Vec::<String>::new());
    (tree, sink)
}

fn origin(sink: &Diagnostics, at: &str) -> (usize, String) {
    let place = sink.origins.resolve(&Pointer::parse(at).unwrap());
    (place.source, place.pointer.to_string())
}

#[test]
fn updates_merge_and_know_their_origin() {
    let tree = json!({"a": {"b": 1, "c": {"d": 2}, "l": [1]}});
    let update = json!({"b": 3, "c": {"e": 4}, "l": [2], "n": {"x": 5}});
    let (tree, sink) = good("1.0.0", tree, json!([{"target": "$.a", "update": update}]));
    assert_eq!(tree, json!({"a": {"b": 3, "c": {"d": 2, "e": 4}, "l": [1, 2], "n": {"x": 5}}}));
    for (at, place) in [
        ("/a", (0, "/a")),
        ("/a/b", (1, "/actions/0/update/b")),
        ("/a/c/d", (0, "/a/c/d")),
        ("/a/c/e", (1, "/actions/0/update/c/e")),
        ("/a/l/0", (0, "/a/l/0")),
        ("/a/l/1", (1, "/actions/0/update/l/0")),
        ("/a/n/x", (1, "/actions/0/update/n/x")),
    ] {
        assert_eq!(origin(&sink, at), (place.0, place.1.to_owned()));
    }
}

#[test]
fn arrays_grow_by_an_entry_or_by_a_list() {
    let actions = json!([{"target": "$.l", "update": {"a": 1}}, {"target": "$.l", "update": [2, 3]}]);
    let (tree, sink) = good("1.1.0", json!({"l": [0]}), actions);
    assert_eq!(tree, json!({"l": [0, {"a": 1}, 2, 3]}));
    assert_eq!(origin(&sink, "/l/1/a"), (1, "/actions/0/update/a".into()));
    assert_eq!(origin(&sink, "/l/3"), (1, "/actions/1/update/1".into()));
}

#[test]
fn removals_shift_the_origins_of_what_follows() {
    let tree = json!({"l": [{"k": 0}, {"k": 1}, {"k": 2}, {"k": 3}], "m": {"a": 1, "b": 2, "c": 3}});
    let actions = json!([
        {"target": "$.l[?@.k == 0 || @.k == 2]", "remove": true, "update": {"ignored": true}},
        {"target": "$.m.b", "remove": true},
        {"target": "$.l", "update": [{"k": 9}]},
    ]);
    let (tree, sink) = good("1.0.0", tree, actions);
    assert_eq!(tree.to_string(), r#"{"l":[{"k":1},{"k":3},{"k":9}],"m":{"a":1,"c":3}}"#);
    assert_eq!(origin(&sink, "/l/0/k"), (0, "/l/1/k".into()));
    assert_eq!(origin(&sink, "/l/1"), (0, "/l/3".into()));
    assert_eq!(origin(&sink, "/l/2/k"), (1, "/actions/2/update/0/k".into()));
}

#[test]
fn nested_targets_can_be_removed_at_once() {
    let tree = json!({"d": {"d": {"d": 1, "x": 2}}, "l": [{"d": 1}, [0, {"d": 2}]]});
    let (tree, _) = good("1.0.0", tree, json!([{"target": "$..d", "remove": true}]));
    assert_eq!(tree, json!({"l": [{}, [0, {}]]}));
}

#[test]
fn copies_are_merged_like_updates() {
    let tree = json!({"a": {"x": {"y": 1}}, "b": {"z": 2}});
    let (tree, sink) = good("1.1.0", tree, json!([{"target": "$.b", "copy": "$.a"}]));
    assert_eq!(tree["b"], json!({"z": 2, "x": {"y": 1}}));
    assert_eq!(origin(&sink, "/b/x/y"), (0, "/a/x/y".into()));
    let (_, found, _) = run("1.0.0", tree, json!([{"target": "$.b", "copy": "$.a"}]));
    assert_eq!(found, ["overlay-no-effect /actions/0", "overlay-shape /actions/0/copy"]);
}

#[test]
fn what_matches_nothing_is_an_error_with_a_place() {
    let actions = json!([{"target": "$.nowhere", "update": {"a": 1}}, {"target": "$", "copy": "$.nowhere"}]);
    let (tree, found, _) = run("1.1.0", json!({}), actions);
    assert_eq!(tree, json!({}));
    assert_eq!(found, ["overlay-no-match /actions/0/target", "overlay-no-match /actions/1/copy"]);
}

#[test]
fn what_does_not_fit_is_an_error() {
    let tree = json!({"a": {"b": [1]}, "t": "x"});
    let actions = json!([
        {"target": "$.a", "update": {"b": {"c": 1}}},
        {"target": "$.t", "update": {"b": 1}},
        {"target": "$.*", "update": {"b": 1}},
        {"target": "$", "remove": true},
        {"target": "$.a", "copy": "$.*"},
    ]);
    let (after, found, sink) = run("1.1.0", tree.clone(), actions);
    assert_eq!(after, tree);
    assert_eq!(found, (0..5).map(|index| format!("overlay-mismatch /actions/{index}/target")).collect::<Vec<_>>());
    let first = sink.all().next().unwrap().problem.message();
    assert_eq!(first, "this change does not fit what `$.a` selects: an array at `/a/b` cannot become an object");
}

#[test]
fn malformed_overlays_are_reported_at_their_place() {
    let (_, found, _) = with(json!({}), &json!({"openapi": "3.0.0"}));
    assert_eq!(found, ["not-an-overlay "]);
    let (_, found, _) = with(json!({}), &json!({"overlay": "1.0.0", "openapi": "3.0.0", "actions": []}));
    assert_eq!(found, ["overlay-shape ", "overlay-shape /actions", "overlay-shape /openapi"]);
    let actions = json!([{"target": "$["}, {"target": "$", "updates": 1, "x-a": 1}, {"update": 1}, 5,
        {"target": 1, "remove": "yes"}, {"target": "$", "update": 1, "copy": "$"}]);
    let (_, found, _) = run("1.1.3", json!({}), actions);
    let expected = [
        "overlay-no-effect /actions/0",
        "overlay-path /actions/0/target",
        "overlay-no-effect /actions/1",
        "overlay-shape /actions/1/updates",
        "overlay-shape /actions/2",
        "overlay-shape /actions/3",
        "overlay-shape /actions/4/remove",
        "overlay-shape /actions/4/target",
        "overlay-no-effect /actions/5",
    ];
    assert_eq!(found, expected);
    for version in ["2.0.0", "1.2.0", "1.0", "latest"] {
        let (_, found, _) = run(version, json!({"a": {}}), json!([{"target": "$.a", "update": {}}]));
        assert_eq!(found, ["overlay-version /overlay"]);
    }
}
