//! In: the files of types, by the features that need them. Out: their modules, and all that these declare.

/// Declares files of types: those that are always there, then those that are there if a feature is on.
///
/// ```text
/// modules! {
///     fault,
///     [feature = "users"]
///     user,
///     [any(feature = "teams", feature = "users")]
///     team,
/// }
/// ```
macro_rules! modules {
    ($($always:ident,)* $([$gate:meta] $($module:ident,)*)*) => {
        $(
            mod $always;
            pub use $always::*;
        )*
        $($(
            #[cfg($gate)]
            mod $module;
            #[cfg($gate)]
            pub use $module::*;
        )*)*
    };
}

pub(crate) use modules;
