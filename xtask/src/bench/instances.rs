//! In: an API description. Out: JSON values of its largest objects, drawn from their schemas: the same at every run.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How deep a value may be before what is not required is left out.
const DEEP: usize = 7;

/// The largest objects of a description: the name that the generator gives each, and JSON lists of values of it, each
/// of about so many bytes. `is_type` says whether the generator has made a struct of this name.
pub(super) fn draw(
    document: &Value,
    count: usize,
    bytes: usize,
    is_type: impl Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let size = |schema: &Value| schema["properties"].as_object().map_or(0, Map::len);
    let mut schemas: Vec<_> = schemas.into_iter().flatten().filter(|(name, _)| is_type(&camel(name))).collect();
    schemas.sort_by_key(|(name, schema)| (std::cmp::Reverse(size(schema)), name.as_str()));
    let one = |(name, schema): (&String, &Value)| {
        let mut pencil = Pencil { document, state: 1 };
        let (mut text, mut comma) = ("[".to_owned(), "");
        while text.len() < bytes {
            text.push_str(comma);
            text.push_str(&pencil.value(schema, 0).to_string());
            comma = ",";
        }
        (camel(name), text + "]")
    };
    schemas.into_iter().take(count).map(one).collect()
}

fn camel(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let upper = |word: &str| word.get(..1).unwrap_or_default().to_ascii_uppercase() + word.get(1..).unwrap_or_default();
    words.map(upper).collect()
}

struct Pencil<'a> {
    document: &'a Value,
    state: u64,
}

impl<'a> Pencil<'a> {
    /// A number that only depends on those before it (splitmix64).
    fn below(&mut self, limit: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    fn value(&mut self, schema: &'a Value, depth: usize) -> Value {
        let schema = self.resolved(schema);
        if schema["nullable"] == true && (depth > DEEP || self.below(4) == 0) {
            return Value::Null;
        }
        if let Some(values) = schema["enum"].as_array() {
            return self.one(values).cloned().unwrap_or_default();
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(all) = schema[key].as_array() {
                // Deep down the plainest, which is a name or a number in place of an object, if there is one.
                let plain = all.iter().find(|one| depth > 1 && one["type"] != "object" && one["$ref"].is_null());
                let one = if plain.is_some() { plain } else { self.one(all) };
                return one.map(|one| self.value(one, depth)).unwrap_or_default();
            }
        }
        if schema["properties"].is_object() || schema["allOf"].is_array() {
            let mut members = Map::new();
            self.members(schema, depth, &mut members);
            return Value::Object(members);
        }
        self.plain(schema, depth)
    }

    fn plain(&mut self, schema: &'a Value, depth: usize) -> Value {
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find(|kind| **kind != "null").unwrap_or(&Value::Null),
            kind => kind,
        };
        match kind.as_str() {
            Some("boolean") => json!(self.below(2) == 0),
            Some("integer") => json!(self.below(if schema["format"] == "int32" { 10_000 } else { 2_000_000_000 })),
            Some("number") => json!(self.below(1_000_000) as f64 / 128.0),
            Some("array") if depth > DEEP => json!([]),
            Some("array") => {
                (0..1 + self.below(3)).map(|_| self.value(&schema["items"], depth + 1)).collect::<Vec<_>>().into()
            }
            Some("string") => self.text(schema["format"].as_str().unwrap_or_default()).into(),
            _ => match &schema["additionalProperties"] {
                more @ Value::Object(_) if depth <= DEEP => {
                    json!({ "first": self.value(more, depth + 1), "second": self.value(more, depth + 1) })
                }
                _ => json!({}),
            },
        }
    }

    fn members(&mut self, schema: &'a Value, depth: usize, members: &mut Map<String, Value>) {
        for one in schema["allOf"].as_array().into_iter().flatten() {
            let one = self.resolved(one);
            self.members(one, depth, members);
        }
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.iter().any(|one| *one == name);
            if is_required || (depth < DEEP / 2 && self.below(10) < 7) {
                members.insert(name.clone(), self.value(property, depth + 1));
            }
        }
    }

    fn text(&mut self, format: &str) -> String {
        match format {
            "date-time" => {
                format!("2026-{:02}-{:02}T08:30:{:02}Z", 1 + self.below(12), 1 + self.below(28), self.below(60))
            }
            "date" => format!("2026-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28)),
            "uuid" => format!("6f9619ff-8b86-4011-b42d-{:012x}", self.below(1 << 40)),
            "uri" | "url" => format!("https://api.example.com/resources/{}/items", self.below(1 << 40)),
            _ => {
                let words =
                    ["plain", "text of some length", "caf\u{e9}", "id_4f8a2", "a \"quoted\" word", "line\nbreak"];
                let index = usize::try_from(self.below(12)).unwrap_or(0);
                format!("{}-{}", words.get(index).unwrap_or(&"octocat"), self.below(1 << 30))
            }
        }
    }

    fn one(&mut self, all: &'a [Value]) -> Option<&'a Value> {
        let index = self.below(all.len().max(1) as u64);
        all.get(usize::try_from(index).unwrap_or(0))
    }

    /// The schema that a reference leads to.
    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let target = schema["$ref"].as_str().and_then(|text| self.document.pointer(text.strip_prefix('#')?));
        target.map_or(schema, |target| self.resolved(target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_of_their_schema_and_always_the_same() {
        let reply = json!({ "type": "object", "required": ["to"], "properties": { "to": { "type": "integer" } } });
        let properties = json!({ "reply": { "$ref": "#/components/schemas/reply" }, "kind": { "enum": ["a"] } });
        let message = json!({ "type": "object", "required": ["reply", "kind"], "properties": properties });
        let document = json!({ "components": { "schemas": { "a_message": message, "reply": reply, "none": {} } } });
        let drawn = draw(&document, 2, 100, |name| name != "None");
        let names: Vec<_> = drawn.keys().map(String::as_str).collect();
        assert_eq!(names, ["AMessage", "Reply"]);
        let values: Vec<Value> = serde_json::from_str(&drawn["AMessage"]).unwrap();
        assert!(values.iter().all(|value| value["reply"]["to"].is_u64() && value["kind"] == "a"), "{values:?}");
        assert_eq!(draw(&document, 2, 100, |name| name != "None"), drawn);
    }
}
