//! In: command lines of `oasmith`. Out: proof of its exit codes, of what it says, and that `--check` writes nothing.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::{TempDir, tempdir};

const DOCUMENT: &str = "openapi: 3.0.3
servers: [{url: https://api.example.com}]
info: {title: Test, version: '1'}
paths:
  /things:
    get:
      operationId: list things
      responses: {'200': {description: ok}}
";

const CONFIG: &str = "inputs = ['api.yaml']\noutput = '../client'\n[options]\npackage = 'things-client'\n";

/// Exit code, standard output and standard error.
fn oasmith(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_oasmith")).current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn project() -> TempDir {
    let project = tempdir().unwrap();
    fs::create_dir(project.path().join("spec")).unwrap();
    fs::write(project.path().join("spec/api.yaml"), DOCUMENT).unwrap();
    fs::write(project.path().join("spec/codegen.toml"), CONFIG).unwrap();
    project
}

/// The command fails with this exit code and names all of this.
fn fails(arguments: &[&str], code: i32, named: &[&str]) {
    let project = project();
    fs::write(project.path().join("latin1.yaml"), b"openapi: \xe9").unwrap();
    fs::write(project.path().join("rejected.yaml"), "reject: me\n").unwrap();
    fs::write(project.path().join("bad.toml"), "input = ['a']\n").unwrap();
    let (status, stdout, stderr) = oasmith(project.path(), arguments);
    assert_eq!((status, stdout.as_str()), (code, ""), "{stderr}");
    for name in named {
        assert!(stderr.contains(name), "{name} is not named in: {stderr}");
    }
    assert!(!project.path().join("out").exists());
}

#[test]
fn wrong_usage_is_explained() {
    fails(&[], 2, &["generate", "print"]);
    fails(&["generate"], 2, &["--out", "SPEC"]);
    fails(&["generate", "spec/api.yaml"], 2, &["--out"]);
    fails(&["generate", "spec/api.yaml", "--config", "spec/codegen.toml"], 2, &["cannot be used with"]);
    fails(&["generate", "spec/api.yaml", "--out", "out", "--name", "fn"], 2, &["--name", "`fn`"]);
    fails(&["generate", "spec/api.yaml", "--out", "1"], 2, &["--name"]);
    fails(&["generate", "-", "-", "--out", "out"], 2, &["only once"]);
}

#[test]
fn unreadable_files_are_named() {
    fails(&["generate", "absent.yaml", "--out", "out"], 2, &["no file absent.yaml"]);
    fails(&["generate", "spec", "--out", "out"], 2, &["spec is a folder"]);
    fails(&["generate", "latin1.yaml", "--out", "out"], 2, &["latin1.yaml", "UTF-8", "offset 9"]);
    fails(&["generate", "spec/api.yaml", "--overlay", "absent", "--out", "out"], 2, &["no file absent"]);
    fails(&["generate", "--config", "bad.toml"], 2, &["bad.toml", "`input`", "inputs = "]);
    fails(&["print", "--stage", "api", "absent.yaml"], 2, &["no file absent.yaml"]);
}

#[test]
fn a_rejected_document_writes_nothing() {
    fails(&["generate", "rejected.yaml", "--out", "out"], 1, &["rejected", "nothing was written"]);
}

#[test]
fn the_output_can_not_be_a_file() {
    fails(&["generate", "spec/api.yaml", "--out", "bad.toml", "--name", "a"], 2, &["bad.toml is a file"]);
}

#[test]
fn a_package_is_made_and_kept_up_to_date() {
    let project = project();
    let generate = ["generate", "--config", "spec/codegen.toml"];
    let check = ["generate", "--config", "spec/codegen.toml", "--check"];

    let (status, _, stderr) = oasmith(project.path(), &check);
    assert_eq!(status, 1, "{stderr}");
    assert!(!project.path().join("client").exists());

    let (status, stdout, stderr) = oasmith(project.path(), &generate);
    assert_eq!(status, 0, "{stderr}");
    assert!(stdout.starts_with("client: 0 files changed, ") && stdout.contains("0 removed"), "{stdout}");
    let manifest = fs::read_to_string(project.path().join("client/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"things-client\""), "{manifest}");

    let current = (0, "client: up to date\n".to_owned(), String::new());
    assert_eq!(oasmith(project.path(), &generate), current);
    assert_eq!(oasmith(project.path(), &check), current);

    let more = DOCUMENT.replace("paths:\n", "paths:\n  /extras:\n    get: {responses: {'204': {description: ok}}}\n");
    fs::write(project.path().join("spec/api.yaml"), more).unwrap();
    let (status, _, stderr) = oasmith(project.path(), &check);
    assert_eq!(status, 1);
    assert!(stderr.contains("client is stale:") && stderr.contains("api.txt: differs"), "{stderr}");
    assert!(stderr.contains("run: oasmith generate --config spec/codegen.toml\n"), "{stderr}");
    let (status, stdout, _) = oasmith(project.path(), &generate);
    assert_eq!(status, 0);
    assert!(stdout.contains(" changed, ") && stdout.lines().skip(1).any(|line| line.starts_with("  + ")), "{stdout}");
}

#[test]
fn packages_that_a_manifest_lacks_are_named() {
    let project = project();
    let generate = ["generate", "--config", "spec/codegen.toml"];
    let check = ["generate", "--config", "spec/codegen.toml", "--check"];
    oasmith(project.path(), &generate);
    let manifest = project.path().join("client/Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(!text.contains("jiff") && !text.contains("uuid"), "{text}");

    let more = format!("{DOCUMENT}components: {{schemas: {{Id: {{type: string, format: uuid}}}}}}\n");
    fs::write(project.path().join("spec/api.yaml"), more).unwrap();
    let line = "uuid = { version = \"1\", default-features = false, features = [\"serde\", \"std\"] }";
    for _ in 0..2 {
        let (status, stdout, _) = oasmith(project.path(), &generate);
        assert_eq!(status, 0);
        assert!(stdout.contains("note: client/Cargo.toml is yours") && stdout.contains(line), "{stdout}");
        let (status, _, stderr) = oasmith(project.path(), &check);
        assert_eq!(status, 1);
        assert!(stderr.contains("lacks what the generated code needs") && stderr.contains(line), "{stderr}");
    }
    fs::write(&manifest, text.replace("[dependencies]\n", &format!("[dependencies]\n{line}\n"))).unwrap();
    assert_eq!(oasmith(project.path(), &check), (0, "client: up to date\n".to_owned(), String::new()));

    fs::remove_dir_all(project.path().join("client")).unwrap();
    oasmith(project.path(), &generate);
    assert!(fs::read_to_string(&manifest).unwrap().contains(line), "a new manifest has it");
}

#[test]
fn options_are_taken_from_both_places() {
    let project = project();
    let types = "components: {schemas: {At: {type: string, format: date-time}, Id: {type: string, format: uuid}}}\n";
    fs::write(project.path().join("spec/api.yaml"), format!("{DOCUMENT}{types}")).unwrap();
    let api = || fs::read_to_string(project.path().join("client/api.txt")).unwrap();
    let config = format!("{CONFIG}date-time = 'chrono'\nuuid = 'string'\nlenient = ['/components/schemas/Id']\n");
    fs::write(project.path().join("spec/codegen.toml"), config).unwrap();
    oasmith(project.path(), &["generate", "--config", "spec/codegen.toml"]);
    let both = "types::At = chrono::DateTime<chrono::FixedOffset>\ntypes::Id = Lenient<String>\n";
    assert!(api().ends_with(both), "{}", api());
    let spec = ["generate", "spec/api.yaml", "--out", "client", "--name", "things-client"];
    let options = ["--date-time", "string", "--lenient", "/components/schemas/At"];
    oasmith(project.path(), &[&spec[..], &options].concat());
    assert!(api().ends_with("types::At = Lenient<String>\ntypes::Id = uuid::Uuid\n"), "{}", api());
    let (status, _, stderr) = oasmith(project.path(), &[&spec[..], &["--date-time", "julian"]].concat());
    assert!(status == 2 && stderr.contains("jiff, chrono, time, string"), "{stderr}");
}

#[test]
fn files_that_a_document_refers_to_are_read() {
    let project = project();
    let schema =
        |path: &str| format!("{{content: {{application/json: {{schema: {{$ref: '{path}'}}}}}}, description: ok}}");
    let document = DOCUMENT.replace("{description: ok}", &schema("../parts/things.yaml#/Thing"));
    fs::write(project.path().join("spec/api.yaml"), &document).unwrap();
    fs::create_dir(project.path().join("parts")).unwrap();
    fs::write(project.path().join("parts/things.yaml"), "Thing: {$ref: 'deep.yaml'}\n").unwrap();
    let run = || oasmith(project.path(), &["generate", "--config", "spec/codegen.toml", "--discard-edits"]);
    let (code, _, stderr) = run();
    assert_eq!(code, 0);
    assert!(stderr.contains("--> parts/things.yaml:1:9"), "{stderr}");
    fs::write(project.path().join("parts/deep.yaml"), "{type: object, properties: {a: {type: string}}}\n").unwrap();
    let (code, stdout, stderr) = run();
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.contains("+ types::Deep.a: Option<String>"), "{stdout}");
}

#[test]
fn edits_are_named_and_kept() {
    let project = project();
    let path = project.path().join("client/src/generated/mod.rs");
    oasmith(project.path(), &["generate", "--config", "spec/codegen.toml"]);
    fs::write(&path, "edited\n").unwrap();
    let (status, _, stderr) = oasmith(project.path(), &["generate", "--config", "spec/codegen.toml"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("src/generated/mod.rs") && stderr.contains("--discard-edits"), "{stderr}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "edited\n");
    let (status, _, stderr) = oasmith(
        project.path(),
        &["generate", "--config", "spec/codegen.toml", "--check", "--mend", "cargo xtask codegen"],
    );
    assert_eq!(status, 1);
    assert!(stderr.contains("edited by hand") && stderr.contains("cargo xtask codegen --discard-edits"), "{stderr}");
    let (status, ..) = oasmith(project.path(), &["generate", "--config", "spec/codegen.toml", "--discard-edits"]);
    assert_eq!(status, 0);
    assert_ne!(fs::read_to_string(&path).unwrap(), "edited\n");
}

#[test]
fn findings_can_be_had_as_json() {
    let project = project();
    oasmith(project.path(), &["generate", "spec/api.yaml", "--out", "Out Folder", "--report", "report.json"]);
    let text = fs::read_to_string(project.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&report["verdict"], &report["operations"]), (&"generated".into(), &1.into()));
    assert!(report["found"].is_array());
    let manifest = fs::read_to_string(project.path().join("Out Folder/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"out-folder\""), "{manifest}");
}

#[test]
fn stages_can_be_printed() {
    let project = project();
    for stage in ["core", "api", "names"] {
        let (status, stdout, stderr) = oasmith(project.path(), &["print", "--stage", stage, "spec/api.yaml"]);
        assert_eq!(status, 0, "{stderr}");
        assert!(!stdout.is_empty());
    }
}
