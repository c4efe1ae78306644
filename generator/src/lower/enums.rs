//! In: a string with an `enum`. Out: its `Shape`: constants in the document's order, which is the author's.

use crate::ir::{Constant, Shape};
use crate::name::{self, Wish};
use openapiv3::StringType;

/// The open enum for a string.
pub(super) fn shape(string: &StringType) -> Shape {
    let mut wires: Vec<&str> = Vec::new();
    for wire in string.enumeration.iter().flatten() {
        if !wires.contains(&wire.as_str()) {
            wires.push(wire);
        }
    }
    let wish = |wire: &&str| Wish { names: vec![name::variant(wire)], address: (*wire).to_owned() };
    let names = name::distinct(&wires.iter().map(wish).collect::<Vec<_>>(), &["Unknown"]);
    let constant = |(wire, name): (&str, String)| Constant { name, wire: wire.to_owned() };
    Shape::Enum(wires.into_iter().zip(names).map(constant).collect())
}
