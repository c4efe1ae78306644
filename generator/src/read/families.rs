//! In: a tree whose references are resolved. Out: the same, in which an object with a `discriminator` that others extend
//! by `allOf` is two components: the union of those, and the object itself, which they extend.
//!
//! Whoever uses such a base means any of its children (OpenAPI 3.1.1, section 4.8.25.3), and would else lose what they
//! add. An object that lists in its own `oneOf` or `anyOf` those that extend it, as Java's annotations have it, says so itself
//! (`listed`).

mod listed;

use super::keywords::Kind;
use super::refs::canonical;
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Says which component an inline schema stands for.
pub const ARM: &str = "x-oasmith-arm";

/// Divides every base that has children.
pub fn divide(tree: &mut Value, sink: &mut Diagnostics) {
    lone(tree, sink);
    let Some(schemas) = schemas(tree) else { return };
    let edges = edges(schemas);
    let bases: BTreeMap<String, Vec<String>> = schemas
        .iter()
        .filter(|(_, schema)| is_base(schema))
        .map(|(name, schema)| (name.clone(), children(schemas, &edges, name, schema)))
        .filter(|(_, children)| !children.is_empty())
        .collect();
    let lists: BTreeMap<String, listed::List> = schemas
        .iter()
        .filter_map(|(name, schema)| {
            let extend = extending(&edges, name);
            let extends = |arm: &Value| Some(extend.contains(&target(schemas, arm.get("$ref")?.as_str()?)?));
            Some((name.clone(), listed::list(schema, |arm| extends(arm) == Some(true))?))
        })
        .collect();
    let bases: BTreeMap<String, Vec<String>> =
        bases.into_iter().chain(lists.keys().map(|name| (name.clone(), Vec::new()))).collect();
    let names: BTreeMap<String, String> = bases.keys().map(|base| (base.clone(), own_name(schemas, base))).collect();
    if bases.is_empty() {
        return;
    }
    let unions: Vec<_> = bases
        .iter()
        .filter_map(|(base, all)| match lists.get(base) {
            Some(list) => Some((base.clone(), list.union(schemas.get(base)?, &reference(&names[base])))),
            None => union(schemas, base, all, &names),
        })
        .collect();
    extend_objects(tree, &names);
    for (base, union) in unions {
        let at = address(&base);
        let origin = sink.origins.resolve(&at);
        sink.origins.set(address(&names[&base]), origin);
        if let Some(schemas) = self::schemas_mut(tree)
            && let Some(own) = schemas.insert(base.clone(), union)
        {
            let own = lists.get(&base).map_or(own, |list| list.own.clone());
            schemas.insert(names[&base].clone(), own);
        }
    }
}

fn address(name: &str) -> Pointer {
    Pointer::root().join("components").join("schemas").join(name)
}

fn reference(name: &str) -> Value {
    json!({"$ref": canonical(&address(name))})
}

fn schemas(tree: &Value) -> Option<&Map<String, Value>> {
    tree.get("components")?.get("schemas")?.as_object()
}

fn schemas_mut(tree: &mut Value) -> Option<&mut Map<String, Value>> {
    tree.get_mut("components")?.get_mut("schemas")?.as_object_mut()
}

/// The component that a reference or the value of a mapping leads to.
fn target(schemas: &Map<String, Value>, text: &str) -> Option<String> {
    let name = match text.strip_prefix("#/components/schemas/") {
        Some(_) => Pointer::parse(&super::refs::decode(text.strip_prefix('#')?))?.last()?.to_owned(),
        None => text.to_owned(),
    };
    schemas.contains_key(&name).then_some(name)
}

/// The components that each component extends.
fn edges(schemas: &Map<String, Value>) -> BTreeMap<String, Vec<String>> {
    let mut edges: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, schema) in schemas {
        let arms = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        for base in arms.filter_map(|arm| target(schemas, arm.get("$ref")?.as_str()?)) {
            edges.entry(base).or_default().push(name.clone());
        }
    }
    edges
}

fn is_base(schema: &Value) -> bool {
    let has = |keyword: &str| schema.get(keyword).is_some();
    has("discriminator") && !has("oneOf") && !has("anyOf")
}

/// Reports the discriminators that stand beside no union and in nothing that others extend: they tell nothing apart.
fn lone(tree: &mut Value, sink: &mut Diagnostics) {
    let Some(schemas) = schemas(tree) else { return };
    let edges = edges(schemas);
    let extended = |(name, schema): &(&String, &Value)| !children(schemas, &edges, name, schema).is_empty();
    let bases: BTreeSet<Pointer> = schemas.iter().filter(extended).map(|(name, _)| address(name)).collect();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        if kind == Kind::Schema && is_base(value) && !bases.contains(at) {
            sink.report(&at.join("discriminator"), Problem::LoneDiscriminator);
        }
    });
}

/// All that extend a base, and what its mapping leads to; sorted, without itself.
fn children(
    schemas: &Map<String, Value>,
    edges: &BTreeMap<String, Vec<String>>,
    base: &str,
    schema: &Value,
) -> Vec<String> {
    let mut found = extending(edges, base);
    if !found.is_empty() {
        found.extend(mapped(schemas, schema).filter(|name| name != base));
    }
    found.into_iter().collect()
}

/// All that extend a component, without itself.
fn extending(edges: &BTreeMap<String, Vec<String>>, base: &str) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut queue: Vec<String> = edges.get(base).cloned().unwrap_or_default();
    while let Some(child) = queue.pop() {
        if child != base && found.insert(child.clone()) {
            queue.extend(edges.get(&child).cloned().unwrap_or_default());
        }
    }
    found
}

/// Whether a member of a base says something of the union, too.
fn is_note(name: &str) -> bool {
    name.starts_with("x-") || ["description", "title", "nullable", "deprecated"].contains(&name)
}

fn mapped<'a>(schemas: &'a Map<String, Value>, schema: &'a Value) -> impl Iterator<Item = String> + 'a {
    let mapping = schema.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
    let values = mapping.and_then(Value::as_object).into_iter().flat_map(Map::values);
    values.filter_map(|text| target(schemas, text.as_str()?))
}

/// What the object itself is called.
fn own_name(schemas: &Map<String, Value>, base: &str) -> String {
    let mut name = format!("{base}.base");
    while schemas.contains_key(&name) {
        name.push('_');
    }
    name
}

/// The union that takes the base's place, with the base's own words.
fn union(
    schemas: &Map<String, Value>,
    base: &str,
    children: &[String],
    names: &BTreeMap<String, String>,
) -> Option<(String, Value)> {
    let schema = schemas.get(base)?.as_object()?;
    let arm = |name: &String| match names.get(name) {
        Some(own) => json!({"allOf": [reference(own)], ARM: name}),
        None => reference(name),
    };
    let mut arms: Vec<Value> = children.iter().map(arm).collect();
    if stands_for_itself(schemas, base, schema) {
        arms.push(arm(&base.to_owned()));
    }
    let mut union: Map<String, Value> =
        schema.iter().filter(|(name, _)| is_note(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
    union.insert("discriminator".into(), schema.get("discriminator")?.clone());
    union.insert("oneOf".into(), Value::Array(arms));
    Some((base.to_owned(), Value::Object(union)))
}

/// Whether a value can be the base and none of its children: not if its discriminator lists others only.
fn stands_for_itself(schemas: &Map<String, Value>, base: &str, schema: &Map<String, Value>) -> bool {
    let whole = Value::Object(schema.clone());
    let property = || {
        let key = schema.get("discriminator")?.get("propertyName")?.as_str()?;
        let property = schema.get("properties")?.get(key)?;
        let open = |schema: &Value| schema.get("enum").and_then(Value::as_array).cloned();
        match property.get("$ref").and_then(Value::as_str).and_then(|text| target(schemas, text)) {
            Some(name) => open(schemas.get(&name)?),
            None => open(property),
        }
    };
    mapped(schemas, &whole).any(|name| name == base)
        || property().is_none_or(|values| values.iter().any(|value| value.as_str() == Some(base)))
}

/// Lets those that extend a base extend the object itself.
fn extend_objects(tree: &mut Value, names: &BTreeMap<String, String>) {
    let to: BTreeMap<String, Value> =
        names.iter().map(|(base, own)| (canonical(&address(base)), Value::String(canonical(&address(own))))).collect();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        let Some(Value::Array(arms)) = value.get_mut("allOf").filter(|_| kind == Kind::Schema) else { return };
        let is_component = matches!(at.tokens(), [components, _, _] if components == "components");
        if arms.len() < 2 && !is_component {
            return;
        }
        for arm in arms {
            let own = arm.get("$ref").and_then(Value::as_str).and_then(|reference| to.get(reference));
            if let Some(own) = own.cloned() {
                arm["$ref"] = own;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, divide};
    use serde_json::{Value, json};

    fn divided(schemas: Value) -> Value {
        let mut tree = json!({"components": {"schemas": schemas}});
        divide(&mut tree, &mut Diagnostics::default());
        tree["components"]["schemas"].take()
    }

    fn base(kinds: &[&str]) -> Value {
        let kind = if kinds.is_empty() { json!({}) } else { json!({"enum": kinds}) };
        json!({"type": "object", "properties": {"kind": kind}, "discriminator": {"propertyName": "kind"}})
    }

    #[test]
    fn a_base_without_children_stays() {
        let schemas = json!({"A": base(&[]), "B": {"$ref": "#/components/schemas/A"}});
        assert_eq!(divided(schemas.clone()), schemas);
    }

    #[test]
    fn children_of_children_are_children() {
        let extend = |name: &str| json!({"allOf": [{"$ref": format!("#/components/schemas/{name}")}]});
        let found = divided(json!({"A": base(&["B", "C"]), "B": extend("A"), "C": extend("B")}));
        let arms = json!([{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/C"}]);
        assert_eq!(found["A"]["oneOf"], arms);
        assert_eq!(found["A.base"]["type"], "object");
        assert_eq!(found["B"]["allOf"][0]["$ref"], "#/components/schemas/A.base");
        assert_eq!(found["C"]["allOf"][0]["$ref"], "#/components/schemas/B");
    }

    #[test]
    fn a_base_that_can_stand_alone_is_an_arm() {
        let found = divided(json!({"A": base(&[]), "B": {"allOf": [{"$ref": "#/components/schemas/A"}]}}));
        assert_eq!(found["A"]["oneOf"][1]["x-oasmith-arm"], "A");
    }
}
