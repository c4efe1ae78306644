//! In: `unions/spec.yaml`, `schemas/spec.yaml` and `served/spec.yaml`, descriptions with everything that tests send JSON or
//! requests through. Out: whether `generated` beside each, which the tests of that name compile, is what is generated from
//! it today, whatever the order of the description.

#![allow(missing_docs, clippy::unwrap_used)]

use oasmith::source::Source;
use oasmith::{Diagnostics, File, Input, Options};
use oasmith_tests::harness::blesses;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The spec as a tree.
fn spec(name: &str) -> Value {
    let text = std::fs::read_to_string(folder(name).join("spec.yaml")).unwrap();
    let source = Source { name: "spec.yaml".to_owned(), text };
    oasmith::read::tree::parse(0, &source, &mut Diagnostics::default()).unwrap()
}

/// The generated files that a description decides, and the code and the message of all that was found.
fn generate(spec: &Value) -> (Vec<File>, Vec<(&'static str, String)>) {
    let source = Source { name: "spec.json".to_owned(), text: spec.to_string() };
    let input = Input { documents: vec![source], ..Input::default() };
    let mut sink = Diagnostics::default();
    let options = Options { package: "kept".to_owned(), ..Options::default() };
    let mut files = oasmith::generate(&input, &options, &mut sink).unwrap().files;
    files.retain(|file| !file.path.contains("/runtime/"));
    (files, sink.all().map(|found| (found.problem.code(), found.problem.message())).collect())
}

fn check(name: &str) {
    let kept = |path: &str| path == "required.rs" || path.starts_with("types/");
    let (files, _) = generate(&spec(name));
    let files = files.iter().filter_map(|file| Some((file.path.strip_prefix("src/generated/")?, &file.text)));
    let files = files.filter(|(path, _)| kept(path)).map(|(path, text)| (path.trim_start_matches("types/"), text));
    compare(name, files.map(|(path, text)| (path.to_owned(), text.clone())).collect());
}

/// Compares what is kept of a description, by paths below `generated`, with what is to be kept today.
fn compare(name: &str, files: Vec<(String, String)>) {
    let folder = folder(name).join("generated");
    let mut expected: Vec<_> = files.into_iter().map(|(path, text)| (folder.join(path), text)).collect();
    expected.sort();
    if blesses() {
        let _ = std::fs::remove_dir_all(&folder);
        for (path, text) in &expected {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let mut found = files_in(&folder);
    found.sort();
    let found: Vec<_> = found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect();
    assert!(found == expected, "run this test with OASMITH_BLESS=1 and review what changes");
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

#[test]
fn the_unions_are_those_of_today() {
    check("unions");
}

#[test]
fn the_schemas_are_those_of_today() {
    check("schemas");
}

/// All of a client but what is copied into it: that is compiled where it stands.
#[test]
fn the_served_client_is_that_of_today() {
    let (files, found) = generate(&spec("served"));
    assert_eq!(found, []);
    let copied = [
        ("mod.rs", "mod runtime;", "mod.rs"),
        ("mod.rs", "pub mod pages;", "pages/mod.rs"),
        ("webhooks.rs", "mod receive;", "webhooks/receive.rs"),
        ("webhooks.rs", "mod spelt;", "webhooks/spelt.rs"),
    ];
    let files = files.into_iter().filter_map(|file| {
        let path = file.path.strip_prefix("src/generated/")?.to_owned();
        let mut text = file.text;
        for (_, line, source) in copied.iter().filter(|(of, ..)| *of == path) {
            text = text.replace(line, &format!("#[path = \"../../../generator/runtime/{source}\"]\n{line}"));
        }
        let is_copy = path.starts_with("pages/") || path.starts_with("webhooks/");
        (!is_copy).then_some((path, text))
    });
    compare("served", files.collect());
}

#[test]
fn the_order_of_arms_changes_no_byte() {
    fn reverse(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(reverse),
            Value::Object(members) => {
                for (name, member) in members {
                    if let (true, Value::Array(arms)) = (name == "oneOf" || name == "anyOf", &mut *member) {
                        arms.reverse();
                    }
                    reverse(member);
                }
            }
            _ => {}
        }
    }
    let straight = spec("unions");
    let mut reversed = straight.clone();
    reverse(&mut reversed);
    assert_ne!(straight, reversed);
    let sorted = |(files, found): (_, Vec<(&'static str, String)>)| {
        // What is said of a subschema stands where the subschema does, and names that place.
        let without_places = |text: String| text.split(|c: char| c.is_ascii_digit()).collect::<String>();
        let mut found: Vec<_> = found.into_iter().map(|(code, text)| (code, without_places(text))).collect();
        found.sort();
        (files, found)
    };
    assert_eq!(sorted(generate(&straight)), sorted(generate(&reversed)));
}

#[test]
fn what_cannot_be_told_apart_is_reported() {
    let (_, found) = generate(&spec("unions"));
    let found: Vec<_> = found.iter().filter(|(code, _)| code.ends_with("-union")).collect();
    let pairs = [
        ("Word", "Count"),
        ("Magnetic", "Fixed"),
        ("Floating", "Fixed"),
        ("Whole", "Gone"),
        ("#/components/schemas/Small", "#/components/schemas/Large"),
    ];
    assert_eq!(found.len(), pairs.len(), "{found:?}");
    for (one, other) in pairs {
        let text = format!("nothing tells every value of `{one}` from those of `{other}`");
        assert!(found.iter().any(|(_, found)| found.starts_with(&text)), "{text}: {found:?}");
    }
}

#[test]
fn what_does_not_agree_is_reported() {
    let (_, found) = generate(&spec("schemas"));
    let found: Vec<_> = found.iter().filter(|(code, _)| *code == "conflicting-property").collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.starts_with("the property `id`"), "{found:?}");
}
