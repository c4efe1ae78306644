//! In: a value that servers do not always send as it is described. Out: the described type, or whatever came in its
//! place, kept and written back unchanged.

use super::super::runtime::Input;
use super::super::runtime::offer;
use super::super::runtime::reread::Reread;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::str::FromStr;

/// A value that may be of another type than described.
#[derive(Clone, Debug, PartialEq)]
pub enum Lenient<T> {
    /// What the description says.
    Typed(T),
    /// What came in its place; it is written back as it came.
    Other(Value),
}

impl<T> Lenient<T> {
    /// The value, if it is as described.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Typed(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// What came in place of the described value.
    pub fn other(&self) -> Option<&Value> {
        match self {
            Self::Typed(_) => None,
            Self::Other(value) => Some(value),
        }
    }
}

impl<T: Clone + FromStr> Lenient<T> {
    /// The value, or what its text spells: 17 for `"17"` where a number is described.
    pub fn parse(&self) -> Option<T> {
        match self {
            Self::Typed(value) => Some(value.clone()),
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
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        offer::read(deserializer, |node, nesting| {
            let typed = T::deserialize(Reread { node, nesting });
            Ok(typed.map_or_else(|_| Self::Other(node.into()), Self::Typed))
        })
    }
}

impl<T> Input<Lenient<T>> for T {
    fn give(self) -> Lenient<T> {
        Lenient::Typed(self)
    }
}
