//! In: whole numbers whose bounds or values are beyond what their format holds. Out: the format that holds them, for the
//! core language has bounds of 64 bits only.

use super::Members;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use crate::read::lenient;
use serde_json::{Number, Value};

/// What each format holds (OpenAPI Format Registry, and two names for what it has none for).
const FORMATS: [(&str, i128, i128); 10] = [
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", LEAST, MOST),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
    // A bound beyond it is read as the most that there is.
    ("int128", i128::MIN, i128::MAX - 1),
    ("uint128", 0, i128::MAX),
];
const LEAST: i128 = i64::MIN as i128;
const MOST: i128 = i64::MAX as i128;

/// The formats that a wide number may take, the most usual one first.
const WIDER: [&str; 4] = ["int64", "uint64", "int128", "uint128"];

/// `maximum: 18446744073709551615` from 0 on -> `format: uint64`. Bounds and values win over a format that is too
/// narrow for them: a server that sends them is right by half of what the document says. `u-int8` is `uint8`.
pub(super) fn width(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    if members.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    let written = members.get("format").and_then(Value::as_str);
    let named = written.and_then(|written| find(&written.replace('-', "")));
    let (name, least, most) = named.unwrap_or(("int64", LEAST, MOST));
    if named.is_some() && written != Some(name) {
        members.insert("format".into(), name.into());
    }
    if ["minimum", "maximum"].iter().any(|name| members.get(*name).and_then(Value::as_f64).is_some_and(is_beyond)) {
        sink.report(at, Problem::WideInteger);
        members.insert(lenient::MEMBER.into(), Value::Bool(true));
    }
    let flag = |name: &str| i128::from(members.get(name) == Some(&Value::Bool(true)));
    let bound = |name: &str| members.get(name).and_then(Value::as_number).and_then(whole);
    let mut low = bound("minimum").map(|bound| bound.saturating_add(flag("exclusiveMinimum")));
    let mut high = bound("maximum").map(|bound| bound.saturating_sub(flag("exclusiveMaximum")));
    for value in members.get("enum").and_then(Value::as_array).into_iter().flatten() {
        let value = value.as_number().and_then(whole);
        low = low.into_iter().chain(value).min();
        high = high.into_iter().chain(value).max();
    }
    let holds = |low: i128, high: i128, (_, least, most): (&str, i128, i128)| low >= least && high <= most;
    let (low, high) = (low.unwrap_or(least), high.unwrap_or(most));
    if !holds(low, high, ("", least, most)) {
        let wider = WIDER.iter().filter_map(|name| find(name)).find(|format| holds(low, high, *format));
        let name = wider.map_or("int128", |(name, ..)| name);
        members.insert("format".into(), name.into());
    }
}

/// Whether a number is beyond 128 bits.
fn is_beyond(number: f64) -> bool {
    number >= u128::MAX as f64 || number < i128::MIN as f64
}

/// A format by its name, or as Rust's schemars has it (`uint`).
fn find(name: &str) -> Option<(&'static str, i128, i128)> {
    let name = if name == "uint" { "uint64" } else { name };
    FORMATS.into_iter().find(|(known, ..)| *known == name)
}

/// A number without its fraction. One that is a 64-bit limit but for what a float makes of it, as in documents that
/// JavaScript wrote, is that limit.
fn whole(number: &Number) -> Option<i128> {
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    let float = number.as_f64()?;
    let rounded = |limit: i128| limit as f64 == float;
    match exact {
        Some(exact) if exact <= MOST => Some(exact),
        _ if rounded(MOST) => Some(MOST),
        _ if rounded(i128::from(u64::MAX)) => Some(i128::from(u64::MAX)),
        Some(exact) => Some(exact),
        None => Some(float as i128),
    }
}

#[cfg(test)]
mod tests {
    use super::width;
    use crate::diagnostic::Diagnostics;
    use crate::pointer::Pointer;
    use serde_json::{Value, json};

    fn format(mut schema: Value) -> Value {
        schema["type"] = json!("integer");
        width(schema.as_object_mut().unwrap(), &Pointer::root(), &mut Diagnostics::default());
        schema["format"].take()
    }

    #[test]
    fn bounds_that_a_format_holds_change_nothing() {
        assert_eq!(format(json!({})), Value::Null);
        assert_eq!(format(json!({"minimum": 0})), Value::Null);
        assert_eq!(format(json!({"minimum": 0, "maximum": 4294967295u64})), Value::Null);
        assert_eq!(format(json!({"format": "int32", "maximum": 7})), json!("int32"));
        assert_eq!(format(json!({"format": "unix-time", "maximum": 7})), json!("unix-time"));
        // As JavaScript writes the limits of 64 bits.
        assert_eq!(format(json!({"minimum": -9223372036854776000.0, "maximum": 9223372036854776000u64})), Value::Null);
    }

    #[test]
    fn bounds_beyond_a_format_take_a_wider_one() {
        assert_eq!(format(json!({"minimum": 0, "maximum": u64::MAX})), json!("uint64"));
        assert_eq!(format(json!({"minimum": 0, "maximum": 18446744073709552000.0})), json!("uint64"));
        assert_eq!(format(json!({"minimum": -1, "exclusiveMinimum": true, "maximum": u64::MAX})), json!("uint64"));
        assert_eq!(format(json!({"maximum": u64::MAX})), json!("int128"));
        assert_eq!(format(json!({"minimum": 0, "maximum": 1e30})), json!("int128"));
        assert_eq!(format(json!({"minimum": 0, "maximum": 1e60})), json!("uint128"));
        assert_eq!(format(json!({"format": "int32", "minimum": 0, "maximum": 4294967295u64})), json!("int64"));
        assert_eq!(format(json!({"format": "uint8", "minimum": -1})), json!("int64"));
    }

    #[test]
    fn other_names_are_understood() {
        assert_eq!(format(json!({"format": "u-int8"})), json!("uint8"));
        assert_eq!(format(json!({"format": "uint", "minimum": 0})), json!("uint64"));
    }

    #[test]
    fn values_count_as_bounds() {
        assert_eq!(format(json!({"enum": [1, 2]})), Value::Null);
        assert_eq!(format(json!({"enum": [1, u64::MAX]})), json!("uint64"));
        assert_eq!(format(json!({"enum": [-1, u64::MAX]})), json!("int128"));
    }
}
