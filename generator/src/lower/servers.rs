//! In: the document's servers and those of its paths and operations. Out: the URLs that are used by default, and the servers
//! that the user may choose instead.

use super::call::Call;
use super::context::Context;
use super::enums::constants;
use super::names::{PARAMETERS, PRELUDE};
use super::schemas::docs;
use crate::diagnostic::{Diagnostics, Problem};
use crate::ir::{Body, Group, Parameter, Server, Variable};
use crate::name::{self, Wish, distinct};
use crate::pointer::Pointer;
use crate::read::Document;
use openapiv3::SchemaData;
use serde_json::Value;

/// What every server has beside its variables.
const METHODS: &[&str] = &["clone", "default", "new", "url"];

/// The first server of the document. Unless all operations have their own, it should be absolute.
pub(super) fn default(document: &Document, groups: &[Group], sink: &mut Diagnostics) -> Option<String> {
    let operations: Vec<_> = groups.iter().flat_map(|group| &group.operations).collect();
    let all_own = !operations.is_empty() && operations.iter().all(|operation| operation.server.is_some());
    // One whose variables are not described serves to say so when a client is built with it.
    let first = document.openapi.servers.first();
    if !all_own && !first.is_some_and(is_absolute) {
        sink.report(&Pointer::root().join("servers").index(0), Problem::NoServer);
    }
    first.map(filled).filter(|url| !all_own || !url.contains('{'))
}

/// The first server of an operation, or else of its path (OpenAPI 3.1.1, sections 4.8.9 and 4.8.10: the nearest ones are
/// used alone); none where it is that of the document, and the document offers no other that it could be taken for.
pub(super) fn own(context: &mut Context<'_>, call: &Call<'_, '_>) -> Option<String> {
    let url = filled(nearest(call).first()?);
    let document = &context.document.openapi.servers;
    let is_other = choice(document) || document.first().map(filled).as_ref() != Some(&url);
    is_other.then_some(url)
}

/// The name of the setter by which a request is sent to another of the servers that its operation has, distinct from those
/// of its inputs; `None` where it has no other.
pub(super) fn setter(call: &Call<'_, '_>, parameters: &[Parameter], body: Option<&Body>) -> Option<String> {
    let inputs = parameters.iter().map(|parameter| parameter.name.as_str());
    let taken: Vec<_> = inputs.chain(body.map(|body| body.name.as_str())).collect();
    let wish = Wish { names: vec!["server".to_owned(), "own_server".to_owned()], address: "server".to_owned() };
    choice(nearest(call)).then(|| distinct(&[wish], &taken).remove(0))
}

fn nearest<'a>(call: &Call<'a, '_>) -> &'a [openapiv3::Server] {
    match call.operation.servers.as_slice() {
        [] => &call.item.servers,
        own => own,
    }
}

/// Whether there is something to choose.
fn choice(servers: &[openapiv3::Server]) -> bool {
    servers.len() > 1 || servers.iter().any(|server| !wires(&server.url).is_empty())
}

/// All servers, wherever there is something to choose: those of the document first, in its order.
pub(super) fn offered(document: &Document, sink: &mut Diagnostics) -> Vec<Server> {
    let mut lists = vec![(Pointer::root().join("servers"), document.openapi.servers.as_slice())];
    for (path, item) in document.openapi.paths.iter().filter_map(|(path, item)| Some((path, item.as_item()?))) {
        let at = Pointer::root().join("paths").join(path.as_str());
        lists.push((at.join("servers"), &item.servers));
        lists.extend(item.iter().map(|(method, own)| (at.join(method).join("servers"), own.servers.as_slice())));
    }
    // Paths have no order.
    lists[1..].sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut offered: Vec<Server> = Vec::new();
    for (at, servers) in lists {
        for (index, server) in servers.iter().enumerate() {
            let at = at.index(index);
            if !is_absolute(server) {
                // That the document's first one is none is said where it is missed.
                if index > 0 || at.tokens().len() > 2 {
                    sink.report(&at, Problem::RelativeServer);
                }
            } else if choice(servers) {
                let server = lower(server, at, sink);
                if !offered.iter().any(|known| known.url == server.url && same(known, &server)) {
                    offered.push(server);
                }
            }
        }
    }
    name(&mut offered);
    offered
}

/// Whether two servers of one URL offer the same.
fn same(one: &Server, other: &Server) -> bool {
    let values = |variable: &Variable| {
        let wires = variable.constants.iter().map(|constant| constant.wire.clone()).collect::<Vec<_>>();
        (variable.default.clone(), wires)
    };
    one.docs == other.docs && one.variables.iter().map(values).eq(other.variables.iter().map(values))
}

fn lower(server: &openapiv3::Server, at: Pointer, sink: &mut Diagnostics) -> Server {
    let wires = wires(&server.url);
    let described = server.variables.iter().flatten();
    for (name, _) in described.clone().filter(|(name, _)| !wires.contains(&name.as_str())) {
        let (what, reason) = (format!("the variable `{name}`"), "the URL of its server does not hold it");
        sink.report(&at.join("variables").join(name.as_str()), Problem::LeftOut { what, reason });
    }
    let variable = |wire: &&str| {
        let described = described.clone().find(|(name, _)| name.as_str() == *wire).map(|(_, variable)| variable);
        if described.is_none() {
            sink.report(&at.join("url"), Problem::UndescribedServerVariable { name: (*wire).to_owned() });
        }
        let values = described.map(|variable| variable.enumeration.clone()).unwrap_or_default();
        Variable {
            name: String::new(),
            wire: (*wire).to_owned(),
            docs: described.and_then(|variable| docs(&[&variable.description])),
            default: described.map(|variable| variable.default.clone()),
            type_name: None,
            constants: constants(values.into_iter(), &SchemaData::default()),
        }
    };
    let variables = wires.iter().map(variable).collect();
    let url = server.url.trim_end_matches('/').to_owned();
    let given = match server.extensions.get("x-rust-name") {
        Some(Value::String(given)) => Some(name::type_(given)),
        Some(_) => {
            sink.report(&at.join("x-rust-name"), Problem::BadName);
            None
        }
        None => None,
    };
    Server { origin: at, name: given.unwrap_or_default(), docs: docs(&[&server.description]), url, variables }
}

/// Names servers that have no name of their own by the URL; their variables; and the enums of the values of these by both.
fn name(servers: &mut [Server]) {
    let wish = |server: &Server| {
        let url = name::type_(server.url.split_once("://").map_or(server.url.as_str(), |(_, rest)| rest));
        let given = (!server.name.is_empty()).then(|| server.name.clone());
        Wish { names: given.into_iter().chain([url]).collect(), address: server.url.clone() }
    };
    let taken: Vec<_> = PRELUDE.iter().chain(PARAMETERS).copied().collect();
    let names = distinct(&servers.iter().map(wish).collect::<Vec<_>>(), &taken);
    let mut taken: Vec<String> = taken.into_iter().map(str::to_owned).chain(names.iter().cloned()).collect();
    for (server, name) in servers.iter_mut().zip(names) {
        server.name = name;
        let wish = |variable: &Variable| {
            let name = name::member(&variable.wire);
            let other = format!("{}_variable", name.trim_end_matches('_'));
            Wish { names: vec![name, other], address: variable.wire.clone() }
        };
        let setters = distinct(&server.variables.iter().map(wish).collect::<Vec<_>>(), METHODS);
        let listed = |variable: &&mut Variable| !variable.constants.is_empty();
        server.variables.iter_mut().zip(setters).for_each(|(variable, name)| variable.name = name);
        for variable in server.variables.iter_mut().filter(listed) {
            let name = format!("{}{}", server.name, name::type_(&variable.wire));
            let wish = Wish { names: vec![name.clone(), format!("{name}Value")], address: variable.wire.clone() };
            let known: Vec<_> = taken.iter().map(String::as_str).collect();
            let name = distinct(&[wish], &known).remove(0);
            taken.push(name.clone());
            variable.type_name = Some(name);
        }
    }
}

/// The names of the variables in a URL, each once.
fn wires(url: &str) -> Vec<&str> {
    let mut wires = Vec::new();
    for wire in url.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)) {
        if !wires.contains(&wire) {
            wires.push(wire);
        }
    }
    wires
}

/// The URL with each variable's default in its place (OpenAPI 3.1.1, section 4.8.5), without a slash at its end; what is not
/// described is still in braces.
fn filled(server: &openapiv3::Server) -> String {
    let variables = server.variables.iter().flatten();
    let url = variables
        .fold(server.url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default));
    let trimmed = url.trim_end_matches('/');
    if trimmed.is_empty() { "/" } else { trimmed }.to_owned()
}

/// Whether it may be an absolute URL: a variable that is not described may be anything.
fn is_absolute(server: &openapiv3::Server) -> bool {
    ["https://", "http://", "{"].iter().any(|start| filled(server).starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{filled, wires};

    #[test]
    fn variables_are_those_of_the_url() {
        assert_eq!(wires("{a}://{b}.{a}/{c"), ["a", "b"]);
        let variable = openapiv3::ServerVariable { default: "v1".to_owned(), ..Default::default() };
        let variables = Some([("version".to_owned(), variable)].into_iter().collect());
        let server = openapiv3::Server { url: "https://{x}/{version}/".to_owned(), variables, ..Default::default() };
        assert_eq!(filled(&server), "https://{x}/v1");
    }
}
