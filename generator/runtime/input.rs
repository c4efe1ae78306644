//! In: what a caller gives. Out: a value of the type that is asked for: the trait `Input`.

use super::body::Body;
use super::file::File;
use bytes::Bytes;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A value that can be given for a `T`: a `T` itself, or what is another spelling of it, as `&str` is for `String`.
///
/// Unlike `Into`, it never widens a number, so that the type of a literal is always known.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given for `{T}`",
    label = "a `{T}` is asked for here",
    note = "the setter takes a `{T}`, or another spelling of it"
)]
pub trait Input<T> {
    /// The value.
    fn give(self) -> T;
}

impl<T> Input<T> for T {
    fn give(self) -> T {
        self
    }
}

impl<T> Input<Box<T>> for T {
    fn give(self) -> Box<T> {
        Box::new(self)
    }
}

impl<T> Input<Option<T>> for T {
    fn give(self) -> Option<T> {
        Some(self)
    }
}

impl Input<Option<String>> for &str {
    fn give(self) -> Option<String> {
        Some(self.to_owned())
    }
}

macro_rules! also {
    ($Target:ty: $($Given:ty),*) => {
        $(impl Input<$Target> for $Given {
            fn give(self) -> $Target {
                self.into()
            }
        })*
    };
}

also!(String: &str, &String, char, Box<str>, Cow<'_, str>);
also!(Value: &str, String, bool, i64, f64, Vec<Value>, Map<String, Value>);
also!(Body: Bytes, Vec<u8>, String, &'static str, &'static [u8]);
also!(File: Bytes, Vec<u8>, String, &str, &[u8]);
