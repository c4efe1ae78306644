//! In: the servers that the user may choose. Out: `servers.rs`: their types, and the enums of their variables' values.

use super::declare::{Declaration, literal};
use super::{docs, files};
use crate::File;
use crate::ir::{Api, Server, Variable};

const DOCS: &str = "The servers that the description names: a choice for `Client::builder().server(..)`.";

/// The file; none if there is nothing to choose.
pub(super) fn servers(api: &Api) -> Option<File> {
    if api.servers.is_empty() {
        return None;
    }
    let variables =
        api.servers.iter().flat_map(|server| server.variables.iter().map(move |variable| (server, variable)));
    let enums: Vec<_> = variables.filter_map(|(server, variable)| values(server, variable)).collect();
    let macros: &[_] = if enums.is_empty() { &["server"] } else { &["server", "text_enum"] };
    let mut parts = vec![files::uses("super", &[], macros)];
    parts.extend(api.servers.iter().map(server));
    parts.extend(enums);
    Some(files::rust("servers.rs", DOCS, &parts.join("\n")))
}

fn server(server: &Server) -> String {
    let mut declaration = Declaration::new("server");
    let url = docs::code(&server.url);
    let own = docs::vendor(server.docs.as_deref());
    declaration.docs(&own.map_or_else(|| format!("{url}."), |own| format!("{own}\n\n{url}")));
    declaration.line(&format!("pub struct {};", server.name));
    declaration.line(&format!("{};", literal(&server.url)));
    for variable in &server.variables {
        let default = variable.default.as_deref().map(|default| format!("By default {}.", docs::code(default)));
        let default = default.unwrap_or_else(|| "Required: it has no default.".to_owned());
        let own = docs::vendor(variable.docs.as_deref());
        declaration.docs(&own.into_iter().chain([default]).collect::<Vec<_>>().join("\n\n"));
        let or = variable.default.as_deref().map(|default| format!(" or {}", literal(default))).unwrap_or_default();
        let listed = listed(variable);
        let line = format!("{}: {} = {}{or}{listed},", variable.name, stored(variable), literal(&variable.wire));
        declaration.line(&line);
    }
    declaration.end()
}

/// The values that the document names and a user could not give by themselves, for they may end a host.
fn listed(variable: &Variable) -> String {
    let is_plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c));
    let values: Vec<_> =
        variable.constants.iter().filter(|one| !is_plain(&one.wire)).map(|one| literal(&one.wire)).collect();
    if values.is_empty() { String::new() } else { format!(" in [{}]", values.join(", ")) }
}

/// The type of a variable's value.
pub(super) fn stored(variable: &Variable) -> &str {
    variable.type_name.as_deref().unwrap_or("String")
}

/// The enum of a variable's values, if the document names them.
fn values(server: &Server, variable: &Variable) -> Option<String> {
    let name = variable.type_name.as_ref()?;
    let mut declaration = Declaration::new("text_enum");
    declaration.docs(&format!("The values of {} of {}.", docs::code(&variable.wire), docs::link(&server.name)));
    declaration.line(&format!("pub enum {name};"));
    for constant in &variable.constants {
        declaration.line(&format!("{} = {},", constant.name, literal(&constant.wire)));
    }
    Some(declaration.end())
}
