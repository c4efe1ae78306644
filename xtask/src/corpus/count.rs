//! In: an API description. Out: how many operations its author wrote, counted without the generator's code, so that
//! an operation which the generator loses is seen.

use serde_json::Value;
use std::path::Path;

/// The members of a path item that are operations (OpenAPI 3.1, section 4.8.9).
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The operations below `paths`; `None` if the file cannot be read.
pub(super) fn operations(path: &Path) -> Option<usize> {
    let text = std::fs::read_to_string(path).ok()?;
    let document: Value = serde_json::from_str(&text).ok().or_else(|| serde_yaml::from_str(&text).ok())?;
    let items = document.get("paths").and_then(Value::as_object);
    let items = items.into_iter().flatten().filter(|(path, _)| path.starts_with('/'));
    let methods = items.filter_map(|(_, item)| item.as_object()).flatten();
    Some(methods.filter(|(method, operation)| METHODS.contains(&method.as_str()) && operation.is_object()).count())
}
