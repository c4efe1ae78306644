//! In: the golden cases. Out: whether the crate that is generated from each compiles without a warning, and whether its
//! documentation does; and whether each feature of a tag compiles alone. All of them are members of one workspace outside this one, as their users would have them.

#![allow(missing_docs, clippy::unwrap_used)]

use oasmith::Feature;
use oasmith_tests::harness::{Case, Run, Workspace};
use std::collections::BTreeMap;

/// The cases whose examples in the documentation are compiled, too, for they cover every kind of input, and those whose
/// descriptions hold what must not become one.
const EXAMPLES: [&str; 10] = [
    "answer-events",
    "body-choice",
    "body-json",
    "body-multipart",
    "bounds",
    "docs-codeblock",
    "docs-hostile",
    "formats-parameters",
    "parameters-path",
    "parameters-query",
];

/// The case that is compiled with each of its features alone.
const FEATURES: &str = "golden-features";

/// Writes every golden case as a crate; gives the workspace, and the features of those that have some for their tags.
fn workspace() -> (Workspace, BTreeMap<String, Vec<Feature>>) {
    let mut workspace = Workspace::new(env!("CARGO_TARGET_TMPDIR"), "goldens");
    let mut features = BTreeMap::new();
    for case in Case::all("golden") {
        let package = format!("golden-{}", case.name);
        let run = Run::with(case.input(), case.options(&package));
        let made = run.made.as_ref().unwrap();
        features.extend((!made.features.is_empty()).then(|| (package, made.features.clone())));
        workspace.add(&case.name, &run.package());
    }
    workspace.finish();
    (workspace, features)
}

/// One test, for all of this shares what Cargo has built.
#[test]
fn goldens_compile_without_a_warning() {
    let (workspace, features) = workspace();
    let of_tags: Vec<_> = features.keys().map(|package| format!("{package}/full")).collect();
    let (all, mock) = (of_tags.join(","), format!("mock,tracing,{}", of_tags.join(",")));
    workspace.cargo(&["check", "--workspace", "--no-default-features", "--features", &all]);
    workspace.cargo(&["check", "--workspace", "--no-default-features", "--features", &mock]);
    workspace.cargo(&["doc", "--workspace", "--no-deps", "--no-default-features", "--features", &all]);
    let mut examples = vec!["test", "--doc", "--no-default-features"];
    let packages = EXAMPLES.map(|case| format!("golden-{case}"));
    packages.iter().for_each(|package| examples.extend(["--package", package]));
    workspace.cargo(&examples);
    // Each feature alone, and none: nothing lacks what it needs, and nothing is there in vain.
    let alone = ["check", "--package", FEATURES, "--no-default-features", "--features"];
    for feature in features[FEATURES].iter().map(|feature| feature.name.as_str()).chain([""]) {
        workspace.cargo(&[&alone[..], &[feature]].concat());
        workspace.cargo(&[&alone[..], &[&format!("{feature},mock")]].concat());
    }
}
