//! In: a tree whose references are resolved. Out: the same, in which an `allOf` of objects and a union is a union of
//! objects, each with all that is common: `allOf: [A, {oneOf: [B, C]}]` -> `oneOf: [{allOf: [A, B]}, {allOf: [A, C]}]`.

use super::families::ARM;
use super::keywords::Kind;
use super::refs::{decode, find};
use super::walk::walk;
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use serde_json::{Map, Value};

/// How often a component that was rewritten may itself be part of another.
const ROUNDS: usize = 4;

/// How deep unions may lie within each other.
const DEEPEST: usize = 3;

/// How many arms are made of one schema, and how long a chain of references is followed.
const MOST: usize = 256;
const LONGEST_CHAIN: usize = 16;

/// Distributes every `allOf` over the unions in it.
pub fn distribute(tree: &mut Value, sink: &mut Diagnostics) {
    for _ in 0..ROUNDS {
        let whole = tree.clone();
        let mut around: Vec<Pointer> = Vec::new();
        let mut changed = false;
        walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
            around.retain(|outer| at.strip(outer).is_some());
            let Value::Object(members) = value else { return };
            if kind == Kind::Schema && around.len() < DEEPEST && rewrite(members, &whole, at, sink).is_some() {
                around.push(at.clone());
                changed = true;
            }
        });
        if !changed {
            return;
        }
    }
}

/// Rewrites one schema, if it is an `allOf` of objects and a union of objects.
fn rewrite(members: &mut Map<String, Value>, whole: &Value, at: &Pointer, sink: &mut Diagnostics) -> Option<()> {
    let all = members.get("allOf")?.as_array()?;
    let index = all.iter().position(|arm| union(open(whole, arm)).is_some())?;
    let (keyword, arms) = union(open(whole, &all[index]))?;
    let mut others = all.iter().enumerate().filter(|(other, _)| *other != index);
    let says_more = others.any(|(_, arm)| {
        let arm = open(whole, arm);
        ["properties", "additionalProperties", "allOf", "oneOf", "anyOf", "required"]
            .iter()
            .any(|own| arm.get(own).is_some())
    });
    if !says_more || arms.len() > MOST || !all.iter().chain(arms).all(|arm| is_object(whole, arm)) {
        return None;
    }
    let discriminator = open(whole, &all[index]).get("discriminator").cloned();
    let list = at.join("allOf");
    let origin = |from: &Pointer| sink.origins.resolve(from);
    let all_origins: Vec<_> = (0..all.len()).map(|index| origin(&list.index(index))).collect();
    let mut made = Vec::new();
    for arm in arms {
        let mut parts = all.clone();
        parts[index] = arm.clone();
        let mut schema = Map::from_iter([("allOf".to_owned(), Value::Array(parts))]);
        let name = arm.get("$ref").and_then(Value::as_str).and_then(|text| text.rsplit('/').next());
        let name = name.map(|name| Value::String(decode(name).replace("~1", "/").replace("~0", "~")));
        schema.extend(name.or_else(|| arm.get(ARM).cloned()).map(|name| (ARM.to_owned(), name)));
        schema.extend(arm.get("title").map(|title| ("title".to_owned(), title.clone())));
        made.push(Value::Object(schema));
    }
    let to = at.join(keyword);
    for place in (0..made.len()).map(|made| to.index(made)) {
        sink.origins.set(place.clone(), all_origins[index].clone());
        for (part, origin) in all_origins.iter().enumerate() {
            sink.origins.set(place.join("allOf").index(part), origin.clone());
        }
    }
    let keyword = keyword.to_owned();
    members.shift_remove("allOf");
    members.insert(keyword, Value::Array(made));
    members.extend(discriminator.map(|discriminator| ("discriminator".to_owned(), discriminator)));
    Some(())
}

/// What a schema is, references and an `allOf` of one followed.
pub(super) fn open<'a>(whole: &'a Value, schema: &'a Value) -> &'a Value {
    let mut schema = schema;
    for _ in 0..LONGEST_CHAIN {
        let lone = match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            Some([lone]) => Some(lone),
            _ => None,
        };
        let target = || {
            let fragment = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
            find(whole, &Pointer::parse(&decode(fragment))?)
        };
        match target().or(lone) {
            Some(next) => schema = next,
            None => break,
        }
    }
    schema
}

/// The keyword and the arms of a union.
fn union(schema: &Value) -> Option<(&'static str, &Vec<Value>)> {
    let arms = |keyword: &'static str| Some((keyword, schema.get(keyword)?.as_array().filter(|arms| arms.len() > 1)?));
    arms("oneOf").or_else(|| arms("anyOf"))
}

/// Whether a schema is an object, or made of such, as far as a look at its surface tells.
fn is_object(whole: &Value, schema: &Value) -> bool {
    let schema = open(whole, schema);
    schema.get("type").map_or_else(|| schema.get("not").is_none(), |type_| type_ == "object")
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, distribute};
    use serde_json::{Value, json};

    fn distributed(schemas: Value) -> Value {
        let mut tree = json!({"components": {"schemas": schemas}});
        distribute(&mut tree, &mut Diagnostics::default());
        tree["components"]["schemas"].take()
    }

    #[test]
    fn each_arm_gets_what_is_common() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let found = distributed(json!({
            "A": {"type": "object", "properties": {"a": {}}},
            "B": {"type": "object"},
            "U": {"oneOf": [reference("B"), {"title": "C", "type": "object"}], "discriminator": {"propertyName": "a"}},
            "Both": {"allOf": [reference("A"), reference("U")]},
        }));
        let arms = json!([
            {"allOf": [reference("A"), reference("B")], "x-oasmith-arm": "B"},
            {"allOf": [reference("A"), {"title": "C", "type": "object"}], "title": "C"},
        ]);
        assert_eq!(found["Both"], json!({"oneOf": arms, "discriminator": {"propertyName": "a"}}));
    }

    #[test]
    fn what_is_no_object_stays() {
        let schemas = json!({"A": {"allOf": [
            {"type": "object", "properties": {"a": {}}},
            {"oneOf": [{"type": "string"}, {"type": "object"}]},
        ]}});
        assert_eq!(distributed(schemas.clone()), schemas);
    }

    #[test]
    fn a_union_of_itself_comes_to_an_end() {
        let itself = json!({"$ref": "#/components/schemas/A"});
        distributed(json!({"A": {"allOf": [
            {"type": "object", "properties": {"a": {}}},
            {"oneOf": [itself, {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object"}]}]},
        ]}}));
    }
}
