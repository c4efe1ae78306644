//! In: the ways of JSON Schema to say that a value may be null. Out: OpenAPI 3.0's `nullable`.

use super::{Members, take};
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use serde_json::{Map, Value, json};

/// Marks a schema that allows null alone, for which the core language has no type.
pub(super) const NULL: &str = "x-oasmith-null";

/// The format of a number that may be text as well.
const NUMERIC: &str = "x-oasmith-numeric";

/// `type: [T, null]` -> `nullable` T; `type: [A, B]` -> `anyOf` (JSON Schema Validation 2020-12, section 6.1.1).
pub(super) fn type_list(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    if is_number_or_text_of_30(members) {
        members.insert("type".into(), json!("string"));
        members.insert("format".into(), json!(NUMERIC));
        return;
    }
    let types = match members.get("type") {
        Some(Value::Array(types)) => types.clone(),
        Some(Value::String(one)) if one == "null" => vec![json!("null")],
        _ => return,
    };
    let (nulls, mut rest): (Vec<_>, Vec<_>) = types.into_iter().partition(|one| one == "null");
    if rest.contains(&json!("number")) {
        rest.retain(|one| one != "integer");
    }
    if !nulls.is_empty() {
        members.insert("nullable".into(), json!(true));
    }
    match rest.as_slice() {
        [] => {
            members.shift_remove("type");
            members.insert(NULL.into(), json!(true));
        }
        [one, other] if is_number_or_text(members, one, other) => {
            members.insert("type".into(), json!("string"));
            members.insert("format".into(), json!(NUMERIC));
        }
        [one] => {
            members.insert("type".into(), one.clone());
        }
        several => split(members, several, at, sink),
    }
}

/// Whether these types are those of a number that may be text as well, as .NET 10 writes every number: the format says
/// which number is meant.
fn is_number_or_text(members: &Members, one: &Value, other: &Value) -> bool {
    let types = [one, other].map(|type_| type_.as_str().unwrap_or_default());
    let both = types.contains(&"string") && (types.contains(&"integer") || types.contains(&"number"));
    let format = members.get("format").and_then(Value::as_str);
    both && format.is_some_and(is_of_numbers) && !members.contains_key("enum") && !members.contains_key("anyOf")
}

/// Whether this is such a number as .NET 10 writes it for OpenAPI 3.0, which has no lists of types: a pattern of text, and a
/// format of numbers.
fn is_number_or_text_of_30(members: &Members) -> bool {
    let others = ["type", "$ref", "enum", "const", "allOf", "oneOf", "anyOf"];
    let format = members.get("format").and_then(Value::as_str);
    format.is_some_and(is_of_numbers)
        && members.contains_key("pattern")
        && !others.iter().any(|other| members.contains_key(*other))
}

/// Whether a format speaks of numbers (OpenAPI Format Registry).
pub(super) fn is_of_numbers(format: &str) -> bool {
    const OTHERS: [&str; 6] = ["float", "double", "decimal", "decimal128", "double-int", "number"];
    OTHERS.contains(&format) || format.trim_start_matches(['u', '-']).starts_with("int")
}

/// The keywords that speak of one type only (JSON Schema Validation 2020-12, sections 6.2 to 6.5).
pub(in crate::read) fn keywords_of(type_: &str) -> &'static [&'static str] {
    match type_ {
        "object" => &["properties", "required", "additionalProperties", "minProperties", "maxProperties"],
        "array" => &["items", "minItems", "maxItems", "uniqueItems"],
        "string" => &["pattern", "minLength", "maxLength"],
        "number" | "integer" => &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
        _ => &[],
    }
}

/// One arm for each type, with the keywords that speak of it.
fn split(members: &mut Members, types: &[Value], at: &Pointer, sink: &mut Diagnostics) {
    if members.contains_key("anyOf") {
        members.shift_remove("type");
        return;
    }
    let list = at.join("anyOf");
    let origin = sink.origins.resolve(&at.join("type"));
    sink.origins.set(list.clone(), origin);
    let mut arms = Vec::new();
    let values = match members.shift_remove("enum") {
        Some(Value::Array(values)) => values,
        _ => Vec::new(),
    };
    for (index, one) in types.iter().enumerate() {
        let to = list.index(arms.len());
        let origin = sink.origins.resolve(&at.join("type").index(index));
        sink.origins.set(to.clone(), origin);
        let mut arm = Map::new();
        for keyword in keywords_of(one.as_str().unwrap_or_default()) {
            let value = take(members, keyword, at, &to.join(*keyword), sink);
            arm.extend(value.map(|value| ((*keyword).to_owned(), value)));
        }
        arm.insert("type".into(), one.clone());
        let own: Vec<_> = values.iter().filter(|value| is_of(value, one)).cloned().collect();
        if !own.is_empty() {
            arm.insert("enum".into(), Value::Array(own));
        } else if !values.is_empty() {
            // A type that no value has says nothing.
            continue;
        }
        arms.push(Value::Object(arm));
    }
    members.shift_remove("type");
    if arms.is_empty() {
        return;
    }
    members.insert("anyOf".into(), Value::Array(arms));
}

fn is_of(value: &Value, type_: &Value) -> bool {
    match type_.as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    }
}

/// `anyOf: [X, {type: null}]` -> `nullable` X.
pub(super) fn null_arm(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(arms)) = members.get_mut(keyword) else { continue };
        if !arms.iter().any(only_null) {
            continue;
        }
        let list = at.join(keyword);
        let kept: Vec<usize> = (0..arms.len()).filter(|index| !only_null(&arms[*index])).collect();
        let moves: Vec<_> = kept.iter().enumerate().map(|(to, from)| (list.index(*from), list.index(to))).collect();
        arms.retain(|arm| !only_null(arm));
        sink.origins.relocate(&moves);
        let lone = arms.len() == 1 && !members.contains_key("allOf");
        members.insert("nullable".into(), json!(true));
        if lone {
            let arm = take(members, keyword, at, &at.join("allOf"), sink);
            members.extend(arm.map(|arm| ("allOf".to_owned(), arm)));
        }
    }
}

fn only_null(arm: &Value) -> bool {
    let has = |keyword: &str, value: Value| arm.get(keyword) == Some(&value);
    has("type", json!("null"))
        || has("type", json!(["null"]))
        || has("enum", json!([null]))
        || has("const", json!(null))
        // Documents that were converted from older versions write it so.
        || (has("nullable", json!(true)) && arm.as_object().is_some_and(|arm| arm.len() == 1))
}

/// `enum: [a, null]` -> `nullable`, and the other values.
pub(super) fn null_value(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let Some(Value::Array(values)) = members.get_mut("enum") else { return };
    let list = at.join("enum");
    let kept: Vec<usize> = (0..values.len()).filter(|index| !values[*index].is_null()).collect();
    if kept.len() == values.len() {
        return;
    }
    let moves: Vec<_> = kept.iter().enumerate().map(|(to, from)| (list.index(*from), list.index(to))).collect();
    values.retain(|value| !value.is_null());
    sink.origins.relocate(&moves);
    if values.is_empty() {
        members.shift_remove("enum");
        if !members.contains_key("type") {
            members.insert(NULL.into(), json!(true));
        }
    }
    members.insert("nullable".into(), json!(true));
}
