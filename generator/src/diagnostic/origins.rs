//! In: every move of a subtree while the document is prepared. Out: for any address of the working document, the
//! place where its author wrote it.

use crate::pointer::Pointer;
use std::collections::BTreeMap;

/// A place in one of the author's texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the text: see [`crate::source::Input::source`].
    pub source: usize,
    /// The address in that text.
    pub pointer: Pointer,
}

/// Where each subtree of the working document came from. An address without an entry stands where it always stood:
/// at the same address of the first document.
#[derive(Clone, Debug, Default)]
pub struct Origins(BTreeMap<Pointer, Place>);

impl Origins {
    /// The place where the author wrote what now stands at `pointer`.
    pub fn resolve(&self, pointer: &Pointer) -> Place {
        let mut outer = Some(pointer.clone());
        while let Some(at) = outer {
            if let Some(place) = self.0.get(&at) {
                let rest = pointer.strip(&at).unwrap_or_default();
                return Place { source: place.source, pointer: place.pointer.concat(rest) };
            }
            outer = at.parent();
        }
        Place { source: 0, pointer: pointer.clone() }
    }

    /// Says that the subtree at `pointer` was written at `place`; forgets what was known of its parts.
    pub fn set(&mut self, pointer: Pointer, place: Place) {
        self.take_below(&pointer);
        self.0.insert(pointer, place);
    }

    /// Follows subtrees that move, all at once, from the first to the second address of each pair.
    pub fn relocate(&mut self, moves: &[(Pointer, Pointer)]) {
        let places: Vec<_> = moves.iter().map(|(from, _)| self.resolve(from)).collect();
        let parts: Vec<_> = moves.iter().map(|(from, _)| self.take_below(from)).collect();
        for (((_, to), place), parts) in moves.iter().zip(places).zip(parts) {
            self.set(to.clone(), place);
            self.0.extend(parts.into_iter().map(|(rest, place)| (to.concat(&rest), place)));
        }
    }

    /// Takes out the entries at or below `pointer`, their keys relative to it.
    fn take_below(&mut self, pointer: &Pointer) -> Vec<(Vec<String>, Place)> {
        let keys = self.0.range(pointer.clone()..).map(|(key, _)| key.clone());
        let keys: Vec<_> = keys.take_while(|key| key.strip(pointer).is_some()).collect();
        let take = |key: Pointer| {
            let place = self.0.remove(&key)?;
            Some((key.strip(pointer).unwrap_or_default().to_vec(), place))
        };
        keys.into_iter().filter_map(take).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Origins, Place, Pointer};

    fn at(text: &str) -> Pointer {
        Pointer::parse(text).unwrap()
    }

    #[test]
    fn parts_move_with_their_whole() {
        let mut origins = Origins::default();
        origins.set(at("/a/b"), Place { source: 1, pointer: at("/x") });
        origins.relocate(&[(at("/a"), at("/c"))]);
        assert_eq!(origins.resolve(&at("/c/b/d")), Place { source: 1, pointer: at("/x/d") });
        assert_eq!(origins.resolve(&at("/c/e")), Place { source: 0, pointer: at("/a/e") });
    }

    #[test]
    fn neighbours_can_shift_at_once() {
        let mut origins = Origins::default();
        origins.relocate(&[(at("/l/1"), at("/l/0")), (at("/l/2"), at("/l/1"))]);
        assert_eq!(origins.resolve(&at("/l/0")).pointer, at("/l/1"));
        assert_eq!(origins.resolve(&at("/l/1")).pointer, at("/l/2"));
    }
}
