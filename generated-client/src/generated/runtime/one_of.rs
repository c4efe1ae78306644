//! In: a JSON value and a static table of the forms that each variant of a union may take. Out: the variant that the
//! value is. The table proves most values to be one variant, at the cost of one look; only where it leaves several is
//! a second one decoded, if the first cannot be.

use super::located;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::cell::Cell;
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
    /// and booleans as their JSON text), members that the variant can keep, and the forms of some of these.
    Object(Keys, &'static [(&'static str, Keys)], Keys, &'static [(&'static str, &'static [Self])]),
}

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
                static FORMS: &[&[runtime::one_of::Form]] = {
                    use runtime::one_of::Form;
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
    let accepted = prove(value, table);
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

/// Whether one writing of a value has all the members of it that another one has. What none of the forms that the value
/// may take names need not be kept.
fn keeps(value: &Value, one: &Value, other: &Value, forms: &[&Form]) -> bool {
    let inner = |key: &str| -> Vec<&Form> {
        let each = forms.iter().filter_map(|form| match form {
            Form::Object(.., inner) => inner.iter().find(|(name, _)| *name == key),
            _ => None,
        });
        each.flat_map(|(_, forms)| forms.iter()).collect()
    };
    match (value, one, other) {
        (Value::Object(members), Value::Object(one), Value::Object(other)) => {
            let names = |key: &str| {
                forms.iter().any(|form| matches!(form, Form::Object(_, _, known, _) if known.contains(&key)))
            };
            members.iter().filter(|(key, _)| forms.is_empty() || names(key)).all(|(key, value)| {
                match (one.get(key), other.get(key)) {
                    (Some(one), Some(other)) => keeps(value, one, other, &inner(key)),
                    (None, Some(_)) => false,
                    (_, None) => true,
                }
            })
        }
        (Value::Array(items), Value::Array(one), Value::Array(other)) => {
            let forms: Vec<&Form> = forms
                .iter()
                .flat_map(|form| match form {
                    Form::List(items) => *items,
                    _ => &[],
                })
                .collect();
            let mut both = items.iter().zip(one.iter().zip(other));
            one.len() >= other.len() && both.all(|(item, (one, other))| keeps(item, one, other, &forms))
        }
        _ => true,
    }
}

/// The variants that accept the value, the best first; of equals, the first: the table is sorted by name, so that the
/// order of the description never decides.
pub fn prove<'t>(value: &Value, table: &[&'t [Form]]) -> Vec<(usize, Fit<'t>)> {
    let fit = |(index, forms): (usize, &&'t [Form])| Some((index, fit(value, forms, false)?));
    let mut accepted: Vec<_> = table.iter().enumerate().filter_map(fit).collect();
    accepted.sort_by_key(|(_, fit)| std::cmp::Reverse(fit.score));
    accepted
}

/// How well a value takes a form.
#[derive(Clone, Copy, Debug)]
pub struct Fit<'t> {
    form: &'t Form,
    score: usize,
}

/// What a member adds to the score of an object that can keep it: with a value that its description names, with any
/// other, and with one that it does not name where it names some.
const NAMED: usize = 3;
const KEPT: usize = 2;
const UNNAMED: usize = 1;

/// The form that accepts the value best. Inside an object, a string need not be one that an enum names.
fn fit<'t>(value: &Value, forms: &'t [Form], inside: bool) -> Option<Fit<'t>> {
    let fits = forms.iter().filter_map(|form| Some(Fit { form, score: score(value, form, inside)? }));
    fits.reduce(|best, fit| if fit.score > best.score { fit } else { best })
}

fn score(value: &Value, form: &Form, inside: bool) -> Option<usize> {
    match (form, value) {
        (Form::Null, Value::Null) | (Form::Boolean, Value::Bool(_)) => Some(KEPT),
        (Form::Integer, Value::Number(number)) => is_whole(number).then_some(KEPT),
        (Form::Number, Value::Number(number)) => (!is_whole(number)).then_some(KEPT),
        (Form::Text, Value::String(_)) => Some(KEPT),
        (Form::Constant(values), Value::String(text)) => match values.contains(&text.as_str()) {
            true => Some(NAMED),
            false => inside.then_some(UNNAMED),
        },
        (Form::List([]), Value::Array(_)) => Some(KEPT),
        (Form::List(forms), Value::Array(items)) => {
            items.iter().try_fold(KEPT, |sum, item| Some(sum + fit(item, forms, inside)?.score))
        }
        (Form::Object(required, constants, known, inner), Value::Object(members)) => {
            let all = required.iter().all(|key| members.contains_key(*key));
            let fixed = |(key, values): &(&str, Keys)| members.get(*key).is_none_or(|value| is_one_of(value, values));
            let member = |key: &&str| {
                let value = members.get(*key)?;
                let forms = inner.iter().find(|(name, _)| name == key);
                Some(forms.map_or(Some(KEPT), |(_, forms)| match fit(value, forms, true) {
                    // Where a member need not be there, null reads as none.
                    None if value.is_null() && !required.contains(key) => Some(0),
                    fit => Some(fit?.score),
                }))
            };
            (all && constants.iter().all(fixed))
                .then(|| known.iter().filter_map(member).try_fold(KEPT, |sum, score| Some(sum + score?)))?
        }
        _ => None,
    }
}

fn is_one_of(value: &Value, constants: Keys) -> bool {
    match value {
        Value::String(text) => constants.contains(&text.as_str()),
        Value::Number(number) => constants.contains(&number.to_string().as_str()),
        Value::Bool(flag) => constants.contains(if *flag { &"true" } else { &"false" }),
        _ => false,
    }
}

fn is_whole(number: &serde_json::Number) -> bool {
    number.is_i64() || number.is_u64()
}
