//! In: a schema of a translated document and a seed. Out: an instance. The same seed draws the same instance. Not every
//! instance is valid (`not`, overlapping arms of `oneOf`): the validator sorts those out.

use super::flat::{Flat, type_names};
use super::{numbers, strings};
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;
use serde_json::{Map, Value, json};

/// What names and values begin with that no schema has.
pub const UNKNOWN: &str = "unknown-to-the-schema";
/// What members begin with that no property names, but a schema for additional ones allows.
pub const EXTRA: &str = "extra-";

/// How many values an instance has before everything optional is left out.
const BUDGET: usize = 120;
/// How deep an instance is before everything optional is left out.
const DEEPEST: usize = 8;
/// How deep an instance may be at all: a type that must contain itself has no instance.
const BOTTOM: usize = 30;
/// How many values are tried until it is taken for impossible.
const LIMIT: usize = 5000;

/// How an instance deviates from what the schema lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// Not at all.
    None,
    /// Objects have members that nothing names.
    Member,
    /// A value that its enum does not list.
    Constant,
    /// A discriminator's value that no variant has.
    Tag,
}

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Habit {
    /// How likely an optional part is there.
    pub optional: f64,
    /// How likely a value that may be null is.
    pub null: f64,
    /// How it deviates.
    pub deviation: Deviation,
}

/// One instance being drawn.
pub struct Drawing<'a> {
    pub(super) root: &'a Value,
    pub(super) rng: Pcg64,
    pub(super) deviation: Deviation,
    /// How often it has deviated.
    pub(super) deviations: usize,
    optional: f64,
    null: f64,
    values: usize,
}

impl<'a> Drawing<'a> {
    /// Draws an instance, which is not null at its outermost unless nothing else fits; says how often it deviates.
    pub fn draw(root: &'a Value, schema: &Value, seed: u64, habit: Habit) -> Option<(Value, usize)> {
        let Habit { optional, null, deviation } = habit;
        let rng = Pcg64::seed_from_u64(seed);
        let mut drawing = Self { root, rng, deviation, deviations: 0, optional, null, values: 0 };
        let value = drawing.value(schema, 0)?;
        Some((value, drawing.deviations))
    }

    /// A number below `end`, which is not zero.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.rng.next_u64() % (end as u64)).unwrap_or_default()
    }

    pub(super) fn chance(&mut self, likely: f64) -> bool {
        const STEPS: u32 = 1 << 16;
        f64::from(self.rng.next_u32() % STEPS) < likely * f64::from(STEPS)
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let other = self.below(end + 1);
            items.swap(end, other);
        }
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        self.values += 1;
        if depth > BOTTOM || self.values > LIMIT {
            return None;
        }
        // Another arm of a union may fit where the first one does not.
        (0..4).find_map(|_| {
            let flat = self.flat(schema, 0)?;
            self.of_flat(&flat, depth)
        })
    }

    fn of_flat(&mut self, flat: &Flat, depth: usize) -> Option<Value> {
        if let Some(values) = flat.get("enum").and_then(Value::as_array) {
            return self.constant(flat, values, depth);
        }
        let names = flat.get("type").map(type_names).unwrap_or_default();
        let mut names = if names.is_empty() { self.implied(flat) } else { names };
        if names.contains(&"null") && names.len() > 1 {
            if depth > 0 && self.chance(self.null) {
                return Some(Value::Null);
            }
            names.retain(|name| *name != "null");
        }
        match names[self.below(names.len())] {
            "null" => Some(Value::Null),
            "boolean" => Some(json!(self.chance(0.5))),
            "integer" => numbers::integer(self, flat),
            "number" => numbers::number(self, flat),
            "string" => strings::string(self, flat).map(Value::String),
            "array" => self.array(flat, depth),
            _ => self.object(flat, depth),
        }
    }

    /// The types of which a schema without any speaks; any if it speaks of none.
    fn implied(&mut self, flat: &Flat) -> Vec<&'static str> {
        const IMPLIED: [(&str, &[&str]); 4] = [
            ("object", &["properties", "required", "additionalProperties", "patternProperties", "minProperties"]),
            ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
            ("string", &["pattern", "minLength", "maxLength", "format"]),
            ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
        ];
        let speaks = |names: &[&str]| names.iter().any(|name| flat.contains_key(*name));
        let found: Vec<_> = IMPLIED.iter().filter(|(_, names)| speaks(names)).map(|(name, _)| *name).collect();
        if found.is_empty() { vec!["object", "string", "boolean", "number", "array", "null"] } else { found }
    }

    fn constant(&mut self, flat: &Flat, values: &[Value], depth: usize) -> Option<Value> {
        let types = flat.get("type").map(type_names).unwrap_or_default();
        let fits = |value: &&Value| types.is_empty() || types.iter().any(|name| is_of(value, name));
        let mut values: Vec<_> = values.iter().filter(fits).collect();
        if depth == 0 && values.iter().any(|value| !value.is_null()) {
            values.retain(|value| !value.is_null());
        }
        if values.is_empty() {
            return None;
        }
        let value = values[self.below(values.len())].clone();
        if self.deviation == Deviation::Constant && self.chance(0.7) {
            match value {
                Value::String(_) => {
                    self.deviations += 1;
                    return Some(json!(format!("{UNKNOWN} {}", self.below(10))));
                }
                Value::Number(number) if number.is_i64() => {
                    self.deviations += 1;
                    return Some(json!(900_000 + self.below(1000)));
                }
                _ => {}
            }
        }
        Some(value)
    }

    fn array(&mut self, flat: &Flat, depth: usize) -> Option<Value> {
        let limit = |name: &str| flat.get(name).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        let fewest = limit("minItems").unwrap_or(0);
        let most = limit("maxItems").unwrap_or(usize::MAX).min(fewest + 2);
        let mut wanted = fewest;
        while wanted < most && self.goes_on(depth) {
            wanted += 1;
        }
        let first = flat.get("prefixItems").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if wanted == 0 && !first.is_empty() && self.chance(0.7) {
            wanted = first.len().min(most.max(1));
        }
        let items = flat.get("items").unwrap_or(&Value::Bool(true));
        let is_unique = flat.get("uniqueItems") == Some(&Value::Bool(true));
        let mut drawn: Vec<Value> = Vec::new();
        for _ in 0..wanted.saturating_mul(4) {
            if drawn.len() == wanted {
                break;
            }
            match self.value(first.get(drawn.len()).unwrap_or(items), depth + 1) {
                Some(value) if !is_unique || !drawn.contains(&value) => drawn.push(value),
                Some(_) => {}
                None => break,
            }
        }
        (drawn.len() >= fewest).then_some(Value::Array(drawn))
    }

    fn object(&mut self, flat: &Flat, depth: usize) -> Option<Value> {
        let empty = Map::new();
        let properties = flat.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let required = flat.get("required").and_then(Value::as_array).into_iter().flatten();
        let required: Vec<_> = required.filter_map(Value::as_str).collect();
        let limit = |name: &str| flat.get(name).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        let fewest = limit("minProperties").unwrap_or(0);
        let most = limit("maxProperties").unwrap_or(usize::MAX);
        let rest = flat.get("additionalProperties");
        let mut drawn = Map::new();
        for name in &required {
            let schema = properties.get(*name).or(rest).unwrap_or(&Value::Bool(true));
            drawn.insert((*name).to_owned(), self.value(schema, depth + 1)?);
        }
        let optional = properties.iter().filter(|(name, _)| !required.contains(&name.as_str()));
        for (name, schema) in optional {
            if drawn.len() < most
                && self.goes_on(depth)
                && let Some(value) = self.value(schema, depth + 1)
            {
                drawn.insert(name.clone(), value);
            }
        }
        self.patterns(flat, &mut drawn, depth);
        if let Some(rest) = rest {
            self.extras(flat, rest, fewest, most, &mut drawn, depth);
        } else if self.deviation == Deviation::Member && drawn.len() < most && self.chance(0.6) {
            self.deviations += 1;
            let value = self.value(&Value::Bool(true), depth + 4)?;
            drawn.insert(format!("{UNKNOWN}-{}", self.below(3)), value);
        }
        for (name, schema) in properties {
            if drawn.len() >= fewest {
                break;
            }
            if !drawn.contains_key(name)
                && let Some(value) = self.value(schema, depth + 1)
            {
                drawn.insert(name.clone(), value);
            }
        }
        Some(Value::Object(drawn))
    }

    fn patterns(&mut self, flat: &Flat, drawn: &mut Map<String, Value>, depth: usize) {
        let patterns = flat.get("patternProperties").and_then(Value::as_object);
        for (pattern, schema) in patterns.into_iter().flatten() {
            if self.goes_on(depth)
                && let Some(name) = strings::of_pattern(self, pattern)
                && let Some(value) = self.value(schema, depth + 1)
            {
                drawn.insert(name, value);
            }
        }
    }

    /// Members that no property names.
    fn extras(
        &mut self,
        flat: &Flat,
        rest: &Value,
        fewest: usize,
        most: usize,
        drawn: &mut Map<String, Value>,
        depth: usize,
    ) {
        let wanted = if *rest == Value::Bool(false) { 0 } else { 2 };
        for index in 0..wanted.max(fewest.saturating_sub(drawn.len()).min(8)) {
            let is_needed = drawn.len() < fewest;
            if *rest == Value::Bool(false) || drawn.len() >= most || !(is_needed || self.goes_on(depth)) {
                continue;
            }
            let names = flat.get("propertyNames").filter(|names| names.is_object());
            let name = names.and_then(|names| self.value(&names.clone(), depth + 1));
            let name = name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or(format!("{EXTRA}{index}"));
            if let Some(value) = self.value(rest, depth + 1) {
                drawn.insert(name, value);
            }
        }
    }

    /// Whether something optional is drawn.
    fn goes_on(&mut self, depth: usize) -> bool {
        let fading = [1.0, 1.0, 0.8, 0.6, 0.5];
        let fading = fading.get(depth).copied().unwrap_or(0.4);
        self.values < BUDGET && depth < DEEPEST && self.chance(self.optional * fading)
    }
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Deviation, Drawing, Habit, UNKNOWN};
    use serde_json::{Value, json};

    fn draw(schema: &Value, seed: u64, optional: f64, deviation: Deviation) -> Option<(Value, usize)> {
        Drawing::draw(&json!({ "a": schema }), schema, seed, Habit { optional, null: 0.3, deviation })
    }

    #[test]
    fn the_smallest_has_only_what_is_required() {
        let schema = json!({"type": "object", "required": ["a"],
            "properties": {"a": {"type": "integer", "minimum": 5, "maximum": 5}, "b": {"$ref": "#/a"}}});
        assert_eq!(draw(&schema, 1, 0.0, Deviation::None), Some((json!({"a": 5}), 0)));
        let largest = draw(&schema, 1, 1.0, Deviation::None).unwrap().0;
        assert!(largest.pointer("/b/b").is_some(), "{largest}");
    }

    #[test]
    fn what_must_contain_itself_has_no_instance() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/a"}}});
        assert_eq!(draw(&schema, 1, 0.0, Deviation::None), None);
    }

    #[test]
    fn all_that_is_drawn_is_valid() {
        let schema = json!({"type": "object", "required": ["k"], "minProperties": 2,
            "properties": {
                "k": {"enum": ["a", "b"]}, "d": {"type": "string", "format": "date-time"},
                "p": {"type": "string", "pattern": "^[A-Z]{2}-\\d{3}$"}, "n": {"type": ["number", "null"], "maximum": 3},
                "l": {"type": "array", "items": {"type": "integer"}, "uniqueItems": true, "minItems": 2},
                "s": {"type": "string", "minLength": 4, "maxLength": 5}},
            "allOf": [{"required": ["l"]}]});
        let options = jsonschema::options().should_validate_formats(true);
        let validator = options.build(&schema).unwrap();
        for seed in 0..200 {
            let (value, _) = draw(&schema, seed, 0.6, Deviation::Member).unwrap();
            assert!(validator.is_valid(&value), "{value}");
        }
    }

    #[test]
    fn deviations_are_counted() {
        let drawn = (0..20).filter_map(|seed| draw(&json!({"enum": ["a"]}), seed, 0.0, Deviation::Constant));
        let (unknown, known): (Vec<_>, Vec<_>) = drawn.partition(|(_, deviations)| *deviations > 0);
        assert!(unknown.iter().all(|(value, _)| value.as_str().unwrap().starts_with(UNKNOWN)));
        assert!(!unknown.is_empty() && known.iter().all(|(value, _)| *value == json!("a")));
    }
}
