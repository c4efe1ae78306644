//! In: `Types`, the arena. Out: one file for each cluster of types, and `types/mod.rs`, which names them all.

use super::declare::Declaration;
use super::rust_type::ident;
use super::{aliases, docs, enums, files, formats, print, structs, unions};
use crate::File;
use crate::ir::{Api, Definition, Direction, Shape, Type, TypeId};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

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

/// `mod.rs`: for each file its module and all that it declares, types and their builders.
fn index(clusters: &BTreeMap<&str, Vec<&Definition>>) -> File {
    let modules: Vec<_> = clusters.keys().map(|file| ident(file)).collect();
    let lines = quote! { #(mod #modules; pub use #modules::*;)* };
    files::rust("types/mod.rs", "The types that requests send and answers bring.", lines)
}

/// One cluster's file, its types sorted by name.
fn cluster(api: &Api, file: &str, definitions: &[&Definition]) -> File {
    let mut definitions = definitions.to_vec();
    definitions.sort_by_key(|definition| &definition.name);
    let mut parts = vec![print::items(imports(api, file, &definitions))];
    parts.extend(definitions.iter().map(|definition| item(api, definition)));
    parts.retain(|part| !part.is_empty());
    // The module is private, and its types say what they are.
    files::rust_text(&format!("types/{file}.rs"), "", &parts.join("\n"))
}

/// What this file refers to elsewhere: the types of other files, the runtime's macros, and the marks of its builders.
fn imports(api: &Api, file: &str, definitions: &[&Definition]) -> TokenStream {
    let foreign = |id: TypeId| Some(api.types.get(id)).filter(|definition| definition.file != file);
    let used = definitions.iter().flat_map(|definition| types_of(&definition.shape));
    let names: BTreeSet<_> = used.flat_map(Type::named).filter_map(foreign).map(|foreign| &foreign.name).collect();
    let names: Vec<_> = names.into_iter().map(|name| ident(name)).collect();
    let names = (!names.is_empty()).then(|| quote! { use super::{#(#names),*}; });
    let mut asking = definitions.iter().filter(|definition| structs::required(definition).next().is_some()).peekable();
    let required = asking.peek().is_some().then(|| {
        // Builders of what only answers bring are for tests.
        let mock = asking.all(|definition| definition.direction == Direction::Received);
        let mock = mock.then(|| quote! { #[cfg(feature = "mock")] });
        quote! { #mock use super::super::required; }
    });
    let macros: BTreeSet<_> = definitions.iter().filter_map(|definition| r#macro(&definition.shape)).collect();
    let macros: Vec<_> = macros.into_iter().map(ident).collect();
    let runtime = (!macros.is_empty()).then(|| quote! { use super::super::runtime::{self, #(#macros),*}; });
    let mut used = definitions.iter().flat_map(|definition| types_of(&definition.shape));
    let formats = used.any(formats::mentioned).then(|| quote! { use super::super::formats; });
    quote! { #formats #required #runtime #names }
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

/// The types that a shape is made of.
fn types_of(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Struct { fields, rest } => fields.iter().map(|field| &field.r#type).chain(rest).collect(),
        Shape::Alias(inner) | Shape::Newtype(inner) => vec![inner],
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.r#type).collect(),
        Shape::Enum(_) | Shape::Numbers(_) => Vec::new(),
    }
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
