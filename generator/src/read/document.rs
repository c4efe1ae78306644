//! In: a tree in the core language. Out: `Document`, the same as `openapiv3` types. Each path item and each component
//! is read for itself, so that one that cannot be read is reported and left out, never the whole document.

use super::extensions;
use super::keywords::METHODS;
use crate::diagnostic::{Diagnostics, Place, Problem};
use crate::pointer::Pointer;
use indexmap::IndexMap;
use openapiv3::{Callback, Components, OpenAPI, Operation, PathItem, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A description in the core language: OpenAPI 3.0 in which every schema has exactly one kind, and every `$ref` leads
/// to a component of its kind or, where that could not be read, to nothing.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The description.
    pub openapi: OpenAPI,
    /// The requests that the API sends by itself, by their names: `openapiv3` has no place for them.
    pub webhooks: IndexMap<String, PathItem>,
    /// The places of the schemas to which an author gives a name.
    pub named: BTreeSet<Place>,
}

/// Reads the tree, item by item.
pub fn document(mut tree: Value, sink: &mut Diagnostics) -> Document {
    let root = Pointer::root();
    let named = extensions::named(&mut tree, sink);
    let mut take = |name: &str| tree.as_object_mut().and_then(|members| members.shift_remove(name));
    let (paths, webhooks, components) = (take("paths"), take("webhooks"), take("components"));
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
    let webhooks = path_items(webhooks, &root.join("webhooks"), sink);
    Document { openapi, webhooks, named }
}

/// Reads the path items of webhooks or of a callback.
fn path_items(value: Option<Value>, at: &Pointer, sink: &mut Diagnostics) -> IndexMap<String, PathItem> {
    let mut read = |(name, value): (String, Value)| {
        let item = path_item(value, &name, &at.join(name.as_str()), sink)?;
        Some((name, item))
    };
    members(value).into_iter().filter_map(&mut read).collect()
}

/// Reads a path item; when it cannot be read whole, each of its operations for itself. The callbacks of its operations
/// are path items like any others.
fn path_item(mut value: Value, path: &str, at: &Pointer, sink: &mut Diagnostics) -> Option<PathItem> {
    let mut take = |method: &str| value.get_mut(method)?.as_object_mut()?.shift_remove("callbacks");
    let callbacks = METHODS.map(|method| (method, take(method)));
    let mut whole: PathItem = match serde_json::from_value(value.clone()) {
        Ok(read) => read,
        Err(_) => in_parts(value, path, at, sink)?,
    };
    for (method, callbacks) in callbacks {
        let at = at.join(method).join("callbacks");
        let read: IndexMap<String, Callback> = members(callbacks)
            .into_iter()
            .map(|(name, value)| (name.clone(), path_items(Some(value), &at.join(name), sink)))
            .collect();
        if let Some(operation) = slot(&mut whole, method) {
            operation.callbacks = read;
        }
    }
    Some(whole)
}

/// Reads each operation of a path item for itself.
fn in_parts(value: Value, path: &str, at: &Pointer, sink: &mut Diagnostics) -> Option<PathItem> {
    let mut rest = members(Some(value));
    let operations = METHODS.map(|method| (method, rest.shift_remove(method)));
    let mut whole: PathItem = item(Value::Object(rest), &format!("the path `{path}`"), at, sink)?;
    for (method, value) in operations {
        let what = format!("the operation `{} {path}`", method.to_uppercase());
        *slot(&mut whole, method) = value.and_then(|value| item(value, &what, &at.join(method), sink));
    }
    Some(whole)
}

/// Where the operation of a method stands.
fn slot<'a>(item: &'a mut PathItem, method: &str) -> &'a mut Option<Operation> {
    match method {
        "get" => &mut item.get,
        "put" => &mut item.put,
        "post" => &mut item.post,
        "delete" => &mut item.delete,
        "options" => &mut item.options,
        "head" => &mut item.head,
        "patch" => &mut item.patch,
        _ => &mut item.trace,
    }
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

#[cfg(test)]
mod tests {
    use super::{Diagnostics, document};
    use serde_json::json;

    #[test]
    fn a_callback_that_cannot_be_read_loses_no_operation() {
        let good = json!({"responses": {"200": {"description": ""}}});
        let mut post = good.clone();
        post["callbacks"] = json!({"done": {"{$url}": {"post": {"responses": 3}, "put": good}}});
        let tree = json!({"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {"/a": {"post": post}},
            "webhooks": {"came": {"get": good, "post": 3}}});
        let mut sink = Diagnostics::default();
        let read = document(tree, &mut sink);
        let operation = read.openapi.paths.paths["/a"].as_item().unwrap().post.as_ref().unwrap();
        let callback = &operation.callbacks["done"]["{$url}"];
        assert!(callback.put.is_some() && callback.post.is_none());
        assert!(read.webhooks["came"].get.is_some() && read.webhooks["came"].post.is_none());
        let places: Vec<_> = sink.all().map(|found| found.place.pointer.to_string()).collect();
        assert_eq!(places, ["/paths/~1a/post/callbacks/done/{$url}/post", "/webhooks/came/post"]);
    }
}
