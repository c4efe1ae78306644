//! In: a desugared tree. Out: the same tree, in which every `$ref` that is left leads to a component of its kind.
//!
//! A reference to anywhere else in the document is replaced by a copy of what it leads to. One that leads nowhere, round
//! in a circle, or to another document is reported, and its place widened or left out.

use super::keywords::Kind;
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How many references of one document may be replaced by copies.
const COPIES: usize = 10_000;

/// Resolves the references of every object in the document.
pub fn resolve(tree: &mut Value, sink: &mut Diagnostics) {
    let whole = tree.clone();
    let anchors = anchors(tree);
    let mut copies = Copies::default();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        while let Some(reference) = value.get("$ref").and_then(Value::as_str).map(str::to_owned) {
            let problem = match judge(&whole, &anchors, &reference, kind) {
                Ok(Target::Component(to)) => {
                    value["$ref"] = Value::String(canonical(&to));
                    return;
                }
                Ok(Target::Elsewhere(to, copy)) if copies.may_copy(at, &to) => {
                    replace(value, copy, at, &to, sink);
                    continue;
                }
                Ok(Target::Elsewhere(..)) => Problem::RecursiveCopy { reference },
                Err(problem) => problem,
            };
            sink.report(&at.join("$ref"), problem);
            *value = substitute(kind);
        }
    });
}

/// The copies that were made around the place that is being visited.
#[derive(Default)]
struct Copies {
    around: Vec<(Pointer, Pointer)>,
    count: usize,
}

impl Copies {
    /// Whether what stands at `to` may be copied to `at`: not inside a copy of itself, and not without end.
    fn may_copy(&mut self, at: &Pointer, to: &Pointer) -> bool {
        self.around.retain(|(outer, _)| at.strip(outer).is_some());
        let recursive = at.strip(to).is_some() || self.around.iter().any(|(_, copied)| copied == to);
        self.around.push((at.clone(), to.clone()));
        self.count += 1;
        !recursive && self.count <= COPIES
    }
}

/// Where the schemas with an `$anchor` stand (JSON Schema 2020-12, section 8.2.2); of two with one name, the first.
pub(super) type Anchors = BTreeMap<String, Pointer>;

pub(super) fn anchors(tree: &mut Value) -> Anchors {
    let mut found = Anchors::new();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        if let (Kind::Schema, Some(name)) = (kind, value.get("$anchor").and_then(Value::as_str)) {
            found.entry(name.to_owned()).or_insert_with(|| at.clone());
        }
    });
    found
}

/// The address that a reference within one text leads to: a JSON pointer or an anchor.
pub(super) fn address(reference: &str, anchors: &Anchors) -> Option<Pointer> {
    let fragment = decode(reference.strip_prefix('#')?);
    Pointer::parse(&fragment).or_else(|| anchors.get(&fragment).cloned())
}

/// The references that an object has itself, those of a discriminator included, each with the kind of what it leads to.
pub(super) fn visit(value: &mut Value, kind: Kind, change: &mut dyn FnMut(&mut String, Kind)) {
    if let Some(Value::String(reference)) = value.get_mut("$ref") {
        change(reference, kind);
    }
    if let (Kind::Discriminator, Some(Value::Object(mapping))) = (kind, value.get_mut("mapping")) {
        for target in mapping.values_mut() {
            if let Value::String(target) = target {
                change(target, Kind::Schema);
            }
        }
    }
}

enum Target<'a> {
    /// A component of the right kind, at this address.
    Component(Pointer),
    /// Something else that stands at this address.
    Elsewhere(Pointer, &'a Value),
}

fn judge<'a>(whole: &'a Value, anchors: &Anchors, reference: &str, kind: Kind) -> Result<Target<'a>, Problem> {
    let broken = || Problem::BrokenRef { reference: reference.to_owned(), effect: effect(kind) };
    let mistaken = || Problem::MistakenRef { reference: reference.to_owned(), kind: kind.name(), effect: effect(kind) };
    if !reference.starts_with('#') {
        return Err(Problem::ExternalRef { reference: reference.to_owned(), effect: effect(kind) });
    }
    let pointer = address(reference, anchors).ok_or_else(broken)?;
    let value = find(whole, &pointer).filter(|value| !value.is_null()).ok_or_else(broken)?;
    match (pointer.tokens(), kind.section()) {
        ([components, section, _], Some(own)) if components == "components" && section == own => {
            if leads_back(whole, &pointer) {
                return Err(Problem::CircularRef { reference: reference.to_owned(), effect: effect(kind) });
            }
            // The core language has no place for shared path items, and refers to no shared callbacks.
            let copied = matches!(kind, Kind::PathItem | Kind::Callback);
            Ok(if copied { Target::Elsewhere(pointer, value) } else { Target::Component(pointer) })
        }
        ([components, _, _], _) if components == "components" => Err(mistaken()),
        _ if value.is_object() => Ok(Target::Elsewhere(pointer, value)),
        _ => Err(mistaken()),
    }
}

/// The value at an address.
pub(super) fn find<'a>(whole: &'a Value, pointer: &Pointer) -> Option<&'a Value> {
    pointer.tokens().iter().try_fold(whole, |value, token| match value {
        Value::Object(members) => members.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Whether components that are nothing but references lead from this one back to it.
fn leads_back(whole: &Value, start: &Pointer) -> bool {
    let mut seen = vec![start.clone()];
    loop {
        let Some(value) = seen.last().and_then(|pointer| find(whole, pointer)) else { return false };
        let Some(next) = alias(value).and_then(|text| Pointer::parse(&decode(text.strip_prefix('#')?))) else {
            return false;
        };
        if seen.contains(&next) {
            return true;
        }
        seen.push(next);
    }
}

/// What a value refers to when it is nothing but a reference, or `allOf` around a single one.
fn alias(value: &Value) -> Option<&str> {
    let reference = |value: &'_ Value| value.get("$ref").is_some();
    match value.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([lone]) if reference(lone) => lone.get("$ref")?.as_str(),
        _ => value.get("$ref")?.as_str(),
    }
}

/// The one way in which the core language writes a reference.
pub(super) fn canonical(to: &Pointer) -> String {
    format!("#{}", to.to_string().replace('%', "%25"))
}

/// Percent-decodes a URI fragment (RFC 6901, section 6).
pub(super) fn decode(fragment: &str) -> String {
    percent_encoding::percent_decode_str(fragment).decode_utf8_lossy().into_owned()
}

fn replace(value: &mut Value, copy: &Value, at: &Pointer, to: &Pointer, sink: &mut Diagnostics) {
    let origin = sink.origins.resolve(to);
    // What stands beside a path item's reference holds, too (OpenAPI 3.1.1, section 4.8.9).
    let siblings: Map<String, Value> = match std::mem::take(value) {
        Value::Object(members) => members.into_iter().filter(|(name, _)| name != "$ref").collect(),
        _ => Map::new(),
    };
    let places: Vec<_> = siblings.keys().map(|name| at.join(name.as_str())).collect();
    let places: Vec<_> = places.into_iter().map(|at| (sink.origins.resolve(&at), at)).collect();
    *value = copy.clone();
    sink.origins.set(at.clone(), origin);
    if let Value::Object(members) = value {
        members.extend(siblings);
        places.into_iter().for_each(|(origin, at)| sink.origins.set(at, origin));
    }
}

/// What goes on in place of something that cannot be read.
fn substitute(kind: Kind) -> Value {
    match kind {
        Kind::Parameter => json!({"name": "", "in": "cookie", "schema": {}, "x-oasmith-left-out": true}),
        Kind::Response => json!({"description": "", "x-oasmith-left-out": true}),
        Kind::RequestBody => json!({"content": {"*/*": {}}}),
        Kind::SecurityScheme => json!({"type": "x-oasmith-left-out"}),
        Kind::Header => json!({"schema": {}}),
        _ => json!({}),
    }
}

fn effect(kind: Kind) -> &'static str {
    match kind {
        Kind::Schema => "any JSON value is taken",
        Kind::Parameter => "the parameter is left out",
        Kind::RequestBody => "bytes of any kind are sent",
        Kind::Response => "the answer is given undecoded",
        Kind::PathItem | Kind::Callback => "its operations are left out",
        _ => "it is left out",
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, resolve};
    use serde_json::{Value, json};

    fn resolved(schemas: Value) -> (Value, Vec<String>) {
        let mut tree = json!({"components": {"schemas": schemas, "responses": {"R": {"description": ""}}}});
        let mut sink = Diagnostics::default();
        resolve(&mut tree, &mut sink);
        let line = |found: &crate::diagnostic::Diagnostic| format!("{} {}", found.problem.code(), found.place.pointer);
        (tree["components"]["schemas"].take(), sink.all().map(line).collect())
    }

    #[test]
    fn a_reference_into_another_schema_is_copied() {
        let (schemas, found) = resolved(json!({
            "A": {"properties": {"b/c": {"type": "string"}}},
            "B": {"$ref": "#/components/schemas/A/properties/b~1c"},
            "C": {"items": {"$ref": "#/components/schemas/A/properties/b%7E1c"}},
        }));
        assert_eq!(schemas["B"], json!({"type": "string"}));
        assert_eq!(schemas["C"]["items"], json!({"type": "string"}));
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn an_anchor_is_an_address() {
        let (schemas, found) = resolved(json!({
            "A": {"properties": {"b": {"$anchor": "bee", "type": "string"}}},
            "B": {"$ref": "#bee"},
            "C": {"$ref": "#wasp"},
            "D": {"$anchor": "dee"},
            "E": {"$ref": "#dee"},
        }));
        assert_eq!(schemas["B"]["type"], "string");
        assert_eq!(schemas["E"]["$ref"], "#/components/schemas/D");
        assert_eq!(found, ["broken-ref /components/schemas/C/$ref"]);
    }

    #[test]
    fn what_leads_nowhere_or_round_in_a_circle_is_reported() {
        let (_, found) = resolved(json!({
            "A": {"$ref": "#/components/schemas/Missing"},
            "B": {"$ref": "#/components/schemas/C"},
            "C": {"allOf": [{"$ref": "#/components/schemas/B"}]},
            "D": {"$ref": "other.yaml#/D"},
            "E": {"$ref": "#/components/responses/R"},
            "F": {"properties": {"f": {"$ref": "#/components/schemas/F"}}},
            "G": {"properties": {"g": {"properties": {"h": {"$ref": "#/components/schemas/G/properties/g"}}}}},
        }));
        let codes: Vec<_> = found.iter().map(|line| line.split_once(' ').unwrap()).collect();
        let expected = [
            ("broken-ref", "/components/schemas/A/$ref"),
            ("circular-ref", "/components/schemas/B/$ref"),
            ("circular-ref", "/components/schemas/C/allOf/0/$ref"),
            ("external-ref", "/components/schemas/D/$ref"),
            ("mistaken-ref", "/components/schemas/E/$ref"),
            ("recursive-copy", "/components/schemas/G/properties/g/properties/h/$ref"),
        ];
        assert_eq!(codes, expected);
    }
}
