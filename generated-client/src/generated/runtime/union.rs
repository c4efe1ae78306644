//! In: a JSON value and a static table of the forms that each variant of a union may take. Out: the one variant that
//! the value is proven to be. No variant is ever tried out, so the cost is one look at the value.

use super::located;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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

/// Reads any JSON value, and says which variant of the table it is; `None` if it is none of them.
///
/// # Errors
/// When there is no JSON value.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D, table: &[&[Form]]) -> Result<(Option<usize>, Value), D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok((prove(&value, table), value))
}

/// Decodes the content of the variant that was proven. A failure says where in the value it is.
///
/// # Errors
/// When the value contradicts the description of the variant.
pub fn decode<T: DeserializeOwned, E: Error>(value: Value) -> Result<T, E> {
    serde_path_to_error::deserialize(value).map_err(|error| E::custom(located::message(error)))
}

/// Writes a variant as what it holds.
///
/// # Errors
/// When the content cannot be written.
pub fn write<T: Serialize + ?Sized, S: serde::Serializer>(content: &T, serializer: S) -> Result<S::Ok, S::Error> {
    content.serialize(serializer)
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
