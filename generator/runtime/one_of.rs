//! In: a JSON value and a static table of the forms that each variant of a union may take. Out: the one variant that
//! the value is proven to be. No variant is ever tried out, so the cost is one look at the value.

use super::located;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// Strings that the description names.
type Keys = &'static [&'static str];

/// A form that the values of a variant may take.
#[derive(Debug)]
pub enum Form {
    /// Null, as an item of a list.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any other number.
    Number,
    /// Any string.
    Text,
    /// One of these strings.
    Constant(Keys),
    /// A list whose items take these forms; any list if there are none.
    List(&'static [Self]),
    /// An object: members that must be there, members that hold one of some constants where they are there (numbers
    /// and booleans as their JSON text), and members that the variant can keep.
    Object(Keys, &'static [(&'static str, Keys)], Keys),
}

/// Declares a union: each variant with the forms of JSON that it may take, with the member that is written beside its
/// content where that does not have it, and with the types that it can be made `from`:
///
/// ```text
/// one_of! {
///     pub enum Pet;
///     Cat(Box<Cat>) from Cat = [Form::Object(&["meow"], &[], &[])],
///     Dog(Dog) = [Form::Object(&[], &[("kind", &["dog"])], &[])] tag "kind" "dog",
/// }
/// ```
macro_rules! one_of {
    (
        $(#[$head:meta])*
        pub enum $Name:ident;
        $($(#[$meta:meta])* $Variant:ident($T:ty) $(from $($From:ty),+)? = $forms:tt $(tag $key:literal $tag:literal)?,)*
    ) => {
        $(#[$head])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$meta])* $Variant($T),)*
            #[doc = " A value that is none of these; it is kept and written back as it came."]
            Unknown(serde_json::Value),
        }

        $($($(
            impl From<$From> for $Name {
                fn from(content: $From) -> Self {
                    Self::$Variant(content.into())
                }
            }

            impl runtime::Input<$Name> for $From {
                fn give(self) -> $Name {
                    $Name::from(self)
                }
            }
        )+)?)*

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$Variant(content) => runtime::one_of::write!(content, serializer $($key $tag)?),)*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // A type of the description may be called `Form`, too.
                static FORMS: &[&[runtime::one_of::Form]] = {
                    use runtime::one_of::Form;
                    &[$(&$forms,)*]
                };
                // A value in hand is one type, so that this is compiled once, whatever is read from.
                const VARIANTS: &[fn(&serde_json::Value) -> Result<$Name, String>] =
                    &[$(|value| runtime::one_of::decode(value).map($Name::$Variant),)*];
                runtime::one_of::read(deserializer, |value| {
                    match runtime::one_of::prove(&value, FORMS).and_then(|index| VARIANTS.get(index)) {
                        Some(variant) => variant(&value),
                        None => Ok(Self::Unknown(value)),
                    }
                })
            }
        }
    };
}

/// Writes a variant as what it holds, or with the member that tells it apart.
macro_rules! write {
    ($content:ident, $serializer:ident) => {
        serde::Serialize::serialize($content, $serializer)
    };
    ($content:ident, $serializer:ident $key:literal $tag:literal) => {
        runtime::one_of::write_tagged($content, $key, $tag, $serializer)
    };
}

pub(crate) use {one_of, write};

/// Reads any JSON value and decodes it. What is wrong is told to the reader while it is at the value, so that it knows
/// the place.
///
/// # Errors
/// When there is no JSON value, or it cannot be decoded.
pub fn read<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    decode: fn(Value) -> Result<T, String>,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(Reader(decode))
}

struct Reader<T>(fn(Value) -> Result<T, String>);

impl<T> Reader<T> {
    fn decode<E: Error>(self, value: impl Into<Value>) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }
}

impl<'de, T> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        self.decode(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<T, E> {
        self.decode(flag)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.decode(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.decode(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        self.decode(number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.decode(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        self.decode(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
        self.decode(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(members))?;
        self.decode(value)
    }
}

/// Decodes the content of the variant that was proven.
///
/// # Errors
/// When the value contradicts the description of the variant: what is wrong, and where in the value.
pub fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| {
        // The text says where: what is read from a value in hand has no position.
        let text = value.to_string();
        located::message(text.as_bytes(), &serde_json::from_slice::<T>(text.as_bytes()).err().unwrap_or(error))
    })
}

/// Writes a variant with the member that tells it apart, which its content does not have.
///
/// # Errors
/// When the content cannot be written.
pub fn write_tagged<T: Serialize + ?Sized, S: serde::Serializer>(
    content: &T,
    key: &str,
    tag: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(content).map_err(serde::ser::Error::custom)?;
    if let Value::Object(members) = &mut value {
        members.entry(key).or_insert_with(|| tag.into());
    }
    value.serialize(serializer)
}

/// The variant that accepts the value. Of several, the one that keeps most of its members; of those, the first: the
/// table is sorted by name, so that the order of the description never decides.
pub fn prove(value: &Value, table: &[&[Form]]) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, forms) in table.iter().enumerate() {
        let Some(kept) = accept(value, forms) else { continue };
        if best.is_none_or(|(_, most)| kept > most) {
            best = Some((index, kept));
        }
    }
    best.map(|(index, _)| index)
}

/// How much of the value one of these forms keeps; `None` if none of them accepts it.
fn accept(value: &Value, forms: &[Form]) -> Option<usize> {
    forms.iter().filter_map(|form| kept(value, form)).max()
}

fn kept(value: &Value, form: &Form) -> Option<usize> {
    let scalar = |yes: bool, weight: usize| yes.then_some(weight);
    match (form, value) {
        (Form::Null, Value::Null) | (Form::Boolean, Value::Bool(_)) | (Form::Text, Value::String(_)) => Some(0),
        (Form::Integer, Value::Number(number)) => scalar(is_whole(number), 0),
        (Form::Number, Value::Number(number)) => scalar(!is_whole(number), 0),
        // A known value says more than any string.
        (Form::Constant(values), Value::String(text)) => scalar(values.contains(&text.as_str()), 1),
        (Form::List([]), Value::Array(_)) => Some(0),
        (Form::List(forms), Value::Array(items)) => items.iter().map(|item| accept(item, forms)).sum(),
        (Form::Object(required, constants, known), Value::Object(members)) => {
            let present = |key: &&&str| members.contains_key(**key);
            let fits = |(key, values): &(&str, &[&str])| match members.get(*key) {
                None => true,
                Some(Value::String(text)) => values.contains(&text.as_str()),
                Some(Value::Number(number)) => values.contains(&number.to_string().as_str()),
                Some(Value::Bool(flag)) => values.contains(&if *flag { "true" } else { "false" }),
                Some(_) => false,
            };
            let accepted = required.iter().all(|key| present(&key)) && constants.iter().all(fits);
            accepted.then(|| known.iter().filter(present).count())
        }
        _ => None,
    }
}

fn is_whole(number: &serde_json::Number) -> bool {
    number.is_i64() || number.is_u64()
}
