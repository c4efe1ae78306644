//! In: a document's tree and an OpenAPI Overlay, 1.0 or 1.1 (<https://spec.openapis.org/overlay/latest.html>). Out: the
//! tree with the overlay's actions applied in their order. The one door to the JSONPath package (RFC 9535).
//!
//! An action that selects nothing is an error here, though not in the specification: what it was written to mend is no
//! longer there, and its author should know. `extends` is not looked at: which documents an overlay is applied to is
//! said by whoever runs oasmith.

mod actions;
mod change;

use crate::diagnostic::{Diagnostics, Place, Problem};
use crate::pointer::Pointer;
use actions::{Action, Change, Query};
use serde_json::Value;
use std::collections::BTreeSet;

/// Applies an overlay, whose index is that of [`crate::Input::source`]. Whatever an action writes is from then on
/// reported at its place in the overlay. Actions that are wrong are reported and left out.
pub fn apply(tree: &mut Value, overlay: &Value, source: usize, sink: &mut Diagnostics) {
    for action in actions::read(overlay, source, sink) {
        act(tree, &action, source, sink);
    }
}

fn act(tree: &mut Value, action: &Action<'_>, source: usize, sink: &mut Diagnostics) {
    let targets = select(&action.target, tree);
    if targets.is_empty() {
        return no_match(&action.target, source, sink);
    }
    let path = action.target.text;
    let place = Place { source, pointer: action.target.at.clone() };
    let done = match &action.change {
        Change::Remove => change::remove(tree, &targets, sink),
        Change::Update { value, at } => {
            let written = Place { source, pointer: at.clone() };
            change::update(tree, &targets, value, &written, sink)
        }
        Change::Copy(from) => match select(from, tree).as_slice() {
            [] => return no_match(from, source, sink),
            [one] => {
                let value = tree.pointer(&one.to_string()).cloned().unwrap_or_default();
                let written = sink.origins.resolve(one);
                change::update(tree, &targets, &value, &written, sink)
            }
            several => Err(format!("`copy` selects {} values, not one", several.len())),
        },
    };
    if let Err(reason) = done {
        sink.report_at(place, Problem::OverlayMismatch { path: path.to_owned(), reason });
    }
}

fn no_match(query: &Query<'_>, source: usize, sink: &mut Diagnostics) {
    let place = Place { source, pointer: query.at.clone() };
    sink.report_at(place, Problem::OverlayNoMatch { path: query.text.to_owned() });
}

/// The addresses that a query selects, each once, in the order of the document.
fn select(query: &Query<'_>, tree: &Value) -> Vec<Pointer> {
    let mut seen = BTreeSet::new();
    let nodes = query.path.query_located(tree);
    let pointers = nodes.locations().filter_map(|location| Pointer::parse(&location.to_json_pointer()));
    pointers.filter(|pointer| seen.insert(pointer.clone())).collect()
}

#[cfg(test)]
mod tests;
