//! In: `Types`, the arena. Out: one file for each cluster of types, and `types/mod.rs`, which names them all.

use super::rust_type::{ident, named_in};
use super::{aliases, docs, enums, files, numbers, structs, unions};
use crate::File;
use crate::ir::{Api, Definition, Shape, Type, TypeId};
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

/// `mod.rs`: for each file its module and the types it holds, side by side, so that a new file is one hunk.
fn index(clusters: &BTreeMap<&str, Vec<&Definition>>) -> File {
    let lines = clusters.iter().map(|(file, definitions)| {
        let module = ident(file);
        let names: BTreeSet<_> = definitions.iter().map(|definition| ident(&definition.name)).collect();
        quote! {
            mod #module;
            pub use #module::{#(#names),*};
        }
    });
    files::rust("types/mod.rs", "The types that requests send and answers bring.", quote! { #(#lines)* })
}

/// One cluster's file, its types sorted by name.
fn cluster(api: &Api, file: &str, definitions: &[&Definition]) -> File {
    let mut definitions = definitions.to_vec();
    definitions.sort_by_key(|definition| &definition.name);
    let uses = imports(api, file, &definitions);
    let items = definitions.iter().map(|definition| item(api, definition));
    let module_docs = match definitions.as_slice() {
        [one] => format!("{}.", docs::code(&one.name)),
        _ => format!("The types of {}.", docs::code(file)),
    };
    files::rust(&format!("types/{file}.rs"), &module_docs, quote! { #uses #(#items)* })
}

/// The types of other files that this one uses.
fn imports(api: &Api, file: &str, definitions: &[&Definition]) -> TokenStream {
    let foreign = |id: TypeId| Some(api.types.get(id)).filter(|definition| definition.file != file);
    let used = definitions.iter().flat_map(|definition| types_of(&definition.shape));
    let names: BTreeSet<_> = used.flat_map(named_in).filter_map(foreign).map(|foreign| &foreign.name).collect();
    let names = names.into_iter().map(|name| ident(name));
    quote! { #(use super::#names;)* }
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

fn item(api: &Api, definition: &Definition) -> TokenStream {
    let docs = docs::or(definition.docs.as_deref(), || format!("{}.", docs::code(&definition.name)));
    let deprecated = docs::deprecated(definition.deprecated);
    let name = ident(&definition.name);
    let head = quote! { #docs #deprecated };
    match &definition.shape {
        Shape::Struct { fields, rest } => structs::item(api, &head, &name, fields, rest.as_ref()),
        Shape::Enum(constants) => enums::item(&head, &name, constants),
        Shape::Numbers(constants) => numbers::item(&head, &name, constants),
        Shape::Union(union) => unions::item(api, &head, &name, union),
        Shape::Alias(inner) => aliases::alias(api, &head, &name, inner),
        Shape::Newtype(inner) => aliases::newtype(api, &head, &name, inner),
    }
}
