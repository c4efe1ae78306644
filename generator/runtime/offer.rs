//! In: a reader of JSON. Out: the value that it is at, for a type that has to look at all of it before it can decode it.
//!
//! A value inside of such a value is there already: a [`Reread`](super::reread::Reread) offers it as it is. Were it read
//! like any other, each level would copy all that is below it.

use super::node::Node;
use super::reread::Wrong;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::any::TypeId;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// The name by which a type asks for the value itself. Readers that do not know it pass over it.
pub(super) const NAME: &str = "$oasmith::value";

/// A value that is inside of another one.
///
/// serde lets a type ask for texts and numbers, but for nothing that a reader has of its own. What it does pass on whole is
/// an error, whose source may be anything: so that is how the value gets from the one to the other.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) node: Node,
    pub(super) nesting: Nesting,
}

impl Offer {
    /// The value that an error brings, if that is what it is.
    fn of(error: &impl std::error::Error) -> Option<Self> {
        error.source()?.downcast_ref::<Self>().cloned()
    }
}

impl fmt::Display for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
}

impl std::error::Error for Offer {}

/// Which variant a value was found to be, if any, by the value's address and the union's type.
type Found = BTreeMap<(usize, TypeId), Option<usize>>;

/// What is around a value.
#[derive(Clone, Debug, Default)]
pub struct Nesting {
    /// How many unions of which several variants are tried.
    depth: usize,
    /// What the values inside were found to be: the next variant that is tried around them need not try them again.
    found: Rc<RefCell<Found>>,
}

impl Nesting {
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn deeper(&self) -> Self {
        Self { depth: self.depth + 1, found: self.found.clone() }
    }

    /// Which variant of a type a value was found to be, if it was tried before.
    pub(super) fn found<T: 'static>(&self, node: &Node) -> Option<Option<usize>> {
        self.found.borrow().get(&(node.address()?, TypeId::of::<T>())).copied()
    }

    /// Remembers which variant of a type a value is.
    pub(super) fn find<T: 'static>(&self, node: &Node, index: Option<usize>) {
        let mut found = self.found.borrow_mut();
        match node.address() {
            // Nothing is around it that would ask again, nor for what is inside.
            _ if self.depth == 0 => found.clear(),
            Some(address) => drop(found.insert((address, TypeId::of::<T>()), index)),
            None => {}
        }
    }
}

/// Reads a value and decodes it. What is wrong is told to the reader while it is at the value, so that it knows the place.
///
/// # Errors
/// When there is no JSON value, or it cannot be decoded.
pub fn read<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    decode: impl Fn(&Node, &Nesting) -> Result<T, Wrong>,
) -> Result<T, D::Error> {
    let mut decoded = None;
    let mut take = |node: &Node, nesting: &Nesting| {
        decoded = Some(decode(node, nesting)?);
        Ok(())
    };
    deserializer.deserialize_newtype_struct(NAME, Outermost(&mut take)).or_else(|error| match Offer::of(&error) {
        Some(offer) => take(&offer.node, &offer.nesting).map_err(D::Error::custom),
        None => Err(error),
    })?;
    decoded.ok_or_else(|| D::Error::custom("expected any JSON value"))
}

/// Reads a value that is not inside of another one. It does not know the type: it is compiled once for each reader.
struct Outermost<'t>(&'t mut dyn FnMut(&Node, &Nesting) -> Result<(), Wrong>);

impl Outermost<'_> {
    fn take<E: Error>(self, value: impl Into<Value>) -> Result<(), E> {
        (self.0)(&Node::from(value.into()), &Nesting::default()).map_err(E::custom)
    }
}

impl<'de> Visitor<'de> for Outermost<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.take(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<(), E> {
        self.take(flag)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.take(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.take(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.take(number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.take(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        self.take(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
        self.take(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(members))?;
        self.take(value)
    }
}
