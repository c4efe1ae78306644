//! In: the document's tree as its author wrote it. Out: the same tree, in which each schema that others refer to deep
//! inside another, by `$defs`, an address or an anchor, is a component of its own: one type, however often it is used.
//!
//! A scalar without a name stays where it is, for `refs` to copy: it needs no type of its own. `$dynamicRef` and
//! `$recursiveRef` become plain references where only one schema can be meant.

use super::keywords::Kind;
use super::refs::{address, anchors, canonical, decode, find, visit};
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Where components stand that are schemas.
const HOME: [&str; 2] = ["components", "schemas"];

/// The new address of each schema that moves.
type Moves = BTreeMap<Pointer, Pointer>;

/// Moves the schemas, and leads every reference to where they then are.
pub fn hoist(tree: &mut Value, sink: &mut Diagnostics) {
    static_references(tree, sink);
    let moves = moves(tree);
    if moves.is_empty() {
        return;
    }
    redirect(tree, &moves);
    // The innermost first: what is around them then holds a reference in their place.
    for (from, to) in moves.iter().rev() {
        sink.origins.relocate(&[(from.clone(), to.clone())]);
        let reference = json!({"$ref": canonical(to)});
        let Some(schema) = find_mut(tree, from).map(|place| std::mem::replace(place, reference)) else { continue };
        let name = to.last().unwrap_or_default().to_owned();
        if let Some(schemas) = section(tree, "schemas") {
            schemas.insert(name, schema);
        }
    }
    tidy(tree, &moves);
}

/// What every reference to a schema that can be meant by another word is in plain words; the others are reported.
fn static_references(tree: &mut Value, sink: &mut Diagnostics) {
    let dynamic = dynamic_anchors(tree);
    let (mut plain, mut roots) = (Vec::new(), Vec::<Pointer>::new());
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        if kind != Kind::Schema {
            return;
        }
        roots.retain(|root| at.strip(root).is_some());
        if roots.is_empty() || value.get("$id").is_some() {
            roots.push(at.clone());
        }
        let Value::Object(members) = value else { return };
        let root = roots.last().cloned().unwrap_or_default();
        for keyword in ["$dynamicRef", "$recursiveRef"] {
            let Some(reference) = members.shift_remove(keyword) else { continue };
            let target = reference.as_str().and_then(|text| text.strip_prefix('#'));
            match target.and_then(|name| only(&dynamic, name, &root)) {
                Some(to) => {
                    sink.origins.relocate(&[(at.join(keyword), at.join("$ref"))]);
                    members.insert("$ref".into(), Value::String(to));
                }
                None => {
                    let effect = "any JSON value is taken";
                    sink.report(&at.join(keyword), Problem::UnsupportedKeyword { keyword: keyword.into(), effect });
                }
            }
        }
        let local = |text: &&str| *text == "#" || text.starts_with("#/$defs/") || text.starts_with("#/definitions/");
        if let Some(text) = members.get("$ref").and_then(Value::as_str).filter(local) {
            plain.extend(Pointer::parse(&decode(&text[1..])).map(|pointer| (at.clone(), root, pointer)));
        }
    });
    // An author of JSON Schema means the root of the schema, and there is nothing else that could be meant.
    for (at, root, pointer) in plain {
        let to = root.concat(pointer.tokens());
        let meant = pointer.tokens().is_empty() || (find(tree, &pointer).is_none() && find(tree, &to).is_some());
        if let Some(Value::Object(members)) = find_mut(tree, &at).filter(|_| meant) {
            members.insert("$ref".into(), Value::String(canonical(&to)));
        }
    }
}

/// The one schema that a dynamic reference can mean (JSON Schema 2020-12, section 8.2.3.2): that of its address, the
/// root of the schema, or the only one with such an anchor.
fn only(dynamic: &BTreeMap<String, Vec<Pointer>>, name: &str, root: &Pointer) -> Option<String> {
    match dynamic.get(name).map(Vec::as_slice) {
        _ if name.is_empty() => Some(canonical(root)),
        _ if name.starts_with('/') => Some(format!("#{name}")),
        Some([lone]) => Some(canonical(lone)),
        Some(_) => None,
        None => Some(format!("#{name}")),
    }
}

fn dynamic_anchors(tree: &mut Value) -> BTreeMap<String, Vec<Pointer>> {
    let mut found: BTreeMap<String, Vec<Pointer>> = BTreeMap::new();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        if let (Kind::Schema, Some(name)) = (kind, value.get("$dynamicAnchor").and_then(Value::as_str)) {
            found.entry(name.to_owned()).or_default().push(at.clone());
        }
    });
    found
}

/// Where each schema goes that others refer to, and that is to be a component.
fn moves(tree: &mut Value) -> Moves {
    let anchors = anchors(tree);
    let mut queue = references(tree, Kind::Document, &Pointer::root());
    let mut found: BTreeMap<Pointer, String> = BTreeMap::new();
    while let Some(reference) = queue.pop() {
        let Some(pointer) = address(&reference, &anchors) else { continue };
        if found.contains_key(&pointer) || !is_part(&pointer) {
            continue;
        }
        let Some(schema) = find_mut(tree, &pointer).filter(|schema| is_named(&pointer) || is_structured(schema)) else {
            continue;
        };
        // What stands outside of all known places was not walked yet.
        queue.extend(references(schema, Kind::Schema, &pointer));
        let name = name(&pointer);
        found.insert(pointer, name);
    }
    let names: Vec<String> = found.values().cloned().collect();
    let schemas = tree.get("components").and_then(|components| components.get("schemas"));
    let taken = |name: &String| {
        let twice = names.iter().filter(|other| *other == name).count() > 1;
        twice || schemas.is_some_and(|schemas| schemas.get(name).is_some())
    };
    let place = |(pointer, name): (Pointer, String)| {
        let long = || pointer.tokens().strip_prefix(&HOME.map(str::to_owned)).unwrap_or(pointer.tokens()).join(".");
        let name = if taken(&name) { long() } else { name };
        let to = HOME.iter().fold(Pointer::root(), |at, token| at.join(*token)).join(name);
        (pointer, to)
    };
    found.into_iter().map(place).collect()
}

/// The references of all schemas, and those of discriminators.
fn references(value: &mut Value, kind: Kind, at: &Pointer) -> Vec<String> {
    let mut found = Vec::new();
    walk(value, kind, at, &mut |value, kind, _| {
        visit(value, kind, &mut |reference, kind| found.extend((kind == Kind::Schema).then(|| reference.clone())));
    });
    found
}

/// Whether this is the address of a part of a component's schema, of a definition, or of something that stands where
/// OpenAPI knows nothing.
fn is_part(pointer: &Pointer) -> bool {
    match pointer.tokens() {
        [components, schemas, _, _, ..] if components == "components" => schemas == "schemas",
        [] | [_] => false,
        [first, ..] => is_named(pointer) || Kind::Document.member(first).is_none(),
    }
}

/// Whether it is written only to be referred to.
fn is_named(pointer: &Pointer) -> bool {
    matches!(pointer.tokens(), [.., section, _] if section == "$defs" || section == "definitions")
}

/// Whether a schema may become a type with a name.
fn is_structured(schema: &Value) -> bool {
    const STRUCTURE: [&str; 8] =
        ["properties", "patternProperties", "prefixItems", "allOf", "oneOf", "anyOf", "enum", "const"];
    let inner = |keyword| schema.get(keyword).is_some_and(|inner| inner.get("$ref").is_some() || is_structured(inner));
    STRUCTURE.iter().any(|keyword| schema.get(keyword).is_some()) || inner("items") || inner("additionalProperties")
}

/// What a part is called: `/components/schemas/Order/properties/customer` is `Order.customer`.
pub(super) fn name(pointer: &Pointer) -> String {
    let mut tokens = pointer.tokens().iter().map(String::as_str);
    let mut words = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            "properties" | "$defs" | "definitions" | "schemas" => words.extend(tokens.next()),
            "components" | "paths" | "content" | "schema" | "allOf" | "oneOf" | "anyOf" => {}
            "items" => words.push("item"),
            "additionalProperties" => words.push("value"),
            other => words.push(other),
        }
    }
    words.join(".")
}

/// Leads the references to the schemas that move, and to parts of these, to their new addresses.
fn redirect(tree: &mut Value, moves: &Moves) {
    let mut change = |reference: &mut String, kind: Kind| {
        let pointer = reference.strip_prefix('#').and_then(|fragment| Pointer::parse(&decode(fragment)));
        let Some(pointer) = pointer.filter(|_| kind == Kind::Schema) else { return };
        let mut around = Some(pointer.clone());
        while let Some(from) = around {
            if let Some(to) = moves.get(&from) {
                *reference = canonical(&to.concat(pointer.strip(&from).unwrap_or_default()));
                return;
            }
            around = from.parent();
        }
    };
    let mut enter = |value: &mut Value, kind: Kind, _: &Pointer| visit(value, kind, &mut change);
    walk(tree, Kind::Document, &Pointer::root(), &mut enter);
    for from in moves.keys().filter(|from| from.tokens().first().is_some_and(|first| !is_known(first))) {
        if let Some(schema) = find_mut(tree, from) {
            walk(schema, Kind::Schema, from, &mut enter);
        }
    }
}

fn is_known(first: &str) -> bool {
    Kind::Document.member(first).is_some()
}

/// Removes what held definitions where OpenAPI knows nothing, once all of them have moved.
fn tidy(tree: &mut Value, moves: &Moves) {
    for from in moves.keys() {
        let [section, name] = from.tokens() else { continue };
        let Some(Value::Object(held)) = tree.get_mut(section) else { continue };
        held.shift_remove(name);
        if held.is_empty()
            && let Value::Object(members) = tree
        {
            members.shift_remove(section);
        }
    }
}

/// A section of `components`, which is made where there is none.
pub(super) fn section<'a>(tree: &'a mut Value, name: &str) -> Option<&'a mut Map<String, Value>> {
    let object = || Value::Object(Map::new());
    let components = tree.as_object_mut()?.entry("components").or_insert_with(object);
    components.as_object_mut()?.entry(name).or_insert_with(object).as_object_mut()
}

pub(super) fn find_mut<'a>(whole: &'a mut Value, pointer: &Pointer) -> Option<&'a mut Value> {
    pointer.tokens().iter().try_fold(whole, |value, token| match value {
        Value::Object(members) => members.get_mut(token),
        Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, hoist};
    use serde_json::{Value, json};

    fn hoisted(mut tree: Value) -> Value {
        hoist(&mut tree, &mut Diagnostics::default());
        tree
    }

    #[test]
    fn a_definition_within_a_definition_moves_too() {
        let schemas = hoisted(json!({"components": {"schemas": {"A": {
            "items": {"$ref": "#/components/schemas/A/$defs/B/$defs/C"},
            "not": {"$ref": "#/$defs/B"},
            "$defs": {"B": {"type": "object", "$defs": {"C": {"$ref": "#/components/schemas/A/$defs/B"}}}},
        }}}}))["components"]["schemas"]
            .take();
        assert_eq!(schemas["A"]["items"]["$ref"], "#/components/schemas/A.B.C");
        assert_eq!(schemas["A"]["not"]["$ref"], "#/components/schemas/A.B");
        assert_eq!(schemas["A.B.C"]["$ref"], "#/components/schemas/A.B");
        assert_eq!(schemas["A.B"]["type"], "object");
    }

    #[test]
    fn names_that_are_taken_are_said_in_full() {
        let schemas = hoisted(json!({"components": {"schemas": {
            "A": {"$ref": "#/components/schemas/A/$defs/B", "$defs": {"B": {}}},
            "A.B": {},
        }}}))["components"]["schemas"]
            .take();
        assert_eq!(schemas["A"]["$ref"], "#/components/schemas/A.$defs.B");
    }

    #[test]
    fn scalars_and_parts_of_operations_stay() {
        let tree = json!({
            "paths": {"/a": {"get": {"responses": {"200": {"content": {"*/*": {"schema": {"properties": {}}}}}}}}},
            "components": {"schemas": {
                "A": {"properties": {"b": {"type": "string"}}},
                "B": {"$ref": "#/components/schemas/A/properties/b"},
                "C": {"$ref": "#/paths/~1a/get/responses/200/content/*~1*/schema"},
            }},
        });
        assert_eq!(hoisted(tree.clone()), tree);
    }

    #[test]
    fn discriminators_follow() {
        let tree = hoisted(json!({"definitions": {"B": {}}, "components": {"schemas": {
            "A": {"discriminator": {"propertyName": "k", "mapping": {"b": "#/definitions/B"}}},
        }}}));
        let mapping = &tree["components"]["schemas"]["A"]["discriminator"]["mapping"];
        assert_eq!(mapping["b"], "#/components/schemas/B");
        assert_eq!(tree.get("definitions"), None);
    }
}
