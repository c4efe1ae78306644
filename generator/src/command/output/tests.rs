//! In: lists of files and a temporary package. Out: proof that nothing of others is lost and nothing is written twice.

use super::*;
use std::time::SystemTime;
use tempfile::{TempDir, tempdir};

const A: &str = "src/generated/a.rs";
const B: &str = "src/generated/types/b.rs";

fn made(files: &[(&str, &str)]) -> Generated {
    let file = |(path, text): (&str, &str)| File { path: path.to_owned(), text: text.to_owned() };
    let scaffold = vec![file(("Cargo.toml", "[package]\n")), file(("src/lib.rs", "mod generated;\n"))];
    Generated { files: files.iter().copied().map(file).collect(), scaffold, ..Generated::default() }
}

/// What `oasmith generate` does.
fn run(root: &Path, files: &[(&str, &str)], discard_edits: bool) -> Result<bool, Failure> {
    folder::recover(root)?;
    let generated = made(files);
    let plan = Plan::new(root, &generated)?;
    plan.guard(discard_edits)?;
    let current = plan.is_current();
    if !current {
        plan.apply()?;
    }
    Ok(!current)
}

/// A package after a first run, with a file of its owner.
fn package() -> TempDir {
    let package = tempdir().unwrap();
    assert!(run(package.path(), &[(A, "a\n"), (B, "b\n"), ("api.txt", "api\n")], false).unwrap());
    fs::write(package.path().join("src/extra.rs"), "mine\n").unwrap();
    package
}

/// Every file with its text and time of change.
fn snapshot(root: &Path) -> BTreeMap<String, (String, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                let time = path.metadata().unwrap().modified().unwrap();
                found.insert(name, (fs::read_to_string(&path).unwrap(), time));
            }
        }
    }
    found
}

fn text(package: &TempDir, path: &str) -> Option<String> {
    fs::read_to_string(package.path().join(path)).ok()
}

/// The run is refused, names the path, and changes nothing.
fn refused(package: &TempDir, files: &[(&str, &str)], discard_edits: bool, named: &str) {
    let before = snapshot(package.path());
    let failure = run(package.path(), files, discard_edits).unwrap_err();
    assert_eq!(failure.code, 2);
    assert!(failure.text.contains(named) && failure.text.contains("nothing was written"), "{}", failure.text);
    assert_eq!(snapshot(package.path()), before);
}

#[test]
fn a_new_folder_gets_everything() {
    let parent = tempdir().unwrap();
    let root = parent.path().join("new/client");
    assert!(run(&root, &[(A, "a\n")], false).unwrap());
    let names: Vec<_> = snapshot(&root).into_keys().collect();
    assert_eq!(names, ["Cargo.toml", "codegen.lock", A, "src/lib.rs"]);
}

#[test]
fn a_second_run_touches_nothing() {
    let package = package();
    let before = snapshot(package.path());
    assert!(!run(package.path(), &[(A, "a\n"), (B, "b\n"), ("api.txt", "api\n")], false).unwrap());
    assert_eq!(snapshot(package.path()), before);
}

#[test]
fn line_ends_of_git_are_no_change() {
    let package = package();
    for path in [A, B, "api.txt", "codegen.lock"] {
        let crlf = text(&package, path).unwrap().replace('\n', "\r\n");
        fs::write(package.path().join(path), crlf).unwrap();
    }
    assert!(!run(package.path(), &[(A, "a\n"), (B, "b\n"), ("api.txt", "api\n")], false).unwrap());
    assert!(run(package.path(), &[(A, "new\n"), (B, "b\n"), ("api.txt", "api\n")], false).unwrap());
}

#[test]
fn changes_are_listed_and_made() {
    let package = package();
    let generated = made(&[(A, "a2\n"), ("src/generated/c.rs", "c\n"), ("api.txt", "api\n")]);
    let plan = Plan::new(package.path(), &generated).unwrap();
    assert_eq!(plan.changed, [A]);
    assert_eq!(plan.added, ["src/generated/c.rs"]);
    assert_eq!(plan.removed, [B]);
    assert_eq!(plan.texts(A), Some(("a\n", "a2\n")));
    plan.apply().unwrap();
    assert_eq!((text(&package, A).as_deref(), text(&package, B)), (Some("a2\n"), None));
    assert_eq!(text(&package, "src/extra.rs").as_deref(), Some("mine\n"));
    assert!(!package.path().join("src/generated/types").exists());
    assert!(Plan::new(package.path(), &generated).unwrap().is_current());
}

#[test]
fn scaffold_is_written_once() {
    let package = package();
    fs::write(package.path().join("Cargo.toml"), "mine\n").unwrap();
    fs::remove_file(package.path().join("src/lib.rs")).unwrap();
    assert!(run(package.path(), &[(A, "a\n"), (B, "b\n"), ("api.txt", "api\n")], false).unwrap());
    assert_eq!(text(&package, "Cargo.toml").as_deref(), Some("mine\n"));
    assert_eq!(text(&package, "src/lib.rs").as_deref(), Some("mod generated;\n"));
}

#[test]
fn edits_are_refused_or_discarded() {
    let package = package();
    fs::write(package.path().join(B), "edited\n").unwrap();
    let again = [(A, "a\n"), (B, "b2\n"), ("api.txt", "api\n")];
    refused(&package, &again, false, B);
    refused(&package, &[(A, "a\n"), (B, "b\n"), ("api.txt", "api\n")], false, B);
    refused(&package, &[(A, "a\n")], false, B);
    assert!(run(package.path(), &again, true).unwrap());
    assert_eq!(text(&package, B).as_deref(), Some("b2\n"));
}

#[test]
fn an_edit_that_a_run_would_make_is_none() {
    let package = package();
    fs::write(package.path().join(B), "b2\n").unwrap();
    assert!(run(package.path(), &[(A, "a\n"), (B, "b2\n"), ("api.txt", "api\n")], false).unwrap());
}

#[test]
fn changed_docs_change_one_file() {
    let package = tempdir().unwrap();
    let files = |docs: &'static str| [(A, docs), ("api.txt", "api\n")];
    run(package.path(), &files("/// Old.\npub fn a() {}\n"), false).unwrap();
    let before = snapshot(package.path());
    run(package.path(), &files("/// New.\npub fn a() {}\n"), false).unwrap();
    let after = snapshot(package.path());
    let changed: Vec<_> = after.iter().filter(|(path, (text, _))| before[*path].0 != *text).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].0, A);
}

#[test]
fn files_of_others_are_refused_always() {
    let package = package();
    fs::write(package.path().join("src/generated/notes.rs"), "mine\n").unwrap();
    for discard in [false, true] {
        refused(&package, &[(A, "a\n")], discard, "src/generated/notes.rs");
        refused(&package, &[(A, "a\n"), ("src/generated/notes.rs", "new\n")], discard, "src/generated/notes.rs");
    }
}

#[test]
fn reviewed_files_of_others_are_refused() {
    let package = tempdir().unwrap();
    fs::write(package.path().join("Cargo.toml"), "[package]\n").unwrap();
    fs::write(package.path().join("wire.txt"), "mine\n").unwrap();
    refused(&package, &[(A, "a\n"), ("wire.txt", "GET /\n")], true, "wire.txt");
    refused(&package, &[(A, "a\n")], true, "wire.txt");
}

#[test]
fn a_lost_lock_loses_nothing() {
    let package = package();
    fs::remove_file(package.path().join("codegen.lock")).unwrap();
    refused(&package, &[(A, "a2\n"), (B, "b\n"), ("api.txt", "api\n")], true, A);
    assert!(run(package.path(), &[(A, "a\n"), (B, "b\n"), ("api.txt", "api\n")], false).unwrap());
}

#[test]
fn a_merge_conflict_in_the_lock_is_named() {
    let package = package();
    let lock = text(&package, LOCK).unwrap();
    fs::write(package.path().join(LOCK), format!("<<<<<<< ours\n{lock}>>>>>>> theirs\n")).unwrap();
    fs::write(package.path().join(A), "<<<<<<< ours\n").unwrap();
    let again = [(A, "a2\n"), (B, "b\n"), ("api.txt", "api\n")];
    refused(&package, &again, false, "codegen.lock, line 1");
    assert!(run(package.path(), &again, true).unwrap());
}

#[test]
fn interrupted_runs_are_taken_up() {
    let package = package();
    let generated = made(&[(A, "a2\n"), ("api.txt", "api2\n")]);
    let plan = Plan::new(package.path(), &generated).unwrap();
    let lock = plan.old_lock.and(&plan.new_lock).text();
    // The lock of both runs and the new tree are there, the rest is not; then the documents change again.
    fs::write(package.path().join(LOCK), lock).unwrap();
    folder::replace_tree(&package.path().join("src"), [("a.rs", "a2\n")]).unwrap();
    assert!(run(package.path(), &[(A, "a3\n"), ("api.txt", "api3\n")], false).unwrap());
    assert_eq!(text(&package, "api.txt").as_deref(), Some("api3\n"));
}

#[test]
fn a_folder_of_something_else_is_refused() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "mine\n").unwrap();
    refused(&folder, &[(A, "a\n")], true, "thesis.txt");
    let file = folder.path().join("thesis.txt");
    assert!(run(&file, &[(A, "a\n")], false).is_err());
}

#[test]
fn a_folder_in_a_files_place_is_refused() {
    let package = package();
    fs::remove_file(package.path().join("api.txt")).unwrap();
    fs::create_dir(package.path().join("api.txt")).unwrap();
    refused(&package, &[(A, "a\n")], true, "api.txt");
}

#[test]
fn no_file_is_made_outside() {
    let package = package();
    assert!(run(package.path(), &[("src/generated/../lib.rs", "")], true).is_err());
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_refused() {
    let package = package();
    let elsewhere = tempdir().unwrap();
    fs::write(elsewhere.path().join("mine.rs"), "mine\n").unwrap();
    let tree = package.path().join(TREE);
    fs::remove_dir_all(&tree).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), &tree).unwrap();
    refused(&package, &[(A, "a\n")], true, TREE);
    assert!(elsewhere.path().join("mine.rs").exists());
}

#[cfg(unix)]
#[test]
fn names_that_are_not_text_are_refused() {
    use std::os::unix::ffi::OsStrExt;
    let package = package();
    let name = std::ffi::OsStr::from_bytes(b"src/generated/\xff.rs");
    fs::write(package.path().join(name), "mine\n").unwrap();
    refused(&package, &[(A, "a\n")], true, ".rs");
}
