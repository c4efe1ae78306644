//! In: a number that servers write as a number or as text, as .NET 10 describes each of its numbers. Out: what came, kept
//! as it came, and the number that it says.

use super::super::runtime::Input;
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A number, or a text that says one: `17` or `"17"`.
///
/// ```text
/// let page = Numeric::from(2);               // 2
/// let price = Numeric::Text("19.90".into()); // "19.90"
/// assert_eq!(price.parse::<f64>(), Some(19.9));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Numeric {
    /// A number.
    Number(serde_json::Number),
    /// A text; it is sent back as a text.
    Text(String),
}

impl Numeric {
    /// The number, as a type that can be read from its digits, such as `i64`, `f64` or one of decimals.
    pub fn parse<T: FromStr>(&self) -> Option<T> {
        match self {
            Self::Number(number) => number.to_string().parse().ok(),
            Self::Text(text) => text.trim().parse().ok(),
        }
    }

    /// The number, if it is a whole one of 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        self.parse()
    }

    /// The number as a float, which may round it.
    pub fn as_f64(&self) -> Option<f64> {
        self.parse()
    }
}

impl fmt::Display for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

macro_rules! from_integers {
    ($($Integer:ty)*) => {$(
        impl From<$Integer> for Numeric {
            fn from(number: $Integer) -> Self {
                Self::Number(number.into())
            }
        }

        impl Input<Numeric> for $Integer {
            fn give(self) -> Numeric {
                self.into()
            }
        }
    )*};
}
from_integers! { i32 u32 i64 u64 }

impl From<f64> for Numeric {
    /// What JSON has no number for is text, as .NET writes it: `NaN`, `Infinity`.
    fn from(float: f64) -> Self {
        match serde_json::Number::from_f64(float) {
            Some(number) => Self::Number(number),
            None if float.is_nan() => Self::Text("NaN".to_owned()),
            None => Self::Text(if float > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()),
        }
    }
}

impl From<&str> for Numeric {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Numeric {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

macro_rules! inputs {
    ($($Given:ty)*) => {$(
        impl Input<Numeric> for $Given {
            fn give(self) -> Numeric {
                self.into()
            }
        }
    )*};
}
inputs! { f64 &str String }

impl Serialize for Numeric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Numeric {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Numeric;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a text that says one")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Numeric, E> {
        Ok(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Numeric, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Numeric, E> {
        Ok(number.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Numeric, E> {
        Ok(text.into())
    }
}
