//! In: the document's tree. Out: the same tree, in which `x-webhooks`, as vendors write for OpenAPI 3.0, is `webhooks`.

use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value};

/// What vendors wrote before OpenAPI 3.1 had a word for it.
const OLDER: &str = "x-webhooks";

/// Takes each of `x-webhooks` for one of `webhooks`; of two with one name, that of `webhooks` counts.
pub fn adopt(tree: &mut Value, sink: &mut Diagnostics) {
    let Value::Object(document) = tree else { return };
    let (older, at) = (Pointer::root().join(OLDER), Pointer::root().join("webhooks"));
    let items = match document.shift_remove(OLDER) {
        Some(Value::Object(items)) => items,
        Some(other) => {
            document.insert(OLDER.into(), other);
            return;
        }
        None => return,
    };
    let Value::Object(webhooks) = document.entry("webhooks").or_insert_with(|| Value::Object(Map::new())) else {
        return;
    };
    for (name, item) in items {
        let from = older.join(name.as_str());
        if webhooks.contains_key(&name) {
            let (what, reason) = (format!("the webhook `{name}`"), "`webhooks` describes one of this name");
            sink.report(&from, Problem::LeftOut { what, reason });
            continue;
        }
        sink.origins.relocate(&[(from, at.join(name.as_str()))]);
        webhooks.insert(name, item);
    }
}

#[cfg(test)]
mod tests {
    use super::adopt;
    use crate::diagnostic::Diagnostics;
    use crate::pointer::Pointer;
    use serde_json::json;

    #[test]
    fn the_older_word_means_the_same() {
        let mut tree = json!({"webhooks": {"a": {"get": 1}}, "x-webhooks": {"a": {}, "b": {"post": 2}}});
        let mut sink = Diagnostics::default();
        adopt(&mut tree, &mut sink);
        assert_eq!(tree, json!({"webhooks": {"a": {"get": 1}, "b": {"post": 2}}}));
        let found: Vec<_> = sink.all().map(|found| found.place.pointer.to_string()).collect();
        assert_eq!(found, ["/x-webhooks/a"]);
        let moved = Pointer::root().join("webhooks").join("b").join("post");
        assert_eq!(sink.origins.resolve(&moved).pointer.to_string(), "/x-webhooks/b/post");
    }
}
