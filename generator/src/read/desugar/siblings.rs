//! In: a schema that says something of objects or lists beside a union of several types. Out: the same, said in the arms
//! that it is about.

use super::Members;
use super::nulls::keywords_of;
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use serde_json::{Value, json};

/// `items` beside `oneOf: [{type: array}, {type: string}]` -> into the array: what a keyword says of one type holds for no
/// other (JSON Schema Core 2020-12, section 7.6.1). Without `type`, it would be taken for a type that the union denies.
pub(super) fn about_some_arms(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    if members.contains_key("type") || members.contains_key("$ref") {
        return;
    }
    let Some(union) = ["oneOf", "anyOf"].into_iter().find(|keyword| members.contains_key(*keyword)) else { return };
    let type_of = |arm: &Value| arm.get("type").and_then(Value::as_str).map(str::to_owned);
    let arms = members.get(union).and_then(Value::as_array);
    let Some(types) = arms.and_then(|arms| arms.iter().map(type_of).collect::<Option<Vec<_>>>()) else { return };
    for type_ in ["array", "object"] {
        // Where all arms are of the type, the union and what stands beside it are merged as they are.
        if types.iter().all(|other| other == type_) {
            continue;
        }
        let own = keywords_of(type_).iter().filter(|keyword| members.contains_key(**keyword)).copied();
        let own: Vec<&str> = own.collect();
        let said: Vec<_> = own.iter().filter_map(|keyword| Some((*keyword, members.shift_remove(*keyword)?))).collect();
        let Some(arms) = members.get_mut(union).and_then(Value::as_array_mut) else { return };
        for (index, arm) in arms.iter_mut().enumerate().filter(|(index, _)| types[*index] == type_) {
            let place = at.join(union).index(index);
            for (keyword, value) in &said {
                let origin = sink.origins.resolve(&at.join(*keyword));
                sink.origins.set(add(arm, type_, keyword, value, &place), origin);
            }
        }
    }
}

/// Adds a keyword to an arm, as one more part of an `allOf` if the arm says something else by it; gives its address.
fn add(arm: &mut Value, type_: &str, keyword: &str, value: &Value, at: &Pointer) -> Pointer {
    let Value::Object(members) = arm else { return at.clone() };
    let says_nothing = members.get(keyword).is_none_or(|own| own == value || *own == json!({}));
    if says_nothing {
        members.insert(keyword.to_owned(), value.clone());
        return at.join(keyword);
    }
    let part = json!({"type": type_, keyword: value});
    match members.get_mut("allOf").and_then(Value::as_array_mut) {
        Some(parts) => parts.push(part),
        None => drop(members.insert("allOf".to_owned(), json!([part]))),
    }
    let last = members.get("allOf").and_then(Value::as_array).map_or(0, |parts| parts.len().saturating_sub(1));
    at.join("allOf").index(last).join(keyword)
}
