//! In: a tree whose references are resolved. Out: the same, in which the subschemas of an `allOf` that speak of a type
//! without saying it say it: `allOf: [{$ref: Text}, {format: password}]` -> `{type: string, format: password}`, where
//! `Text` is a string. So does what stands beside a `$ref`, or beside a union of one type and null.

use super::desugar::{keywords_of, wide_bounds};
use super::distribute::open;
use super::keywords::Kind;
use super::walk::walk;
use crate::pointer::Pointer;
use serde_json::{Map, Value};

/// How deep an `allOf` within an `allOf` is searched for a type.
const DEEPEST: usize = 8;

/// Gives these subschemas their types.
pub fn settle(tree: &mut Value) {
    let whole = tree.clone();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, _| {
        let Some(Value::Array(arms)) = value.get_mut("allOf").filter(|_| kind == Kind::Schema) else { return };
        let types: Vec<String> = arms.iter().filter_map(|arm| type_of(&whole, arm, 0)).collect();
        let Some(type_) = types.first().filter(|first| types.iter().all(|other| other == *first)) else { return };
        // Where a type has a format of its own, another one says nothing that a value could satisfy.
        let own = arms.iter().filter(|arm| type_of(&whole, arm, 0).is_some()).find_map(|arm| format_of(&whole, arm));
        let fits = |arm: &Map<String, Value>| {
            type_ != "string" || own.is_none() || arm.get("format").is_none_or(|one| Some(one) == own.as_ref())
        };
        for arm in arms.iter_mut().filter_map(Value::as_object_mut).filter(|arm| speaks_of(arm, type_) && fits(arm)) {
            arm.insert("type".into(), Value::String(type_.clone()));
            if type_ == "integer" {
                wide_bounds(arm);
            }
        }
    });
}

/// Whether a schema names no type, but says something that only values of this type have.
fn speaks_of(arm: &Map<String, Value>, type_: &str) -> bool {
    let named = ["type", "$ref", "enum", "allOf", "oneOf", "anyOf", "not"].iter().any(|name| arm.contains_key(*name));
    let own = keywords_of(type_).iter().any(|keyword| arm.contains_key(*keyword));
    let scalar = ["string", "integer", "number"].contains(&type_);
    !named && (own || scalar && arm.contains_key("format"))
}

fn format_of(whole: &Value, schema: &Value) -> Option<Value> {
    open(whole, schema).get("format").cloned()
}

/// The one type that a schema says, itself or by what it is merged from.
fn type_of(whole: &Value, schema: &Value, depth: usize) -> Option<String> {
    let schema = open(whole, schema);
    if let Some(type_) = schema.get("type").and_then(Value::as_str) {
        return Some(type_.to_owned());
    }
    let arms = schema.get("allOf")?.as_array().filter(|_| depth < DEEPEST)?;
    arms.iter().find_map(|arm| type_of(whole, arm, depth + 1))
}

#[cfg(test)]
mod tests {
    use super::settle;
    use serde_json::{Value, json};

    fn settled(schema: Value) -> Value {
        let schemas = json!({"Text": {"type": "string"}, "Object": {"type": "object", "properties": {"a": {}}},
            "Union": {"oneOf": [{"type": "string"}, {"type": "integer"}]}, "A": {"allOf": schema}});
        let mut tree = json!({"components": {"schemas": schemas}});
        settle(&mut tree);
        tree["components"]["schemas"]["A"]["allOf"].take()
    }

    #[test]
    fn what_stands_beside_a_type_is_of_it() {
        let beside = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let found = settled(json!([beside("Text"), {"format": "password"}]));
        assert_eq!(found[1], json!({"format": "password", "type": "string"}));
        let found = settled(json!([{"required": ["a"]}, beside("Object")]));
        assert_eq!(found[0]["type"], "object");
        // It says nothing of strings.
        assert_eq!(settled(json!([beside("Text"), {"required": ["a"]}]))[1], json!({"required": ["a"]}));
        assert_eq!(settled(json!([beside("Union"), {"format": "date"}]))[1], json!({"format": "date"}));
    }
}
