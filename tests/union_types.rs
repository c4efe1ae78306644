//! In: `unions/spec.yaml`, a description with every kind of union. Out: whether `unions/generated`, which the test
//! `unions` compiles, is what is generated from it today, whatever the order of the description.

#![allow(missing_docs, clippy::unwrap_used)]

use oasmith::source::Source;
use oasmith::{Diagnostics, File, Input, Options};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("unions")
}

/// The spec as a tree.
fn spec() -> Value {
    let text = std::fs::read_to_string(folder().join("spec.yaml")).unwrap();
    let source = Source { name: "spec.yaml".to_owned(), text };
    oasmith::read::tree::parse(0, &source, &mut Diagnostics::default()).unwrap()
}

/// The generated files that a description decides, and what was found about unions.
fn generate(spec: &Value) -> (Vec<File>, Vec<String>) {
    let source = Source { name: "spec.json".to_owned(), text: spec.to_string() };
    let input = Input { documents: vec![source], overlays: Vec::new() };
    let mut sink = Diagnostics::default();
    let options = Options { package: "unions".to_owned(), ..Options::default() };
    let mut files = oasmith::generate(&input, &options, &mut sink).unwrap().files;
    files.retain(|file| !file.path.contains("/runtime/"));
    let of_unions = sink.all().filter(|found| found.problem.code().ends_with("-union"));
    (files, of_unions.map(|found| found.problem.message()).collect())
}

#[test]
fn the_types_are_those_of_today() {
    let types = folder().join("generated");
    let bless = std::env::var_os("OASMITH_BLESS").is_some_and(|value| value == "1");
    let (files, _) = generate(&spec());
    let files = files.iter().filter_map(|file| Some((file.path.strip_prefix("src/generated/types/")?, &file.text)));
    let mut expected: Vec<_> = files.map(|(name, text)| (types.join(name), text.clone())).collect();
    expected.sort();
    if bless {
        let _ = std::fs::remove_dir_all(&types);
        std::fs::create_dir_all(&types).unwrap();
        expected.iter().for_each(|(path, text)| std::fs::write(path, text).unwrap());
    }
    let mut found: Vec<_> = types.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    let found: Vec<_> = found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect();
    assert!(found == expected, "run this test with OASMITH_BLESS=1 and review what changes");
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
    let straight = spec();
    let mut reversed = straight.clone();
    reverse(&mut reversed);
    assert_ne!(straight, reversed);
    assert_eq!(generate(&straight), generate(&reversed));
}

#[test]
fn what_cannot_be_told_apart_is_reported() {
    let (_, found) = generate(&spec());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("nothing tells every value of `Small` from those of `Large`"), "{found:?}");
}
