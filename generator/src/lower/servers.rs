//! In: the document's servers. Out: the default base URL, its variables filled in.

use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use crate::read::Document;
use openapiv3::Server;

/// The first server, if it is absolute.
pub(super) fn default(document: &Document, sink: &mut Diagnostics) -> Option<String> {
    let at = Pointer::root().join("servers");
    for (index, server) in document.openapi.servers.iter().enumerate().skip(1) {
        sink.report(&at.index(index), Problem::OtherServer { url: server.url.clone() });
    }
    let first = document.openapi.servers.first();
    for (name, variable) in first.and_then(|server| server.variables.as_ref()).into_iter().flatten() {
        let at = at.index(0).join("variables").join(name.as_str());
        sink.report(&at, Problem::ServerVariable { name: name.clone(), value: variable.default.clone() });
    }
    let url = first.map(filled);
    let absolute = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    if absolute.is_none() {
        sink.report(&at.index(0), Problem::NoServer);
    }
    absolute.map(|url| url.trim_end_matches('/').to_owned())
}

/// The URL with each variable's default in its place (OpenAPI 3.1.1, section 4.8.5).
fn filled(server: &Server) -> String {
    let variables = server.variables.iter().flatten();
    variables.fold(server.url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default))
}
