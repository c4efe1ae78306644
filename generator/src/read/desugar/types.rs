//! In: schemas whose type is said loosely, or in JSON Schema's newer words. Out: one `type`, and only the keywords that
//! speak of it.

use super::nulls::{is_of_numbers, keywords_of};
use super::{Members, take};
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use crate::read::lenient;
use serde_json::{Value, json};

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// `const: X` -> `enum: [X]` (JSON Schema Validation 2020-12, section 6.1.3).
pub(super) fn constant(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let origin = sink.origins.resolve(&at.join("const"));
    if let Some(value) = members.shift_remove("const") {
        sink.origins.set(at.join("enum"), origin.clone());
        sink.origins.set(at.join("enum").index(0), origin);
        members.insert("enum".into(), json!([value]));
    }
}

/// A `type` that no version knows is taken as none.
pub(super) fn known_type(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let Some(found) = members.get("type") else { return };
    if found == "file" {
        let (old, new) = ("type: file".to_owned(), "type: string, format: binary".to_owned());
        sink.report(&at.join("type"), Problem::OldSpelling { old, new });
        members.insert("type".into(), json!("string"));
        members.insert("format".into(), json!("binary"));
        return;
    }
    if found.as_str().is_none_or(|found| !TYPES.contains(&found)) {
        let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
        sink.report(&at.join("type"), Problem::UnknownType { found });
        members.shift_remove("type");
    }
}

/// `exclusiveMinimum: 3` -> `minimum: 3, exclusiveMinimum: true`; the stricter bound holds.
pub(super) fn exclusive_bounds(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    for (exclusive, inclusive, lower) in [("exclusiveMinimum", "minimum", true), ("exclusiveMaximum", "maximum", false)]
    {
        let bound = match members.get(exclusive) {
            None | Some(Value::Bool(_)) => continue,
            Some(Value::Number(bound)) => bound.as_f64(),
            Some(_) => None,
        };
        let other = members.get(inclusive).and_then(Value::as_f64);
        let stricter = |bound: f64| other.is_none_or(|other| if lower { bound >= other } else { bound <= other });
        if bound.is_some_and(stricter) {
            let value = take(members, exclusive, at, &at.join(inclusive), sink);
            members.extend(value.map(|value| (inclusive.to_owned(), value)));
            members.insert(exclusive.into(), json!(true));
        } else {
            members.shift_remove(exclusive);
        }
    }
}

/// `items: true` -> `items: {}`.
pub(super) fn any_items(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    if members.get("items").is_some_and(Value::is_boolean) {
        members.insert("items".into(), json!({}));
    }
}

/// A missing `type` follows from the keywords that only one type has.
pub(super) fn inferred_type(members: &mut Members, at: &Pointer, _: &mut Diagnostics) {
    if members.contains_key("type") || members.contains_key("$ref") {
        return;
    }
    let has = |names: &[&str]| names.iter().any(|name| members.contains_key(*name));
    let composed = has(&["allOf", "oneOf", "anyOf", "not"]);
    let of_values = members.get("enum").and_then(Value::as_array).and_then(|values| type_of_values(values));
    let type_ = if has(&["properties"]) || (has(&["additionalProperties"]) && !composed) {
        "object"
    } else if has(&["items"]) {
        "array"
    } else if let Some(type_) = of_values {
        // Beside `$ref` or `anyOf`, too, it narrows what these allow to its own values.
        type_
    } else if let Some(type_) = type_of_limits(members).filter(|_| !composed && !has(&["enum"]) && !is_subschema(at)) {
        type_
    } else {
        return;
    };
    members.insert("type".into(), json!(type_));
}

/// The type that a format or a length is said of. By the letter another type is allowed there, too, and nobody means it.
fn type_of_limits(members: &Members) -> Option<&'static str> {
    let of_text = ["pattern", "minLength", "maxLength"].iter().any(|keyword| members.contains_key(*keyword));
    match members.get("format").and_then(Value::as_str) {
        Some("float" | "double") => Some("number"),
        Some(format) if format.trim_start_matches(['u', '-']).starts_with("int") => Some("integer"),
        Some(format) if is_of_numbers(format) || OPEN.contains(&format) => of_text.then_some("string"),
        Some(_) => Some("string"),
        None => of_text.then_some("string"),
    }
}

/// Formats that are not of text alone.
const OPEN: [&str; 6] = ["any", "boolean", "object", "array", "timestamp", "unix-time"];

/// Whether what stands at an address only adds to what another schema says, or is an alternative to it; or is a component,
/// which may be used in such a place.
fn is_subschema(at: &Pointer) -> bool {
    const ADDING: [&str; 7] = ["not", "if", "then", "else", "contains", "propertyNames", "contentSchema"];
    let around = at.parent();
    let around = around.as_ref().and_then(Pointer::last).unwrap_or_default();
    let last = at.last().unwrap_or_default();
    let listed = ["allOf", "anyOf", "oneOf"].contains(&around) && last.parse::<usize>().is_ok();
    let is_component =
        matches!(at.tokens(), [components, schemas, _] if components == "components" && schemas == "schemas");
    listed || is_component || ADDING.contains(&last) && !["properties", "schemas", "$defs"].contains(&around)
}

/// The one type that all values of an `enum` have.
fn type_of_values(values: &[Value]) -> Option<&'static str> {
    let all = |is: fn(&Value) -> bool| !values.is_empty() && values.iter().all(is);
    if all(Value::is_string) {
        Some("string")
    } else if all(|value| value.is_i64() || value.is_u64()) {
        Some("integer")
    } else if all(Value::is_number) {
        Some("number")
    } else if all(Value::is_boolean) {
        Some("boolean")
    } else {
        None
    }
}

/// `contentEncoding: base64` -> `format: byte`, which OpenAPI 3.1 has it replace (OpenAPI 3.1.1, section 4.4.2).
pub(super) fn content_encoding(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let is_base64 = members.get("contentEncoding").and_then(Value::as_str) == Some("base64");
    let is_text = members.get("type").is_none_or(|type_| type_ == "string");
    if is_base64 && is_text && !members.contains_key("format") {
        take(members, "contentEncoding", at, &at.join("format"), sink);
        members.insert("format".into(), json!("byte"));
    }
}

/// `contentMediaType: image/png` -> `format: binary`, which OpenAPI 3.1 has it replace (OpenAPI 3.1.1, section 4.4.2.1);
/// text in a string stays a string.
pub(super) fn content_media_type(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    let media = members.get("contentMediaType").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    let is_bytes = media == "application/octet-stream"
        || media == "application/pdf"
        || ["image/", "audio/", "video/"].iter().any(|start| media.starts_with(start));
    let has = |names: &[&str]| names.iter().any(|name| members.contains_key(*name));
    let is_string = members.get("type").map_or(!has(&["oneOf", "anyOf", "enum"]), |one| one == "string");
    if is_bytes && is_string && !has(&["format", "contentEncoding"]) {
        if !has(&["$ref", "allOf"]) {
            members.insert("type".into(), json!("string"));
        }
        members.insert("format".into(), json!("binary"));
    }
}

/// What is lenient is so by `true`.
pub(super) fn lenient(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    if members.get(lenient::MEMBER).is_some_and(|value| !value.is_boolean()) {
        let (member, expected, found) = (lenient::MEMBER.to_owned(), "`true` or `false`", "something else");
        sink.report(&at.join(lenient::MEMBER), Problem::Misshapen { member, expected, found });
        members.shift_remove(lenient::MEMBER);
    }
}

/// A float rounds what a decimal number means to keep.
pub(super) fn decimal(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let format = members.get("format").and_then(Value::as_str).unwrap_or_default();
    if members.get("type") == Some(&json!("number")) && ["decimal", "decimal128", "bigdecimal"].contains(&format) {
        sink.report(&at.join("format"), Problem::RoundedDecimal { format: format.to_owned() });
    }
}

/// A keyword that speaks of another type says nothing (JSON Schema Validation 2020-12, section 6) and goes; it is reported.
pub(super) fn foreign_keywords(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let Some(type_) = members.get("type").and_then(Value::as_str).map(str::to_owned) else { return };
    let own = keywords_of(&type_);
    for keyword in TYPES.iter().flat_map(|other| keywords_of(other)).filter(|keyword| !own.contains(keyword)) {
        foreign(members, keyword, &type_, at, sink);
    }
    if type_ != "string" {
        foreign(members, "contentEncoding", &type_, at, sink);
        foreign(members, "contentMediaType", &type_, at, sink);
    }
    if !matches!(type_.as_str(), "string" | "number" | "integer") {
        foreign(members, "format", &type_, at, sink);
    }
    if type_ == "integer" {
        wide_bounds(members);
    }
}

fn foreign(members: &mut Members, keyword: &str, type_: &str, at: &Pointer, sink: &mut Diagnostics) {
    if members.shift_remove(keyword).is_some() {
        let (keyword, type_) = (keyword.to_owned(), type_.to_owned());
        sink.report(&at.join(keyword.as_str()), Problem::ForeignKeyword { keyword, type_ });
    }
}

/// The core language writes the bounds of whole numbers as i64; a bound outside is kept beside it.
pub(in crate::read) fn wide_bounds(members: &mut Members) {
    for keyword in ["minimum", "maximum", "multipleOf"] {
        if members.get(keyword).is_some_and(|bound| !bound.is_i64()) {
            let bound = members.shift_remove(keyword);
            members.extend(bound.map(|bound| (format!("x-oasmith-{keyword}"), bound)));
        }
    }
}

/// `enum` of values of several types, -> `anyOf` with an `enum` for each type.
pub(super) fn mixed_enum(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let others = ["type", "$ref", "allOf", "oneOf", "anyOf", "not", "properties", "items", "additionalProperties"];
    if others.iter().any(|other| members.contains_key(*other)) {
        return;
    }
    let Some(Value::Array(values)) = members.get("enum") else { return };
    if type_of_values(values).is_some() {
        return;
    }
    let mut arms: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut moves = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let Some(type_) = type_of_values(std::slice::from_ref(value)) else { return };
        let place = arms.iter().position(|(other, _)| *other == type_).unwrap_or(arms.len());
        if place == arms.len() {
            arms.push((type_, Vec::new()));
        }
        let (_, arm) = &mut arms[place];
        moves.push((at.join("enum").index(index), at.join("anyOf").index(place).join("enum").index(arm.len())));
        arm.push(value.clone());
    }
    if arms.len() < 2 {
        return;
    }
    sink.origins.relocate(&moves);
    let arms: Vec<_> = arms.into_iter().map(|(type_, values)| json!({"type": type_, "enum": values})).collect();
    members.shift_remove("enum");
    members.insert("anyOf".into(), Value::Array(arms));
}

/// The values of an `enum` fit its type, or are kept for later.
pub(super) fn enum_values(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let type_ = members.get("type").and_then(Value::as_str).map(str::to_owned);
    let Some(Value::Array(values)) = members.get_mut("enum") else { return };
    if type_.as_deref() == Some("string") {
        for (index, value) in values.iter_mut().enumerate().filter(|(_, value)| !value.is_string()) {
            let text = value.to_string();
            let member = format!("enum[{index}]");
            sink.report(&at.join("enum").index(index), Problem::ReadAsText { member, text: text.clone() });
            *value = Value::String(text);
        }
        return;
    }
    let (fits, taken): (fn(&Value) -> bool, _) = match type_.as_deref() {
        Some("integer") => (Value::is_i64, "a whole number"),
        Some("number") => (Value::is_number, "a number"),
        Some("boolean") => (Value::is_boolean, "`true` or `false`"),
        Some("array") => (Value::is_array, "a list"),
        Some("object") => (Value::is_object, "an object"),
        _ => (|_| false, "any JSON value"),
    };
    let fit = values.iter().all(fits);
    if !fit {
        sink.report(&at.join("enum"), Problem::WideEnum { taken });
    }
    // The core language has no such values for these; like bounds, they only narrow what the type says.
    if !fit || matches!(type_.as_deref(), Some("array" | "object")) {
        let kept = take(members, "enum", at, &at.join("x-oasmith-enum"), sink);
        members.extend(kept.map(|kept| ("x-oasmith-enum".to_owned(), kept)));
    }
}

/// `x-enum-varnames` and `x-enumNames` name the values of an `enum` of numbers, in its order: a wide-spread custom. Texts
/// that are numbers are named, too; others name themselves.
pub(super) fn enum_names(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    let list = |name: &str| members.get(name).and_then(Value::as_array);
    let (Some(values), Some(names)) = (list("enum"), list("x-enum-varnames").or_else(|| list("x-enumNames"))) else {
        return;
    };
    // The number's digits.
    let digits = |value: &Value| match value {
        Value::String(text) => text.parse::<i64>().ok().map(|_| text.clone()),
        value => value.as_i64().map(|number| number.to_string()),
    };
    if values.len() == names.len() && values.iter().all(|value| value.is_null() || digits(value).is_some()) {
        let named = values.iter().zip(names).filter_map(|(value, name)| Some((digits(value)?, name.clone())));
        let named = Value::Object(named.collect());
        members.insert("x-oasmith-enum-names".into(), named);
    }
}

/// Of several `examples` (JSON Schema Validation 2020-12, section 9.5) the first stands for all.
pub(super) fn examples(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    if let Some(Value::Array(examples)) = members.shift_remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        members.entry("example").or_insert(first);
    }
}

/// A discriminator's mapping leads from values to names; without names it says nothing.
pub(super) fn discriminator(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let Some(Value::Object(discriminator)) = members.get_mut("discriminator") else { return };
    let at = at.join("discriminator").join("mapping");
    match discriminator.get_mut("mapping") {
        Some(Value::Object(mapping)) => {
            let odd: Vec<_> = mapping.iter().filter(|(_, to)| !to.is_string()).map(|(from, _)| from.clone()).collect();
            for member in odd {
                mapping.shift_remove(&member);
                let at = at.join(member.as_str());
                sink.report(&at, Problem::Misshapen { member, expected: "a string", found: "something else" });
            }
        }
        Some(_) => {
            discriminator.shift_remove("mapping");
            let (member, expected, found) = ("mapping".to_owned(), "an object", "something else");
            sink.report(&at, Problem::Misshapen { member, expected, found });
        }
        None => {}
    }
}
