//! In: lists whose items have schemas of their own, `prefixItems` and the older `items: [..]`, and `unevaluatedItems`.
//! Out: a tuple where the length is fixed, else `items` with what all of them have in common.

use super::{Members, TUPLE};
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Value, json};

/// The longest tuple that Rust's own traits know.
const LONGEST: usize = 12;

/// `unevaluatedItems` -> `items` (JSON Schema 2020-12, section 11.2), where nothing else speaks of the items.
pub(super) fn unevaluated_items(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    const OTHERS: [&str; 9] = ["items", "contains", "allOf", "oneOf", "anyOf", "if", "then", "else", "additionalItems"];
    let Some(value) = members.shift_remove("unevaluatedItems") else { return };
    let is_list = members.contains_key("prefixItems") || members.get("type") == Some(&json!("array"));
    if is_list && !OTHERS.iter().any(|other| members.contains_key(*other)) {
        sink.origins.relocate(&[(at.join("unevaluatedItems"), at.join("items"))]);
        members.insert("items".into(), value);
    }
}

/// `items: [..]` is `prefixItems`, and `additionalItems` beside it is `items` (JSON Schema 2020-12, appendix G).
pub(super) fn items(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let rest = members.shift_remove("additionalItems");
    if !members.get("items").is_some_and(Value::is_array) || members.contains_key("prefixItems") {
        return;
    }
    sink.origins
        .relocate(&[(at.join("items"), at.join("prefixItems")), (at.join("additionalItems"), at.join("items"))]);
    let list = members.shift_remove("items");
    members.extend(list.map(|list| ("prefixItems".to_owned(), list)));
    members.extend(rest.map(|rest| ("items".to_owned(), rest)));
}

/// `prefixItems` -> a tuple if `minItems` and `maxItems` (or `items: false`) say that all of the items are there and no
/// others; else `items` that say what each of them may be (JSON Schema 2020-12, section 10.3.1.1).
pub(super) fn prefix_items(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let list = at.join("prefixItems");
    let Some(Value::Array(mut prefix)) = members.shift_remove("prefixItems") else { return };
    if prefix.is_empty() {
        return;
    }
    let count = |keyword: &str| members.get(keyword).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let (least, most) = (count("minItems").unwrap_or_default(), count("maxItems").unwrap_or(usize::MAX));
    let rest = members.shift_remove("items");
    let closed = rest == Some(json!(false)) || most <= prefix.len();
    prefix.truncate(most);
    let to = at.join("items");
    if closed && least >= prefix.len() && (1..=LONGEST).contains(&prefix.len()) {
        let moves = |index| (list.index(index), to.join("anyOf").index(index));
        sink.origins.relocate(&(0..prefix.len()).map(moves).collect::<Vec<_>>());
        members.insert("items".into(), json!({TUPLE: true, "anyOf": prefix}));
        return;
    }
    let open = !closed && !rest.as_ref().is_some_and(Value::is_object);
    let rest = rest.filter(|rest| rest.is_object() && !closed).map(|rest| (to.clone(), rest));
    let mut all: Vec<(Pointer, Value)> = Vec::new();
    let places = (0..prefix.len()).map(|index| list.index(index));
    for one in rest.into_iter().chain(places.zip(prefix)) {
        if !all.iter().any(|(_, known)| *known == one.1) {
            all.push(one);
        }
    }
    let (places, mut schemas): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let items = match schemas.as_slice() {
        [] => json!({}),
        [_] if !open => {
            sink.origins.relocate(&[(places[0].clone(), to)]);
            schemas.remove(0)
        }
        [_, _, ..] if !open && told_apart(&schemas) => {
            let place = |(index, from): (usize, Pointer)| (from, to.join("anyOf").index(index));
            sink.origins.relocate(&places.into_iter().enumerate().map(place).collect::<Vec<_>>());
            json!({"anyOf": schemas})
        }
        _ => {
            sink.report(&list, Problem::WideTuple);
            json!({})
        }
    };
    members.insert("items".into(), items);
}

/// Whether these are of one scalar type, or each of a type of its own: then an item needs no place to be understood.
fn told_apart(schemas: &[Value]) -> bool {
    let scalar = |schema: &Value| schema.get("enum").is_none() && schema.get("const").is_none();
    let types: Option<Vec<&str>> = schemas.iter().map(|schema| schema.get("type")?.as_str()).collect();
    let Some(types) = types else { return false };
    let number = |one: &str| one == "number" || one == "integer";
    let differ = |index: usize| {
        !types[..index].iter().any(|other| *other == types[index] || number(other) && number(types[index]))
    };
    let same = types.iter().all(|one| *one == types[0] && !["object", "array", "null"].contains(one));
    same && schemas.iter().all(scalar) || (0..types.len()).all(differ)
}
