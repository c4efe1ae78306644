//! In: a document and what to do at each object. Out: one call for each object of a known kind, outermost first, in
//! document order, never inside an example, an extension or anything else that only looks like one.

use super::keywords::{Kind, Shape};
use crate::pointer::Pointer;
use serde_json::Value;

/// Calls `enter` at `value` and then at every object below it, each with its kind and its address. `enter` may
/// rewrite the object; what it puts there is walked, too.
pub fn walk(value: &mut Value, kind: Kind, at: &Pointer, enter: &mut dyn FnMut(&mut Value, Kind, &Pointer)) {
    enter(value, kind, at);
    let Value::Object(members) = value else { return };
    // What stands beside a reference is part of the object only for these two (OpenAPI 3.1.1, sections 4.8.9, 4.8.23).
    let alone = !matches!(kind, Kind::Schema | Kind::PathItem) && kind.member("$ref").is_some();
    if alone && members.contains_key("$ref") {
        return;
    }
    for (name, member) in members.iter_mut().filter(|(name, _)| !name.starts_with("x-")) {
        let Some(shape) = kind.member(name) else { continue };
        inside(member, shape, &at.join(name.as_str()), enter);
    }
}

fn inside(value: &mut Value, shape: Shape, at: &Pointer, enter: &mut dyn FnMut(&mut Value, Kind, &Pointer)) {
    if let (Some((kind, extensible)), Value::Object(members)) = (shape.map(), &mut *value) {
        for (name, member) in members.iter_mut().filter(|(name, _)| !(extensible && name.starts_with("x-"))) {
            walk(member, kind, &at.join(name.as_str()), enter);
        }
        return;
    }
    match (shape, value) {
        (Shape::One(kind), value) => walk(value, kind, at, enter),
        (Shape::SchemaOrFlag | Shape::Items, value @ Value::Object(_)) => walk(value, Kind::Schema, at, enter),
        (Shape::Items, Value::Array(items)) => each(items, Kind::Schema, at, enter),
        (Shape::List(kind), Value::Array(items)) => each(items, kind, at, enter),
        _ => {}
    }
}

fn each(items: &mut [Value], kind: Kind, at: &Pointer, enter: &mut dyn FnMut(&mut Value, Kind, &Pointer)) {
    for (index, item) in items.iter_mut().enumerate() {
        walk(item, kind, &at.index(index), enter);
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Pointer, walk};
    use serde_json::json;

    #[test]
    fn finds_schemas_and_leaves_examples_alone() {
        let mut document = json!({
            "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json": {
                "schema": {"type": "array", "items": {"type": "string"}},
                "example": {"schema": {"type": "string"}},
            }}}}}}},
            "components": {
                "schemas": {"x-a": {"example": {"items": {}}}},
                "responses": {"x-b": {"content": {"text/plain": {"schema": {}}}}},
            },
        });
        let mut found = Vec::new();
        walk(&mut document, Kind::Document, &Pointer::root(), &mut |_, kind, at| {
            found.extend((kind == Kind::Schema).then(|| at.to_string()));
        });
        let media = "/paths/~1a/get/responses/200/content/application~1json";
        let component = "/components/responses/x-b/content/text~1plain/schema".to_owned();
        let schemas =
            [format!("{media}/schema"), format!("{media}/schema/items"), "/components/schemas/x-a".into(), component];
        assert_eq!(found, schemas);
    }
}
