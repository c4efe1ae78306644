//! In: a string with an `enum`. Out: its `Shape`: constants in the document's order, which is the author's.

use crate::ir::{Constant, Shape};
use crate::name::{self, Wish};
use openapiv3::{SchemaData, StringType};
use serde_json::Value;

/// The variant for values that the description does not name.
const UNKNOWN: &str = "Unknown";

/// The open enum for a string.
pub(super) fn shape(string: &StringType, data: &SchemaData) -> Shape {
    let mut wires: Vec<&str> = Vec::new();
    for wire in string.enumeration.iter().flatten() {
        if !wires.contains(&wire.as_str()) {
            wires.push(wire);
        }
    }
    let wish = |wire: &&str| {
        let name = name::variant(wire);
        // Many APIs have a value `unknown` of their own.
        let own = (name == UNKNOWN).then(|| format!("{UNKNOWN}Value"));
        // Some tell `asc` from `ASC`.
        let case = case(wire).map(|case| format!("{name}{case}"));
        Wish { names: [name].into_iter().chain(own).chain(case).collect(), address: (*wire).to_owned() }
    };
    let names = name::distinct(&wires.iter().map(wish).collect::<Vec<_>>(), &[UNKNOWN]);
    let described = data.extensions.get("x-oasmith-enum-docs");
    let docs = |wire: &str| described?.get(wire).and_then(Value::as_str).map(str::to_owned);
    let constant = |(wire, name): (&str, String)| Constant { name, docs: docs(wire), wire: wire.to_owned() };
    Shape::Enum(wires.into_iter().zip(names).map(constant).collect())
}

fn case(wire: &str) -> Option<&'static str> {
    let (upper, lower) = (wire.contains(char::is_uppercase), wire.contains(char::is_lowercase));
    match (upper, lower) {
        (true, false) => Some("Upper"),
        (false, true) => Some("Lower"),
        _ => None,
    }
}
