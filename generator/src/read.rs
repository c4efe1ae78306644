//! In: the texts of an [`Input`]. Out: a [`Document`], the description in the core language.
//!
//! ```text
//! texts --tree, merge, overlay--> tree --check--> --desugar--> --refs--> --document--> Document
//! ```

pub mod check;
pub mod desugar;
pub mod document;
pub mod keywords;
pub mod refs;
pub mod version;
pub mod walk;

pub use document::Document;

use crate::diagnostic::{Diagnostics, Rejected};
use crate::source::Input;
use serde_json::Value;

/// Reads the input to a tree in the core language: checked, desugared, its references resolved.
///
/// # Errors
/// `Rejected` when a text cannot be read, or something in it leaves nothing sensible to generate.
pub fn core(input: &Input, sink: &mut Diagnostics) -> Result<Value, Rejected> {
    let mut tree = tree(input, sink).ok_or(Rejected)?;
    if !version::check(&tree, sink) {
        return Err(Rejected);
    }
    check::check(&mut tree, sink);
    desugar::desugar(&mut tree, sink);
    refs::resolve(&mut tree, sink);
    if sink.has_errors() { Err(Rejected) } else { Ok(tree) }
}

/// Reads the input.
///
/// # Errors
/// As [`core`].
pub fn read(input: &Input, sink: &mut Diagnostics) -> Result<Document, Rejected> {
    let tree = core(input, sink)?;
    let document = document::document(tree, sink);
    if sink.has_errors() { Err(Rejected) } else { Ok(document) }
}

fn tree(input: &Input, _sink: &mut Diagnostics) -> Option<Value> {
    serde_json::from_str(&input.documents.first()?.text).ok()
}
