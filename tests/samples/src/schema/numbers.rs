//! In: the bounds and format of a number. Out: a number within them, often at their very edge.

use super::draw::Drawing;
use super::flat::Flat;
use rand::Rng;
use serde_json::{Value, json};

/// A whole number.
pub(super) fn integer(drawing: &mut Drawing<'_>, flat: &Flat) -> Option<Value> {
    let format = flat.get("format").and_then(Value::as_str).unwrap_or_default();
    // Some tools write `u-int32`.
    let (least, most) = match format.replace("u-int", "uint").as_str() {
        "int8" => (i128::from(i8::MIN), i128::from(i8::MAX)),
        "int16" => (i128::from(i16::MIN), i128::from(i16::MAX)),
        "int32" => (i128::from(i32::MIN), i128::from(i32::MAX)),
        "uint8" => (0, i128::from(u8::MAX)),
        "uint16" => (0, i128::from(u16::MAX)),
        "uint32" => (0, i128::from(u32::MAX)),
        "uint64" | "uint" => (0, i128::from(u64::MAX)),
        // As far as each is a number of 32 bits.
        "float" => (-(1 << 24), 1 << 24),
        _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    let bound = |name: &str| flat.get(name).and_then(whole);
    let least = [Some(least), bound("minimum"), bound("exclusiveMinimum").map(|number| number + 1)];
    let most = [Some(most), bound("maximum"), bound("exclusiveMaximum").map(|number| number - 1)];
    let (least, most) = (least.into_iter().flatten().max()?, most.into_iter().flatten().min()?);
    if least > most {
        return None;
    }
    let step = flat.get("multipleOf").and_then(whole).unwrap_or(1).max(1);
    let near = least.max(0).min(most);
    let picked = match drawing.below(9) {
        0 => least,
        1 => most,
        2 | 3 => near,
        4 => near + (most - near).min(1_700_000_000_000),
        5 => least + i128::from(drawing.rng.next_u64()) % (most - least + 1),
        _ => near + i128::try_from(drawing.below(1000)).ok()? % (most - near + 1),
    };
    let stepped = picked - picked.rem_euclid(step);
    let number = if stepped < least { stepped + step } else { stepped };
    match (i64::try_from(number), u64::try_from(number)) {
        (Ok(number), _) => Some(json!(number)),
        (_, Ok(number)) => Some(json!(number)),
        _ => None,
    }
}

/// A bound as a whole number, towards zero.
#[allow(clippy::cast_possible_truncation)]
fn whole(value: &Value) -> Option<i128> {
    value.as_i64().map(i128::from).or(value.as_u64().map(i128::from)).or(value.as_f64().map(|number| number as i128))
}

/// A number, often with a fraction. Those of `format: float` fit into 32 bits.
pub(super) fn number(drawing: &mut Drawing<'_>, flat: &Flat) -> Option<Value> {
    let bound = |name: &str| flat.get(name).and_then(Value::as_f64);
    let least = bound("minimum").or(bound("exclusiveMinimum"));
    let most = bound("maximum").or(bound("exclusiveMaximum"));
    let format = flat.get("format").and_then(Value::as_str);
    if format.is_some_and(|format| format.contains("int")) || flat.contains_key("multipleOf") {
        return integer(drawing, flat);
    }
    let (low, high) = match (least, most) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low + 1000.0),
        (None, Some(high)) => (high - 1000.0, high),
        (None, None) => (-1000.0, 1000.0),
    };
    let parts = [0.0, 1.0, 0.5, 0.25, 0.75, 0.125, 0.625, 0.375];
    let part = parts[drawing.below(parts.len())];
    let mut number = low + (high - low) * part;
    match drawing.below(6) {
        0 if format != Some("float") => number = low + (high - low) * 0.123_456_789,
        1 if low <= 7.0 && high >= 7.0 => return Some(json!(7)),
        2 | 3 => number = low + (high - low) * f64::from(drawing.rng.next_u32()) / f64::from(u32::MAX),
        _ => {}
    }
    if format == Some("float") {
        number = f64::from(number as f32);
    }
    Some(json!(number))
}

#[cfg(test)]
mod tests {
    use crate::schema::{Deviation, Drawing, Habit};
    use serde_json::{Value, json};
    use std::collections::BTreeSet;

    #[test]
    fn there_are_many_numbers() {
        let habit = Habit { optional: 0.5, null: 0.0, deviation: Deviation::None };
        for schema in [json!({"type": "integer"}), json!({"type": "number"}), json!({"type": "number", "maximum": 1})] {
            let drawn = (0..200).map(|seed| Drawing::draw(&Value::Null, &schema, seed, habit).unwrap().0.to_string());
            assert!(drawn.collect::<BTreeSet<_>>().len() > 50, "{schema}");
        }
    }

    #[test]
    fn numbers_keep_their_bounds() {
        let habit = Habit { optional: 0.5, null: 0.0, deviation: Deviation::None };
        let drawn =
            |schema: Value| (0..50).map(move |seed| Drawing::draw(&Value::Null, &schema, seed, habit).unwrap().0);
        assert!(
            drawn(json!({"type": "integer", "format": "int32"})).all(|it| i32::try_from(it.as_i64().unwrap()).is_ok())
        );
        assert!(drawn(json!({"type": "integer", "format": "u-int8"})).all(|it| it.as_u64().unwrap() <= 255));
        assert!(drawn(json!({"type": "integer", "format": "uint64"})).any(|it| it == json!(u64::MAX)));
        assert!(
            drawn(json!({"type": "integer", "minimum": 5, "multipleOf": 3})).all(|it| it.as_i64().unwrap() % 3 == 0)
        );
        assert!(
            drawn(json!({"type": "number", "exclusiveMinimum": 1, "maximum": 2})).all(|it| it.as_f64().unwrap() <= 2.0)
        );
    }
}
