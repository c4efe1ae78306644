//! In: a text. Out: what is to be read of it: all, or of a documentation page the OpenAPI document in it; and for those
//! who keep that document in a file, its text as the vendor published it.

use super::keywords::METHODS;
use super::{tree, version};
use crate::diagnostic::{Diagnostics, Place, Problem, Rejected};
use crate::pointer::Pointer;
use crate::source::Source;
use crate::source::page::{self, NoBlock};
use serde_json::Value;
use std::borrow::Cow;

/// What is to be read of a source, whose index is that of [`crate::Input::source`]; `None`, and reported, if it is a page
/// that has no document.
pub(super) fn document<'s>(index: usize, source: &'s Source, sink: &mut Diagnostics) -> Option<Cow<'s, str>> {
    let mut report = |problem| sink.report_at(Place { source: index, pointer: Pointer::root() }, problem);
    if page::is_page(&source.name)
        && let Ok(block) = page::find(source.whole())
    {
        if let Some((line, by)) = block.hidden {
            report(Problem::PageHidden { line, by });
        }
        block.others.iter().for_each(|line| report(Problem::PageOtherBlock { line: *line, first: block.line }));
    }
    source.document().map_err(|none| report(problem(none, source.whole()))).ok()
}

fn problem(none: NoBlock, page: &str) -> Problem {
    match none {
        NoBlock::NoHeading { line } => Problem::PageWithoutDocument { line, index: page::index(page) },
        NoBlock::OtherHeading { line } => Problem::PageOfChannels { line },
        NoBlock::NoFence { line, fence } => {
            let nearest = fence.map(|fence| format!("; the code at line {fence} does not say `yaml`, or is indented"));
            Problem::PageWithoutBlock { line, nearest: nearest.unwrap_or_default() }
        }
        NoBlock::Open { line, end } => Problem::PageBlockOpen { line, end },
        NoBlock::Empty { line } => Problem::PageBlockEmpty { line },
    }
}

/// The document that a page holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported<'p> {
    /// Its text, as it was published.
    pub text: &'p str,
    /// The line of the page, counted from 1, at which it begins.
    pub line: usize,
    /// Its operations: `POST /SendSmsMessage`.
    pub operations: Vec<String>,
    /// The server that the page gives the first operation, where the document names none.
    pub server: Option<&'p str>,
}

/// Takes the document out of a page.
///
/// # Errors
/// `Rejected` when there is none, or it cannot be read as OpenAPI; `sink` says why.
pub fn import<'p>(source: &'p Source, sink: &mut Diagnostics) -> Result<Imported<'p>, Rejected> {
    let tree = openapi(source, sink).ok_or(Rejected)?;
    let page = source.whole();
    let block = page::find(page).map_err(|_| Rejected)?;
    let operations = operations(&tree);
    let first = operations.first().filter(|_| tree.get("servers").is_none());
    Ok(Imported {
        text: &page[block.range],
        line: block.line + 1,
        server: first.and_then(|(method, path)| page::server(page, method, path)),
        operations: operations.iter().map(|(method, path)| format!("{method} {path}")).collect(),
    })
}

/// The operations of a text that is an OpenAPI document.
pub fn operations_of(source: &Source) -> Option<Vec<String>> {
    let tree = openapi(source, &mut Diagnostics::default())?;
    Some(operations(&tree).iter().map(|(method, path)| format!("{method} {path}")).collect())
}

/// The tree of a text that can be read as OpenAPI.
fn openapi(source: &Source, sink: &mut Diagnostics) -> Option<Value> {
    let tree = tree::parse(0, source, sink)?;
    (version::check(&tree, sink) && !sink.has_errors()).then_some(tree)
}

/// The method and path of each operation, in the order of the document.
fn operations(tree: &Value) -> Vec<(String, &str)> {
    let mut operations = Vec::new();
    for (path, item) in tree.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let methods = METHODS.into_iter().filter(|method| item.get(*method).is_some_and(Value::is_object));
        operations.extend(methods.map(|method| (method.to_uppercase(), path.as_str())));
    }
    operations
}
