//! In: the golden cases. Out: whether the crate that is generated from each compiles without a warning, and whether its
//! documentation does; and whether each feature of a tag compiles alone. All of them are members of one workspace outside this one, as their users would have them.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::Feature;
use oasmith_tests::harness::{Case, Files, Run, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// Writes every golden case as a crate; gives the workspace's folder, which is kept so that a second run is cheap, and the
/// features of those that have some for their tags.
fn workspace() -> (PathBuf, BTreeMap<String, Vec<Feature>>) {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("goldens");
    let crates = workspace.join("crates");
    let (mut written, mut features) = (BTreeSet::new(), BTreeMap::new());
    for case in Case::all("golden") {
        let package = format!("golden-{}", case.name);
        let run = Run::with(case.input(), case.options(&package));
        let made = run.made.as_ref().unwrap();
        features.extend((!made.features.is_empty()).then(|| (package, made.features.clone())));
        write(&crates.join(&case.name), &run.package(), &mut written);
    }
    remove_others(&crates, &written);
    // The same versions of packages as here, so that nothing has to be fetched for this.
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
    let files = [("Cargo.toml", manifest.to_owned()), ("Cargo.lock", lock)];
    write(&workspace, &files.map(|(path, text)| (path.to_owned(), text)).into(), &mut written);
    (workspace, features)
}

/// Writes files that differ from what is there; Cargo builds anew what was written.
fn write(folder: &Path, files: &Files, written: &mut BTreeSet<PathBuf>) {
    for (path, text) in files {
        let path = folder.join(path);
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        }
        written.insert(path);
    }
}

/// Removes what an earlier run wrote and this one did not.
fn remove_others(folder: &Path, written: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            remove_others(&path, written);
            // Removes no folder that still holds anything.
            let _ = fs::remove_dir(&path);
        } else if !written.contains(&path) {
            fs::remove_file(path).unwrap();
        }
    }
}

fn cargo(workspace: &Path, arguments: &[&str]) {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace).args(arguments).arg("--quiet");
    cargo.env("CARGO_TARGET_DIR", workspace.join("target")).env_remove("CARGO_ENCODED_RUSTFLAGS");
    cargo.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings");
    // Nothing is run, so nothing has to be debugged.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "false").env("CARGO_INCREMENTAL", "0");
    let output = cargo.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?} fails in {}:\n{said}", workspace.display());
}

/// One test, for all of this shares what Cargo has built.
#[test]
fn goldens_compile_without_a_warning() {
    let (workspace, features) = workspace();
    let of_tags: Vec<_> = features.keys().map(|package| format!("{package}/full")).collect();
    let (all, mock) = (of_tags.join(","), format!("mock,tracing,{}", of_tags.join(",")));
    cargo(&workspace, &["check", "--workspace", "--no-default-features", "--features", &all]);
    cargo(&workspace, &["check", "--workspace", "--no-default-features", "--features", &mock]);
    cargo(&workspace, &["doc", "--workspace", "--no-deps", "--no-default-features", "--features", &all]);
    let mut examples = vec!["test", "--doc", "--no-default-features"];
    let packages = EXAMPLES.map(|case| format!("golden-{case}"));
    packages.iter().for_each(|package| examples.extend(["--package", package]));
    cargo(&workspace, &examples);
    // Each feature alone, and none: nothing lacks what it needs, and nothing is there in vain.
    let alone = ["check", "--package", FEATURES, "--no-default-features", "--features"];
    for feature in features[FEATURES].iter().map(|feature| feature.name.as_str()).chain([""]) {
        cargo(&workspace, &[&alone[..], &[feature]].concat());
        cargo(&workspace, &[&alone[..], &[&format!("{feature},mock")]].concat());
    }
}
