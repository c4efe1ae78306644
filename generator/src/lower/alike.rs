//! Whether two schemas describe the same values: what only explains them (`description`, `title`, examples) says nothing of
//! that, so prose never decides whether two media types have one type or two.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

/// Keywords that say nothing of the values (JSON Schema Validation 2020-12, section 9).
const ANNOTATIONS: [&str; 7] =
    ["description", "title", "example", "examples", "externalDocs", "deprecated", "$comment"];

/// Keywords whose value is a map from names to schemas: the names are no keywords.
const MAPS: [&str; 2] = ["properties", "patternProperties"];

/// Whether two schemas describe the same values.
pub(super) fn alike(one: Option<&ReferenceOr<Schema>>, other: Option<&ReferenceOr<Schema>>) -> bool {
    one == other || matches!((one, other), (Some(one), Some(other)) if bare(one) == bare(other))
}

/// A schema without what only explains it.
fn bare(schema: &ReferenceOr<Schema>) -> Option<Value> {
    let mut value = serde_json::to_value(schema).ok()?;
    strip(&mut value);
    Some(value)
}

fn strip(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Object(members) => {
            for annotation in ANNOTATIONS {
                members.shift_remove(annotation);
            }
            for (keyword, value) in members.iter_mut() {
                match value {
                    Value::Object(named) if MAPS.contains(&keyword.as_str()) => named.values_mut().for_each(strip),
                    // Values, in which nothing is a keyword.
                    _ if matches!(keyword.as_str(), "enum" | "const" | "default") => {}
                    value => strip(value),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::alike;
    use serde_json::{Value, json};

    fn are_alike(one: &Value, other: &Value) -> bool {
        let [one, other] = [one, other].map(|value| serde_json::from_value(value.clone()).ok());
        assert!(one.is_some() && other.is_some());
        alike(one.as_ref(), other.as_ref())
    }

    #[test]
    fn prose_tells_nothing_apart() {
        let of = |docs: &str, property: &str| {
            let inner = json!({"type": "string", "title": docs});
            json!({"type": "object", "description": docs, "properties": {property: inner}, "required": [property]})
        };
        assert!(are_alike(&of("one", "a"), &of("other", "a")));
        assert!(!are_alike(&of("one", "a"), &of("one", "b")));
    }

    #[test]
    fn what_is_named_like_a_keyword_is_none() {
        let of = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
        assert!(!are_alike(&of("title"), &of("description")));
        let of = |value: &str| json!({"type": "string", "enum": [value]});
        assert!(!are_alike(&of("title"), &of("description")));
    }
}
