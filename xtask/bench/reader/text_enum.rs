//! In: the declaration of an open set of strings. Out: its enum, read and written as JSON alone.

/// Declares an open set of strings:
///
/// ```text
/// text_enum! {
///     pub enum Status;
///     Delivered = "delivered",
/// }
/// ```
macro_rules! text_enum {
    (
        $(#[$head:meta])*
        pub enum $Name:ident;
        $($(#[$meta:meta])* $Variant:ident = $wire:literal,)*
    ) => {
        $(#[$head])*
        #[doc = runtime::object::name!($Name $($head)*)]
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$meta])* #[doc = ""] #[doc = concat!("In JSON: `` ", $wire, " ``.")] $Variant,)*
            #[doc = "A value that the description does not name; it is kept and written back as it came."]
            Unknown(String),
        }

        impl $Name {
            #[doc = "The text in JSON."]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$Variant => $wire,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$Variant,)*
                    _ => Self::Unknown(text.to_owned()),
                }
            }
        }

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl runtime::Input<$Name> for &str {
            fn give(self) -> $Name {
                $Name::from(self)
            }
        }

        runtime::reader::shim! { $Name }

        impl runtime::reader::Json for $Name {
            fn read(reader: &mut runtime::reader::Reader<'_>) -> Result<Self, runtime::reader::Fault> {
                Ok(Self::from(reader.text()?))
            }

            fn write(&self, out: &mut Vec<u8>) {
                runtime::reader::write_text(self.as_str(), out);
            }
        }
    };
}

pub(crate) use text_enum;
