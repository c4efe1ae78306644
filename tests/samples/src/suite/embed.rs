//! In: a schema that is a document of its own. Out: the same as a component of an OpenAPI document: its references lead
//! into the component, and what draft 4 spells otherwise than OpenAPI 3.0 is translated.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Keywords that hold schemas by name.
const NAMED: [&str; 5] = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];
/// Keywords that hold lists of schemas.
const LISTED: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords that hold one schema.
const SINGLE: [&str; 8] = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];

/// The component; `None` if it refers to other documents, or OpenAPI has no such schemas.
pub(super) fn embed(schema: &Value, name: &str, version: &str) -> Option<Value> {
    let Value::Object(members) = schema else {
        return (version != "3.0.3" && schema.is_boolean()).then(|| schema.clone());
    };
    let mut new = Map::new();
    for (keyword, value) in members {
        let each = |value: &Value| embed(value, name, version);
        let value = match keyword.as_str() {
            "$schema" | "$comment" => continue,
            // An address of its own changes what references mean.
            "$id" | "id" | "$dynamicRef" | "$dynamicAnchor" if value.is_string() => return None,
            "$anchor" => json!(format!("{name}-{}", value.as_str()?)),
            "$ref" => json!(reference(value.as_str()?, name)?),
            word if NAMED.contains(&word) => {
                let schemas = value.as_object()?.iter();
                Value::Object(schemas.map(|(name, one)| Some((name.clone(), each(one)?))).collect::<Option<_>>()?)
            }
            word if LISTED.contains(&word) => value.as_array()?.iter().map(each).collect::<Option<_>>()?,
            // A list of schemas, which OpenAPI 3.0 does not have.
            "items" if value.is_array() => return None,
            "additionalProperties" if value.is_boolean() => value.clone(),
            word if SINGLE.contains(&word) => each(value)?,
            _ => value.clone(),
        };
        new.insert(keyword.clone(), value);
    }
    if version == "3.0.3" {
        if new.contains_key("$ref") && new.len() > 1 {
            new.retain(|name, _| name == "$ref");
        }
        types(&mut new)?;
    }
    Some(Value::Object(new))
}

fn reference(reference: &str, name: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    if fragment.is_empty() || fragment.starts_with('/') {
        return Some(format!("#/components/schemas/{name}{fragment}"));
    }
    Some(format!("#{name}-{fragment}"))
}

/// A list of types is `nullable` or `anyOf` in OpenAPI 3.0.
fn types(schema: &mut Map<String, Value>) -> Option<()> {
    let names = match schema.get("type") {
        Some(Value::Array(names)) => names.clone(),
        Some(name) if name == "null" => return None,
        _ => return Some(()),
    };
    let (nulls, others): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name == "null");
    schema.shift_remove("type");
    match others.as_slice() {
        [] => return None,
        [one] => drop(schema.insert("type".to_owned(), one.clone())),
        _ if schema.contains_key("anyOf") => return None,
        _ => {
            let arms = others.iter().map(|name| json!({ "type": name })).collect();
            schema.insert("anyOf".to_owned(), Value::Array(arms));
        }
    }
    if !nulls.is_empty() {
        schema.insert("nullable".to_owned(), json!(true));
    }
    Some(())
}

/// Every name that `properties` gives anywhere in a schema.
pub(super) fn property_names(schema: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    match schema {
        Value::Object(members) => {
            for (keyword, value) in members {
                if let ("properties" | "patternProperties", Value::Object(properties)) = (keyword.as_str(), value) {
                    names.extend(properties.keys().cloned());
                }
                names.extend(property_names(value));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names.extend(property_names(item))),
        _ => {}
    }
    names
}

#[cfg(test)]
mod tests {
    use super::embed;
    use serde_json::json;

    #[test]
    fn references_lead_into_the_component() {
        let schema = json!({"properties": {"a": {"$ref": "#"}, "$ref": {"$ref": "#/$defs/b"}}, "$defs": {"b": true}});
        let expected = json!({"properties": {"a": {"$ref": "#/components/schemas/S"},
            "$ref": {"$ref": "#/components/schemas/S/$defs/b"}}, "$defs": {"b": true}});
        assert_eq!(embed(&schema, "S", "3.1.0"), Some(expected));
        assert_eq!(embed(&json!({"$ref": "other.json"}), "S", "3.1.0"), None);
    }

    #[test]
    fn lists_of_types_are_spelt_as_in_openapi() {
        let three = |value| embed(&value, "S", "3.0.3");
        assert_eq!(three(json!({"type": ["string", "null"]})), Some(json!({"type": "string", "nullable": true})));
        assert_eq!(
            three(json!({"type": ["string", "integer"]})),
            Some(json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}))
        );
    }
}
