//! In: a checked tree. Out: the same, in which what a schema says by a roundabout way is said in place: references that
//! count from the schema they stand in or from an `$id`, and subschemas of a union that only say "or null" behind a `$ref`.

use super::hoist::find_mut;
use super::keywords::Kind;
use super::refs::{canonical, decode, find};
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How .NET 9 begins a reference into the schema that it stands in.
const OWN: &str = "#/components/schemas/#";

/// A schema with an `$id`: where it stands, and its URI.
type Base = (Pointer, String);

/// Rewrites these references and subschemas.
pub fn settle(tree: &mut Value, sink: &mut Diagnostics) {
    own_references(tree, sink);
    identified(tree);
    nulls(tree, sink);
}

/// `#/components/schemas/#/properties/a` -> `#/components/schemas/Post/properties/a`, where it stands in `Post`: .NET 9
/// writes so what it found a second time within one schema. Elsewhere it counts from the outermost schema around it.
fn own_references(tree: &mut Value, sink: &mut Diagnostics) {
    let mut root = Pointer::root();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        if kind != Kind::Schema {
            return;
        }
        if root.tokens().is_empty() || at.strip(&root).is_none() {
            root = at.clone();
        }
        let Some(reference) = value.get("$ref").and_then(Value::as_str).map(str::to_owned) else { return };
        let Some(rest) = reference.strip_prefix(OWN).map(decode) else { return };
        if let Some(inner) = Pointer::parse(&rest) {
            let meant = canonical(&root.concat(inner.tokens()));
            sink.report(&at.join("$ref"), Problem::OwnReference { reference, meant: meant.clone() });
            value["$ref"] = Value::String(meant);
        }
    });
}

/// A reference to a URI that is the `$id` of a schema in this document -> its address here (JSON Schema 2020-12, section
/// 8.2.1). Within such a schema, `#` is its root wherever that has what is named.
fn identified(tree: &mut Value) {
    let mut ids: BTreeMap<String, Pointer> = BTreeMap::new();
    let mut around: Vec<Base> = Vec::new();
    let mut references: Vec<(Pointer, String, Option<Base>)> = Vec::new();
    let mut anchors: BTreeMap<(String, String), Pointer> = BTreeMap::new();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        around.retain(|(outer, _)| at.strip(outer).is_some());
        if kind != Kind::Schema {
            return;
        }
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let base = around.last().map(|(_, base)| base.clone()).unwrap_or_default();
        if let Some(id) = text("$id") {
            let id = resolved(&base, id.trim_end_matches('#'));
            ids.entry(id.clone()).or_insert_with(|| at.clone());
            around.push((at.clone(), id));
        }
        let base = around.last().map(|(_, base)| base.clone()).unwrap_or_default();
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = text(keyword) {
                anchors.entry((base.clone(), name.to_owned())).or_insert_with(|| at.clone());
            }
        }
        if let Some(reference) = text("$ref") {
            references.push((at.clone(), reference.to_owned(), around.last().cloned()));
        }
    });
    if ids.is_empty() {
        return;
    }
    for (at, reference, around) in references {
        let (uri, fragment) = reference.split_once('#').unwrap_or((&reference, ""));
        let (own, base) = around.unwrap_or_default();
        let id = if uri.is_empty() { base } else { resolved(&base, uri) };
        let Some(root) = ids.get(&id).filter(|root| !uri.is_empty() || **root == own) else { continue };
        let fragment = decode(fragment);
        let to = match Pointer::parse(&fragment) {
            Some(pointer) => Some(root.concat(pointer.tokens())).filter(|to| find(tree, to).is_some()),
            None => anchors.get(&(id, fragment)).cloned(),
        };
        if let (Some(to), Some(Value::Object(members))) = (to, find_mut(tree, &at)) {
            members.insert("$ref".into(), Value::String(canonical(&to)));
        }
    }
}

/// What a relative URI is beside a base (RFC 3986, section 5.2, as far as the URIs of schemas need it).
fn resolved(base: &str, uri: &str) -> String {
    let is_absolute = uri.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    if is_absolute || base.is_empty() {
        return uri.to_owned();
    }
    let host = base.split_once("://").and_then(|(scheme, rest)| Some(scheme.len() + 3 + rest.find('/')?));
    match (uri.strip_prefix('/'), host, base.rfind('/')) {
        (Some(path), Some(host), _) => format!("{}/{path}", &base[..host]),
        (None, _, Some(slash)) => format!("{}/{}", &base[..slash], uri.trim_start_matches("./")),
        _ => uri.to_owned(),
    }
}

/// `oneOf: [{$ref: A}, {$ref: Null}]`, where `Null` allows null alone, -> `oneOf: [{$ref: A}, {type: null}]`.
fn nulls(tree: &mut Value, sink: &mut Diagnostics) {
    let schemas = tree.get("components").and_then(|components| components.get("schemas")).and_then(Value::as_object);
    let mut only: BTreeSet<String> = BTreeSet::new();
    // One that refers to another is found in the next round.
    loop {
        let known = only.len();
        for (name, schema) in schemas.into_iter().flatten() {
            if says_null(schema) || target(schema).is_some_and(|name| only.contains(&name)) {
                only.insert(name.clone());
            }
        }
        if only.len() == known {
            break;
        }
    }
    if only.is_empty() {
        return;
    }
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        for keyword in ["oneOf", "anyOf"] {
            let Some(Value::Array(arms)) = value.get_mut(keyword).filter(|_| kind == Kind::Schema) else { continue };
            for (index, arm) in arms.iter_mut().enumerate() {
                if target(arm).is_some_and(|name| only.contains(&name)) {
                    let at = at.join(keyword).index(index);
                    let origin = sink.origins.resolve(&at);
                    sink.origins.set(at, origin);
                    *arm = json!({"type": "null"});
                }
            }
        }
    });
}

/// Whether a schema allows null and nothing else.
fn says_null(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    let type_ = schema.get("type");
    let of_nulls = type_.is_none_or(|one| *one == json!("null") || *one == json!(["null"]));
    of_nulls
        && (type_.is_some()
            || schema.get("const").is_some_and(Value::is_null)
            || values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null)))
}

/// The component that a schema refers to, if it is nothing but that.
fn target(schema: &Value) -> Option<String> {
    let lone = |schema: &Value| Some(schema.get("$ref")?.as_str()?.to_owned());
    let reference = match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) => lone(only)?,
        _ => lone(schema)?,
    };
    let pointer = Pointer::parse(&decode(reference.strip_prefix('#')?))?;
    match pointer.tokens() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => Some(name.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{resolved, settle};
    use crate::diagnostic::Diagnostics;
    use serde_json::{Value, json};

    fn settled(schemas: Value) -> (Value, Vec<&'static str>) {
        let mut tree = json!({"components": {"schemas": schemas}});
        let mut sink = Diagnostics::default();
        settle(&mut tree, &mut sink);
        (tree["components"]["schemas"].take(), sink.all().map(|found| found.problem.code()).collect())
    }

    #[test]
    fn references_count_from_their_own_schema() {
        let (schemas, found) = settled(json!({"A": {"properties": {
            "b": {"type": "object"},
            "c": {"$ref": "#/components/schemas/#/properties/b"},
            "d": {"items": {"$ref": "#/components/schemas/#"}},
        }}}));
        assert_eq!(schemas["A"]["properties"]["c"]["$ref"], "#/components/schemas/A/properties/b");
        assert_eq!(schemas["A"]["properties"]["d"]["items"]["$ref"], "#/components/schemas/A");
        assert_eq!(found, ["own-reference", "own-reference"]);
    }

    #[test]
    fn references_lead_to_an_id() {
        let (schemas, _) = settled(json!({
            "A": {"$id": "https://a.example/schemas/a", "$defs": {"x": {"$anchor": "ex"}}, "items": {"$ref": "b"},
                "not": {"$ref": "#ex"}},
            "B": {"$id": "https://a.example/schemas/b", "items": {"$ref": "/schemas/a#/$defs/x"},
                "not": {"$ref": "#/components/schemas/A"}},
        }));
        assert_eq!(schemas["A"]["items"]["$ref"], "#/components/schemas/B");
        assert_eq!(schemas["A"]["not"]["$ref"], "#/components/schemas/A/$defs/x");
        assert_eq!(schemas["B"]["items"]["$ref"], "#/components/schemas/A/$defs/x");
        assert_eq!(schemas["B"]["not"]["$ref"], "#/components/schemas/A");
        assert_eq!(resolved("a/b", "c"), "a/c");
    }

    #[test]
    fn null_behind_a_reference_is_null() {
        let nothing = json!({"type": "null"});
        for alone in [
            json!({"enum": [null]}),
            json!({"const": null}),
            nothing.clone(),
            json!({"$ref": "#/components/schemas/M"}),
        ] {
            let (schemas, _) = settled(json!({
                "N": alone, "M": nothing,
                "A": {"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/N"}]},
            }));
            assert_eq!(schemas["A"]["oneOf"][1], nothing);
        }
    }
}
