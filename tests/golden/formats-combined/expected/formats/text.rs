//! In: a type with `Display` and `FromStr`. Out: its JSON form, a string; and the error for a text that is none of it.

use std::fmt;

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
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
pub(crate) use as_text;
