//! In: the document's servers and those of its operations. Out: base URLs, their variables filled in.

use super::call::Call;
use super::context::Context;
use crate::diagnostic::{Diagnostics, Problem};
use crate::ir::Group;
use crate::pointer::Pointer;
use crate::read::Document;
use openapiv3::Server;

/// The first server of the document, if it is absolute. Unless all operations have their own, there should be one.
pub(super) fn default(document: &Document, groups: &[Group], sink: &mut Diagnostics) -> Option<String> {
    let at = Pointer::root().join("servers");
    let url = first(&document.openapi.servers, &at, sink);
    let operations: Vec<_> = groups.iter().flat_map(|group| &group.operations).collect();
    let all_own = !operations.is_empty() && operations.iter().all(|operation| operation.server.is_some());
    if url.is_none() && !all_own {
        sink.report(&at.index(0), Problem::NoServer);
    }
    url
}

/// The first server of an operation, or else of its path, where it is not the document's (OpenAPI 3.1.1, sections 4.8.9
/// and 4.8.10: the nearest ones are used alone).
pub(super) fn own(context: &mut Context<'_>, call: &Call<'_, '_>) -> Option<String> {
    let (servers, at) = match call.operation.servers.as_slice() {
        [] => (&call.item.servers, call.item_at.join("servers")),
        _ => (&call.operation.servers, call.at.join("servers")),
    };
    if servers.is_empty() {
        return None;
    }
    let url = first(servers, &at, context.sink);
    if url.is_none() {
        context.report(&at.index(0), Problem::RelativeServer);
    }
    let document = context.document.openapi.servers.first().and_then(absolute);
    url.filter(|url| Some(url) != document.as_ref())
}

/// The first of several servers, if it is absolute.
fn first(servers: &[Server], at: &Pointer, sink: &mut Diagnostics) -> Option<String> {
    for (index, server) in servers.iter().enumerate().skip(1) {
        sink.report(&at.index(index), Problem::OtherServer { url: server.url.clone() });
    }
    let first = servers.first()?;
    for (name, variable) in first.variables.iter().flatten() {
        let at = at.index(0).join("variables").join(name.as_str());
        sink.report(&at, Problem::ServerVariable { name: name.clone(), value: variable.default.clone() });
    }
    absolute(first)
}

/// The URL with each variable's default in its place (OpenAPI 3.1.1, section 4.8.5), without a slash at its end.
fn absolute(server: &Server) -> Option<String> {
    let variables = server.variables.iter().flatten();
    let url = variables
        .fold(server.url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default));
    let is_absolute = url.starts_with("https://") || url.starts_with("http://");
    is_absolute.then(|| url.trim_end_matches('/').to_owned())
}
