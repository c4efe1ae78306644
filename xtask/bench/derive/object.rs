//! In: the declaration of a JSON object. Out: its struct, with serde's derives. A property that is required and may be null
//! may also be missing here: to tell would cost a function for each.

use serde::{Deserialize, Deserializer};

/// Declares a JSON object. Each property stands once, in the section that says when it is there:
///
/// ```text
/// object! {
///     pub struct Message;
///     [required]
///     text: String,
///     type_: Kind = "type",
///     reply: Option<i64>,
///     [optional]
///     urgent: bool,
///     [nullable]
///     note: Option<String>,
///     [rest]
///     additional_properties: BTreeMap<String, i64>,
/// }
/// ```
///
/// | section    | in Rust     | in JSON                                                               |
/// |------------|-------------|-----------------------------------------------------------------------|
/// | `required` | `T`         | must be there; `T` may be an option: then `None` is null               |
/// | `optional` | `Option<T>` | left out when `None`; null reads as `None`                             |
/// | `nullable` | `Option<T>` | left out when `None`; null is a value of `T`, which is itself an option |
/// | `rest`     | a map       | the members that no property names                                    |
///
/// `= "type"` is the name in JSON where it is not the name in Rust. With `=> MessageBuilder` after its name the struct
/// gets a builder, see `builder!`; `(mock)` after that keeps it for the feature of this name.
macro_rules! object {
    (
        $(#[$head:meta])*
        pub struct $Name:ident $(=> $Builder:ident $(($feature:ident))?)?;
        $([required] $($(#[$r_meta:meta])* $r:ident $(($Mark:ident))?: $R:ty $(= $r_wire:literal)?,)*)?
        $([optional] $($(#[$o_meta:meta])* $o:ident: $O:ty $(= $o_wire:literal)? $(=> $o_set:ident)?,)*)?
        $([nullable] $($(#[$n_meta:meta])* $n:ident: $N:ty $(= $n_wire:literal)? $(=> $n_set:ident)?,)*)?
        $([rest] $x:ident: $X:ty,)?
    ) => {
        $(#[$head])*
        #[doc = runtime::object::name!($Name $($head)*)]
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct $Name {
            $($($(#[$r_meta])* #[doc = ""] #[doc = runtime::object::docs!($r $($r_wire)?)] $(#[serde(rename = $r_wire)])? pub $r: $R,)*)?
            $($($(#[$o_meta])* #[doc = ""] #[doc = runtime::object::docs!($o $($o_wire)?)] $(#[serde(rename = $o_wire)])? #[serde(default, skip_serializing_if = "Option::is_none")] pub $o: Option<$O>,)*)?
            $($($(#[$n_meta])* #[doc = ""] #[doc = runtime::object::docs!($n $($n_wire)?)] $(#[serde(rename = $n_wire)])? #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "runtime::object::some")] pub $n: Option<$N>,)*)?
            $(#[doc = "The members that the description does not name."] #[serde(flatten)] pub $x: $X,)?
        }

        runtime::build::builder! {
            ($($Builder $($feature)?)?) $Name
            [$($($(#[$r_meta])* $r ($($Mark)?) $R,)*)?]
            [
                $($($(#[$o_meta])* $o ($($o_set)?) $O,)*)?
                $($($(#[$n_meta])* $n ($($n_set)?) $N,)*)?
            ]
            [$($x $X)?]
        }
    };
}

/// The line of a property's docs that says its name in JSON.
macro_rules! docs {
    ($name:ident) => {
        concat!("In JSON: `", stringify!($name), "`.")
    };
    ($name:ident $wire:literal) => {
        concat!("In JSON: `` ", $wire, " ``.")
    };
}

/// The docs of a type of which nothing is said: its name.
macro_rules! name {
    ($Name:ident) => {
        concat!("`", stringify!($Name), "`.")
    };
    ($Name:ident $($docs:tt)+) => {
        ""
    };
}

pub(crate) use {docs, name, object};

/// Reads a value that may be null where absence is something else.
pub fn some<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
