//! In: the declaration of the media types of a body. Out: an enum of them, of which the caller gives one.

use super::call::Call;
use super::error::Error;

/// Declares a body of several media types: each variant with the method of `Call` that sends it; one that is `from` its
/// type is meant where a value of that type is given for the body.
///
/// ```text
/// choice! {
///     pub enum SendBody;
///     Json(types::Message) from types::Message = json("application/json"),
///     Bytes(runtime::Body) from runtime::Body = raw("application/pdf"),
/// }
/// ```
macro_rules! choice {
    (
        $(#[$head:meta])*
        pub enum $Name:ident;
        $($(#[$meta:meta])* $Variant:ident($T:ty) $(from $From:ty)? = $call:ident($($argument:expr),*),)*
    ) => {
        $(#[$head])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $Name {
            $(
                #[doc = runtime::operation::docs!($call $($argument),*)]
                #[doc = ""]
                $(#[$meta])*
                $Variant($T),
            )*
        }

        $($(
            impl runtime::Input<$Name> for $From {
                fn give(self) -> $Name {
                    $Name::$Variant(self)
                }
            }
        )?)*

        impl runtime::Choice for $Name {
            #[allow(unused_imports)]
            fn write(&self, call: &mut runtime::Call) -> Result<(), runtime::Error> {
                use runtime::Style;
                match self {
                    $(Self::$Variant(body) => call.$call($($argument,)* &Some(body)),)*
                }
            }
        }
    };
}

pub(crate) use choice;

/// A body of one of several media types.
pub trait Choice {
    /// Sets the body of a call.
    ///
    /// # Errors
    /// As the method of `Call` that sends it.
    fn write(&self, call: &mut Call) -> Result<(), Error>;
}
