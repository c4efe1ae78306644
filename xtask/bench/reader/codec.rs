//! In: JSON, or values. Out: the other, by the types' own reader and writer.

use crate::library::reader::{self, Json};

/// A type that is measured.
pub trait Root: Json {}

impl<T: Json> Root for T {}

pub fn decode<T: Root>(json: &[u8]) -> Result<Vec<T>, String> {
    reader::whole(json).map_err(|fault| format!("{} at byte {}", fault.0.0, fault.0.1))
}

#[cfg(feature = "paths")]
pub fn decode_located<T: Root>(json: &[u8]) -> Result<Vec<T>, String> {
    decode(json)
}

pub fn encode<T: Root>(values: &[T]) -> Vec<u8> {
    let mut out = vec![b'['];
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        value.write(&mut out);
    }
    out.push(b']');
    out
}
