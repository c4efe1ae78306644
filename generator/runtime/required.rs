//! In: nothing. Out: the proof, in types, that every required input of a request was given.

/// Holds for a required input that was given.
#[diagnostic::on_unimplemented(
    message = "the required parameter `{Self}` is not set",
    label = "`{Self}` is missing here",
    note = "call `.{Self}(..)` before sending the request"
)]
pub trait Provided {}

/// The mark of a required input that was given. Where it was not, the mark is named after the input.
#[derive(Clone, Copy, Debug)]
pub enum Set {}

#[diagnostic::do_not_recommend]
impl Provided for Set {}

/// Declares the marks of what is required, each named after it.
macro_rules! marks {
    ($($name:ident,)*) => {
        $(
            #[doc = concat!(" `", stringify!($name), "` is missing.")]
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
        )*
    };
}

pub(crate) use marks;
