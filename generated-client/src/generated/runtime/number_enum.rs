//! In: the declaration of an open set of whole numbers. Out: its enum, which keeps numbers that it does not know.

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
                <i64 as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

pub(crate) use number_enum;
