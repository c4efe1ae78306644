//! In: a string with an `enum`. Out: its `Shape`: constants in the document's order, which is the author's.

use crate::ir::{Constant, Shape};
use crate::name::{self, Wish};
use openapiv3::StringType;

/// The variant for values that the description does not name.
const UNKNOWN: &str = "Unknown";

/// The open enum for a string.
pub(super) fn shape(string: &StringType) -> Shape {
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
        Wish { names: [name].into_iter().chain(own).collect(), address: (*wire).to_owned() }
    };
    let names = name::distinct(&wires.iter().map(wish).collect::<Vec<_>>(), &[UNKNOWN]);
    let constant = |(wire, name): (&str, String)| Constant { name, wire: wire.to_owned() };
    Shape::Enum(wires.into_iter().zip(names).map(constant).collect())
}
