//! In: the manifest of the client. Out: whether what `cargo package` makes of it has all that users of a registry need, and
//! nothing else. That it builds alone is proved by `.ci/run`.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith_tests::harness::root;
use std::process::Command;

/// What Cargo prints for these arguments, in the workspace.
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).arg("--offline").current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_package_has_its_sources_readme_and_licences_alone() {
    let listed = cargo(&["package", "--package", "voximplant-client", "--list", "--allow-dirty"]);
    let listed: Vec<_> = listed.lines().collect();
    for needed in ["Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT", "src/lib.rs", "examples/send_sms.rs"] {
        assert!(listed.contains(&needed), "{needed} is not in {listed:?}");
    }
    let made_by_cargo = ["Cargo.toml", "Cargo.toml.orig", "Cargo.lock", ".cargo_vcs_info.json"];
    for file in listed {
        let is_text = ["README.md", "LICENSE-APACHE", "LICENSE-MIT"].contains(&file) || made_by_cargo.contains(&file);
        let is_source = file.ends_with(".rs") && (file.starts_with("src/") || file.starts_with("examples/"));
        assert!(is_text || is_source, "{file}");
    }
}

#[test]
fn the_manifest_has_what_a_registry_shows() {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let client = packages.iter().find(|package| package["name"] == "voximplant-client").unwrap();
    assert!(client["description"].as_str().is_some_and(|text| !text.is_empty()));
    assert_eq!((&client["license"], &client["readme"]), (&"MIT OR Apache-2.0".into(), &"README.md".into()));
    // A registry takes five of each at most.
    for list in ["keywords", "categories"] {
        assert!((1..=5).contains(&client[list].as_array().unwrap().len()), "{list}");
    }
    assert!(client["rust_version"].is_string() && client["publish"].is_null());
    for dependency in client["dependencies"].as_array().unwrap() {
        assert!(dependency["path"].is_null() && dependency["req"] != "*", "{dependency}");
    }
}
