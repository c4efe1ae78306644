//! In: `Types`, the arena. Out: one file for each cluster of types, and `types/mod.rs`, which names them all.

use super::declare::Declaration;
use super::{aliases, docs, enums, features, files, formats, structs, unions};
use crate::File;
use crate::ir::{Api, Definition, Direction, Shape, TypeId};
use std::collections::{BTreeMap, BTreeSet};

const DOCS: &str = "The types that requests send and answers bring.";

/// The files of `types/`.
pub(super) fn files(api: &Api) -> Vec<File> {
    let mut clusters: BTreeMap<&str, Vec<&Definition>> = BTreeMap::new();
    for definition in &api.types.0 {
        clusters.entry(&definition.file).or_default().push(definition);
    }
    let mut files = vec![index(&clusters)];
    files.extend(clusters.iter().map(|(file, definitions)| cluster(api, file, definitions)));
    files
}

/// `mod.rs`: for each file its module and all that it declares, types and their builders. Those that are always there come
/// first, then those of one feature, of two, and so on.
fn index(clusters: &BTreeMap<&str, Vec<&Definition>>) -> File {
    let mut gates: BTreeMap<(usize, &[String]), Vec<&str>> = BTreeMap::new();
    for (file, definitions) in clusters {
        let features = definitions.first().map_or(&[][..], |definition| &definition.features);
        gates.entry((features.len(), features)).or_default().push(file);
    }
    if gates.is_empty() {
        return files::rust("types/mod.rs", DOCS, "");
    }
    let mut declaration = Declaration::new("super::runtime::modules");
    for ((_, features), files) in gates {
        if !features.is_empty() {
            declaration.line(&format!("[{}]", features::any(features)));
        }
        files.iter().for_each(|file| declaration.line(&format!("{file},")));
    }
    files::rust("types/mod.rs", DOCS, &declaration.end())
}

/// One cluster's file, its types sorted by name.
fn cluster(api: &Api, file: &str, definitions: &[&Definition]) -> File {
    let mut definitions = definitions.to_vec();
    definitions.sort_by_key(|definition| &definition.name);
    let mut parts = vec![imports(api, file, &definitions)];
    parts.extend(definitions.iter().map(|definition| item(api, definition)));
    parts.retain(|part| !part.is_empty());
    // The module is private, and its types say what they are.
    files::rust(&format!("types/{file}.rs"), "", &parts.join("\n"))
}

/// What this file refers to elsewhere: the types of other files, the runtime's macros, and the marks of its builders.
fn imports(api: &Api, file: &str, definitions: &[&Definition]) -> String {
    let foreign = |id: TypeId| Some(api.types.get(id)).filter(|definition| definition.file != file);
    let used: Vec<_> = definitions.iter().flat_map(|definition| definition.shape.types()).collect();
    let names = used.iter().flat_map(|r#type| r#type.named()).filter_map(foreign).map(|foreign| foreign.name.as_str());
    let names: Vec<_> = names.collect::<BTreeSet<_>>().into_iter().collect();
    let names = match names.as_slice() {
        [] => String::new(),
        [one] => format!("use super::{one};\n"),
        several => format!("use super::{{{}}};\n", several.join(", ")),
    };
    let mut asking = definitions.iter().filter(|definition| structs::required(definition).next().is_some()).peekable();
    let asks = asking.peek().is_some();
    // Builders of what only answers bring are for tests.
    let mock = asks && asking.all(|definition| definition.direction == Direction::Received);
    let parts = [("formats", used.iter().any(|r#type| formats::mentioned(r#type))), ("required", asks && !mock)];
    let parts: Vec<_> = parts.into_iter().filter(|(_, needed)| *needed).map(|(part, _)| part).collect();
    let macros: BTreeSet<_> = definitions.iter().filter_map(|definition| r#macro(&definition.shape)).collect();
    let own = files::uses("super::super", &parts, &macros.into_iter().collect::<Vec<_>>());
    let mock = if mock { "#[cfg(feature = \"mock\")]\nuse super::super::required;\n" } else { "" };
    own + mock + &names
}

/// The macro that declares a shape.
fn r#macro(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Struct { .. } => Some("object"),
        Shape::Enum(_) => Some("text_enum"),
        Shape::Numbers(_) => Some("number_enum"),
        Shape::Union(_) => Some("one_of"),
        Shape::Alias(_) | Shape::Newtype(_) => None,
    }
}

/// The declaration of a type, up to its docs: what the vendor says, and then what the generator adds.
pub(super) fn head(r#macro: &str, definition: &Definition, more: Option<&str>) -> Declaration {
    let mut declaration = Declaration::new(r#macro);
    let own = docs::vendor(definition.docs.as_deref());
    // Where nothing is said, the macro says the name; it cannot tell docs from other attributes.
    let own = own.or_else(|| definition.deprecated.then(|| format!("{}.", docs::code(&definition.name))));
    declaration.docs(&own.into_iter().chain(more.map(str::to_owned)).collect::<Vec<_>>().join("\n\n"));
    if definition.deprecated {
        declaration.line("#[deprecated]");
    }
    declaration
}

fn item(api: &Api, definition: &Definition) -> String {
    match &definition.shape {
        Shape::Struct { fields, rest } => structs::item(api, definition, fields, rest.as_ref()),
        Shape::Enum(constants) => enums::texts(definition, constants),
        Shape::Numbers(constants) => enums::numbers(definition, constants),
        Shape::Union(union) => unions::item(api, definition, union),
        Shape::Alias(inner) => aliases::alias(api, definition, inner),
        Shape::Newtype(inner) => aliases::newtype(api, definition, inner),
    }
}
