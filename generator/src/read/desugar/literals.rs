//! In: an `enum` whose values are wrapped in objects, as the documentation pages of Fern once had them. Out: the
//! values themselves.

use super::Members;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Value, json};

/// `enum: [{value: a}]` -> `enum: [a]`; `{type: booleanLiteral, value: true}` is `true`, whatever the schema's `type` says.
/// Where nothing tells such objects from values that are objects (JSON Schema Validation 2020-12, section 6.1.2), they stay.
pub(super) fn wrapped_values(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let Some(Value::Array(items)) = members.get("enum") else { return };
    let Some(literals) = items.iter().map(literal).collect::<Option<Vec<_>>>() else { return };
    let types: Vec<_> = match members.get("type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one.as_str()],
        _ => Vec::new(),
    };
    let is_marked = literals.iter().any(|(_, is_marked)| *is_marked);
    let is_plain = !types.is_empty() && !types.iter().any(|one| ["object", "array"].contains(one));
    if literals.is_empty() || !(is_marked || is_plain) {
        return;
    }
    let fits = |value: &Value| types.contains(&type_of(value)) || (value.is_number() && types.contains(&"number"));
    let is_wrong = !types.is_empty() && literals.iter().any(|(value, is_marked)| *is_marked && !fits(value));
    if is_wrong {
        let mut right: Vec<_> = types.iter().copied().filter(|one| *one == "null").collect();
        right.extend(literals.iter().map(|(value, _)| type_of(value)));
        right.sort_unstable();
        right.dedup();
        members.insert("type".into(), if let [one] = right.as_slice() { json!(one) } else { json!(right) });
    }
    let taken = if is_wrong { "; `type` does not fit them, and gives way" } else { "" };
    sink.report(&at.join("enum"), Problem::WrappedValues { taken });
    members.insert("enum".into(), literals.into_iter().map(|(value, _)| value).collect());
}

/// The value in such an object, and whether the object is marked as a literal.
fn literal(item: &Value) -> Option<(Value, bool)> {
    let members = item.as_object()?;
    let value = members.get("value").filter(|value| value.is_string() || value.is_number() || value.is_boolean())?;
    let is_marked = match members.get("type") {
        None => false,
        Some(mark) if mark.as_str().is_some_and(|mark| mark.ends_with("Literal")) => true,
        Some(_) => return None,
    };
    (members.len() == 1 + usize::from(is_marked)).then(|| (value.clone(), is_marked))
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        _ => "string",
    }
}
