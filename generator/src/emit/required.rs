//! In: all operations and types. Out: `required.rs`: for each name of what is required the type that stands for its absence.

use super::declare::Declaration;
use super::inputs::inputs;
use super::{files, structs};
use crate::File;
use crate::ir::Api;
use std::collections::BTreeSet;

const DOCS: &str = "What a request or a builder still lacks: types that are named after what is required, so that the \
    compiler names it when it is missing.";

/// The file; one item for each distinct name.
pub(super) fn required(api: &Api) -> File {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let inputs = operations.flat_map(inputs).filter(|input| input.required);
    let properties = api.types.0.iter().flat_map(structs::required);
    let names: BTreeSet<_> = inputs.map(|input| input.name).chain(properties).collect();
    if names.is_empty() {
        return files::rust("required.rs", DOCS, "");
    }
    let mut marks = Declaration::new("marks");
    names.iter().for_each(|name| marks.line(&format!("{name},")));
    files::rust("required.rs", DOCS, &format!("use super::runtime::marks;\n\n{}", marks.end()))
}
