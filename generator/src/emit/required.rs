//! In: all operations and types. Out: `required.rs`: for each name of what is required the type that stands for its absence.

use super::inputs::inputs;
use super::rust_type::ident;
use super::{docs, files, structs};
use crate::File;
use crate::ir::Api;
use quote::quote;
use std::collections::BTreeSet;

const DOCS: &str = "What a request or a builder still lacks: types that are named after what is required, so that the \
    compiler names it when it is missing.";

/// The file; one item for each distinct name.
pub(super) fn required(api: &Api) -> File {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let inputs = operations.flat_map(inputs).filter(|input| input.required);
    let properties = api.types.0.iter().flat_map(structs::required);
    let names: BTreeSet<_> = inputs.map(|input| input.name).chain(properties).collect();
    let items = names.iter().map(|name| {
        let docs = docs::attributes(&format!("{} is missing.", docs::code(name)));
        let name = ident(name);
        quote! { #docs #[derive(Clone, Copy, Debug)] pub struct #name; }
    });
    files::rust("required.rs", DOCS, quote! { #(#items)* })
}
