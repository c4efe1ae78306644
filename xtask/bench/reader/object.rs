//! In: the declaration of a JSON object. Out: its struct, and a reader and a writer of JSON alone.

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
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $Name {
            $($($(#[$r_meta])* #[doc = ""] #[doc = runtime::object::docs!($r $($r_wire)?)] pub $r: $R,)*)?
            $($($(#[$o_meta])* #[doc = ""] #[doc = runtime::object::docs!($o $($o_wire)?)] pub $o: Option<$O>,)*)?
            $($($(#[$n_meta])* #[doc = ""] #[doc = runtime::object::docs!($n $($n_wire)?)] pub $n: Option<$N>,)*)?
            $(#[doc = "The members that the description does not name."] pub $x: $X,)?
        }

        runtime::reader::shim! { $Name }

        impl runtime::reader::Json for $Name {
            fn read(reader: &mut runtime::reader::Reader<'_>) -> Result<Self, runtime::reader::Fault> {
                #[allow(non_camel_case_types)]
                enum Index { $($($r,)*)? $($($o,)*)? $($($n,)*)? }
                const ALL: &[Index] = &[$($(Index::$r,)*)? $($(Index::$o,)*)? $($(Index::$n,)*)?];
                const NAMES: &[&str] = &[
                    $($(runtime::object::wire!($r $($r_wire)?),)*)?
                    $($(runtime::object::wire!($o $($o_wire)?),)*)?
                    $($(runtime::object::wire!($n $($n_wire)?),)*)?
                ];
                let mut members = runtime::reader::Members::new(reader)?;
                $($(let mut $r = None;)*)?
                $($(let mut $o = None;)*)?
                $($(let mut $n = None;)*)?
                $(let mut $x = <$X>::default();)?
                while let Some(index) = members.next(NAMES)? {
                    match ALL.get(index) {
                        $($(Some(Index::$r) => members.set(&mut $r),)*)?
                        $($(Some(Index::$o) => members.set(&mut $o),)*)?
                        $($(Some(Index::$n) => members.set(&mut $n),)*)?
                        None => runtime::object::other!(members $(&mut $x)?),
                    }?;
                }
                let present: &[bool] = &[$($($r.is_some(),)*)?];
                #[allow(irrefutable_let_patterns)]
                let ($($(Some($r),)*)?) = ($($($r,)*)?) else {
                    return Err(members.missing(NAMES, present));
                };
                Ok(Self { $($($r,)*)? $($($o: $o.flatten(),)*)? $($($n,)*)? $($x,)? })
            }

            fn write(&self, out: &mut Vec<u8>) {
                out.push(b'{');
                $($(runtime::reader::member(out, runtime::object::wire!($r $($r_wire)?), &self.$r);)*)?
                $($(runtime::reader::optional(out, runtime::object::wire!($o $($o_wire)?), &self.$o);)*)?
                $($(runtime::reader::optional(out, runtime::object::wire!($n $($n_wire)?), &self.$n);)*)?
                $(
                    for (key, value) in &self.$x {
                        runtime::reader::member(out, key, value);
                    }
                )?
                out.push(b'}');
            }
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

/// The name in JSON: the one given, or else the name in Rust.
macro_rules! wire {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $wire:literal) => {
        $wire
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

/// What becomes of a member that no property names.
macro_rules! other {
    ($members:ident) => {
        $members.skip()
    };
    ($members:ident &mut $rest:ident) => {
        $members.keep(&mut $rest)
    };
}

pub(crate) use {docs, name, object, other, wire};
