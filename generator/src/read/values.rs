//! In: a tree whose references are resolved. Out: a report of each default and example that its schema does not allow.

use super::distribute::open;
use super::keywords::Kind;
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::Value;

/// How deep lists of lists and an `allOf` within an `allOf` are looked into.
const DEEPEST: usize = 8;

/// How many characters of a value are shown.
const SHOWN: usize = 40;

/// Checks the types of these values, and that one of an `enum` is in it.
pub fn check(tree: &mut Value, sink: &mut Diagnostics) {
    let whole = tree.clone();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        let schema = match kind {
            Kind::Schema => Some(&*value),
            Kind::Parameter | Kind::Header => value.get("schema"),
            _ => None,
        };
        let Some(schema) = schema else { return };
        for member in ["default", "example"] {
            let Some(written) = value.get(member) else { continue };
            if let Some(expected) = wrong(&whole, schema, written, 0) {
                let text = written.to_string();
                let end = text.char_indices().nth(SHOWN).map_or(text.len(), |(end, _)| end);
                let found = format!("{}{}", &text[..end], if end < text.len() { ".." } else { "" });
                sink.report(&at.join(member), Problem::WrongValue { member, found, expected });
            }
        }
    });
}

/// What a value should be, if it is not that.
fn wrong(whole: &Value, schema: &Value, value: &Value, depth: usize) -> Option<&'static str> {
    let lenient = |schema: &Value| schema.get("x-oasmith-lenient") == Some(&Value::Bool(true));
    let opened = open(whole, schema);
    if depth == DEEPEST || lenient(schema) || lenient(opened) || value.is_null() {
        return None;
    }
    let schema = opened;
    if let Some(arms) = schema.get("allOf").and_then(Value::as_array) {
        return arms.iter().find_map(|arm| wrong(whole, arm, value, depth + 1));
    }
    // Text that is a number as well: either will do.
    if schema.get("format").and_then(Value::as_str) == Some("x-oasmith-numeric") {
        return (!value.is_string() && !value.is_number()).then_some("a number or a string");
    }
    let whole_number = || value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|float| float.fract() == 0.0);
    let (fits, expected) = match schema.get("type").and_then(Value::as_str)? {
        "string" => (value.is_string(), "a string"),
        "integer" => (whole_number(), "a whole number"),
        "number" => (value.is_number(), "a number"),
        "boolean" => (value.is_boolean(), "`true` or `false`"),
        "array" => (value.is_array(), "a list"),
        _ => (value.is_object(), "an object"),
    };
    if !fits {
        return Some(expected);
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array)
        && !values.contains(value)
    {
        return Some("one of the values of its `enum`");
    }
    let items = value.as_array().zip(schema.get("items"));
    items.and_then(|(values, items)| values.iter().find_map(|value| wrong(whole, items, value, depth + 1)))
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, check};
    use serde_json::{Value, json};

    fn found(schema: Value) -> Vec<String> {
        let schemas = json!({"Text": {"type": "string", "enum": ["a"]}, "A": schema});
        let mut sink = Diagnostics::default();
        check(&mut json!({"components": {"schemas": schemas}}), &mut sink);
        sink.all().map(|found| found.problem.message()).collect()
    }

    #[test]
    fn values_of_another_type_are_found() {
        let text = json!({"$ref": "#/components/schemas/Text"});
        for right in [
            json!({"type": "integer", "default": 1.0, "example": null}),
            json!({"type": "array", "items": {"type": "string"}, "default": ["a"]}),
            json!({"oneOf": [{"type": "string"}], "default": "a"}),
            json!({"default": "a", "allOf": [text]}),
            json!({"default": "a"}),
        ] {
            assert_eq!(found(right.clone()), Vec::<String>::new(), "{right}");
        }
        for wrong in [
            json!({"type": "integer", "default": "none"}),
            json!({"type": "array", "items": {"type": "string"}, "example": [1]}),
            json!({"default": "b", "allOf": [text]}),
            json!({"type": "boolean", "example": "true"}),
        ] {
            assert_eq!(found(wrong.clone()).len(), 1, "{wrong}");
        }
    }
}
