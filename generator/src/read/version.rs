//! In: a tree. Out: whether it says that it is OpenAPI 3.0 or 3.1, the versions that can be read.

use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::Value;

/// Reports a document of any other kind or version (OpenAPI 3.1.1, section 4.1 "OpenAPI Specification Versions").
pub fn check(tree: &Value, sink: &mut Diagnostics) -> bool {
    let text = |name: &str| tree.get(name).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let (at, problem) = match (text("openapi"), text("swagger")) {
        (Some(version), _) if is_known(&version) => return true,
        (Some(version), _) => ("openapi", Problem::OpenApiVersion { version }),
        (None, Some(version)) => ("swagger", Problem::Swagger { version }),
        (None, None) => ("", Problem::NotOpenApi),
    };
    let root = Pointer::root();
    sink.report(&if at.is_empty() { root } else { root.join(at) }, problem);
    false
}

fn is_known(version: &str) -> bool {
    ["3.0", "3.1"]
        .iter()
        .any(|known| version.strip_prefix(known).is_some_and(|patch| !patch.starts_with(char::is_numeric)))
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, check};
    use serde_json::json;

    #[test]
    fn says_which_version_it_found() {
        for (tree, code) in [
            (json!({"openapi": "3.0.3"}), None),
            (json!({"openapi": 3.1}), None),
            (json!({"openapi": "3.2.0"}), Some("openapi-version")),
            (json!({"openapi": "3.10.0"}), Some("openapi-version")),
            (json!({"swagger": "2.0"}), Some("swagger")),
            (json!({"overlay": "1.0.0"}), Some("not-openapi")),
        ] {
            let mut sink = Diagnostics::default();
            assert_eq!(check(&tree, &mut sink), code.is_none(), "{tree}");
            assert_eq!(sink.all().next().map(|found| found.problem.code()), code);
        }
    }
}
