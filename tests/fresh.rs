//! In: `spec/` and the client that is checked in. Out: whether the one is what is generated from the other, and whether
//! the vendor's description is still the vendor's, byte for byte.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::{Input, Source};
use oasmith_tests::harness::{Files, Run, difference, read, root, shared};
use sha2::{Digest, Sha256};
use std::fs;

const SPEC: &str = "send-sms-message.yaml";

/// What `spec/codegen.toml` says.
fn config() -> toml::Table {
    fs::read_to_string(root().join("spec/codegen.toml")).unwrap().parse().unwrap()
}

#[test]
fn the_client_is_what_the_spec_generates() {
    let config = config();
    let sources = |key: &str| {
        let paths = config[key].as_array().unwrap().iter().map(|path| path.as_str().unwrap());
        let source = |path: &str| Source {
            name: format!("spec/{path}"),
            text: fs::read_to_string(root().join("spec").join(path)).unwrap(),
        };
        paths.map(source).collect::<Vec<_>>()
    };
    let input = Input { documents: sources("inputs"), overlays: sources("overlays"), ..Input::default() };
    let run = Run::with(input, config["options"].clone().try_into().unwrap());
    assert!(run.made.is_some(), "{}", run.report());

    let client = root().join("spec").join(config["output"].as_str().unwrap());
    let owned = |path: &String| path.starts_with("src/generated/") || path == "api.txt" || path == "wire.txt";
    let checked_in: Files = read(&client).into_iter().filter(|(path, _)| owned(path)).collect();
    let difference = difference(&checked_in, &run.files());
    assert!(difference.is_empty(), "the client is stale; to mend it, run: cargo xtask codegen\n{difference}");
}

/// The description is what `oasmith import` takes out of the vendor's page, which stands beside the workspace.
#[test]
fn the_description_is_the_vendors() {
    let Some(page) = shared("seed/send-sms-message.md", "whether spec/ holds the vendor's description as it is") else {
        return;
    };
    let page = Source { name: "send-sms-message.md".to_owned(), text: fs::read_to_string(page).unwrap() };
    let imported = oasmith::read::page::import(&page, &mut oasmith::Diagnostics::default()).unwrap();
    let spec = fs::read_to_string(root().join("spec").join(SPEC)).unwrap();
    assert!(spec == imported.text, "spec/{SPEC} is not the document in the vendor's page");
}

#[test]
fn the_sum_of_the_description_is_noted() {
    let digest = Sha256::digest(fs::read(root().join("spec").join(SPEC)).unwrap());
    let sum: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let readme = fs::read_to_string(root().join("spec/README.md")).unwrap();
    assert!(readme.contains(&sum), "spec/README.md does not name the sha256 of {SPEC}: {sum}");
}
