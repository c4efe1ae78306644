//! In: every name that generated code uses or makes itself, and names that no identifier can be, in all cases. Out:
//! whether documents that give them to whatever has a name become crates that compile without a warning.
//!
//! The words are read from the runtime and from a generated crate, so that the list keeps up with both.

#![allow(missing_docs, clippy::unwrap_used)]

#[path = "names/document.rs"]
mod document;
#[path = "names/words.rs"]
mod words;

use oasmith::{Input, Source};
use oasmith_tests::harness::{Run, Workspace};
use serde_json::Value;
use std::collections::BTreeMap;

fn run(package: &str, document: &Value) -> Run {
    let documents = vec![Source { name: "spec.json".to_owned(), text: document.to_string() }];
    Run::new(Input { documents, ..Input::default() }, package)
}

/// The words with the names of whatever is generated for a few of them.
fn all_words() -> Vec<String> {
    let seeds = ["foo", "Foo", "a"].map(str::to_owned);
    let made = run("seeds", &document::of(&seeds));
    let texts = made.files().into_iter().filter(|(path, _)| !path.contains("/runtime/"));
    let mut all = words::all();
    all.extend(words::identifiers(texts.map(|(_, text)| text)).filter(|word| word.to_lowercase().contains("foo")));
    all.extend(seeds);
    // Each is used in all cases, so that one case of it will do.
    let key = |word: &String| word.to_lowercase().replace('_', "");
    let distinct: BTreeMap<_, _> = all.into_iter().rev().map(|word| (key(&word), word)).collect();
    distinct.into_values().collect()
}

#[test]
fn no_name_of_a_document_breaks_the_crate() {
    let all = all_words();
    let mut workspace = Workspace::new(env!("CARGO_TARGET_TMPDIR"), "names");
    let document = document::of(&all);
    let run = run("names", &document);
    assert!(run.made.is_some(), "{}", run.report());
    workspace.add("names", &run.package());
    workspace.finish();
    for (path, _) in run.package() {
        let file = path.rsplit('/').next().unwrap();
        assert!(path.is_ascii() && file.len() < 128, "{path}");
    }
    // Nothing has left a scope in order not to collide there.
    let wire = &run.files()["wire.txt"];
    let count =
        |start: &str, part: &str| wire.lines().filter(|line| line.starts_with(start) && line.contains(part)).count();
    assert_eq!(count("AllTheValues = ", ""), document::values(&all).len(), "values of the enum");
    let operations = wire.lines().filter(|line| line.starts_with("POST /") && line.ends_with(" 204"));
    assert_eq!(operations.count(), all.len() - all.len().div_ceil(6), "operations without parameters");

    let features = "full,mock,reqwest,tracing,ureq";
    workspace.cargo(&["check", "--workspace", "--no-default-features", "--features", features]);
    workspace.cargo(&["doc", "--workspace", "--no-deps", "--no-default-features", "--features", features]);
}
