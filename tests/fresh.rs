//! In: `spec/` and the client that is checked in. Out: whether the one is what is generated from the other, and whether
//! the vendor's description is still the vendor's, byte for byte.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::read::tree;
use oasmith::{Diagnostics, Input, Source};
use oasmith_tests::harness::{Files, Run, difference, read, root, shared};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

const SPEC: &str = "send-sms-message.yaml";

/// The description that was put together from the vendor's SDKs.
const RECONSTRUCTED: &str = "sms-group.yaml";

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
    let imported = oasmith::read::page::import(&page, &mut Diagnostics::default()).unwrap();
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

fn document(path: &Path) -> Value {
    let source = Source { name: path.display().to_string(), text: fs::read_to_string(path).unwrap() };
    tree::parse(0, &source, &mut Diagnostics::default()).unwrap()
}

/// Where the vendor's document and the reconstruction overlap, the vendor's wins: nothing of it is in the other one here.
#[test]
fn the_reconstruction_leaves_to_the_vendor_what_is_the_vendors() {
    let spec = root().join("spec");
    let [vendors, ours] = [SPEC, RECONSTRUCTED].map(|file| document(&spec.join(file)));
    for at in ["/paths", "/components/schemas", "/components/securitySchemes"] {
        let names = |of: &Value| -> Vec<String> {
            of.pointer(at).and_then(Value::as_object).into_iter().flat_map(|all| all.keys().cloned()).collect()
        };
        assert!(!names(&vendors).is_empty(), "{at}");
        assert_eq!(names(&vendors).iter().find(|name| names(&ours).contains(name)), None, "{at}");
    }
    for at in ["/openapi", "/info", "/servers"] {
        assert_eq!(vendors.pointer(at), ours.pointer(at), "{at}");
    }
}

/// What was left out of the reconstruction says the same of parameters and answers as the vendor, in other words; the rest
/// is in `spec/` as it is.
#[test]
fn the_reconstruction_agrees_with_the_vendor() {
    let not_checked = "whether the vendor's description and the reconstruction agree";
    let Some(path) = shared("corpus/voximplant/sms-group.yaml", not_checked) else { return };
    let spec = root().join("spec");
    let (vendors, ours, mut whole) = (document(&spec.join(SPEC)), document(&spec.join(RECONSTRUCTED)), document(&path));
    let operation = |of: &Value| of["paths"]["/SendSmsMessage"]["post"].clone();
    let parameters = |of: &Value| -> Vec<Value> {
        let all = operation(of)["parameters"].as_array().unwrap().clone();
        let plain = |mut one: Value| {
            one.as_object_mut().unwrap().remove("description");
            one
        };
        all.into_iter().map(plain).collect()
    };
    assert_eq!(parameters(&vendors), parameters(&whole));
    for member in ["operationId", "tags", "responses"] {
        assert_eq!(operation(&vendors)[member], operation(&whole)[member], "{member}");
    }
    let answer = "sms_SendSmsMessage_Response_200";
    assert_eq!(vendors["components"]["schemas"][answer], whole["components"]["schemas"][answer]);

    let left_out = [("/paths", "/SendSmsMessage"), ("/components/schemas", answer), ("/components", "securitySchemes")];
    for (at, name) in left_out {
        assert!(whole.pointer_mut(at).unwrap().as_object_mut().unwrap().remove(name).is_some(), "{name}");
    }
    assert_eq!(ours, whole);
}

/// Everything that a reader may meet first says where the description is from.
#[test]
fn the_reconstruction_is_marked_as_one() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    for path in ["spec/sms-group.yaml", "spec/README.md", "generated-client/README.md", "generated-client/src/lib.rs"] {
        let text = read(path).to_lowercase();
        assert!(text.contains("reconstructed") && text.contains("tried"), "{path}");
    }
}
