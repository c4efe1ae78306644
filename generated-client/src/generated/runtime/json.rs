//! In: a JSON member. Out: its value where null and absence differ, for `#[serde(deserialize_with = "..")]`.

use serde::{Deserialize, Deserializer};

/// A member that must be there and may be null: null is `None`, absence is an error.
///
/// # Errors
/// When the value is neither null nor a `T`.
pub fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    // Naming a function is what makes serde ask for the member: without one an absent `Option` is `None`.
    Option::deserialize(deserializer)
}

/// A member that may be absent, whose type `T` may itself be null: with `#[serde(default)]`, absence is `None`, and
/// null is `Some(None)` for an `Option`, `Some(Value::Null)` for a `Value`.
///
/// # Errors
/// When the value is no `T`.
pub fn double<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
