//! In: a schema of a translated document. Out: samples of it, valid ones and ones that deviate on purpose.

use crate::schema::{Deviation, Drawing, Habit};
use jsonschema::Validator;
use serde_json::Value;
use std::collections::BTreeSet;

/// How many times what is not valid, or was drawn before, is drawn again with other seeds.
const ROUNDS: usize = 20;
/// After how many rounds nothing new is taken for a sign that there is nothing more.
const PATIENCE: usize = 3;

/// A value to be decoded.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The value.
    pub value: Value,
    /// How it deviates from the schema.
    pub deviation: Deviation,
}

impl Sample {
    /// Whether the schema describes it to the letter.
    pub fn is_valid(&self) -> bool {
        self.deviation == Deviation::None
    }
}

/// The habits of the samples of one schema: the smallest, the largest, and many between.
fn habits(count: usize) -> Vec<Habit> {
    let habit = |optional, null, deviation| Habit { optional, null, deviation };
    let mut habits = vec![habit(0.0, 0.0, Deviation::None), habit(1.0, 0.0, Deviation::None)];
    habits.push(habit(1.0, 1.0, Deviation::None));
    let parts = [0.1, 0.3, 0.5, 0.7, 0.9, 1.0];
    for index in habits.len()..count {
        let optional = parts[index % parts.len()];
        let deviation = match index % 10 {
            7 => Deviation::Member,
            8 => Deviation::Constant,
            9 => Deviation::Tag,
            _ => Deviation::None,
        };
        habits.push(habit(optional, 0.3, deviation));
    }
    habits
}

/// Draws `count` samples at the most, none of them twice. A sample that deviates by an unknown value is not valid,
/// every other one is.
pub fn draw(root: &Value, pointer: &str, validator: &Validator, count: usize) -> Vec<Sample> {
    let Some(schema) = root.pointer(pointer) else { return Vec::new() };
    let mut texts = BTreeSet::new();
    let mut samples = Vec::new();
    for round in 0..ROUNDS {
        let before = samples.len();
        for (index, habit) in habits(count).into_iter().enumerate() {
            if samples.len() >= count {
                return samples;
            }
            let seed = seed(pointer, (round * count + index) as u64);
            let Some((value, deviations)) = Drawing::draw(root, schema, seed, habit) else { continue };
            let deviation = if deviations == 0 { Deviation::None } else { habit.deviation };
            let is_open = matches!(deviation, Deviation::Constant | Deviation::Tag);
            // Whether it may be null depends on where a type is used.
            if !value.is_null() && texts.insert(value.to_string()) && (is_open || validator.is_valid(&value)) {
                samples.push(Sample { value, deviation });
            }
        }
        if round + 1 >= PATIENCE && samples.len() == before {
            break;
        }
    }
    samples
}

/// FNV-1a, which is the same on every machine.
fn seed(pointer: &str, index: u64) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    pointer.bytes().chain(index.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::validator::Judge;
    use serde_json::json;

    #[test]
    fn there_are_as_many_as_the_schema_allows() {
        let document = json!({"s": {"type": "string"}, "b": {"type": "boolean"}, "d": {"type": "string", "format": "date"},
            "n": {"type": "number"}, "e": {"type": "object", "required": ["k"], "properties": {"k": {"type": "integer"}}}});
        let draw =
            |pointer: &str| draw(&document, pointer, &Judge::new(&document).unwrap().schema(pointer).unwrap(), 50);
        assert!(["/s", "/d", "/n", "/e"].into_iter().all(|pointer| draw(pointer).len() == 50));
        assert_eq!(draw("/b").len(), 2);
        let values = |pointer: &str| draw(pointer).into_iter().map(|sample| sample.value).collect::<Vec<_>>();
        assert_eq!(values("/e"), values("/e"));
    }

    #[test]
    fn samples_are_valid_or_deviate() {
        let document = json!({"a": {"type": "object", "required": ["k"],
            "properties": {"k": {"enum": ["x"]}, "n": {"type": "integer"}}, "not": {"required": ["n"]}}});
        let validator = Judge::new(&document).unwrap().schema("/a").unwrap();
        let samples = draw(&document, "/a", &validator, 50);
        assert!(samples.len() > 3, "{samples:?}");
        let (valid, _): (Vec<_>, Vec<_>) = samples.iter().partition(|sample| sample.value["k"] == "x");
        assert!(valid.iter().all(|sample| validator.is_valid(&sample.value)));
    }
}
