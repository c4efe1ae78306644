//! In: a tree in the core language. Out: `Document`, the same as `openapiv3` types. Each path item and each component
//! is read for itself, so that one that cannot be read is reported and left out, never the whole document.

use super::keywords::METHODS;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use openapiv3::{Components, OpenAPI, PathItem, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A description in the core language: OpenAPI 3.0 in which every schema has exactly one kind, and every `$ref` leads
/// to a component of its kind or, where that could not be read, to nothing.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The description.
    pub openapi: OpenAPI,
}

/// Reads the tree, item by item.
pub fn document(mut tree: Value, sink: &mut Diagnostics) -> Document {
    let root = Pointer::root();
    let mut take = |name: &str| tree.as_object_mut().and_then(|members| members.shift_remove(name));
    let (paths, components) = (take("paths"), take("components"));
    let mut openapi: OpenAPI = match tree {
        Value::Object(mut members) => {
            members.insert("paths".into(), Value::Object(Map::new()));
            item(Value::Object(members), "the document", &root, sink).unwrap_or_default()
        }
        _ => OpenAPI::default(),
    };
    let at = root.join("paths");
    for (path, value) in members(paths).into_iter().filter(|(path, _)| path.starts_with('/')) {
        if let Some(read) = path_item(value, &path, &at.join(path.as_str()), sink) {
            openapi.paths.paths.insert(path, ReferenceOr::Item(read));
        }
    }
    openapi.components = components.map(|value| read_components(value, &root.join("components"), sink));
    Document { openapi }
}

/// Reads a path item; when it cannot be read whole, each of its operations for itself.
fn path_item(value: Value, path: &str, at: &Pointer, sink: &mut Diagnostics) -> Option<PathItem> {
    if let Ok(read) = serde_json::from_value(value.clone()) {
        return Some(read);
    }
    let mut rest = members(Some(value));
    let operations = METHODS.map(|method| (method, rest.shift_remove(method)));
    let shared = item(Value::Object(rest), &format!("the path `{path}`"), at, sink);
    let mut whole: PathItem = shared?;
    for (method, value) in operations {
        let what = format!("the operation `{} {path}`", method.to_uppercase());
        let read = value.and_then(|value| item(value, &what, &at.join(method), sink));
        let slot = match method {
            "get" => &mut whole.get,
            "put" => &mut whole.put,
            "post" => &mut whole.post,
            "delete" => &mut whole.delete,
            "options" => &mut whole.options,
            "head" => &mut whole.head,
            "patch" => &mut whole.patch,
            _ => &mut whole.trace,
        };
        *slot = read;
    }
    Some(whole)
}

fn read_components(value: Value, at: &Pointer, sink: &mut Diagnostics) -> Components {
    let mut sections = members(Some(value));
    let mut section = |name: &str| (members(sections.shift_remove(name)), at.join(name));
    let (schemas, parameters, responses, request_bodies, headers, security_schemes) = (
        section("schemas"),
        section("parameters"),
        section("responses"),
        section("requestBodies"),
        section("headers"),
        section("securitySchemes"),
    );
    Components {
        schemas: each(schemas, sink),
        parameters: each(parameters, sink),
        responses: each(responses, sink),
        request_bodies: each(request_bodies, sink),
        headers: each(headers, sink),
        security_schemes: each(security_schemes, sink),
        ..Components::default()
    }
}

fn each<T: DeserializeOwned, M: FromIterator<(String, T)>>(
    (members, at): (Map<String, Value>, Pointer),
    sink: &mut Diagnostics,
) -> M {
    let mut read = |(name, value): (String, Value)| {
        let what = format!("the component `{name}`");
        let value = item(value, &what, &at.join(name.as_str()), sink)?;
        Some((name, value))
    };
    members.into_iter().filter_map(&mut read).collect()
}

fn item<T: DeserializeOwned>(value: Value, what: &str, at: &Pointer, sink: &mut Diagnostics) -> Option<T> {
    let report = |error: serde_json::Error| {
        sink.report(at, Problem::Unreadable { what: what.to_owned(), reason: error.to_string() });
    };
    serde_json::from_value(value).map_err(report).ok()
}

fn members(value: Option<Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    }
}
