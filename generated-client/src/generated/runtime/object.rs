//! In: the declaration of a JSON object. Out: its struct, and how serde reads and writes it.
//!
//! One visitor serves all objects, so that for each type no more than a list of names and a `match` are compiled: a
//! fraction of what a derive writes.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Declares a JSON object. Each property stands once, in the section that says when it is there:
///
/// ```text
/// object! {
///     pub struct Message;
///     [constant]
///     type_: Kind = "type" => Kind::Message,
///     [required]
///     text: String,
///     [or_null]
///     reply: Option<i64>,
///     [optional]
///     urgent: bool,
///     [nullable]
///     note: Option<String>,
///     [rest]
///     additional_properties: BTreeMap<String, i64>,
///     [defaults]
///     DEFAULT_URGENT: bool = false,
/// }
/// ```
///
/// | section    | in Rust     | in JSON                                                               |
/// |------------|-------------|-----------------------------------------------------------------------|
/// | `constant` | `T`         | must be there; builders set the value, and it is written first         |
/// | `required` | `T`         | must be there                                                          |
/// | `or_null`  | `Option<T>` | always written, `None` as null; what is not there reads as `None`       |
/// | `optional` | `Option<T>` | left out when `None`; null reads as `None`                             |
/// | `nullable` | `Option<T>` | left out when `None`; null is a value of `T`, which is itself an option |
/// | `rest`     | a map       | the members that no property names                                    |
/// | `defaults` | constants   | nothing: what the server takes for what is left out                    |
///
/// `= "type"` is the name in JSON where it is not the name in Rust. With `=> MessageBuilder` after its name the struct
/// gets a builder, see `builder!`; `(mock)` after that keeps it for the feature of this name. An optional property has no setter with
/// `=> read_only` after it, nor with `=> constant(value)`: then builders set that value.
macro_rules! object {
    (
        $(#[$head:meta])*
        pub struct $Name:ident $(=> $Builder:ident $(($feature:ident))?)?;
        $([constant] $($(#[$c_meta:meta])* $c:ident: $C:ty $(= $c_wire:literal)? => $c_value:expr,)*)?
        $([required] $($(#[$r_meta:meta])* $r:ident $(($Mark:ident))?: $R:ty $(= $r_wire:literal)?,)*)?
        $([or_null] $($(#[$h_meta:meta])* $h:ident $(($HMark:ident))?: $H:ty $(= $h_wire:literal)?,)*)?
        $([optional] $($(#[$o_meta:meta])* $o:ident: $O:ty $(= $o_wire:literal)? $(=> $o_set:ident $(($o_value:expr))?)?,)*)?
        $([nullable] $($(#[$n_meta:meta])* $n:ident: $N:ty $(= $n_wire:literal)? $(=> $n_set:ident)?,)*)?
        $([rest] $x:ident: $X:ty,)?
        $([defaults] $($default:ident: $Default:ty = $value:expr,)*)?
    ) => {
        $(#[$head])*
        #[doc = runtime::object::name!($Name $($head)*)]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $Name {
            $($($(#[$c_meta])* #[doc = ""] #[doc = runtime::object::docs!($c $($c_wire)?)] pub $c: $C,)*)?
            $($($(#[$r_meta])* #[doc = ""] #[doc = runtime::object::docs!($r $($r_wire)?)] pub $r: $R,)*)?
            $($($(#[$h_meta])* #[doc = ""] #[doc = runtime::object::docs!($h $($h_wire)?)] pub $h: $H,)*)?
            $($($(#[$o_meta])* #[doc = ""] #[doc = runtime::object::docs!($o $($o_wire)?)] pub $o: Option<$O>,)*)?
            $($($(#[$n_meta])* #[doc = ""] #[doc = runtime::object::docs!($n $($n_wire)?)] pub $n: Option<$N>,)*)?
            $(#[doc = " The members that the description does not name."] pub $x: $X,)?
        }

        $(
            impl $Name {
                $(
                    #[doc = " What the server takes where this is left out. It is never sent unasked."]
                    pub const $default: $Default = $value;
                )*
            }
        )?

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::object::read(deserializer)
            }
        }

        impl runtime::object::Object for $Name {
            const NAMES: &'static [&'static str] = &[
                $($(runtime::object::wire!($c $($c_wire)?),)*)?
                $($(runtime::object::wire!($r $($r_wire)?),)*)?
                $($(runtime::object::wire!($h $($h_wire)?),)*)?
                $($(runtime::object::wire!($o $($o_wire)?),)*)?
                $($(runtime::object::wire!($n $($n_wire)?),)*)?
            ];

            #[allow(irrefutable_let_patterns)]
            fn read<'de, A: serde::de::MapAccess<'de>>(
                mut members: runtime::object::Members<A>,
            ) -> Result<Self, A::Error> {
                #[allow(non_camel_case_types)]
                enum Index { $($($c,)*)? $($($r,)*)? $($($h,)*)? $($($o,)*)? $($($n,)*)? }
                const ALL: &[Index] = &[
                    $($(Index::$c,)*)? $($(Index::$r,)*)? $($(Index::$h,)*)? $($(Index::$o,)*)? $($(Index::$n,)*)?
                ];
                $($(let mut $c = None;)*)?
                $($(let mut $r = None;)*)?
                $($(let mut $h = None;)*)?
                $($(let mut $o = None;)*)?
                $($(let mut $n = None;)*)?
                $(let mut $x = Default::default();)?
                while let Some(index) = members.next(Self::NAMES)? {
                    // One `?` for all: with one for each, the code to clean up would grow with their square.
                    match ALL.get(index) {
                        $($(Some(Index::$c) => members.set(&mut $c),)*)?
                        $($(Some(Index::$r) => members.set(&mut $r),)*)?
                        $($(Some(Index::$h) => members.set(&mut $h),)*)?
                        $($(Some(Index::$o) => members.set(&mut $o),)*)?
                        $($(Some(Index::$n) => members.set(&mut $n),)*)?
                        _ => runtime::object::other!(members $(&mut $x)?),
                    }?;
                }
                let present: &[bool] = &[$($($c.is_some(),)*)? $($($r.is_some(),)*)?];
                let ($($(Some($c),)*)? $($(Some($r),)*)?) = ($($($c,)*)? $($($r,)*)?) else {
                    return Err(runtime::object::missing(Self::NAMES, present));
                };
                Ok(Self {
                    $($($c,)*)? $($($r,)*)? $($($h: $h.flatten(),)*)? $($($o: $o.flatten(),)*)? $($($n,)*)? $($x,)?
                })
            }
        }

        impl serde::Serialize for $Name {
            #[allow(unused_mut)]
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let required = <[&str]>::len(&[
                    $($(stringify!($c),)*)? $($(stringify!($r),)*)? $($(stringify!($h),)*)?
                ]) $(+ self.$x.len())?;
                let others = [$($(self.$o.is_some(),)*)? $($(self.$n.is_some(),)*)?];
                let mut members = runtime::object::Writer::new(serializer, required, &others)?;
                $($(members.write(runtime::object::wire!($c $($c_wire)?), &self.$c);)*)?
                $($(members.write(runtime::object::wire!($r $($r_wire)?), &self.$r);)*)?
                $($(members.write(runtime::object::wire!($h $($h_wire)?), &self.$h);)*)?
                $($(members.write_some(runtime::object::wire!($o $($o_wire)?), &self.$o);)*)?
                $($(members.write_some(runtime::object::wire!($n $($n_wire)?), &self.$n);)*)?
                $(
                    for (key, value) in &self.$x {
                        members.write(key, value);
                    }
                )?
                members.end()
            }
        }

        runtime::build::builder! {
            ($($Builder $($feature)?)?) $Name
            [$($($c $c_value,)*)?]
            [
                $($($(#[$r_meta])* $r ($($Mark)?) $R,)*)?
                $($($(#[$h_meta])* $h ($($HMark)?) $H,)*)?
            ]
            [
                $($($(#[$o_meta])* $o ($($o_set $(($o_value))?)?) $O,)*)?
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

/// The line of a property's docs that says its name in JSON. It begins with a space, as the lines of a `///` comment do
/// once they are attributes: rustdoc takes away only what all lines begin with.
macro_rules! docs {
    ($name:ident) => {
        concat!(" In JSON: `", stringify!($name), "`.")
    };
    ($name:ident $wire:literal) => {
        concat!(" In JSON: `` ", $wire, " ``.")
    };
}

/// The docs of a type of which nothing is said: its name.
macro_rules! name {
    ($Name:ident) => {
        concat!(" `", stringify!($Name), "`.")
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

/// A type that `object!` declares.
pub trait Object: Sized {
    /// The names of its properties in JSON, the required ones first.
    const NAMES: &'static [&'static str];

    /// Reads the members.
    ///
    /// # Errors
    /// When a value is not of its property's type, or a required one is missing.
    fn read<'de, A: MapAccess<'de>>(members: Members<A>) -> Result<Self, A::Error>;
}

/// Reads an object.
///
/// # Errors
/// When it is none, or not this one.
pub fn read<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Reader(PhantomData))
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<T, A::Error> {
        T::read(Members { access, guess: 0, other: String::new() })
    }
}

/// The members of an object that is being read.
#[derive(Debug)]
pub struct Members<A> {
    access: A,
    /// The property that comes next if they come in the description's order, as they mostly do.
    guess: usize,
    /// The name of the last member that is no property.
    other: String,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    /// The place of the next member's name among the names; their number if it is none of them.
    ///
    /// # Errors
    /// When there is no member to read, nor the end of the object.
    pub fn next(&mut self, names: &[&str]) -> Result<Option<usize>, A::Error> {
        let index = self.access.next_key_seed(Key { names, guess: self.guess, other: &mut self.other })?;
        self.guess = index.map_or(0, |index| index + 1);
        Ok(index)
    }

    /// Reads the value of a property.
    ///
    /// # Errors
    /// When it is of another type, or the property was there before.
    #[inline(never)]
    pub fn set<T: Deserialize<'de>>(&mut self, value: &mut Option<T>) -> Result<(), A::Error> {
        if value.is_some() {
            return Err(A::Error::custom("this member is there twice"));
        }
        *value = Some(self.access.next_value()?);
        Ok(())
    }

    /// Passes over the value of a member that no property names.
    ///
    /// # Errors
    /// When there is no value.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.access.next_value::<IgnoredAny>().map(drop)
    }

    /// Keeps the value of a member that no property names.
    ///
    /// # Errors
    /// When it is of another type.
    pub fn keep<T: Deserialize<'de>>(&mut self, rest: &mut impl Extend<(String, T)>) -> Result<(), A::Error> {
        let name = std::mem::take(&mut self.other);
        rest.extend([(name, self.access.next_value()?)]);
        Ok(())
    }
}

/// Finds a name among those of the properties.
struct Key<'a> {
    names: &'a [&'a str],
    guess: usize,
    other: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        if self.names.get(self.guess) == Some(&name) {
            return Ok(self.guess);
        }
        Ok(self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            name.clone_into(self.other);
            self.names.len()
        }))
    }
}

/// Names the first required property that is missing.
pub fn missing<E: Error>(names: &'static [&'static str], present: &[bool]) -> E {
    let lost = names.iter().zip(present).find(|(_, present)| !**present);
    E::missing_field(lost.map_or("", |(name, _)| name))
}

/// The members of an object that is being written. It keeps the first error to its end: one `?` for each member would be
/// a great part of what is compiled for a type.
#[derive(Debug)]
pub struct Writer<M: SerializeMap> {
    members: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Begins an object of so many members, and of those others that are there.
    ///
    /// # Errors
    /// When no object can be written.
    pub fn new<S: Serializer<SerializeMap = M, Error = M::Error>>(
        serializer: S,
        required: usize,
        others: &[bool],
    ) -> Result<Self, M::Error> {
        let length = required + others.iter().filter(|is_there| **is_there).count();
        Ok(Self { members: serializer.serialize_map(Some(length))?, error: None })
    }

    /// Writes a member.
    #[inline(never)]
    pub fn write<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.members.serialize_entry(name, value).err();
        }
    }

    /// Writes a member, if there is one.
    pub fn write_some<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.write(name, value);
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    /// When a member could not be written.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.members.end(),
        }
    }
}
