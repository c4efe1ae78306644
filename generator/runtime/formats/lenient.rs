//! In: a value that servers do not always send as it is described. Out: the described type, or whatever came in its
//! place, kept and written back unchanged.

use super::super::runtime::Input;
use super::super::runtime::offer;
use super::super::runtime::reread::Reread;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::any::Any;
use std::str::FromStr;

/// A value that may be of another type than described.
#[derive(Clone, Debug, PartialEq)]
pub enum Lenient<T> {
    /// What the description says.
    Typed(T),
    /// A text that came as a number, or as `true` or `false`: the text, and what came, which is written back.
    Spelled(T, Value),
    /// What came in its place; it is written back as it came.
    Other(Value),
}

impl<T> Lenient<T> {
    /// The value, if it is as described; of a `String`, also the text of a number that came in its place.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Typed(value) | Self::Spelled(value, _) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// What came in place of the described value.
    pub fn other(&self) -> Option<&Value> {
        match self {
            Self::Typed(_) => None,
            Self::Spelled(_, value) | Self::Other(value) => Some(value),
        }
    }
}

impl<T: Clone + FromStr> Lenient<T> {
    /// The value, or what its text spells: 17 for `"17"` where a number is described.
    pub fn parse(&self) -> Option<T> {
        match self {
            Self::Typed(value) | Self::Spelled(value, _) => Some(value.clone()),
            Self::Other(Value::String(text)) => text.trim().parse().ok(),
            Self::Other(other) => other.to_string().parse().ok(),
        }
    }
}

impl<T> From<T> for Lenient<T> {
    fn from(value: T) -> Self {
        Self::Typed(value)
    }
}

impl<T: Serialize> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Typed(value) => value.serialize(serializer),
            Self::Spelled(_, value) | Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned + 'static> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        offer::read(deserializer, |node, nesting| {
            let typed = T::deserialize(Reread { node, nesting });
            Ok(typed.map_or_else(|_| in_its_place(node.into()), Self::Typed))
        })
    }
}

/// What came in the place of a described value.
fn in_its_place<T: 'static>(value: Value) -> Lenient<T> {
    let text: Option<Box<dyn Any>> = match &value {
        Value::Number(_) | Value::Bool(_) => Some(Box::new(value.to_string())),
        _ => None,
    };
    match text.and_then(|text| text.downcast::<T>().ok()) {
        Some(text) => Lenient::Spelled(*text, value),
        None => Lenient::Other(value),
    }
}

impl<T> Input<Lenient<T>> for T {
    fn give(self) -> Lenient<T> {
        Lenient::Typed(self)
    }
}
