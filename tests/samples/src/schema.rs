//! In: an OpenAPI document as its author wrote it. Out: the same document, its schemas in one dialect (JSON Schema
//! 2020-12), references followed, and instances drawn from them. Nothing here knows how the generator reads schemas.

mod draw;
mod flat;
mod numbers;
mod strings;
mod translate;

pub use draw::{Deviation, Drawing, EXTRA, Habit, UNKNOWN};
pub use translate::{Version, arms, document, place, relaxed};

use serde_json::Value;

/// What stands at the end of a local reference: `#/components/schemas/Pet`, percent-encoded (RFC 6901, section 6).
pub fn follow<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    let pointer = decode(reference.strip_prefix('#')?)?;
    root.pointer(&pointer)
}

/// Percent-decodes text; `None` if that is not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        rest = others;
        let digits = (*first == b'%').then(|| others.get(..2)).flatten();
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        if byte.is_some() {
            rest = &others[2..];
        }
        bytes.push(byte.unwrap_or(*first));
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::follow;
    use serde_json::json;

    #[test]
    fn references_are_percent_encoded_pointers() {
        let root = json!({"paths": {"/a b": {"x": 1}}});
        assert_eq!(follow(&root, "#/paths/~1a%20b/x"), Some(&json!(1)));
        assert_eq!(follow(&root, "other.json#/x"), None);
    }
}
