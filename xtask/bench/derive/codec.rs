//! In: JSON, or values. Out: the other, by serde_json; the place of an error is followed while reading.

use serde::{Serialize, de::DeserializeOwned};

/// A type that is measured.
pub trait Root: Serialize + DeserializeOwned {}

impl<T: Serialize + DeserializeOwned> Root for T {}

pub fn decode<T: Root>(json: &[u8]) -> Result<Vec<T>, String> {
    serde_json::from_slice(json).map_err(|error| error.to_string())
}

#[cfg(feature = "paths")]
pub fn decode_located<T: Root>(json: &[u8]) -> Result<Vec<T>, String> {
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(json)).map_err(|error| error.to_string())
}

pub fn encode<T: Root>(values: &[T]) -> Vec<u8> {
    serde_json::to_vec(values).unwrap_or_default()
}
