//! In: a string or a whole number with an `enum`. Out: its `Shape`: constants in the document's order, the author's.

use crate::ir::{Constant, Shape};
use crate::name::{self, Wish};
use openapiv3::{IntegerType, SchemaData, StringType};
use serde_json::Value;

/// The variant for values that the description does not name.
const UNKNOWN: &str = "Unknown";

/// The open enum for a string.
pub(super) fn shape(string: &StringType, data: &SchemaData) -> Shape {
    Shape::Enum(constants(string.enumeration.iter().flatten().cloned(), data))
}

/// The open enum for a whole number.
pub(super) fn numbers(integer: &IntegerType, data: &SchemaData) -> Shape {
    Shape::Numbers(constants(integer.enumeration.iter().flatten().map(i64::to_string), data))
}

/// The values with their names, and what is said of them.
pub(super) fn constants(values: impl Iterator<Item = String>, data: &SchemaData) -> Vec<Constant> {
    let mut wires: Vec<String> = Vec::new();
    for wire in values {
        if !wires.contains(&wire) {
            wires.push(wire);
        }
    }
    let said = |of: &str, wire: &str| {
        let all = data.extensions.get(of)?;
        all.get(wire).and_then(Value::as_str).map(str::to_owned)
    };
    let wish = |wire: &String| {
        let given = said("x-oasmith-enum-names", wire).map(|given| name::variant(&given));
        let name = name::variant(wire);
        // Many APIs have a value `unknown` of their own.
        let own = (name == UNKNOWN).then(|| format!("{UNKNOWN}Value"));
        // Some tell `created` from `-created`, and `asc` from `ASC`.
        let spelled = name::variant_spelled(wire);
        let spelled = (spelled != name).then_some(spelled);
        let case = case(wire).map(|case| format!("{name}{case}"));
        let names = given.into_iter().chain([name]).chain(own).chain(spelled).chain(case).collect();
        Wish { names, address: wire.clone() }
    };
    let names = name::distinct(&wires.iter().map(wish).collect::<Vec<_>>(), &[UNKNOWN]);
    let constant = |(wire, name): (String, String)| Constant { name, docs: said("x-oasmith-enum-docs", &wire), wire };
    wires.into_iter().zip(names).map(constant).collect()
}

fn case(wire: &str) -> Option<&'static str> {
    let (upper, lower) = (wire.contains(char::is_uppercase), wire.contains(char::is_lowercase));
    match (upper, lower) {
        (true, false) => Some("Upper"),
        (false, true) => Some("Lower"),
        _ => None,
    }
}
