//! In: a document, a schema of it and a value that is valid. Out: whether a discriminator in the value names a schema that
//! the value is not (OpenAPI 3.1.1, section 4.8.25), which a validator of JSON Schema does not see.

use oasmith_samples::schema::decode;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// How deep schemas are followed.
const DEPTH: usize = 24;

/// A document, and what says whether the value is valid by the schema at a pointer.
pub struct Discriminators<'a> {
    /// As its author wrote it.
    pub tree: &'a Value,
    /// By JSON Schema alone.
    pub is_valid: &'a dyn Fn(&str, &Value) -> bool,
}

impl Discriminators<'_> {
    /// Whether a value says that it is what it is not, anywhere in it.
    pub fn forbid(&self, at: &str, value: &Value) -> bool {
        self.forbid_within(at, value, DEPTH)
    }

    fn forbid_within(&self, at: &str, value: &Value, depth: usize) -> bool {
        let Some(schema) = self.tree.pointer(at).and_then(Value::as_object).filter(|_| depth > 0) else { return false };
        let inner = |at: &str, value: &Value| self.forbid_within(at, value, depth - 1);
        if let Some(at) = reference(schema) {
            return inner(&at, value);
        }
        if let Some(named) = self.named(schema, value)
            && named != at
            && !((self.is_valid)(&named, value) && self.declares(&named, value))
        {
            return true;
        }
        let arms = |keyword: &str| {
            let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            (0..count).map(|index| format!("{at}/{keyword}/{index}")).collect::<Vec<_>>()
        };
        if arms("allOf").iter().any(|arm| inner(arm, value)) {
            return true;
        }
        for keyword in ["oneOf", "anyOf"] {
            let fitting: Vec<_> = arms(keyword).into_iter().filter(|arm| (self.is_valid)(arm, value)).collect();
            if !fitting.is_empty() && fitting.iter().all(|arm| inner(arm, value)) {
                return true;
            }
        }
        match value {
            Value::Array(items) => items.iter().any(|item| inner(&format!("{at}/items"), item)),
            Value::Object(members) => {
                members.iter().any(|(name, member)| inner(&format!("{at}/properties/{}", escape(name)), member))
            }
            _ => false,
        }
    }

    /// The schema that the value names by the discriminator, if there is one and it exists.
    fn named(&self, schema: &Map<String, Value>, value: &Value) -> Option<String> {
        let discriminator = schema.get("discriminator")?;
        let name = value.get(discriminator["propertyName"].as_str()?)?.as_str()?;
        let target = discriminator["mapping"].get(name).and_then(Value::as_str).unwrap_or(name);
        let at = match target.strip_prefix('#') {
            Some(pointer) => decode(pointer)?,
            None => format!("/components/schemas/{}", escape(target)),
        };
        self.tree.pointer(&at).map(|_| at)
    }

    /// Whether each member of an object is described by a schema: what is drawn holds no other by chance, but by another arm.
    fn declares(&self, at: &str, value: &Value) -> bool {
        let mut names = BTreeSet::new();
        self.names(at, &mut names, DEPTH);
        value.as_object().into_iter().flatten().all(|(name, _)| names.contains(name))
    }

    fn names(&self, at: &str, found: &mut BTreeSet<String>, depth: usize) {
        let Some(schema) = self.tree.pointer(at).and_then(Value::as_object).filter(|_| depth > 0) else { return };
        if let Some(at) = reference(schema) {
            return self.names(&at, found, depth - 1);
        }
        found.extend(schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned());
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            (0..count).for_each(|index| self.names(&format!("{at}/{keyword}/{index}"), found, depth - 1));
        }
    }
}

fn reference(schema: &Map<String, Value>) -> Option<String> {
    decode(schema.get("$ref")?.as_str()?.strip_prefix('#')?)
}

fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::Discriminators;
    use serde_json::{Value, json};

    #[test]
    fn a_value_is_what_it_says() {
        let tree = json!({"components": {"schemas": {
            "List": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
            "Pet": {"properties": {"kind": {"type": "string"}},
                "discriminator": {"propertyName": "kind", "mapping": {"dog": "#/components/schemas/Dog"}}},
            "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["bark"], "properties": {"bark": {}}}]}
        }}});
        // As JSON Schema has it, for these schemas.
        let is_valid = |at: &str, value: &Value| !at.ends_with("Dog") || value.get("bark").is_some();
        let all = Discriminators { tree: &tree, is_valid: &is_valid };
        let forbid = |name: &str, value: Value| all.forbid(&format!("/components/schemas/{name}"), &value);
        assert!(!forbid("Pet", json!({"kind": "cat"})) && !forbid("Pet", json!({"kind": "dog", "bark": 1})));
        assert!(forbid("Pet", json!({"kind": "dog"})) && forbid("List", json!([{"kind": "dog"}])));
        // `purr` is of another animal.
        assert!(forbid("Dog", json!({"kind": "dog", "bark": 1, "purr": 2})));
        assert!(!forbid("Dog", json!({"kind": "dog", "bark": 1})));
    }
}
