//! In: definitions. Out: the same, without those that are only another name for each other: such a circle says nothing of
//! what its values are. References alone never make one (`read/refs`); an `allOf` or `anyOf` with a lone arm may.

use super::context::Drafts;
use crate::diagnostic::{Diagnostics, Problem};
use crate::ir::{Shape, Type};

/// Makes any JSON value of what is only another name for itself.
pub(super) fn settle(drafts: &mut Drafts, sink: &mut Diagnostics) {
    let circular: Vec<usize> = (0..drafts.definitions.len()).filter(|index| leads_back(drafts, *index)).collect();
    for index in circular {
        let definition = &mut drafts.definitions[index];
        let reference = format!("#{}", definition.origin);
        sink.report(&definition.origin, Problem::CircularRef { reference, effect: "any JSON value is taken" });
        definition.shape = Shape::Alias(Type::Json);
    }
}

/// Whether the names lead from a definition to itself.
fn leads_back(drafts: &Drafts, start: usize) -> bool {
    let mut at = start;
    for _ in 0..drafts.definitions.len() {
        match drafts.definitions[at].shape {
            Shape::Alias(Type::Named(next)) => at = next.0,
            _ => return false,
        }
        if at == start {
            return true;
        }
    }
    false
}
