//! In: a `oneOf` or `anyOf` with constants among its subschemas. Out: one `enum` of them, with what is said of each: the way
//! to describe the values of an enum. utoipa, schemars and TypeSpec write documented enums so.

use super::Members;
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use serde_json::{Map, Value, json};

/// What may stand beside the constants of a subschema that is nothing but these.
const BESIDE: [&str; 7] = ["const", "enum", "title", "description", "type", "deprecated", "default"];

/// What may stand beside `type: string` where any string may be.
const BESIDE_TEXT: [&str; 8] =
    ["type", "title", "description", "deprecated", "default", "minLength", "maxLength", "pattern"];

/// `oneOf: [{const: 1, title: A}, ..]` -> `enum: [1, ..]`, and `oneOf: [{enum: [a]}, {enum: [b, c]}, S]` -> `oneOf: [{enum: [a, b,
/// c]}, S]`. Beside constants `{type: string}` adds nothing, for an enum keeps what it does not name.
pub(super) fn united_constants(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    if members.contains_key("enum") || members.contains_key("discriminator") {
        return;
    }
    for keyword in ["oneOf", "anyOf"] {
        let Some(schemas) = members.get(keyword).and_then(Value::as_array) else { continue };
        let found: Vec<_> = schemas.iter().map(values).collect();
        let is_text = |values: &Vec<Value>| values.iter().all(Value::is_string);
        let are_all_constant = found.iter().all(|values| values.as_ref().is_some_and(|values| !values.is_empty()));
        let is_taken = |index: usize| found[index].as_ref().is_some_and(|values| are_all_constant || is_text(values));
        let taken: Vec<usize> = (0..found.len()).filter(|index| is_taken(*index)).collect();
        let constants = taken.iter().filter_map(|index| found[*index].as_ref()).flatten().count();
        if constants == 0 || (taken.len() < 2 && !are_all_constant) {
            continue;
        }
        let list = at.join(keyword);
        let all = taken.len() == found.len();
        let to = if all { at.clone() } else { list.index(taken[0]) };
        let united = unite(schemas, &taken, &list, &to, sink);
        if all {
            members.shift_remove(keyword);
            for (name, value) in united {
                members.entry(name).or_insert(value);
            }
        } else if let Some(Value::Array(schemas)) = members.get_mut(keyword) {
            schemas[taken[0]] = Value::Object(united);
            let kept: Vec<usize> = (0..found.len()).filter(|index| !taken[1..].contains(index)).collect();
            let moves: Vec<_> = kept.iter().enumerate().map(|(to, from)| (list.index(*from), list.index(to))).collect();
            *schemas = kept.iter().map(|index| schemas[*index].take()).collect();
            sink.origins.relocate(&moves);
        }
    }
}

/// The values of a subschema that is nothing but constants; none where it is any string.
fn values(schema: &Value) -> Option<Vec<Value>> {
    let schema = schema.as_object()?;
    let only = |names: &[&str]| schema.keys().all(|name| names.contains(&name.as_str()) || name.starts_with("x-"));
    match (schema.get("const"), schema.get("enum").and_then(Value::as_array)) {
        (Some(value), None) if only(&BESIDE) => Some(vec![value.clone()]),
        (None, Some(values)) if only(&BESIDE) && !values.is_empty() && values.iter().all(Value::is_string) => {
            Some(values.clone())
        }
        (None, None) if schema.get("type") == Some(&json!("string")) && only(&BESIDE_TEXT) => Some(Vec::new()),
        _ => None,
    }
}

/// One schema with the values of these.
fn unite(schemas: &[Value], taken: &[usize], list: &Pointer, to: &Pointer, sink: &mut Diagnostics) -> Members {
    let origin = sink.origins.resolve(list);
    sink.origins.set(to.join("enum"), origin);
    let (mut enumeration, mut moves) = (Vec::new(), Vec::new());
    let (mut docs, mut names) = (Map::new(), Map::new());
    for index in taken {
        let schema = &schemas[*index];
        let at = list.index(*index);
        for (own, value) in values(schema).into_iter().flatten().enumerate() {
            if enumeration.contains(&value) {
                continue;
            }
            let from = if schema.get("const").is_some() { at.join("const") } else { at.join("enum").index(own) };
            moves.push((from, to.join("enum").index(enumeration.len())));
            docs.extend(described(schema, &value));
            names.extend(named(schema, &value));
            enumeration.push(value);
        }
    }
    sink.origins.relocate(&moves);
    let types: Vec<Value> = taken.iter().filter_map(|index| schemas[*index].get("type").cloned()).collect();
    let mut united = Map::from_iter([("enum".to_owned(), Value::Array(enumeration))]);
    for (name, words) in [("x-oasmith-enum-docs", docs), ("x-oasmith-enum-names", names)] {
        if !words.is_empty() {
            united.insert(name.into(), Value::Object(words));
        }
    }
    if let Some(one) = types.first().filter(|first| types.iter().all(|other| other == *first)) {
        united.insert("type".into(), one.clone());
    }
    united
}

/// A value with the words that its schema has for it. The title of a number is its name; a string is a name itself.
fn described(schema: &Value, value: &Value) -> Option<(String, Value)> {
    let title = schema.get("title").filter(|_| value.is_string());
    let words = schema.get("description").or(title)?;
    Some((value.as_str().map_or_else(|| value.to_string(), str::to_owned), words.clone()))
}

/// A number with its name.
fn named(schema: &Value, value: &Value) -> Option<(String, Value)> {
    value.is_i64().then_some(())?;
    Some((value.to_string(), schema.get("title")?.clone()))
}
