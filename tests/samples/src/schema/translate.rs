//! In: a document of OpenAPI 3.0 or 3.1. Out: the same tree in which every schema is one of JSON Schema 2020-12, with
//! nothing but keywords that judge a value, each of the right shape. What is mistaken in a schema is taken away, so that
//! the validator takes the rest.

use super::follow;
use serde_json::{Map, Value, json};

/// Whose schemas they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, nothing beside `$ref`.
    V30,
    /// OpenAPI 3.1: JSON Schema 2020-12.
    V31,
}

impl Version {
    /// The version that a document says it has.
    pub fn of(document: &Value) -> Self {
        let text = document["openapi"].as_str().unwrap_or_default();
        if text.starts_with("3.0") { Self::V30 } else { Self::V31 }
    }
}

/// Marks a schema that stands in `anyOf`, for null is the other arm.
const WRAPPED: &str = "x-wrapped";

/// Members of an OpenAPI object that hold no schemas, whatever they look like.
const OPAQUE: [&str; 2] = ["example", "examples"];

/// Translates the schemas of a whole document.
pub fn document(tree: &Value) -> Value {
    let version = Version::of(tree);
    let mut new = outside(tree, version);
    if let Some(schemas) = tree.pointer("/components/schemas").and_then(Value::as_object) {
        let schemas = schemas.iter().map(|(name, one)| (name.clone(), schema(one, version))).collect();
        new["components"]["schemas"] = Value::Object(schemas);
    }
    let whole = new.clone();
    mend_references(&mut new, &whole);
    new
}

/// What is no schema: only the path to schemas is kept.
fn outside(value: &Value, version: Version) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| !OPAQUE.contains(&name.as_str()));
            let member = |(name, value): (&String, &Value)| {
                let value = if name == "schema" { schema(value, version) } else { outside(value, version) };
                (name.clone(), value)
            };
            Value::Object(members.map(member).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| outside(item, version)).collect()),
        _ => value.clone(),
    }
}

/// The same document with `anyOf` for every `oneOf`: what a server means that describes arms which overlap.
pub fn relaxed(tree: &Value) -> Value {
    match tree {
        Value::Object(members) => {
            let mut new: Map<_, _> = members.iter().map(|(name, value)| (name.clone(), relaxed(value))).collect();
            if new.get("oneOf").is_some_and(Value::is_array)
                && let Some(arms) = new.shift_remove("oneOf")
            {
                let both = new.shift_remove("anyOf").filter(Value::is_array);
                let any = json!({ "anyOf": arms });
                let all = both.map_or(any.clone(), |other| json!({ "allOf": [any, { "anyOf": other }] }));
                match new.contains_key("allOf") {
                    false => new.extend(all.as_object().cloned().unwrap_or_default()),
                    true => new = Map::from_iter([("allOf".to_owned(), json!([new, all]))]),
                }
            }
            Value::Object(new)
        }
        Value::Array(items) => Value::Array(items.iter().map(relaxed).collect()),
        _ => tree.clone(),
    }
}

/// Translates one schema.
pub(super) fn schema(value: &Value, version: Version) -> Value {
    let Value::Object(members) = value else {
        return Value::Bool(value.as_bool().unwrap_or(true));
    };
    if let (Version::V30, Some(Value::String(reference))) = (version, members.get("$ref")) {
        return json!({ "$ref": reference });
    }
    let mut new = Map::new();
    for (name, value) in members {
        if let Some(value) = keyword(name, value, version) {
            new.insert(name.clone(), value);
        }
    }
    if version == Version::V30 {
        exclusive(&mut new, members, "minimum", "exclusiveMinimum");
        exclusive(&mut new, members, "maximum", "exclusiveMaximum");
        if members.get("nullable") == Some(&Value::Bool(true)) {
            return nullable(new);
        }
    }
    Value::Object(new)
}

/// One keyword; `None` if it judges nothing or has the wrong shape.
fn keyword(name: &str, value: &Value, version: Version) -> Option<Value> {
    let is_text = |value: &Value| value.is_string();
    match name {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            let schemas = value.as_object()?.iter();
            Some(Value::Object(schemas.map(|(name, one)| (name.clone(), schema(one, version))).collect()))
        }
        "items"
        | "additionalProperties"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedProperties"
        | "unevaluatedItems" => (value.is_object() || value.is_boolean()).then(|| schema(value, version)),
        "anyOf" | "oneOf" if version == Version::V30 => {
            let arms = value.as_array().filter(|arms| !arms.is_empty())?;
            let arm = |one| if only_null(one) { json!({ "type": "null" }) } else { schema(one, version) };
            Some(arms.iter().map(arm).collect())
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
            let schemas = value.as_array().filter(|schemas| !schemas.is_empty())?;
            Some(schemas.iter().map(|one| schema(one, version)).collect())
        }
        "type" => types(value),
        "required" => {
            let mut names: Vec<_> = value.as_array()?.iter().filter(|name| is_text(name)).cloned().collect();
            names.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
            names.dedup();
            Some(Value::Array(names))
        }
        "enum" => value.as_array().filter(|values| !values.is_empty()).map(|_| value.clone()),
        "const" if version == Version::V31 => Some(value.clone()),
        "minimum" | "maximum" => value.is_number().then(|| value.clone()),
        "multipleOf" => value.as_f64().filter(|number| *number > 0.0).map(|_| value.clone()),
        "exclusiveMinimum" | "exclusiveMaximum" if version == Version::V31 => value.is_number().then(|| value.clone()),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            value.as_u64().map(|_| value.clone())
        }
        "pattern" => value.as_str().filter(|text| is_pattern(text)).map(|_| value.clone()),
        "uniqueItems" => value.as_bool().map(Value::Bool),
        "format" | "$ref" => is_text(value).then(|| value.clone()),
        "contentEncoding" if version == Version::V31 => is_text(value).then(|| value.clone()),
        // No keyword of JSON Schema, but what an instance of a union must look like depends on it.
        "discriminator" => value.is_object().then(|| value.clone()),
        _ => None,
    }
}

fn types(value: &Value) -> Option<Value> {
    const KNOWN: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
    let is_known = |value: &Value| value.as_str().is_some_and(|name| KNOWN.contains(&name));
    match value {
        Value::Array(names) => {
            let names: Vec<_> = names.iter().filter(|name| is_known(name)).cloned().collect();
            (!names.is_empty()).then_some(Value::Array(names))
        }
        _ => is_known(value).then(|| value.clone()),
    }
}

fn is_pattern(text: &str) -> bool {
    jsonschema::validator_for(&json!({ "pattern": text })).is_ok()
}

/// OpenAPI 3.0 has draft 4's flag beside the bound.
fn exclusive(new: &mut Map<String, Value>, old: &Map<String, Value>, bound: &str, flag: &str) {
    if old.get(flag) == Some(&Value::Bool(true))
        && let Some(number) = new.shift_remove(bound)
    {
        new.insert(flag.to_owned(), number);
    }
}

/// Whether an arm of a union says nothing but `nullable`, which has no meaning of its own without a type (OpenAPI 3.0.3,
/// section 4.7.24): whoever writes that as an arm means null.
fn only_null(arm: &Value) -> bool {
    const NOTES: [&str; 6] = ["nullable", "title", "description", "example", "externalDocs", "deprecated"];
    let is_note = |name: &String| NOTES.contains(&name.as_str()) || name.starts_with("x-");
    arm.get("nullable") == Some(&Value::Bool(true)) && arm.as_object().is_some_and(|arm| arm.keys().all(is_note))
}

/// A schema or null. Where keywords judge every kind of value, null becomes an alternative to all of them.
fn nullable(mut schema: Map<String, Value>) -> Value {
    const JUDGES: [&str; 6] = ["$ref", "allOf", "anyOf", "oneOf", "not", "const"];
    if JUDGES.iter().any(|name| schema.contains_key(*name)) {
        return json!({ "anyOf": [schema, { "type": "null" }], WRAPPED: true });
    }
    if let Some(name) = schema.get("type").and_then(Value::as_str) {
        schema.insert("type".to_owned(), json!([name, "null"]));
    }
    if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut)
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    Value::Object(schema)
}

/// Where that now stands which its author wrote at an address; `None` if that was nothing.
pub fn place(root: &Value, pointer: &str) -> Option<String> {
    let (mut value, mut place) = (root, String::new());
    for token in pointer.split('/').skip(1) {
        if value.get(WRAPPED).is_some() {
            (value, place) = (&value["anyOf"][0], place + "/anyOf/0");
        }
        value = value.pointer(&format!("/{token}"))?;
        place = format!("{place}/{token}");
    }
    Some(place)
}

/// The places of the subschemas of the union at a place; none if it is no union.
pub fn arms(root: &Value, place: &str) -> Vec<String> {
    let is_wrapped = root.pointer(place).is_some_and(|schema| schema.get(WRAPPED).is_some());
    let place = if is_wrapped { format!("{place}/anyOf/0") } else { place.to_owned() };
    let schema = root.pointer(&place).unwrap_or(&Value::Null);
    let each = |keyword: &'static str| {
        let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).map(move |index| (keyword, index))
    };
    ["oneOf", "anyOf"].into_iter().flat_map(each).map(|(keyword, index)| format!("{place}/{keyword}/{index}")).collect()
}

/// A reference that leads nowhere, or into another document, says nothing here.
fn mend_references(value: &mut Value, root: &Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && follow(root, reference).is_none()
            {
                match reference.strip_prefix('#').and_then(|pointer| place(root, pointer)) {
                    Some(place) => *reference = format!("#{place}"),
                    None => {
                        members.shift_remove("$ref");
                    }
                }
            }
            members.values_mut().for_each(|value| mend_references(value, root));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mend_references(item, root)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Version, document, place, schema};
    use serde_json::json;

    #[test]
    fn nullable_becomes_a_type() {
        let three = |value| schema(&value, Version::V30);
        assert_eq!(three(json!({"type": "string", "nullable": true})), json!({"type": ["string", "null"]}));
        assert_eq!(
            three(json!({"allOf": [{"$ref": "#/a", "nullable": true}], "nullable": true})),
            json!({"anyOf": [{"allOf": [{"$ref": "#/a"}]}, {"type": "null"}], "x-wrapped": true})
        );
        let wrapped = json!({"a": three(json!({"oneOf": [true], "nullable": true}))});
        assert_eq!(place(&wrapped, "/a/oneOf/0").as_deref(), Some("/a/anyOf/0/oneOf/0"));
        assert_eq!(place(&wrapped, "/a").as_deref(), Some("/a"));
        assert_eq!(
            three(json!({"minimum": 1, "exclusiveMinimum": true, "example": 2})),
            json!({"exclusiveMinimum": 1})
        );
    }

    #[test]
    fn an_arm_that_is_only_nullable_is_null() {
        let three = |value| schema(&value, Version::V30);
        let nothing = json!({"type": "null"});
        let arms = json!([{"nullable": true, "title": "none"}, {"type": "string"}]);
        assert_eq!(three(json!({ "anyOf": arms })), json!({"anyOf": [nothing, {"type": "string"}]}));
        assert_eq!(three(json!({"oneOf": [{"nullable": true}]})), json!({ "oneOf": [nothing] }));
        let arm = json!({"nullable": true, "minLength": 1});
        assert_eq!(three(json!({ "oneOf": [arm] })), json!({"oneOf": [{"minLength": 1}]}));
        assert_eq!(three(json!({"properties": {"x": {"nullable": true}}})), json!({"properties": {"x": {}}}));
        assert_eq!(schema(&json!({"anyOf": [{"nullable": true}]}), Version::V31), json!({"anyOf": [{}]}));
    }

    #[test]
    fn mistakes_are_taken_away() {
        let value = json!({"type": "file", "required": true, "enum": [], "pattern": "(", "minLength": 1});
        assert_eq!(schema(&value, Version::V31), json!({"minLength": 1}));
    }

    #[test]
    fn schemas_are_found_where_they_stand() {
        let tree = json!({"openapi": "3.0.0", "example": {"schema": 1}, "components": {"schemas": {"A": {"title": "x"}}},
            "paths": {"/": {"get": {"parameters": [{"schema": {"$ref": "#/nowhere"}}]}}}});
        let new = document(&tree);
        assert_eq!(new["components"]["schemas"]["A"], json!({}));
        assert_eq!(new.pointer("/paths/~1/get/parameters/0/schema"), Some(&json!({})));
        assert!(new.get("example").is_none());
    }
}
