//! In: the document's paths. Out: the operations, by tag, with the names that they wish for.

use super::call::Call;
use super::context::{Context, Place};
use super::schemas::docs;
use super::stand_ins::StandIns;
use super::{bodies, headers, parameters, responses, security, servers, streams};
use crate::diagnostic::Problem;
use crate::ir::{Group, Operation};
use crate::name;
use crate::pointer::Pointer;
use std::collections::BTreeMap;

/// Lowers every operation. An operation belongs to its first tag.
pub(super) fn groups(context: &mut Context<'_>, stand_ins: &StandIns) -> Vec<Group> {
    let document = context.document;
    let mut by_tag: BTreeMap<Option<&str>, Vec<Operation>> = BTreeMap::new();
    let mut ids: BTreeMap<&str, Pointer> = BTreeMap::new();
    let mut further: Vec<(&String, Pointer)> = Vec::new();
    let mut paths: Vec<_> = document.openapi.paths.iter().collect();
    paths.sort_by_key(|(path, _)| *path);
    for (path, item) in paths {
        let Some(item) = item.as_item() else { continue };
        let at = Pointer::root().join("paths").join(path.as_str());
        for (method, operation) in item.iter() {
            if let Some(id) = &operation.operation_id {
                let at = at.join(method).join("operationId");
                if let Some(first) = ids.get(id.as_str()) {
                    let first = context.sink.origins.resolve(first);
                    context.report(&at, Problem::DuplicateOperationId { id: id.clone(), first });
                }
                ids.entry(id).or_insert(at);
            }
            let call = Call { path, method, item, operation, at: at.join(method), item_at: &at };
            if let Some(lowered) = lower(context, stand_ins, &call) {
                let tags = operation.tags.iter().enumerate().filter(|(_, tag)| operation.tags.first() != Some(tag));
                further.extend(tags.map(|(index, tag)| (tag, call.at.join("tags").index(index))));
                by_tag.entry(operation.tags.first().map(String::as_str)).or_default().push(lowered);
            }
        }
    }
    report_further(context, further);
    let docs_of = |tag: &str| {
        let tag = document.openapi.tags.iter().find(|known| known.name == tag)?;
        docs(&[&tag.description])
    };
    let group = |(tag, operations): (Option<&str>, Vec<Operation>)| Group {
        tag: tag.map(str::to_owned),
        docs: tag.and_then(docs_of),
        module: String::new(),
        file: String::new(),
        name: String::new(),
        feature: None,
        operations,
    };
    by_tag.into_iter().map(group).collect()
}

/// Reports each tag once that is not the first one of an operation.
fn report_further(context: &mut Context<'_>, further: Vec<(&String, Pointer)>) {
    let mut by_tag: BTreeMap<&String, Vec<Pointer>> = BTreeMap::new();
    for (tag, at) in further {
        by_tag.entry(tag).or_default().push(at);
    }
    for (tag, places) in by_tag {
        context.report(&places[0], Problem::FurtherTag { tag: tag.clone(), operations: places.len() });
    }
}

fn lower<'a>(context: &mut Context<'a>, stand_ins: &StandIns, call: &Call<'a, '_>) -> Option<Operation> {
    let Call { path, method, operation, at, .. } = call;
    let id = call.id();
    if let Some(reason) = unusable(path) {
        let what = format!("the operation `{} {path}`", method.to_uppercase());
        context.report(at, Problem::LeftOut { what, reason });
        return None;
    }
    let (sent, part) = split(path);
    if let Some(part) = part {
        context.report(at, Problem::MoreThanPath { path: (*path).to_owned(), part });
    }
    let place = Place::named(name::type_(&id));
    let security = security::requirements(context, stand_ins, call);
    let mut parameters = parameters::parameters(context, call, &place);
    let mut body = bodies::body(context, call, &place);
    parameters::name(&mut parameters, body.as_mut());
    let responses = responses::responses(context, call, &place);
    let successes = responses::successes(&responses);
    let (success, headers) = (responses::success(&successes), headers::of_all(&successes));
    let failures = responses::failures(&responses);
    let stream = streams::stream(context, &successes, &success);
    Some(Operation {
        origin: at.clone(),
        id,
        name: String::new(),
        type_name: String::new(),
        summary: docs(&[&operation.summary, &call.item.summary]),
        docs: docs(&[&operation.description, &call.item.description]),
        deprecated: operation.deprecated,
        method: method.to_uppercase(),
        path: sent.to_owned(),
        server: servers::own(context, call),
        server_setter: servers::setter(call, &parameters, body.as_ref()),
        parameters,
        body,
        responses,
        success,
        stream,
        failures,
        headers,
        security,
        pages: None,
    })
}

/// Why a path cannot be sent as it is written.
fn unusable(path: &str) -> Option<&'static str> {
    let mut open = false;
    for c in path.chars() {
        match (c, open) {
            ('{', false) => open = true,
            ('}', true) => open = false,
            ('{', true) | ('}', false) => return Some("the braces of its path do not match"),
            ('/', true) => return Some("a variable of its path holds a slash"),
            _ => {}
        }
    }
    if path.split(['?', '#']).skip(1).any(|part| part.contains('{')) {
        return Some("its path holds a variable in a query or a fragment, where no parameter can stand");
    }
    open.then_some("the braces of its path do not match")
}

/// What is sent of a path as it is written, and what it holds that is no part of a path (RFC 3986, section 3).
fn split(path: &str) -> (&str, Option<&'static str>) {
    let (sent, has_fragment) = path.split_once('#').map_or((path, false), |(sent, _)| (sent, true));
    let part = match (sent.contains('?'), has_fragment) {
        (true, true) => Some("a query, which is sent as it is written, and a fragment, which is never sent"),
        (true, false) => Some("a query, which is sent as it is written"),
        (false, true) => Some("a fragment, which is never sent"),
        (false, false) => None,
    };
    (sent, part)
}

#[cfg(test)]
mod tests {
    use super::{split, unusable};

    #[test]
    fn what_is_no_path_is_told() {
        let told = |path| (split(path).0, split(path).1.unwrap_or_default());
        assert_eq!(told("/a/{b}"), ("/a/{b}", ""));
        assert_eq!(
            told("/a?b#c"),
            ("/a?b", "a query, which is sent as it is written, and a fragment, which is never sent")
        );
        assert_eq!(told("/a#b?c"), ("/a", "a fragment, which is never sent"));
    }

    #[test]
    fn odd_paths_are_left_out() {
        assert_eq!(unusable("/a/{b}/c.{d}"), None);
        assert_eq!((unusable("/a?b=c"), unusable("/a#b")), (None, None));
        for path in ["/a/{b", "/a/b}", "/{a{b}}", "/a?b={c}", "/a#{b}"] {
            assert!(unusable(path).is_some(), "{path}");
        }
    }
}
