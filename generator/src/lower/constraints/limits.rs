//! In: a schema of one kind. Out: what it asks of a value (JSON Schema Validation 2020-12, section 6), as words.

use super::code;
use crate::Options;
use crate::ir::{Format, Type as Lowered};
use crate::lower::scalars::scalar;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerType, NumberType, ReferenceOr, Schema, SchemaKind, StringType,
    Type,
};
use openapiv3::{IntegerFormat, VariantOrUnknownOrEmpty};
use serde::Serialize;
use serde_json::Value;

/// How many values of a restricted type are listed.
const MOST_VALUES: usize = 20;

/// A limit: its label, and its value.
type Limit = (&'static str, String);

/// What a schema asks of a value beyond its type.
pub(super) fn limits(options: &Options, schema: &Schema) -> Vec<Limit> {
    let found = match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => text(string, is_text(scalar(options, schema).as_ref())),
        SchemaKind::Type(Type::Integer(integer)) => whole(integer, schema),
        SchemaKind::Type(Type::Number(number)) => real(number),
        SchemaKind::Type(Type::Boolean(boolean)) => vec![one_of(boolean.enumeration.iter().flatten())],
        SchemaKind::Type(Type::Array(array)) => list(options, array),
        SchemaKind::Type(Type::Object(object)) => {
            let values = match &object.additional_properties {
                Some(AdditionalProperties::Schema(values)) => values.as_item(),
                _ => None,
            };
            let number = number_of("Number of properties", object.min_properties, object.max_properties);
            vec![number, of_each(options, "Values", values.filter(|_| object.properties.is_empty()))]
        }
        SchemaKind::Any(any) => anything(any),
        _ => Vec::new(),
    };
    let wide = schema.schema_data.extensions.get("x-oasmith-enum").and_then(Value::as_array);
    found.into_iter().chain([wide.and_then(|values| one_of(values.iter()))]).flatten().collect()
}

fn text(string: &StringType, says_format: bool) -> Vec<Option<Limit>> {
    vec![
        number_of("Length", string.min_length, string.max_length),
        string.pattern.as_ref().map(|pattern| ("Pattern", code(pattern))),
        format(&string.format).filter(|_| says_format),
    ]
}

fn whole(integer: &IntegerType, schema: &Schema) -> Vec<Option<Limit>> {
    // A bound that is no `i64` is kept beside the core language.
    let bound = |own: Option<i64>, wide: &str| {
        let wide = || Some(schema.schema_data.extensions.get(wide)?.to_string());
        own.map(|own| own.to_string()).or_else(wide)
    };
    let least = bound(integer.minimum, "x-oasmith-minimum").map(|bound| (bound, integer.exclusive_minimum));
    let most = bound(integer.maximum, "x-oasmith-maximum").map(|bound| (bound, integer.exclusive_maximum));
    let known = match &integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32 | IntegerFormat::Int64) => true,
        VariantOrUnknownOrEmpty::Unknown(format) => matches!(format.as_str(), "uint32" | "uint64"),
        VariantOrUnknownOrEmpty::Empty => true,
    };
    vec![
        between("Range", least, most),
        integer.multiple_of.map(|of| ("Multiple of", of.to_string())),
        format(&integer.format).filter(|_| !known),
    ]
}

fn real(number: &NumberType) -> Vec<Option<Limit>> {
    let least = number.minimum.map(|bound| (plain(bound), number.exclusive_minimum));
    let most = number.maximum.map(|bound| (plain(bound), number.exclusive_maximum));
    let known = matches!(number.format, VariantOrUnknownOrEmpty::Item(_));
    vec![
        between("Range", least, most),
        number.multiple_of.map(|of| ("Multiple of", plain(of))),
        one_of(number.enumeration.iter().flatten()),
        format(&number.format).filter(|_| !known),
    ]
}

fn list(options: &Options, array: &ArrayType) -> Vec<Option<Limit>> {
    let item = array.items.as_ref().and_then(ReferenceOr::as_item).map(Box::as_ref);
    vec![
        number_of("Number of items", array.min_items, array.max_items),
        array.unique_items.then(|| ("Unique items", String::new())),
        of_each(options, "Items", item),
    ]
}

/// Whether the Rust type leaves the format unsaid. Of bytes, few places have a type.
fn is_text(lowered: Option<&Lowered>) -> bool {
    matches!(lowered, Some(Lowered::String | Lowered::Format(Format::File)))
}

/// The limits of each value in a list or a map, where they are scalars.
fn of_each(options: &Options, label: &'static str, schema: Option<&Schema>) -> Option<Limit> {
    let schema = schema.filter(|schema| scalar(options, schema).is_some())?;
    let said = |(label, value): Limit| format!("{} {value}", label.to_lowercase());
    let limits: Vec<_> = limits(options, schema).into_iter().map(said).collect();
    (!limits.is_empty()).then(|| (label, limits.join(", ")))
}

/// The limits of a schema without a type hold for the values that they speak of.
fn anything(any: &AnySchema) -> Vec<Option<Limit>> {
    let least = any.minimum.map(|bound| (plain(bound), any.exclusive_minimum == Some(true)));
    let most = any.maximum.map(|bound| (plain(bound), any.exclusive_maximum == Some(true)));
    vec![
        number_of("Length", any.min_length, any.max_length),
        any.pattern.as_ref().map(|pattern| ("Pattern", code(pattern))),
        any.format.as_ref().map(|format| ("Format", code(format))),
        between("Range", least, most),
        any.multiple_of.map(|of| ("Multiple of", plain(of))),
        number_of("Number of items", any.min_items, any.max_items),
        any.unique_items.unwrap_or(false).then(|| ("Unique items", String::new())),
        number_of("Number of properties", any.min_properties, any.max_properties),
    ]
}

fn format<T: Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<Limit> {
    match serde_json::to_value(format) {
        // The Rust type says how wide a whole number is.
        Ok(Value::String(format)) if !(format.is_empty() || format.contains("int")) => Some(("Format", code(&format))),
        _ => None,
    }
}

fn one_of<T: ToString>(values: impl Iterator<Item = T>) -> Option<Limit> {
    let values: Vec<_> = values.map(|value| code(&value.to_string())).collect();
    (1..=MOST_VALUES).contains(&values.len()).then(|| ("One of", values.join(", ")))
}

fn number_of(label: &'static str, least: Option<usize>, most: Option<usize>) -> Option<Limit> {
    // No length is below 0.
    let least = least.filter(|least| *least > 0);
    between(label, least.map(|least| (least.to_string(), false)), most.map(|most| (most.to_string(), false)))
}

/// Bounds, each with whether it is itself left out.
fn between(label: &'static str, least: Option<(String, bool)>, most: Option<(String, bool)>) -> Option<Limit> {
    let words = match (least, most) {
        (Some((least, false)), Some((most, false))) if least == most => least,
        (Some((least, false)), Some((most, false))) => format!("{least} to {most}"),
        (least, most) => {
            let least = least.map(|(bound, out)| format!("{} {bound}", if out { "more than" } else { "at least" }));
            let most = most.map(|(bound, out)| format!("{} {bound}", if out { "less than" } else { "at most" }));
            least.into_iter().chain(most).collect::<Vec<_>>().join(", ")
        }
    };
    (!words.is_empty()).then_some((label, words))
}

/// A number as people write it: `1`, `0.01`, `1e300`.
fn plain(number: f64) -> String {
    let small = number == 0.0 || (1e-6..1e16).contains(&number.abs());
    if small { number.to_string() } else { format!("{number:e}") }
}
