//! In: all operations. Out: `required.rs`: for each name of a required input the type that stands for its absence.

use super::inputs::inputs;
use super::rust_type::ident;
use super::{docs, files};
use crate::File;
use crate::ir::Api;
use quote::quote;
use std::collections::BTreeSet;

const DOCS: &str = "What a request still lacks: types that are named after required inputs, so that the compiler names \
    the input when one is missing.";

/// The file; one item for each distinct name.
pub(super) fn required(api: &Api) -> File {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let inputs = operations.flat_map(inputs).filter(|input| input.required);
    let names: BTreeSet<_> = inputs.map(|input| input.name.to_owned()).collect();
    let items = names.iter().map(|name| {
        let docs = docs::attributes(&format!("{} is missing.", docs::code(name)));
        let name = ident(name);
        quote! { #docs #[derive(Clone, Copy, Debug)] pub enum #name {} }
    });
    files::rust("required.rs", DOCS, quote! { #(#items)* })
}
