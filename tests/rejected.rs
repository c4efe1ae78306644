//! In: `tests/rejected/<case>/`, each something that no client can be made from, and the same kind of thing made here
//! where it is too large to be kept. Out: whether the command refuses it with exit code 1, says in `expected.txt`'s
//! words what is wrong, where, and how to mend it, and leaves the disk as it was.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith_tests::harness::{Case, Files, Output, compare, difference, oasmith, read};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Runs the command on a folder's `spec` and `overlay`, with what `arguments.txt` says; checks that it refuses them and writes nothing.
fn refuse(folder: &Path) -> Output {
    let temporary = tempfile::tempdir().unwrap();
    let out = temporary.path().join("client");
    let spec = ["spec.yaml", "spec.json", "spec.md"].into_iter().find(|file| folder.join(file).exists()).unwrap();
    let mut arguments = vec!["generate", spec, "--name", "refused", "--out", out.to_str().unwrap()];
    if folder.join("overlay.yaml").exists() {
        arguments.extend(["--overlay", "overlay.yaml"]);
    }
    let more = fs::read_to_string(folder.join("arguments.txt")).unwrap_or_default();
    arguments.extend(more.split_whitespace());
    let output = oasmith(folder, &arguments);
    assert_eq!((output.code, output.stdout.as_str()), (1, ""), "{}: {}", folder.display(), output.stderr);
    assert!(!out.exists(), "{} left something on the disk", folder.display());
    output
}

#[test]
fn descriptions_are_refused_with_place_and_mend() {
    let mut wrong = String::new();
    for case in Case::all("rejected") {
        let said = refuse(&case.folder).stderr;
        assert!(said.contains("\n  --> ") || said.contains("\n --> ") || case.name == "empty", "no place in: {said}");
        assert!(said.contains("= help: "), "no mend in: {said}");
        let mut files = Files::new();
        for file in ["spec.yaml", "spec.json", "spec.md", "overlay.yaml", "arguments.txt"] {
            files.extend(case.text(file).map(|text| (file.to_owned(), text)));
        }
        files.insert("expected.txt".to_owned(), said.clone());
        if oasmith_tests::harness::blesses() {
            compare(&case.folder, &files);
        } else {
            let one = |text| Files::from([(format!("tests/rejected/{}/expected.txt", case.name), text)]);
            wrong += &difference(&one(case.text("expected.txt").unwrap_or_default()), &one(said));
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nIf today's is right, run: cargo xtask bless");
}

/// A few lines that would be billions of values once their aliases are expanded.
#[test]
fn aliases_of_aliases_are_refused() {
    let mut text = "openapi: 3.1.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    assert!(refuse_text(&text).contains("error[too-many-nodes]"));
}

/// A file of 100 MB that is nothing but aliases.
#[test]
fn a_file_of_aliases_is_refused() {
    let mut text = "openapi: 3.1.0\nx-shared: &a {b: c}\nx-list:\n".to_owned();
    text.push_str(&"- *a\n".repeat(20_000_000));
    let said = refuse_text(&text);
    assert!(said.contains("error[text-too-large]") || said.contains("error[too-many-nodes]"), "{said}");
}

fn refuse_text(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.yaml"), text).unwrap();
    let said = refuse(folder.path()).stderr;
    assert!(said.contains("spec.yaml") && said.contains("= help: "), "{said}");
    assert!(said.len() < 4000, "the report is as long as the description");
    said
}

/// What stands in the output folder and is not the generator's stays, whether the run succeeds or not.
#[test]
fn files_of_others_are_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let spec = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nservers: [{url: https://a.example}]\npaths: {}\n";
    fs::write(at("spec.yaml"), spec).unwrap();
    fs::create_dir_all(at("client/src/generated/types")).unwrap();
    for path in ["notes.md", "Cargo.toml", "src/lib.rs", "src/generated/types/mine.rs", "api.txt"] {
        fs::write(at("client").join(path), "# mine\n").unwrap();
    }
    let before = read(folder.path());
    let generate = ["generate", "spec.yaml", "--out", "client"];
    let refused = oasmith(folder.path(), &generate);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    for path in ["src/generated/types/mine.rs", "api.txt"] {
        assert!(refused.stderr.contains(path), "{path} is not named in: {}", refused.stderr);
    }
    assert_eq!(read(folder.path()), before);

    // With those out of the way the client is written, and what is no part of it stays.
    fs::remove_file(at("client/src/generated/types/mine.rs")).unwrap();
    fs::remove_file(at("client/api.txt")).unwrap();
    let written = oasmith(folder.path(), &generate);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let after = read(folder.path());
    for path in ["spec.yaml", "client/notes.md", "client/Cargo.toml", "client/src/lib.rs"] {
        assert_eq!(after[path], before[path], "{path} is not as it was");
    }
}
