//! In: `if`, `then`, `else`, `dependentSchemas`, and references that depend on who asks. Out: the schema without them.
//! They only narrow what is allowed, so that no type lies without them; what would name further members is reported.

use super::Members;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value};

/// The keywords whose schemas hold under a condition, and whether they are one schema or a map of them.
const CONDITIONAL: [(&str, bool); 4] =
    [("then", false), ("else", false), ("dependentSchemas", true), ("dependencies", true)];

/// Takes them out (JSON Schema 2020-12, section 10.2.2).
pub(super) fn conditions(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    members.shift_remove("if");
    let conditional = CONDITIONAL.map(|(keyword, map)| (keyword, map, members.shift_remove(keyword)));
    // Whoever keeps all members keeps these.
    let keeps_all = !members.contains_key("properties")
        && !["allOf", "oneOf", "anyOf"].iter().any(|composed| members.contains_key(*composed))
        || members.get("additionalProperties").is_some_and(|rest| *rest != Value::Bool(false));
    if keeps_all {
        return;
    }
    let known = members.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    for (keyword, map, value) in conditional {
        let at = at.join(keyword);
        let names_more = match value {
            Some(Value::Object(schemas)) if map => schemas.values().any(|schema| names_more(schema, &known)),
            Some(schema) => names_more(&schema, &known),
            None => false,
        };
        if names_more {
            let effect = "the members that it names are not part of the type";
            sink.report(&at, Problem::UnsupportedKeyword { keyword: keyword.into(), effect });
        }
    }
}

/// Whether a schema may describe members that are not known.
fn names_more(schema: &Value, known: &Map<String, Value>) -> bool {
    let Some(schema) = schema.as_object() else { return false };
    schema.iter().any(|(keyword, value)| match (keyword.as_str(), value) {
        ("properties", Value::Object(properties)) => properties.keys().any(|name| !known.contains_key(name)),
        ("allOf" | "oneOf" | "anyOf", Value::Array(arms)) => arms.iter().any(|arm| names_more(arm, known)),
        ("then" | "else", schema) => names_more(schema, known),
        ("dependentSchemas", Value::Object(schemas)) => schemas.values().any(|schema| names_more(schema, known)),
        ("$ref" | "patternProperties", _) => true,
        ("additionalProperties" | "unevaluatedProperties", value) => *value != Value::Bool(false),
        _ => false,
    })
}
