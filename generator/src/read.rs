//! In: the texts of an [`Input`]. Out: a [`Document`], the description in the core language.
//!
//! ```text
//! texts --tree, merge, bundle, overlay--> tree --stated, hoist, check, desugar, refs, untyped, families, distribute--> core language --document--> Document
//! ```

mod bundle;
pub mod check;
pub mod desugar;
pub mod distribute;
pub mod document;
pub mod extensions;
pub mod families;
pub mod hoist;
pub mod keywords;
pub mod lenient;
pub mod merge;
pub mod overlay;
pub mod page;
pub mod refs;
pub mod stated;
pub mod tree;
pub mod untyped;
pub mod values;
pub mod version;
pub mod walk;
pub mod webhooks;

pub use document::Document;

use crate::diagnostic::{Diagnostics, Rejected};
use crate::source::{Input, Options, Source};
use serde_json::Value;
use std::collections::BTreeSet;

/// Reads the input to a tree in the core language: checked, desugared, its references resolved.
///
/// # Errors
/// `Rejected` when a text cannot be read, or something in it leaves nothing sensible to generate.
pub fn core(input: &Input, options: &Options, sink: &mut Diagnostics) -> Result<Value, Rejected> {
    sink.config = input.config();
    let mut tree = tree(input, sink).ok_or(Rejected)?;
    if !version::check(&tree, sink) {
        return Err(Rejected);
    }
    webhooks::adopt(&mut tree, sink);
    stated::settle(&mut tree, sink);
    hoist::hoist(&mut tree, sink);
    check::check(&mut tree, sink);
    extensions::check(&mut tree, sink);
    lenient::mark(&mut tree, &options.lenient, sink);
    desugar::desugar(&mut tree, sink);
    refs::resolve(&mut tree, sink);
    untyped::settle(&mut tree);
    values::check(&mut tree, sink);
    families::divide(&mut tree, sink);
    distribute::distribute(&mut tree, sink);
    if sink.has_errors() { Err(Rejected) } else { Ok(tree) }
}

/// Reads the input.
///
/// # Errors
/// As [`core()`].
pub fn read(input: &Input, options: &Options, sink: &mut Diagnostics) -> Result<Document, Rejected> {
    let tree = core(input, options, sink)?;
    let document = document::document(tree, sink);
    if sink.has_errors() { Err(Rejected) } else { Ok(document) }
}

/// Reads all texts, unites the documents and applies the overlays. `None` if a text could not be read at all: what
/// else could be found would mostly follow from that. Otherwise reading goes on after errors, to find all of them.
pub fn tree(input: &Input, sink: &mut Diagnostics) -> Option<Value> {
    let described = described(input, sink);
    let overlays = parse_all(&input.overlays, input.documents.len(), sink);
    let ((documents, referenced), overlays) = (described?, overlays?);
    let mut tree = merge::merge(documents, sink)?;
    bundle::bundle(&mut tree, input, referenced, sink);
    for (index, overlay) in overlays.iter().enumerate() {
        overlay::apply(&mut tree, overlay, input.documents.len() + index, sink);
    }
    Some(tree)
}

/// The names of the texts that references lead into and that the input lacks, as paths. Reading these may ask for others.
/// Empty where a text cannot be read: [`read()`] says why.
pub fn wanted(input: &Input) -> BTreeSet<String> {
    // Most descriptions are one text, which need not be read for this.
    if !input.documents.iter().chain(&input.referenced).any(|source| leads_out(&source.text)) {
        return BTreeSet::new();
    }
    let mut sink = Diagnostics::default();
    let Some((documents, referenced)) = described(input, &mut sink) else { return BTreeSet::new() };
    let Some(mut tree) = merge::merge(documents, &mut sink) else { return BTreeSet::new() };
    bundle::missing(&mut tree, input, referenced, &sink)
}

/// The trees of the documents, and of what they refer to; `None` if one of them has none.
fn described(input: &Input, sink: &mut Diagnostics) -> Option<(Vec<Value>, Vec<Value>)> {
    let documents = parse_all(&input.documents, 0, sink);
    let referenced = parse_all(&input.referenced, input.documents.len() + input.overlays.len(), sink);
    documents.zip(referenced)
}

/// Whether a text may have a reference to another one: there is a `$ref` whose value does not begin with `#`.
fn leads_out(text: &str) -> bool {
    let value =
        |rest: &str| rest.trim_start_matches(|c: char| c.is_whitespace() || "\"':".contains(c)).starts_with('#');
    text.split("$ref").skip(1).any(|rest| !value(rest))
}

/// The trees of all texts, the first of which has the given index; `None` if one of them has none.
fn parse_all(sources: &[Source], first: usize, sink: &mut Diagnostics) -> Option<Vec<Value>> {
    let read: Vec<_> = sources.iter().enumerate().map(|(index, text)| tree::parse(first + index, text, sink)).collect();
    read.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::tree;
    use crate::diagnostic::Diagnostics;
    use crate::source::{Input, Source};
    use serde_json::{Value, json};

    fn read(documents: &[&str], overlays: &[&str]) -> (Option<Value>, Vec<String>) {
        let source = |text: &&str| Source { name: "a.yaml".into(), text: (*text).into() };
        let input = Input {
            documents: documents.iter().map(source).collect(),
            overlays: overlays.iter().map(source).collect(),
            ..Input::default()
        };
        let mut sink = Diagnostics::default();
        let tree = tree(&input, &mut sink);
        (tree, sink.all().map(|found| format!("{} {}", found.place.source, found.problem.code())).collect())
    }

    #[test]
    fn documents_are_merged_then_overlaid() {
        let overlay = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $.paths.*, update: {x: 1}}]";
        let (tree, found) = read(&["paths: {/a: {}}", "paths: {/b: {}}"], &[overlay]);
        assert_eq!(tree, Some(json!({"paths": {"/a": {"x": 1}, "/b": {"x": 1}}})));
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn every_unreadable_text_is_reported() {
        let (tree, found) = read(&["a: [", "a: 1"], &[""]);
        assert_eq!(tree, None);
        assert_eq!(found, ["0 syntax", "2 empty-text"]);
        assert_eq!(read(&[], &[]).0, None);
    }
}
