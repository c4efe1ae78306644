//! In: what `codegen.toml`, the document and its operations say of pages. Out: in each operation that answers a list page
//! by page, how it does; checked against its types, so that what is generated compiles and means something.

mod fit;

use super::context::Drafts;
use crate::diagnostic::{Diagnostics, Problem};
use crate::ir::{Group, Operation};
use crate::name;
use crate::pointer::Pointer;
use crate::read::Document;
use crate::source::{Options, Pagination};
use fit::fit;
use serde::Deserialize;
use serde_json::Value;

/// The extension of an operation, or of the document for all of its operations.
const MEMBER: &str = "x-oasmith-pagination";

/// A rule for operations that say nothing themselves.
struct Rule {
    declared: Pagination,
    at: Pointer,
    /// Its index among the options, if it is one of them.
    option: Option<usize>,
    used: bool,
}

/// Settles which operations answer page by page. What an operation says of itself goes before `codegen.toml`, and that
/// before what the document says of all.
pub(super) fn settle(
    drafts: &Drafts,
    groups: &mut [Group],
    document: &Document,
    options: &Options,
    sink: &mut Diagnostics,
) {
    let mut rules: Vec<Rule> = options
        .pagination
        .iter()
        .enumerate()
        .map(|(index, declared)| rule(declared.clone(), Pointer::root(), Some(index)))
        .collect();
    rules.extend(shared(document, sink));
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        match own(document, operation) {
            Some(Value::Bool(false)) => {}
            Some(value) => {
                let at = operation.origin.join(MEMBER);
                let Some(declared) = read(value, &at, sink) else { continue };
                match fit(drafts, operation, &declared, &at) {
                    Ok(pages) => operation.pages = Some(pages),
                    Err(reason) => report(operation, reason, &at, sink),
                }
            }
            None => by_rule(drafts, operation, &mut rules, sink),
        }
    }
    let known = |id: &String| groups.iter().flat_map(|group| &group.operations).any(|one| one.id == *id);
    for rule in rules {
        let missing = rule.declared.operations.iter().find(|id| !known(id));
        let reason = match missing {
            Some(id) => {
                let all = groups.iter().flat_map(|group| &group.operations).map(|one| one.id.as_str());
                let near = name::near(id, all).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                format!("no operation is called `{id}`{near}")
            }
            None if !rule.used && rule.declared.operations.is_empty() => "no operation fits it".to_owned(),
            None => continue,
        };
        let problem = Problem::PagesNowhere { reason };
        match rule.option {
            Some(index) => sink.report_option(Pointer::root().join("pagination").index(index), problem),
            None => sink.report(&rule.at, problem),
        }
    }
}

fn rule(declared: Pagination, at: Pointer, option: Option<usize>) -> Rule {
    Rule { declared, at, option, used: false }
}

/// What the document says of all operations: a rule, or a list of them.
fn shared(document: &Document, sink: &mut Diagnostics) -> Vec<Rule> {
    let at = Pointer::root().join(MEMBER);
    let all = match document.openapi.extensions.get(MEMBER) {
        Some(Value::Array(all)) => all.iter().enumerate().map(|(index, value)| (at.index(index), value)).collect(),
        Some(one) => vec![(at, one)],
        None => Vec::new(),
    };
    all.into_iter().filter_map(|(at, value)| Some(rule(read(value, &at, sink)?, at, None))).collect()
}

/// What an operation says of itself.
fn own<'a>(document: &'a Document, operation: &Operation) -> Option<&'a Value> {
    let [_, path, method, ..] = operation.origin.tokens() else { return None };
    let item = document.openapi.paths.paths.get(path)?.as_item()?;
    let (_, described) = item.iter().find(|(name, _)| name == method)?;
    described.extensions.get(MEMBER)
}

fn read(value: &Value, at: &Pointer, sink: &mut Diagnostics) -> Option<Pagination> {
    if !value.get("kind").is_some_and(Value::is_string) {
        sink.report(at, Problem::BadPagination { reason: "it needs a `kind`, such as `cursor`".to_owned() });
        return None;
    }
    Pagination::deserialize(value)
        .map_err(|error| sink.report(at, Problem::BadPagination { reason: error.to_string() }))
        .ok()
}

fn report(operation: &Operation, reason: String, at: &Pointer, sink: &mut Diagnostics) {
    sink.report(at, Problem::NotPaged { operation: operation.id.clone(), reason });
}

/// Follows the first rule that names the operation, or else the first that fits it.
fn by_rule(drafts: &Drafts, operation: &mut Operation, rules: &mut [Rule], sink: &mut Diagnostics) {
    let names = |rule: &Rule| rule.declared.operations.contains(&operation.id);
    if let Some(rule) = rules.iter_mut().find(|rule| names(rule)) {
        rule.used = true;
        match fit(drafts, operation, &rule.declared, &rule.at) {
            Ok(pages) => operation.pages = Some(pages),
            Err(reason) => report(operation, reason, &operation.origin, sink),
        }
        return;
    }
    for rule in rules.iter_mut().filter(|rule| rule.declared.operations.is_empty()) {
        if let Ok(pages) = fit(drafts, operation, &rule.declared, &rule.at) {
            rule.used = true;
            operation.pages = Some(pages);
            return;
        }
    }
}
