//! In: small texts, good and bad. Out: whether their trees and findings are right.

use super::{parse, to_yaml};
use crate::diagnostic::{Diagnostics, Problem, Severity};
use crate::source::Source;
use serde_json::{Value, json};

fn read(name: &str, text: &str) -> (Option<Value>, Vec<(String, Problem)>) {
    let mut sink = Diagnostics::default();
    let source = Source { name: name.into(), text: text.into() };
    let tree = parse(0, &source, &mut sink);
    let found = sink.all().map(|found| (found.place.pointer.to_string(), found.problem.clone()));
    (tree, found.collect())
}

fn good(text: &str) -> Value {
    let (tree, found) = read("a.yaml", text);
    assert_eq!(found, []);
    tree.unwrap()
}

fn bad(text: &str) -> Problem {
    let (tree, mut found) = read("a.yaml", text);
    assert_eq!(tree, None);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).1
}

#[test]
fn yaml_and_json_give_the_same_tree() {
    let tree = json!({"a": [1, 2.5, null, true, "x"], "200": {"b": -3}});
    assert_eq!(good("a: [1, 2.5, ~, true, x]\n200:\n  b: -3\n"), tree);
    assert_eq!(good(&tree.to_string()), tree);
    assert_eq!(good("{a: [1, 2.5, null, true, x], 200: {b: -3}}"), tree);
    assert_eq!(good(&to_yaml(&tree)), tree);
}

#[test]
fn keys_are_text_as_written() {
    let tree = good("200: a\ntrue: b\n1.10: c\n~: d\n007: e\n");
    let keys: Vec<_> = tree.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["200", "true", "1.10", "~", "007"]);
    assert!(matches!(bad("a: 1\n{b: 1}: c"), Problem::Syntax { line: 2, column: 1, .. }));
}

#[test]
fn large_integers_become_floats() {
    assert_eq!(good("a: -9223372036854776000\nb: 18446744073709551615\n"), {
        json!({"a": -9223372036854776000.0, "b": 18446744073709551615u64})
    });
    assert_eq!(good(r#"{"a": 99999999999999999999}"#), json!({"a": 1e20}));
}

#[test]
fn every_repeated_key_is_found() {
    let expected = ["/a", "/b/c"];
    for text in ["a: 1\nb: {c: 1, c: 2}\na: 3\n", r#"{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}"#] {
        let (tree, found) = read("a.yaml", text);
        assert_eq!(tree, Some(json!({"a": 3, "b": {"c": 2}})));
        assert_eq!(found.iter().map(|(at, _)| at.as_str()).collect::<Vec<_>>(), expected);
        assert!(found.iter().all(|(_, problem)| problem.code() == "duplicate-key"));
    }
}

#[test]
fn merge_keys_are_applied_in_yaml_alone() {
    let tree = good("x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz:\n  <<: [*x, *y]\n  a: 0\n");
    assert_eq!(tree["z"], json!({"a": 0, "b": 2, "c": 4}));
    assert_eq!(good(r#"{"<<": 1}"#), json!({"<<": 1}));
    let (_, found) = read("a.yaml", "z:\n  <<: 1\n");
    assert_eq!(found, [("/z/<<".into(), Problem::MergeKey)]);
}

#[test]
fn what_json_lacks_is_reported() {
    let (tree, found) = read("a.yaml", "a: .nan\nb: [-.inf]\nc: !mine 1\nd: !!str 2\n");
    assert_eq!(tree, Some(json!({"a": null, "b": [null], "c": 1, "d": "2"})));
    let found: Vec<_> = found.iter().map(|(at, problem)| (at.as_str(), problem.code())).collect();
    assert_eq!(found, [("/a", "not-finite"), ("/b/0", "not-finite"), ("/c", "yaml-tag")]);
    assert_eq!(Problem::NotFinite { number: ".nan" }.severity(), Severity::Warning);
}

#[test]
fn what_is_no_document_is_an_error() {
    assert_eq!(bad(""), Problem::EmptyText);
    assert_eq!(bad(" \n\t\n"), Problem::EmptyText);
    assert_eq!(bad("# nothing\n"), Problem::EmptyText);
    assert_eq!(bad("[1]"), Problem::NotAnObject { found: "a list" });
    assert_eq!(bad("hello"), Problem::NotAnObject { found: "a text" });
    assert_eq!(bad("# one\n---\na: 1\n---\nb: 2\n"), Problem::SeveralDocuments { line: 4 });
    assert_eq!(good("---\na: 1\n...\n"), json!({"a": 1}));
    assert_eq!(good("\u{feff}a: 1"), json!({"a": 1}));
}

#[test]
fn syntax_errors_have_a_line_and_a_column() {
    let reason = "did not find expected ',' or ']', while parsing a flow sequence at line 2 column 4".into();
    assert_eq!(bad("a: 1\nb: [1, 2\nc: 3\n"), Problem::Syntax { format: "YAML", line: 3, column: 2, reason });
    let (_, found) = read("a.json", "{\n  \"é\": 1\n  \"b\": 2}");
    let reason = "expected `,` or `}`".into();
    assert_eq!(found[0].1, Problem::Syntax { format: "JSON", line: 3, column: 3, reason });
    assert!(matches!(bad("a: *nowhere"), Problem::Syntax { line: 1, column: 4, .. }));
    assert!(matches!(bad("a: b\0c"), Problem::Syntax { line: 1, .. }));
    let (_, found) = read("spec", r#"{"a": 1 "b"}"#);
    assert_eq!(found[0].1.message(), "this is not valid JSON: expected `,` or `}`");
    assert_eq!(good(r#"{"a": b}"#), json!({"a": "b"}));
}

#[test]
fn deep_nesting_is_refused() {
    for (start, level) in [("{\"a\":", "["), ("a: ", "["), ("a: ", "{"), ("a:\n  ", "- ")] {
        let text = format!("{start}{}", level.repeat(100_000));
        assert!(matches!(bad(&text), Problem::TooDeep { limit: 120 }), "{start}{level}: {:?}", bad(&text));
    }
    let nested = |levels| format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    assert!(matches!(bad(&nested(121)), Problem::TooDeep { limit: 120 }));
    good(&nested(120));
    let block: String = (0..121).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert!(matches!(bad(&block), Problem::TooDeep { limit: 120 }));
    assert!(matches!(bad("a: &a [*a]"), Problem::TooDeep { .. }));
}

#[test]
fn alias_bombs_end_soon() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    assert_eq!(bad(&bomb), Problem::TooManyNodes);
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), ["*a"; 1000].join(", "));
    assert_eq!(bad(&long), Problem::TooManyNodes);
}

#[test]
fn large_texts_are_refused() {
    assert_eq!(bad(&" ".repeat((64 << 20) + 1)), Problem::TextTooLarge { megabytes: 65, limit: 64 });
}
