//! In: a JSON value and a static table of the forms that each variant of a union may take. Out: the variant that the
//! value is. The table proves most values to be one variant, at the cost of one look; only where it leaves several is
//! a second one decoded, if the first cannot be or loses something.

use super::form::{Form, keeps, prove, strays};
use super::located;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::cell::Cell;
use std::fmt;

/// Declares a union: each variant with the forms of JSON that it may take, with the member that is written beside its
/// content where that does not have it, and with the types that it can be made `from`:
///
/// ```text
/// one_of! {
///     pub enum Pet;
///     Cat(Box<Cat>) from Cat = [Form::Object(&["meow"], &[], &[], &[])],
///     Dog(Dog) = [Form::Object(&[], &[("kind", &["dog"])], &[], &[])] tag "kind" "dog",
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
                static FORMS: &[&[runtime::form::Form]] = {
                    use runtime::form::Form;
                    &[$(&$forms,)*]
                };
                // A value in hand is one type, so that this is compiled once, whatever is read from.
                const VARIANTS: &[runtime::one_of::Decode<$Name>] =
                    &[$(|value| runtime::one_of::decode(value).map($Name::$Variant),)*];
                runtime::one_of::read(deserializer, |value| {
                    let known = runtime::one_of::choose(&value, FORMS, VARIANTS)?;
                    Ok(known.unwrap_or_else(|| Self::Unknown(value)))
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

std::thread_local! {
    /// Whether a union is being decoded around this one. Only the outermost says where it failed, else each level would
    /// be decoded twice for that.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
    /// How many variants were tried and not taken at once since the outermost union began.
    static TRIED: Cell<usize> = const { Cell::new(0) };
}

/// How many variants may be tried and not taken before the next that can be decoded is, so that no value takes longer
/// than it is long.
const MOST_TRIED: usize = 64;

/// Decodes the content of the variant that was proven.
///
/// # Errors
/// When the value contradicts the description of the variant: what is wrong, and where in the value.
pub fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    let is_outermost = !INSIDE.replace(true);
    if is_outermost {
        TRIED.set(0);
    }
    let decoded = T::deserialize(value);
    INSIDE.set(!is_outermost);
    decoded.map_err(|error| {
        if !is_outermost {
            return error.to_string();
        }
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

/// Decodes a value as one variant.
pub type Decode<T> = fn(&Value) -> Result<T, String>;

/// Decodes a value as the variant that it is. Where the table leaves several, it is the best that keeps all the members
/// that any of them keeps; `None` if there is no such variant.
///
/// # Errors
/// When the value is proven to be one variant, and contradicts its description.
pub fn choose<T: Serialize>(value: &Value, table: &[&[Form]], variants: &[Decode<T>]) -> Result<Option<T>, String> {
    let mut accepted = prove(value, table);
    if let Value::Object(members) = value
        && strays(members, table)
    {
        let named = |key: &str| table.iter().copied().flatten().any(|form| form.names(key));
        accepted.retain(|(_, fit)| members.keys().all(|key| fit.form.names(key) || !named(key)));
    }
    if let [(index, _)] = accepted.as_slice() {
        return variants.get(*index).map(|variant| variant(value)).transpose();
    }
    let forms: Vec<&Form> = accepted.iter().map(|(_, fit)| fit.form).collect();
    let mut decoded: Vec<(T, Value)> = Vec::new();
    for variant in accepted.iter().filter_map(|(index, _)| variants.get(*index)) {
        if let Ok(content) = variant(value) {
            let written = serde_json::to_value(&content).map_err(|error| error.to_string())?;
            if keeps(value, &written, value, &forms) {
                return Ok(Some(content));
            }
            decoded.push((content, written));
        }
        TRIED.set(TRIED.get() + 1);
        if TRIED.get() > MOST_TRIED {
            break;
        }
    }
    let keeps_all = |(_, one): &(T, Value)| decoded.iter().all(|(_, other)| keeps(value, one, other, &forms));
    let best = decoded.iter().position(keeps_all);
    Ok(best.map(|best| decoded.swap_remove(best).0))
}
