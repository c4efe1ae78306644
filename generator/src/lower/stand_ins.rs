//! Security schemes that a document means and does not define: one that `security` names and nobody describes, which is taken
//! for what its name says, and one that stands as a header parameter `Authorization`, which OpenAPI ignores, on operations
//! without `security`. Without them a credential that the user gives would never be sent.

use super::context::{Context, Used, follow};
use super::security::usable;
use crate::diagnostic::{Diagnostics, Problem};
use crate::ir::{Placement, Scheme};
use crate::pointer::Pointer;
use crate::read::Document;
use openapiv3::{
    Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, ReferenceOr, Schema, SchemaKind,
};
use std::collections::BTreeMap;

/// The name of the scheme that a header parameter stands for.
const AUTHORIZATION: &str = "Authorization";

/// The schemes that stand in for what is not defined, by name.
#[derive(Default)]
pub(super) struct StandIns {
    undefined: BTreeMap<String, Scheme>,
    /// What a header parameter `Authorization` stands for.
    header: Option<Scheme>,
}

impl StandIns {
    /// Where the secret of a scheme is sent that nobody defines.
    pub(super) fn placement(&self, name: &str) -> Option<&Placement> {
        let header = self.header.as_ref().filter(|header| header.name == name);
        self.undefined.get(name).or(header).map(|scheme| &scheme.placement)
    }

    /// The scheme of operations that have a header parameter `Authorization` and no `security`.
    pub(super) fn header(&self) -> Option<&str> {
        self.header.as_ref().map(|scheme| scheme.name.as_str())
    }

    /// All of them.
    pub(super) fn into_schemes(self) -> impl Iterator<Item = Scheme> {
        self.undefined.into_values().chain(self.header)
    }
}

/// Finds and reports them, each kind once.
pub(super) fn find(document: &Document, sink: &mut Diagnostics) -> StandIns {
    let mut found = StandIns::default();
    let shared = document.openapi.security.iter().flatten().map(|one| (Pointer::root().join("security"), one));
    let operations: Vec<_> = operations(document).collect();
    let own = operations
        .iter()
        .flat_map(|(at, _, operation)| operation.security.iter().flatten().map(|one| (at.join("security"), one)));
    let all = shared.chain(own).flat_map(|(at, alternative)| alternative.keys().map(move |name| (at.clone(), name)));
    for (origin, name) in all {
        if is_defined(document, name) || found.undefined.contains_key(name) {
            continue;
        }
        if let Some((placement, taken)) = by_name(name) {
            let scheme = name.clone();
            sink.report(&origin, Problem::UndefinedScheme { scheme, taken: taken.to_owned() });
            found.undefined.insert(name.clone(), scheme_of(origin, name, placement));
        }
    }
    let (mut first, mut count, mut said) = (None, 0, String::new());
    for (at, item, operation) in &operations {
        let security = operation.security.as_ref().or(document.openapi.security.as_ref());
        let is_open = security.is_none_or(|all| usable(document, &found, all).iter().all(Vec::is_empty));
        if let Some((index, data)) = header(document, item, operation).filter(|_| is_open) {
            count += 1;
            // Those of the path item stand beside the operation.
            let own = at.join("parameters").index(index);
            first.get_or_insert(if index < operation.parameters.len() { own } else { at.clone() });
            said.push_str(&words(data));
        }
    }
    if let Some(origin) = first {
        // What the document has for this header already.
        let known = document.openapi.components.iter().flat_map(|all| all.security_schemes.keys());
        let name = known.clone().any(|known| known == AUTHORIZATION).then_some("AuthorizationHeader");
        let said = said.to_ascii_lowercase();
        let (placement, taken, update) = match (said.contains("bearer"), said.contains("basic")) {
            (true, _) => (Placement::Bearer, "a bearer token", "{type: http, scheme: bearer}"),
            (false, true) => (Placement::Basic, "a name and a password", "{type: http, scheme: basic}"),
            (false, false) => (
                Placement::Header("Authorization".to_owned()),
                "a credential that is the whole value of the header",
                "{type: apiKey, in: header, name: Authorization}",
            ),
        };
        let (taken, update) = (taken.to_owned(), update.to_owned());
        sink.report(&origin, Problem::AuthorizationHeader { count, taken, update });
        found.header = Some(scheme_of(origin, name.unwrap_or(AUTHORIZATION), placement));
    }
    found
}

/// Whether an operation has a header parameter `Authorization`, and whether it is required.
pub(super) fn is_required(context: &Context<'_>, item: &PathItem, operation: &Operation) -> Option<bool> {
    header(context.document, item, operation).map(|(_, data)| data.required)
}

fn scheme_of(origin: Pointer, name: &str, placement: Placement) -> Scheme {
    Scheme { origin, name: name.to_owned(), docs: None, placement, token_url: None, is_used: true }
}

/// What the name of a scheme says of it.
fn by_name(name: &str) -> Option<(Placement, &'static str)> {
    let name = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["basic"]) {
        Some((Placement::Basic, "`{type: http, scheme: basic}`"))
    } else if has(&["bearer", "jwt", "oauth"]) {
        Some((Placement::Bearer, "`{type: http, scheme: bearer}`"))
    } else {
        None
    }
}

fn is_defined(document: &Document, name: &str) -> bool {
    document.openapi.components.as_ref().is_some_and(|all| all.security_schemes.contains_key(name))
}

/// Every operation of the document's paths, sorted by path.
fn operations(document: &Document) -> impl Iterator<Item = (Pointer, &PathItem, &Operation)> {
    let mut paths: Vec<_> =
        document.openapi.paths.iter().filter_map(|(path, item)| Some((path, item.as_item()?))).collect();
    paths.sort_by_key(|(path, _)| *path);
    paths.into_iter().flat_map(|(path, item)| {
        let at = Pointer::root().join("paths").join(path.as_str());
        item.iter().map(move |(method, operation)| (at.join(method), item, operation))
    })
}

/// The header parameter `Authorization` of an operation, and its place among those of its own and of the path item.
fn header<'a>(
    document: &'a Document,
    item: &'a PathItem,
    operation: &'a Operation,
) -> Option<(usize, &'a ParameterData)> {
    let follow = |parameter: &'a ReferenceOr<Parameter>| {
        follow(document, parameter, Pointer::root(), "parameters", |all| &all.parameters)
            .map(|(_, parameter)| parameter)
    };
    let all = operation.parameters.iter().chain(&item.parameters).enumerate();
    all.filter_map(|(index, parameter)| Some((index, follow(parameter)?))).find_map(
        |(index, parameter)| match parameter {
            Parameter::Header { parameter_data: data, .. } if data.name.eq_ignore_ascii_case(AUTHORIZATION) => {
                Some((index, data))
            }
            _ => None,
        },
    )
}

/// What a parameter says of its value.
fn words(data: &ParameterData) -> String {
    let mut words: Vec<String> = data.description.clone().into_iter().collect();
    words.extend(data.example.as_ref().map(ToString::to_string));
    words.extend(data.examples.values().filter_map(|one| one.as_item()?.value.as_ref()).map(ToString::to_string));
    if let ParameterSchemaOrContent::Schema(schema) = &data.format
        && let Used::Written(Schema { schema_data, schema_kind }) = Used::from(schema)
    {
        words.extend(schema_data.description.clone());
        words.extend(schema_data.title.clone());
        words.extend([&schema_data.example, &schema_data.default].into_iter().flatten().map(ToString::to_string));
        if let SchemaKind::Type(openapiv3::Type::String(string)) = schema_kind {
            words.extend(string.pattern.clone());
            words.extend(string.enumeration.iter().flatten().cloned());
        }
    }
    words.join(" ")
}
