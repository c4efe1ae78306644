//! In: a schema. Out: a flat one that says as much about one kind of value: references followed, the arms of `allOf`
//! united, one arm of `oneOf` and one or two of `anyOf` chosen.

use super::draw::{Deviation, Drawing, UNKNOWN};
use super::follow;
use serde_json::{Map, Value, json};

/// The keywords of one schema.
pub(super) type Flat = Map<String, Value>;

/// How many schemas within schemas are united, before it is taken for a circle.
const DEEPEST: usize = 40;

impl Drawing<'_> {
    /// A flat schema; `None` if nothing fits it.
    pub(super) fn flat(&mut self, schema: &Value, deep: usize) -> Option<Flat> {
        let Value::Object(members) = schema else {
            return (*schema != Value::Bool(false)).then(Flat::new);
        };
        if deep > DEEPEST {
            return None;
        }
        let is_own = |name: &str| !matches!(name, "$ref" | "allOf" | "anyOf" | "oneOf");
        let mut flat: Flat =
            members.iter().filter(|(name, _)| is_own(name)).map(|(n, v)| (n.clone(), v.clone())).collect();
        if let Some(value) = flat.shift_remove("const") {
            flat = unite(flat, Flat::from_iter([("enum".to_owned(), json!([value]))]))?;
        }
        if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
            let target = follow(self.root, reference)?;
            flat = unite(flat, self.flat(target, deep + 1)?)?;
        }
        for arm in members.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            flat = unite(flat, self.flat(arm, deep + 1)?)?;
        }
        for (name, several) in [("oneOf", false), ("anyOf", true)] {
            if let Some(arms) = members.get(name).and_then(Value::as_array) {
                flat = self.arms(flat, arms, several, deep)?;
            }
        }
        Some(flat)
    }

    /// Unites the schema with one of its arms, or with two of them if several may hold.
    fn arms(&mut self, flat: Flat, arms: &[Value], several: bool, deep: usize) -> Option<Flat> {
        let mut order: Vec<_> = (0..arms.len()).collect();
        self.shuffle(&mut order);
        let discriminator = flat.get("discriminator").cloned();
        let wanted = if several && self.chance(0.3) { 2 } else { 1 };
        let (mut united, mut found) = (flat, 0);
        for index in order {
            let Some(mut arm) = self.flat(&arms[index], deep + 1) else { continue };
            if let Some(discriminator) = &discriminator {
                arm = self.tagged(arm, &arms[index], discriminator);
            }
            if let Some(both) = unite(united.clone(), arm) {
                (united, found) = (both, found + 1);
            }
            if found == wanted {
                break;
            }
        }
        (found > 0).then_some(united)
    }

    /// An arm with the value that the discriminator has for it (OpenAPI 3.1, section 4.8.25).
    fn tagged(&mut self, mut arm: Flat, schema: &Value, discriminator: &Value) -> Flat {
        let (Some(key), Some(reference)) = (discriminator["propertyName"].as_str(), schema["$ref"].as_str()) else {
            return arm;
        };
        let implied = reference.rsplit('/').next().unwrap_or_default();
        let mapping = discriminator["mapping"].as_object();
        let leads_here = |target: &&Value| target.as_str().is_some_and(|text| text == reference || text == implied);
        let mapped = mapping.into_iter().flatten().filter(|(_, target)| leads_here(target));
        let mut names: Vec<_> = mapped.map(|(name, _)| name.clone()).collect();
        if names.is_empty() {
            names.push(implied.to_owned());
        }
        let mut name = names[self.below(names.len())].clone();
        if self.deviation == Deviation::Tag && self.deviations == 0 {
            self.deviations += 1;
            name = format!("{UNKNOWN}-tag");
        } else if !self.accepts(&arm, key, &name) {
            return arm;
        }
        if !arm.get("properties").is_some_and(Value::is_object) {
            arm.insert("properties".to_owned(), json!({}));
        }
        arm["properties"][key] = json!({ "type": "string", "const": name });
        let mut required = arm.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        if !required.contains(&json!(key)) {
            required.push(json!(key));
        }
        arm.insert("required".to_owned(), Value::Array(required));
        arm
    }

    /// Whether the arm's own property may hold that value.
    fn accepts(&mut self, arm: &Flat, key: &str, name: &str) -> bool {
        let Some(property) = arm.get("properties").and_then(|properties| properties.get(key)).cloned() else {
            return true;
        };
        let Some(flat) = self.flat(&property, 0) else { return false };
        flat.get("enum").and_then(Value::as_array).is_none_or(|values| values.contains(&json!(name)))
    }
}

/// Both schemas at once; `None` if nothing fits both.
pub(super) fn unite(mut one: Flat, other: Flat) -> Option<Flat> {
    for (name, value) in other {
        let united = match one.get(&name) {
            Some(own) if *own != value => keyword(&name, own, value)?,
            _ => value,
        };
        one.insert(name, united);
    }
    Some(one)
}

fn keyword(name: &str, one: &Value, other: Value) -> Option<Value> {
    Some(match name {
        "type" => types(one, &other)?,
        "enum" => {
            let values: Vec<_> = one.as_array()?.iter().filter(|value| has(&other, value)).cloned().collect();
            (!values.is_empty()).then_some(Value::Array(values))?
        }
        "properties" | "patternProperties" => {
            let mut all = one.as_object()?.clone();
            for (name, schema) in other.as_object()? {
                let both = match all.get(name) {
                    Some(own) if own != schema => json!({ "allOf": [own, schema] }),
                    _ => schema.clone(),
                };
                all.insert(name.clone(), both);
            }
            Value::Object(all)
        }
        "required" => {
            let mut all = one.as_array()?.clone();
            all.extend(other.as_array()?.iter().filter(|name| !has(one, name)).cloned());
            Value::Array(all)
        }
        "items" | "additionalProperties" | "propertyNames" | "contains" => match (one, &other) {
            (Value::Bool(false), _) | (_, Value::Bool(true)) => one.clone(),
            (Value::Bool(true), _) | (_, Value::Bool(false)) => other,
            _ => json!({ "allOf": [one, other] }),
        },
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => {
            if one.as_f64() >= other.as_f64() { one.clone() } else { other }
        }
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => {
            if one.as_f64() <= other.as_f64() { one.clone() } else { other }
        }
        "uniqueItems" => json!(one == &json!(true) || other == json!(true)),
        // The validator has the last word on what cannot be united.
        _ => one.clone(),
    })
}

fn has(values: &Value, value: &Value) -> bool {
    values.as_array().is_some_and(|values| values.contains(value))
}

/// The names of a `type`.
pub(super) fn type_names(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => value.as_str().into_iter().collect(),
    }
}

fn types(one: &Value, other: &Value) -> Option<Value> {
    let mut both = Vec::new();
    for one in type_names(one) {
        for other in type_names(other) {
            match (one, other) {
                _ if one == other => both.push(one),
                ("integer", "number") | ("number", "integer") => both.push("integer"),
                _ => {}
            }
        }
    }
    (!both.is_empty()).then(|| json!(both))
}

#[cfg(test)]
mod tests {
    use super::{Flat, unite};
    use serde_json::{Value, json};

    fn flat(value: Value) -> Flat {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn both_hold_or_nothing_does() {
        let one = flat(json!({"type": ["number", "null"], "minimum": 1, "required": ["a"]}));
        let other = flat(json!({"type": "integer", "minimum": 3, "required": ["b", "a"]}));
        let both = flat(json!({"type": ["integer"], "minimum": 3, "required": ["a", "b"]}));
        assert_eq!(unite(one, other), Some(both));
        assert_eq!(unite(flat(json!({"enum": [1, 2]})), flat(json!({"enum": [3]}))), None);
    }
}
