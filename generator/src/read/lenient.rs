//! In: a checked tree and addresses of schemas that the caller chose. Out: the schemas there marked
//! `x-oasmith-lenient: true`, as an overlay would mark them.
//!
//! An address is a JSON pointer to one schema, or has `*` for any characters of a token and `**` for any tokens:
//! `/components/schemas/User/**` is all that is inside of `User`. With these, it means properties, items and the values of
//! maps, but not what tells the subschemas of a union apart: a property of one value.

use super::keywords::Kind;
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problem};
use crate::name;
use crate::pointer::Pointer;
use serde_json::Value;

/// The member of a schema that says so.
pub(super) const MEMBER: &str = "x-oasmith-lenient";

/// Marks the schemas; an address that leads to none is an error, as an overlay's target that matches nothing is.
pub fn mark(tree: &mut Value, addresses: &[String], sink: &mut Diagnostics) {
    if addresses.is_empty() {
        return;
    }
    let wanted = |text: &String| Pointer::parse(text.strip_prefix('#').unwrap_or(text));
    let wanted: Vec<_> = addresses.iter().map(wanted).collect();
    let mut used = vec![false; wanted.len()];
    let mut schemas: Vec<Pointer> = Vec::new();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        let (Kind::Schema, Value::Object(members)) = (kind, value) else { return };
        schemas.push(at.clone());
        let may_match = is_value(at) && !has_one_value(members);
        let holds = |pattern: &Pointer| {
            pattern == at || may_match && has_wildcards(pattern) && matches(pattern.tokens(), at.tokens())
        };
        for (pattern, used) in wanted.iter().zip(&mut used).filter_map(|(one, used)| Some((one.as_ref()?, used))) {
            if holds(pattern) {
                *used = true;
                members.insert(MEMBER.into(), Value::Bool(true));
            }
        }
    });
    for (index, pointer) in addresses.iter().enumerate().filter(|(index, _)| !used[*index]) {
        let all: Vec<String> = schemas.iter().map(Pointer::to_string).collect();
        let help = match name::near(pointer, all.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the JSON pointer of a schema in the document, such as \
                     `/components/schemas/Message/properties/id`, or `/components/schemas/Message/**` for all inside of one"
                .to_owned(),
        };
        let problem = Problem::LenientNowhere { pointer: pointer.clone(), help };
        sink.report_option(Pointer::root().join("lenient").index(index), problem);
    }
}

fn has_wildcards(pattern: &Pointer) -> bool {
    pattern.tokens().iter().any(|token| token.contains('*'))
}

/// Whether the tokens of an address are those of a pattern.
fn matches(pattern: &[String], tokens: &[String]) -> bool {
    match pattern.split_first() {
        None => tokens.is_empty(),
        Some((first, rest)) if first == "**" => (0..=tokens.len()).any(|skipped| matches(rest, &tokens[skipped..])),
        Some((first, rest)) => {
            tokens.split_first().is_some_and(|(token, others)| is_like(first, token) && matches(rest, others))
        }
    }
}

/// Whether a token is as a pattern with `*` says.
fn is_like(pattern: &str, token: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == token,
        Some((start, rest)) => token.strip_prefix(start).is_some_and(|token| {
            (0..=token.len()).filter(|end| token.is_char_boundary(*end)).any(|end| is_like(rest, &token[end..]))
        }),
    }
}

/// Whether a schema is that of a property, of items or of a map's values.
fn is_value(at: &Pointer) -> bool {
    let around = at.parent();
    let is_property = around.as_ref().and_then(Pointer::last) == Some("properties");
    is_property || matches!(at.last(), Some("items" | "additionalProperties"))
}

fn has_one_value(members: &serde_json::Map<String, Value>) -> bool {
    members.contains_key("const") || members.get("enum").and_then(Value::as_array).is_some_and(|all| all.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::mark;
    use crate::diagnostic::Diagnostics;
    use serde_json::{Value, json};

    fn marked(addresses: &[&str]) -> (Value, Vec<String>) {
        let mut tree = json!({"components": {"schemas": {
            "A": {"properties": {"b/c": {"type": "integer"}, "kind": {"const": "a"}, "list": {"items": {}}}},
            "B": {"properties": {"id": {"type": "string"}}},
        }}});
        let mut sink = Diagnostics::default();
        mark(&mut tree, &addresses.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>(), &mut sink);
        let found = sink.all().map(|found| format!("{} {}", found.problem.message(), found.problem.help()));
        (tree["components"]["schemas"].take(), found.collect())
    }

    #[test]
    fn schemas_are_marked_and_others_refused() {
        let pointers = ["/components/schemas/A/properties/b~1c", "#/components/schemas/A", "/components", "", "x"];
        let (schemas, found) = marked(&pointers);
        assert_eq!(schemas["A"]["x-oasmith-lenient"], true);
        assert_eq!(schemas["A"]["properties"]["b/c"]["x-oasmith-lenient"], true);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().any(|message| message.contains("`/components`")), "{found:?}");
        let (_, found) = marked(&["/components/schema/B/properties/id"]);
        assert!(found[0].contains("did you mean `/components/schemas/B/properties/id`?"), "{found:?}");
    }

    #[test]
    fn wildcards_mark_values() {
        let all = |schemas: &Value| schemas.to_string().matches("lenient").count();
        let (schemas, found) = marked(&["/components/schemas/A/**"]);
        assert_eq!((all(&schemas), found.len()), (3, 0), "{schemas}");
        assert!(schemas["A"]["properties"]["kind"].get("x-oasmith-lenient").is_none());
        assert_eq!(all(&marked(&["/components/schemas/*/properties/i*"]).0), 1);
        assert_eq!(marked(&["/components/schemas/C*/**"]).1.len(), 1);
    }
}
