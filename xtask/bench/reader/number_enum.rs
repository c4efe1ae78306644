//! In: the declaration of an open set of whole numbers. Out: its enum, read and written as JSON alone.

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
            $($(#[$meta])* #[doc = ""] #[doc = concat!("In JSON: `", $number, "`.")] $Variant,)*
            #[doc = "A number that the description does not name; it is kept and written back as it came."]
            Unknown(i64),
        }

        impl $Name {
            #[doc = "The number in JSON."]
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

        runtime::reader::shim! { $Name }

        impl runtime::reader::Json for $Name {
            fn read(reader: &mut runtime::reader::Reader<'_>) -> Result<Self, runtime::reader::Fault> {
                <i64 as runtime::reader::Json>::read(reader).map(Self::from)
            }

            fn write(&self, out: &mut Vec<u8>) {
                runtime::reader::Json::write(&self.as_i64(), out);
            }
        }
    };
}

pub(crate) use number_enum;
