//! In: a translated document. Out: whether a value is valid, as an independent library of JSON Schema sees it.

use jsonschema::{Draft, Registry, Resource, Validator};
use serde_json::{Value, json};

/// The address under which the document is known.
const BASE: &str = "json-schema:///document";

/// A document whose schemas judge values.
#[derive(Debug)]
pub struct Judge {
    registry: Registry<'static>,
}

impl Judge {
    /// # Errors
    /// Why the document cannot be used.
    pub fn new(document: &Value) -> Result<Self, String> {
        let resource = Resource::from_contents(document.clone());
        let registry =
            Registry::new().draft(Draft::Draft202012).add(BASE, resource).map_err(|error| error.to_string())?;
        Ok(Self { registry: registry.prepare().map_err(|error| error.to_string())? })
    }

    /// The validator for the schema at a JSON pointer.
    ///
    /// # Errors
    /// Why the schema cannot be used.
    pub fn schema(&self, pointer: &str) -> Result<Validator, String> {
        let mut options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(&self.registry);
        options = options.should_validate_formats(true).should_ignore_unknown_formats(true).offline();
        options.build(&json!({ "$ref": format!("{BASE}#{}", fragment(pointer)) })).map_err(|error| error.to_string())
    }
}

/// A JSON pointer as the fragment of an address (RFC 6901, section 6).
fn fragment(pointer: &str) -> String {
    let mut text = String::new();
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Judge;
    use serde_json::json;

    #[test]
    fn schemas_are_found_by_pointer() {
        let document = json!({"paths": {"/a {b}": {"schema": {"$ref": "#/components/schemas/A"}}},
            "components": {"schemas": {"A": {"type": "string", "format": "uuid"}}}});
        let judge = Judge::new(&document).unwrap();
        let validator = judge.schema("/paths/~1a {b}/schema").unwrap();
        assert!(!validator.is_valid(&json!("x")));
        assert!(validator.is_valid(&json!("3fa85f64-5717-4562-b3fc-2c963f66afa6")));
    }
}
