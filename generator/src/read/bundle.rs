//! In: the tree of the main documents, and those of the texts that it refers to. Out: one tree, in which what the others
//! are referred to for is a component; and the names of the texts that are still missing.
//!
//! What several references lead to is one component. Its name is that of its place in its text; where that is taken, the
//! text's name stands before it. A component that is nothing but a reference to it gives it its own place.

mod texts;

use super::hoist;
use super::keywords::Kind;
use super::refs::{canonical, find, visit};
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Place};
use crate::pointer::Pointer;
use crate::source::Input;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use texts::{Target, Texts};

/// Something in another text that is referred to: the section of `components` for its kind, the text, the address there.
type Part = (&'static str, usize, Pointer);

/// Brings in what other texts are referred to for.
pub(super) fn bundle(tree: &mut Value, input: &Input, referenced: Vec<Value>, sink: &mut Diagnostics) {
    let texts = Texts::new(input, tree, referenced);
    let (parts, _) = discover(tree, &texts, sink);
    let homes = homes(tree, &parts, &texts, sink);
    redirect(tree, Kind::Document, &homes, &texts, |at| sink.origins.resolve(at).source);
    for (part, home) in &homes {
        let ((section, source, at), Some(kind)) = (part, parts.get(part)) else { continue };
        let Some(mut value) = texts.trees.get(source).and_then(|tree| find(tree, at)).cloned() else { continue };
        redirect(&mut value, *kind, &homes, &texts, |_| *source);
        if let (Some(components), Some(name)) = (hoist::section(tree, section), home.last()) {
            components.insert(name.to_owned(), value);
            sink.origins.set(home.clone(), Place { source: *source, pointer: at.clone() });
        }
    }
}

/// The names of the texts that references lead into and that the input lacks.
pub(super) fn missing(tree: &mut Value, input: &Input, referenced: Vec<Value>, sink: &Diagnostics) -> BTreeSet<String> {
    let texts = Texts::new(input, tree, referenced);
    discover(tree, &texts, sink).1
}

/// All that is referred to in other texts, each with its kind, and the names of the texts that are missing.
fn discover(tree: &mut Value, texts: &Texts<'_>, sink: &Diagnostics) -> (BTreeMap<Part, Kind>, BTreeSet<String>) {
    let (mut parts, mut missing) = (BTreeMap::new(), BTreeSet::new());
    let mut queue = Vec::new();
    each(tree, Kind::Document, &mut |reference, kind, at| {
        queue.push((sink.origins.resolve(at).source, reference.clone(), kind));
    });
    while let Some((from, reference, kind)) = queue.pop() {
        let Some(section) = kind.section() else { continue };
        let (source, at) = match texts.target(from, &reference) {
            Some(Target::Part(source, at)) => (source, at),
            Some(Target::Missing(name)) if is_text(&reference) => {
                missing.insert(name);
                continue;
            }
            Some(Target::Missing(_) | Target::Main(_)) | None => continue,
        };
        let Some(value) = texts.trees.get(&source).and_then(|tree| find(tree, &at)) else { continue };
        if parts.insert((section, source, at), kind).is_none() {
            each(&mut value.clone(), kind, &mut |reference, kind, _| queue.push((source, reference.clone(), kind)));
        }
    }
    (parts, missing)
}

/// Whether a reference is more than the bare name of a schema, which a discriminator may have.
fn is_text(reference: &str) -> bool {
    reference.contains(['/', '.', '#'])
}

/// Visits every reference, those of discriminators included, with the kind of what it should lead to.
fn each(value: &mut Value, kind: Kind, change: &mut dyn FnMut(&mut String, Kind, &Pointer)) {
    walk(value, kind, &Pointer::root(), &mut |value, kind, at| {
        visit(value, kind, &mut |reference, kind| change(reference, kind, at));
    });
}

/// Where each part goes that lies in no other one.
fn homes(tree: &Value, parts: &BTreeMap<Part, Kind>, texts: &Texts<'_>, sink: &Diagnostics) -> BTreeMap<Part, Pointer> {
    let outermost = parts.keys().filter(|part| around(part).all(|outer| !parts.contains_key(&outer)));
    let wishes: Vec<(&Part, String)> = outermost.map(|part| (part, name(&part.2, texts.name(part.1)))).collect();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    wishes.iter().for_each(|((section, ..), wish)| *counts.entry((section, wish)).or_default() += 1);
    let taken = |section: &str, name: &str| {
        let count = counts.get(&(section, name)).copied().unwrap_or_default();
        count > 1 || components(tree, section).is_some_and(|known| known.contains_key(name))
    };
    let adopted = adopted(tree, texts, sink);
    let home = |(part, wish): &(&Part, String)| {
        let (section, source, _) = *part;
        let place = |name: &str| Pointer::root().join("components").join(*section).join(name);
        let home = match adopted.get(*part) {
            Some(home) => home.clone(),
            None if taken(section, wish) => place(&format!("{}.{wish}", stem(texts.name(*source)))),
            None => place(wish),
        };
        ((*part).clone(), home)
    };
    let mut homes = wishes.iter().map(home).collect();
    apart(&mut homes, texts);
    homes
}

/// The parts in which a part may lie, innermost first: only schemas hold others of their kind.
fn around((section, source, at): &Part) -> impl Iterator<Item = Part> {
    let first = at.parent().filter(|_| Kind::Schema.section() == Some(section));
    std::iter::successors(first, Pointer::parent).map(|outer| (*section, *source, outer))
}

/// Where a part is now: at its own home, or in that of the part in which it lies.
fn home(part: &Part, homes: &BTreeMap<Part, Pointer>) -> Option<Pointer> {
    let outer = std::iter::once(part.clone()).chain(around(part)).find(|outer| homes.contains_key(outer))?;
    Some(homes.get(&outer)?.concat(part.2.strip(&outer.2)?))
}

/// Gives parts that want the same place, because their texts have the same name in different folders, the whole path.
fn apart(homes: &mut BTreeMap<Part, Pointer>, texts: &Texts<'_>) {
    let mut wanted: BTreeMap<Pointer, Vec<Part>> = BTreeMap::new();
    for (part, home) in homes.iter() {
        wanted.entry(home.clone()).or_default().push(part.clone());
    }
    for (home, parts) in wanted.into_iter().filter(|(_, parts)| parts.len() > 1) {
        for part in parts {
            let path = texts.path(part.1).replace('/', ".");
            let name = [&[path], part.2.tokens()].concat().join(".");
            if let Some(section) = home.parent() {
                homes.insert(part, section.join(name));
            }
        }
    }
}

/// The places of components that are nothing but a reference to a part: the part takes the place. Of several, the one that
/// has its name, or else the first by name.
fn adopted(tree: &Value, texts: &Texts<'_>, sink: &Diagnostics) -> BTreeMap<Part, Pointer> {
    let mut found: BTreeMap<Part, Pointer> = BTreeMap::new();
    let sections = Kind::Components.members().iter().filter_map(|(_, shape)| shape.map()?.0.section());
    for section in sections {
        let mut all: Vec<_> = components(tree, section).into_iter().flatten().collect();
        all.sort_by_key(|(name, _)| *name);
        for (component, value) in all {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { continue };
            let home = Pointer::root().join("components").join(section).join(component.as_str());
            if value.as_object().is_some_and(|members| members.len() > 1) {
                continue;
            }
            let from = sink.origins.resolve(&home).source;
            let Some(Target::Part(source, at)) = texts.target(from, reference) else { continue };
            let own = name(&at, texts.name(source)) == *component;
            let part = (section, source, at);
            if own || !found.contains_key(&part) {
                found.insert(part, home);
            }
        }
    }
    found
}

/// What a part is called: `/components/schemas/Order` is `Order`, a whole text what its file is called.
fn name(at: &Pointer, text: &str) -> String {
    match at.tokens() {
        [] => stem(text).to_owned(),
        [components, _, name] if components == "components" => name.clone(),
        _ => hoist::name(at),
    }
}

/// A text's name without folders and ending.
fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split_once('.').map_or(file, |(stem, _)| stem)
}

/// Leads the references to where the parts are now.
fn redirect(
    value: &mut Value,
    kind: Kind,
    homes: &BTreeMap<Part, Pointer>,
    texts: &Texts<'_>,
    source: impl Fn(&Pointer) -> usize,
) {
    each(value, kind, &mut |reference, kind, at| {
        let from = source(at);
        let to = match texts.target(from, reference) {
            Some(Target::Part(source, at)) => kind.section().and_then(|section| home(&(section, source, at), homes)),
            // In the main documents it is so already.
            Some(Target::Main(at)) if !reference.starts_with('#') => Some(at),
            Some(Target::Main(_) | Target::Missing(_)) | None => None,
        };
        if let Some(to) = to {
            *reference = canonical(&to);
        }
    });
}

fn components<'a>(tree: &'a Value, section: &str) -> Option<&'a Map<String, Value>> {
    tree.get("components")?.get(section)?.as_object()
}

#[cfg(test)]
mod tests {
    use super::super::{core, wanted};
    use crate::diagnostic::Diagnostics;
    use crate::source::{Input, Options, Source};
    use serde_json::{Value, json};

    fn input(main: Value, parts: &[(&str, Value)]) -> Input {
        let source = |name: &str, tree: &Value| Source { name: name.into(), text: tree.to_string() };
        let mut document = json!({"openapi": "3.1.0", "info": {"title": "", "version": ""}});
        document["components"] = main;
        Input {
            documents: vec![source("api/spec.json", &document)],
            referenced: parts.iter().map(|(name, tree)| source(name, tree)).collect(),
            ..Input::default()
        }
    }

    /// The sections of `components`, and what was found.
    fn bundled(main: Value, parts: &[(&str, Value)]) -> (Value, Vec<String>) {
        let mut sink = Diagnostics::default();
        let tree = core(&input(main, parts), &Options::default(), &mut sink).unwrap();
        let line = |found: &crate::diagnostic::Diagnostic| {
            format!("{} {} {}", found.problem.code(), found.place.source, found.place.pointer)
        };
        (tree["components"].clone(), sink.all().map(line).collect())
    }

    #[test]
    fn parts_of_one_name_are_told_apart_by_their_files() {
        let main = json!({"schemas": {"A": {"properties": {
            "x": {"$ref": "x/p.json#/Thing"}, "y": {"$ref": "y/p.json#/Thing"}, "z": {"$ref": "../q.json#/Thing"},
        }}}});
        let thing = |format: &str| json!({"Thing": {"type": "string", "format": format}});
        let parts = [("api/x/p.json", thing("x")), ("api/y/p.json", thing("y")), ("q.json", thing("q"))];
        let schemas = bundled(main, &parts).0["schemas"].take();
        assert_eq!(schemas["A"]["properties"]["x"]["$ref"], "#/components/schemas/x.p.json.Thing");
        assert_eq!(schemas["y.p.json.Thing"]["format"], "y");
        assert_eq!(schemas["q.Thing"]["format"], "q");
    }

    #[test]
    fn what_lies_inside_a_part_follows_it_to_its_name() {
        let main = json!({"schemas": {"A": {"properties": {
            "x": {"$ref": "x/p.json#/Thing"}, "y": {"$ref": "y/p.json#/Thing"},
            "part": {"$ref": "y/p.json#/Thing/properties/part"},
        }}}});
        let thing = json!({"Thing": {"type": "object", "properties": {
            "part": {"type": "object", "properties": {"deep": {"type": "string"}}},
        }}});
        let (components, found) = bundled(main, &[("api/x/p.json", thing.clone()), ("api/y/p.json", thing)]);
        assert_eq!(found, Vec::<String>::new());
        let reference = &components["schemas"]["A"]["properties"]["part"]["$ref"];
        assert_eq!(reference, "#/components/schemas/y.p.json.Thing.part");
    }

    #[test]
    fn names_do_not_tell_where_a_run_started() {
        let thing = json!({"Thing": {"type": "string"}});
        let names = |folder: &str| {
            let main = json!({"schemas": {"A": {"properties": {
                "x": {"$ref": "x/p.json#/Thing"}, "y": {"$ref": "../y/p.json#/Thing"},
            }}}});
            let part = |path: &str| (format!("{folder}{path}"), thing.clone());
            let parts = [part("api/x/p.json"), part("y/p.json")];
            let parts: Vec<_> = parts.iter().map(|(name, tree)| (name.as_str(), tree.clone())).collect();
            let mut input = input(main, &parts);
            input.documents[0].name = format!("{folder}api/spec.json");
            let tree = core(&input, &Options::default(), &mut Diagnostics::default()).unwrap();
            tree["components"]["schemas"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(names(""), names("/elsewhere/"));
        assert_eq!(names("")[1..], ["x.p.json.Thing", "...y.p.json.Thing"]);
    }

    #[test]
    fn a_security_scheme_keeps_the_name_that_it_is_required_by() {
        let main = json!({"securitySchemes": {"key": {"$ref": "p.json#/key"}}});
        let part = json!({"key": {"type": "apiKey", "in": "header", "name": "X-Key"}});
        let (components, _) = bundled(main, &[("api/p.json", part)]);
        assert_eq!(components["securitySchemes"]["key"]["name"], "X-Key");
    }

    #[test]
    fn texts_may_refer_to_each_other_and_back() {
        let main = json!({"schemas": {
            "Node": {"type": "object", "properties": {"next": {"$ref": "p.json"}}},
            "Same": {"$ref": "p.json#/properties/inner"},
        }});
        let part = json!({"type": "object", "properties": {
            "inner": {"type": "object", "properties": {"up": {"$ref": "#"}}},
            "main": {"$ref": "spec.json#/components/schemas/Node"},
        }});
        let (components, found) = bundled(main, &[("api/p.json", part)]);
        assert_eq!(found, Vec::<String>::new());
        let schemas = &components["schemas"];
        assert_eq!(schemas["Node"]["properties"]["next"]["$ref"], "#/components/schemas/p");
        assert_eq!(schemas["p"]["properties"]["main"]["$ref"], "#/components/schemas/Node");
        assert_eq!(schemas["p"]["properties"]["inner"]["$ref"], "#/components/schemas/p.inner");
        assert_eq!(schemas["p.inner"]["properties"]["up"]["$ref"], "#/components/schemas/p");
        assert_eq!(schemas["Same"]["$ref"], "#/components/schemas/p.inner");
    }

    #[test]
    fn discriminators_follow_and_anchors_lead() {
        let main = json!({"schemas": {"A": {
            "oneOf": [{"$ref": "p.json#/Cat"}, {"$ref": "p.json#dog"}],
            "discriminator": {"propertyName": "k", "mapping": {"c": "p.json#/Cat", "d": "p.json#dog"}},
        }}});
        let object = json!({"type": "object", "properties": {"k": {"type": "string"}}, "required": ["k"]});
        let mut dog = object.clone();
        dog["$anchor"] = json!("dog");
        let part = json!({"Cat": object, "components": {"schemas": {"Dog": dog}}});
        let (components, found) = bundled(main, &[("api/p.json", part)]);
        assert_eq!(found, Vec::<String>::new());
        let mapping = &components["schemas"]["A"]["discriminator"]["mapping"];
        assert_eq!(mapping, &json!({"c": "#/components/schemas/Cat", "d": "#/components/schemas/Dog"}));
    }

    #[test]
    fn what_is_wrong_in_a_part_is_reported_there() {
        let main = json!({"schemas": {"A": {"$ref": "p.json#/B"}, "C": {"$ref": "p.json#/Missing"}}});
        let part = json!({"B": {"type": "object", "propertys": {}}});
        let (_, found) = bundled(main, &[("api/p.json", part)]);
        assert_eq!(found, ["external-ref 0 /components/schemas/C/$ref", "unknown-member 1 /B/propertys"]);
    }

    #[test]
    fn missing_texts_are_wanted_and_examples_are_not_looked_into() {
        let main = json!({"schemas": {
            "A": {"$ref": "p.json#/B", "example": {"$ref": "nothing.json"}},
            "N": {"$ref": "https://example.com/n.json"},
        }});
        let names = |input: &Input| wanted(input).into_iter().collect::<Vec<_>>();
        assert_eq!(names(&input(main.clone(), &[])), ["api/p.json"]);
        let part = json!({"B": {"$ref": "deep/q.json"}, "C": {"$ref": "unused.json"}});
        assert_eq!(names(&input(main, &[("api/p.json", part)])), ["api/deep/q.json"]);
    }
}
