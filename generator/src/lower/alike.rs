//! In: schemas. Out: their JSON shape, and so whether two describe the same values: what only explains them (`description`,
//! `title`, examples) says nothing of that, so prose decides neither a name nor whether two media types have one type or two.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

/// Keywords that say nothing of the values (JSON Schema Validation 2020-12, section 9), and oasmith's own of that kind. `readOnly`
/// and `writeOnly` are not among them: they say on which side of a call a property is there.
const ANNOTATIONS: [&str; 8] = [
    "title",
    "description",
    "externalDocs",
    "example",
    "default",
    "deprecated",
    "x-oasmith-enum-docs",
    "x-oasmith-enum-names",
];

/// Whether two schemas describe the same values.
pub(super) fn alike(one: Option<&ReferenceOr<Schema>>, other: Option<&ReferenceOr<Schema>>) -> bool {
    match (one, other) {
        (Some(ReferenceOr::Item(one)), Some(ReferenceOr::Item(other))) => shape(one) == shape(other),
        _ => one == other,
    }
}

/// A schema without what only explains it, and with one order of what has no meaning in its order.
pub(super) fn shape(schema: &Schema) -> Value {
    let mut value = serde_json::to_value(schema).unwrap_or_default();
    reduce(&mut value);
    value
}

/// Reduces a schema and those within it. Below `properties` stand names, of which none is a keyword.
fn reduce(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    let is_foreign = |name: &str| name.starts_with("x-") && !name.starts_with("x-oasmith-");
    members.retain(|name, _| !ANNOTATIONS.contains(&name.as_str()) && !is_foreign(name));
    members.sort_keys();
    for (name, value) in members {
        match (name.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                properties.sort_keys();
                properties.values_mut().for_each(reduce);
            }
            ("oneOf" | "anyOf" | "allOf", Value::Array(schemas)) => {
                schemas.iter_mut().for_each(reduce);
                schemas.sort_by_cached_key(Value::to_string);
            }
            ("required" | "enum", Value::Array(items)) => items.sort_by_cached_key(Value::to_string),
            ("items" | "additionalProperties" | "not", schema) => reduce(schema),
            _ => {}
        }
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
    fn order_without_a_meaning_tells_nothing_apart() {
        let of = |one: &str, other: &str| json!({"type": "object", "properties": {one: {}, other: {}}, "required": [one, other]});
        assert!(are_alike(&of("a", "b"), &of("b", "a")));
        let of = |one: &str, other: &str| json!({"oneOf": [{"type": one}, {"type": other}]});
        assert!(are_alike(&of("string", "integer"), &of("integer", "string")));
    }

    #[test]
    fn what_is_named_like_a_keyword_is_none() {
        let of = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
        assert!(!are_alike(&of("title"), &of("description")));
        let of = |value: &str| json!({"type": "string", "enum": [value]});
        assert!(!are_alike(&of("title"), &of("description")));
    }
}
