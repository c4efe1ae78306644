//! In: a type with `Display` and `FromStr`. Out: its JSON form, a string; and the error for a text that is none of it.

use serde::de::{Deserializer, Error, Visitor};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// A text that has not the form that the API's description gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    message: String,
}

impl FormatError {
    /// Says what was expected, and what came.
    pub(crate) fn new(expected: &str, text: &str) -> Self {
        Self { message: format!("expected {expected}, got {text:?}") }
    }

    /// Says what was expected of a text that is not to be shown.
    pub(crate) fn hidden(expected: &str, why: impl fmt::Display) -> Self {
        Self { message: format!("expected {expected}: {why}") }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FormatError {}

macro_rules! as_text {
    ($($name:ident)*) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::text::read(deserializer)
            }
        }
    )*};
}
pub(crate) use as_text;

/// Reads a string of a form. What is wrong is told to the reader while it is at the string, so that it knows the place.
///
/// # Errors
/// When there is no string, or its form is another.
pub(crate) fn read<'de, T: FromStr<Err: fmt::Display>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(Reader(PhantomData))
}

struct Reader<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}
