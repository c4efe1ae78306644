//! In: an API description. Out: whether the generated code depends on the order in which unions list their variants.

use crate::document::generate;
use oasmith::read::tree;
use oasmith::{Diagnostics, Source};
use serde_json::Value;
use std::collections::BTreeMap;

/// The files, without what they say to people, that differ when the arms of all unions stand the other way round.
pub fn differences(source: &Source) -> Vec<String> {
    let Some(mut tree) = tree::parse(0, source, &mut Diagnostics::default()) else { return Vec::new() };
    let written = code(source);
    reverse(&mut tree);
    let reversed = code(&Source { name: source.name.clone(), text: tree.to_string() });
    let differs = |path: &&String| written.get(*path) != reversed.get(*path);
    let mut paths: Vec<_> = written.keys().chain(reversed.keys()).filter(differs).cloned().collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().map(|path| difference(&path, &written, &reversed)).collect()
}

/// The first lines that differ.
fn difference(path: &str, one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> String {
    let [one, other] = [one, other].map(|files| files.get(path).map(String::as_str).unwrap_or_default());
    let lines = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    let (one, other) = lines.unwrap_or_default();
    format!("{path}: `{}` or `{}`", one.trim(), other.trim())
}

/// The generated code without doc comments.
fn code(source: &Source) -> BTreeMap<String, String> {
    let made = generate(source).map(|client| client.made).unwrap_or_default();
    let files = made.files.into_iter().filter(|file| file.path.ends_with(".rs"));
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let bare = |text: &str| text.lines().filter(is_code).map(|line| format!("{line}\n")).collect();
    files.map(|file| (file.path, bare(&file.text))).collect()
}

/// Turns round the list of every `oneOf` and `anyOf`. The constants in it stay in one order: they are an enum, whose values
/// stand as its author lists them.
fn reverse(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if let ("oneOf" | "anyOf", Value::Array(arms)) = (name.as_str(), &mut *value) {
                    let mut constants: Vec<_> = arms.iter().filter(|arm| is_constant(arm)).cloned().collect();
                    arms.reverse();
                    arms.iter_mut().filter(|arm| is_constant(arm)).for_each(|arm| *arm = constants.remove(0));
                }
                reverse(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(reverse),
        _ => {}
    }
}

fn is_constant(schema: &Value) -> bool {
    schema.get("const").is_some() || schema.get("enum").is_some()
}

#[cfg(test)]
mod tests {
    use super::differences;
    use oasmith::Source;

    #[test]
    fn a_union_is_the_same_either_way() {
        let text = r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": {
            "U": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}}}}"#;
        let source = Source { name: "a.json".to_owned(), text: text.to_owned() };
        assert_eq!(differences(&source), Vec::<String>::new());
    }
}
