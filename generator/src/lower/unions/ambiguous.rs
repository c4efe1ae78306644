//! In: pairs of subschemas that nothing tells apart. Out: one report for each pair, however often a document repeats the
//! union that it stands in.

use crate::diagnostic::{Diagnostics, Problem};
use crate::lower::context::Used;
use crate::pointer::Pointer;
use std::collections::BTreeMap;

/// The pairs that were found.
#[derive(Default)]
pub(in crate::lower) struct Ambiguous(BTreeMap<[String; 2], Pair>);

/// Where a pair stands first, and what its author calls the two.
struct Pair {
    at: [Pointer; 2],
    names: [String; 2],
}

impl Ambiguous {
    /// Notes a pair; of several that say the same, the one with the first address stays.
    pub(super) fn note(&mut self, used: [Used<'_>; 2], at: [Pointer; 2], names: [String; 2]) {
        let key = used.map(|schema| match schema {
            Used::Reference(reference) => reference.to_owned(),
            Used::Written(schema) => serde_json::to_string(&schema.schema_kind).unwrap_or_default(),
        });
        let known = self.0.get(&key).is_some_and(|known| known.at <= at);
        if !known {
            self.0.insert(key, Pair { at, names });
        }
    }

    /// Reports each pair at its place.
    pub(in crate::lower) fn report(&mut self, sink: &mut Diagnostics) {
        for Pair { at: [at, other], names: [name, other_name] } in std::mem::take(&mut self.0).into_values() {
            let other = sink.origins.resolve(&other);
            sink.report(&at, Problem::AmbiguousUnion { name, other_name, other });
        }
    }
}
