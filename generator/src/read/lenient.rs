//! In: a checked tree and JSON pointers that the caller chose. Out: the schemas there marked `x-oasmith-lenient: true`,
//! as an overlay would mark them.

use super::keywords::Kind;
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::Value;

/// The member of a schema that says so.
pub(super) const MEMBER: &str = "x-oasmith-lenient";

/// Marks the schemas; a pointer that leads to none is an error, as an overlay's target that matches nothing is.
pub fn mark(tree: &mut Value, pointers: &[String], sink: &mut Diagnostics) {
    if pointers.is_empty() {
        return;
    }
    let wanted = |text: &String| Pointer::parse(text.strip_prefix('#').unwrap_or(text));
    let mut missing: Vec<_> = pointers.iter().map(|text| (wanted(text), text)).collect();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        if let (Kind::Schema, Value::Object(members)) = (kind, value) {
            let all = missing.len();
            missing.retain(|(wanted, _)| wanted.as_ref() != Some(at));
            if missing.len() < all {
                members.insert(MEMBER.into(), Value::Bool(true));
            }
        }
    });
    for (_, pointer) in missing {
        sink.report(&Pointer::root(), Problem::LenientNowhere { pointer: pointer.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::mark;
    use crate::diagnostic::Diagnostics;
    use serde_json::json;

    #[test]
    fn schemas_are_marked_and_others_refused() {
        let mut tree = json!({"components": {"schemas": {"A": {"properties": {"b/c": {"type": "integer"}}}}}});
        let pointers = ["/components/schemas/A/properties/b~1c", "#/components/schemas/A", "/components", "", "x"];
        let mut sink = Diagnostics::default();
        mark(&mut tree, &pointers.map(str::to_owned), &mut sink);
        let properties = json!({"b/c": {"type": "integer", "x-oasmith-lenient": true}});
        let expected = json!({"A": {"properties": properties, "x-oasmith-lenient": true}});
        assert_eq!(tree["components"]["schemas"], expected);
        let found: Vec<_> = sink.all().map(|found| found.problem.message()).collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().any(|message| message.contains("`/components`")), "{found:?}");
    }
}
