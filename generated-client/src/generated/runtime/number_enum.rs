//! In: the declaration of an open set of whole numbers. Out: its enum, which keeps numbers that it does not know.

use super::numbers;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Declares an open set of whole numbers:
///
/// ```text
/// number_enum! {
///     pub enum Level;
///     Low = 1,
/// }
/// ```
macro_rules! number_enum {
    (
        $(#[$head:meta])*
        pub enum $Name:ident;
        $($(#[$meta:meta])* $Variant:ident = $number:literal,)*
    ) => {
        $(#[$head])*
        #[doc = runtime::object::name!($Name $($head)*)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$meta])* #[doc = ""] #[doc = concat!(" In JSON: `", $number, "`.")] $Variant,)*
            #[doc = " A number that the description does not name; it is kept and written back as it came."]
            Unknown(i64),
        }

        impl $Name {
            #[doc = " The number in JSON."]
            pub const fn as_i64(self) -> i64 {
                match self {
                    $(Self::$Variant => $number,)*
                    Self::Unknown(number) => number,
                }
            }
        }

        impl From<i64> for $Name {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$Variant,)*
                    _ => Self::Unknown(number),
                }
            }
        }

        impl From<$Name> for i64 {
            fn from(value: $Name) -> Self {
                value.as_i64()
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl runtime::Input<$Name> for i64 {
            fn give(self) -> $Name {
                $Name::from(self)
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::number_enum::read(deserializer)
            }
        }
    };
}

pub(crate) use number_enum;

/// Reads a whole number, which may be written with a fraction of zero: `1.0` (JSON Schema 2020-12, validation, section
/// 6.1.1).
///
/// # Errors
/// When the value is none, or is beyond 64 bits.
pub fn read<'de, T: From<i64>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_i64(Reader(PhantomData))
}

struct Reader<T>(PhantomData<T>);

impl<T: From<i64>> Visitor<'_> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        Ok(T::from(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let number = i64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))?;
        Ok(T::from(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        numbers::whole(number).map(T::from).ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }
}
