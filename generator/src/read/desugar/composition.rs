//! In: `$ref`, `allOf`, `oneOf`, `anyOf` and `not` beside other keywords. Out: schemas that have either one of them or
//! a type of their own.

use super::nulls::keywords_of;
use super::{Members, take};
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use crate::read::lenient;
use serde_json::{Map, Value, json};

/// `$ref` with siblings -> one more arm of `allOf` beside them (JSON Schema 2020-12, section 8.2.3.1). OpenAPI 3.0
/// ignores the siblings, but whoever writes `nullable` or `description` there means it.
pub(super) fn reference_siblings(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let siblings = members.keys().any(|name| name != "$ref" && (!name.starts_with("x-") || name == lenient::MEMBER));
    if !siblings || !members.contains_key("$ref") {
        return;
    }
    let list = at.join("allOf");
    let index = members.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
    let Some(reference) = take(members, "$ref", at, &list.index(index).join("$ref"), sink) else { return };
    push_arm(members, json!({"$ref": reference}));
}

/// Arms that only say which properties are required together add no type, so they go: the client does not validate. A
/// property that nothing else names can be anything.
pub(super) fn required_alternatives(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    const ANNOTATIONS: [&str; 4] = ["required", "title", "description", "not"];
    let only_required = |arm: &Value| {
        let Value::Object(arm) = arm else { return false };
        let no_type = |keyword: &String| ANNOTATIONS.contains(&keyword.as_str());
        let inner = arm.get("not").is_none_or(|not| not.get("required").is_some());
        arm.keys().all(no_type) && inner && (arm.contains_key("required") || arm.contains_key("not"))
    };
    for keyword in ["anyOf", "oneOf", "allOf"] {
        let arms = members.get(keyword).and_then(Value::as_array);
        if arms.is_some_and(|arms| !arms.is_empty() && arms.iter().all(only_required)) {
            let arms = members.shift_remove(keyword);
            name_required(members, &arms.unwrap_or_default(), &at.join(keyword), sink);
        }
    }
    if members.get("not").is_some_and(only_required) {
        members.shift_remove("not");
    }
}

/// Gives an object the properties that only these arms name.
fn name_required(members: &mut Members, arms: &Value, at: &Pointer, sink: &mut Diagnostics) {
    let Some(properties) = members.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (index, arm) in arms.as_array().into_iter().flatten().enumerate() {
        let required = arm.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str) {
            if !properties.contains_key(name) {
                properties.insert(name.to_owned(), json!({}));
                if let Some(object) = at.parent() {
                    let origin = sink.origins.resolve(&at.index(index).join("required"));
                    sink.origins.set(object.join("properties").join(name), origin);
                }
            }
        }
    }
}

/// `type: object` beside `allOf`, `oneOf` or `anyOf` repeats what their arms say.
pub(super) fn implied_type(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    let composed = ["allOf", "oneOf", "anyOf"].iter().any(|name| members.contains_key(*name));
    let typed = |name: &String| keywords_of("object").contains(&name.as_str()) || name == "enum" || name == "format";
    if composed && members.get("type") == Some(&json!("object")) && !members.keys().any(typed) {
        members.shift_remove("type");
    }
}

/// `not` beside anything else that says what a value is narrows that, and goes: no type can say it.
pub(super) fn not_beside(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    let typed = ["type", "allOf", "oneOf", "anyOf"];
    if members.contains_key("not") && typed.iter().any(|keyword| members.contains_key(*keyword)) {
        members.shift_remove("not");
    }
}

/// Arms of an `allOf` that only exclude, `{not: S}`, or say nothing narrow the others, and go.
pub(super) fn not_arms(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    const WORDS: [&str; 4] = ["not", "title", "description", "$comment"];
    let Some(Value::Array(arms)) = members.get_mut("allOf") else { return };
    let excludes = |arm: &Value| {
        arm.as_object()
            .is_some_and(|arm| arm.contains_key("not") && arm.keys().all(|name| WORDS.contains(&name.as_str())))
    };
    let kept: Vec<usize> = (0..arms.len()).filter(|index| !excludes(&arms[*index])).collect();
    if kept.is_empty() || kept.len() == arms.len() {
        return;
    }
    let list = at.join("allOf");
    let moves: Vec<_> = kept.iter().enumerate().map(|(to, from)| (list.index(*from), list.index(to))).collect();
    arms.retain(|arm| !excludes(arm));
    sink.origins.relocate(&moves);
}

/// A type beside `allOf`, `oneOf`, `anyOf` or `not`, or several of those, -> arms of one `allOf`.
pub(super) fn beside_all_of(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let composed: Vec<&str> =
        ["oneOf", "anyOf", "not"].into_iter().filter(|name| members.contains_key(*name)).collect();
    let own: Vec<&str> = ["string", "number", "array", "object"]
        .iter()
        .flat_map(|type_| keywords_of(type_).iter().copied())
        .chain(["type", "enum", "format", "x-oasmith-enum"])
        .filter(|name| members.contains_key(*name))
        .collect();
    let parts = composed.len() + usize::from(members.contains_key("allOf")) + usize::from(!own.is_empty());
    if parts < 2 {
        return;
    }
    for name in composed {
        // A discriminator belongs to the union that it tells apart.
        move_to_arm(members, &[name, "discriminator"], at, sink);
    }
    if !own.is_empty() {
        move_to_arm(members, &own, at, sink);
    }
}

fn move_to_arm(members: &mut Members, names: &[&str], at: &Pointer, sink: &mut Diagnostics) {
    let index = members.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
    let to = at.join("allOf").index(index);
    let origin = sink.origins.resolve(at);
    sink.origins.set(to.clone(), origin);
    let mut arm = Map::new();
    for name in names {
        let value = take(members, name, at, &to.join(*name), sink);
        arm.extend(value.map(|value| ((*name).to_owned(), value)));
    }
    push_arm(members, Value::Object(arm));
}

fn push_arm(members: &mut Members, arm: Value) {
    match members.get_mut("allOf") {
        Some(Value::Array(arms)) => arms.push(arm),
        _ => {
            members.insert("allOf".into(), json!([arm]));
        }
    }
}
