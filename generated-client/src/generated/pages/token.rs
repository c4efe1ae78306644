//! In: what says which page is next. Out: `PageToken`, which can be kept, and `Slot`, the input that it is put into.

use super::super::runtime::numbers;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// The place of a page, or of an item, in a list: keep it as JSON to go on there later.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PageToken {
    /// What the request for the page is given; null for the first.
    #[serde(default)]
    pub(super) next: Value,
    /// How many of its items come before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) skip: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // As serde asks.
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Does not show it: it may be a secret.
impl fmt::Debug for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageToken")
    }
}

/// An input that says which page is meant.
pub trait Slot {
    /// Puts a token there, a number as text where that is wanted, and the reverse; whether it can hold it.
    fn put(&mut self, token: &Value) -> bool;
    /// What is there.
    fn get(&self) -> Value;
}

impl<T: Serialize + DeserializeOwned> Slot for T {
    fn put(&mut self, token: &Value) -> bool {
        let other = match token {
            Value::String(text) => serde_json::from_str(text).ok().filter(Value::is_number),
            number => Some(Value::String(number.to_string())),
        };
        let read = T::deserialize(token).ok().or_else(|| T::deserialize(other?).ok());
        // From its text: `1.0` is an integer, too.
        let read = read.or_else(|| numbers::read(token.to_string().as_bytes()).ok());
        read.map(|value| *self = value).is_some()
    }

    fn get(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}
