//! In: bytes as Base64. Out: the bytes: RFC 4648, section 4, the standard alphabet, which OpenAPI's format `byte` is.
//!
//! Reads with or without padding, and skips line ends, which MIME (RFC 2045, section 6.8) puts in; the alphabet for
//! URLs (section 5) is refused, for it could not be written back as it came. Writes with padding.

use super::super::runtime::Input;
use super::text::{FormatError, as_text};
use ::base64::Engine;
use ::base64::alphabet::STANDARD;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt;
use std::str::FromStr;

as_text! { Base64 }

const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const ENGINE: GeneralPurpose = GeneralPurpose::new(&STANDARD, CONFIG);

/// Bytes that are Base64 in JSON (RFC 4648, section 4).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Vec<u8>);

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<Base64> for Vec<u8> {
    fn from(value: Base64) -> Self {
        value.0
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for Base64 {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = if text.contains(['\r', '\n']) {
            ENGINE.decode(text.replace(['\r', '\n'], ""))
        } else {
            ENGINE.decode(text)
        };
        read.map(Self).map_err(|error| FormatError::hidden("Base64 (RFC 4648, section 4)", error))
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&ENGINE.encode(&self.0))
    }
}

impl Input<Base64> for Vec<u8> {
    fn give(self) -> Base64 {
        self.into()
    }
}

impl Input<Base64> for &[u8] {
    fn give(self) -> Base64 {
        self.into()
    }
}

impl<const N: usize> Input<Base64> for &[u8; N] {
    fn give(self) -> Base64 {
        self.into()
    }
}
