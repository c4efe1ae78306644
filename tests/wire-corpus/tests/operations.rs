//! In: small documents of the corpus. Out: whether every operation of their clients is right on the wire. Skipped where
//! the corpus is absent; `cargo xtask wire` tries all of it.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::Source;
use oasmith_samples::client::Workshop;
use oasmith_samples::known::List;
use oasmith_wire::document;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// They have parameters in path, query and header, JSON and other bodies, credentials, and answers of every kind.
const DOCUMENTS: [&str; 2] = ["swagger-petstore.yaml", "matrix-client-server-content-repo-bundled.yaml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// The corpus beside the workspace. Where it is absent, says so past the test runner.
fn corpus() -> Option<PathBuf> {
    let corpus = root().join("../shared/corpus");
    if corpus.exists() {
        return Some(corpus);
    }
    let line = "SKIPPED: ../shared/corpus is not there; not checked: whether operations are right on the wire";
    // A closed standard error is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
    None
}

#[test]
fn operations_are_right_on_the_wire() {
    let Some(corpus) = corpus() else { return };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire");
    let workshop = Workshop::new(folder, root().join("Cargo.lock"), 1).unwrap();
    let known = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("known.toml")).unwrap();
    let known = List::read(&known).unwrap();
    for name in DOCUMENTS {
        let text = fs::read_to_string(corpus.join("specs").join(name)).unwrap();
        let outcome = document::run(&Source { name: name.to_owned(), text }, &workshop).unwrap();
        assert_eq!(outcome.broken, None);
        let new: Vec<_> = outcome.failures.iter().filter(|failure| !known.has(failure)).collect();
        assert!(new.is_empty(), "{new:#?}");
        assert!(outcome.right >= 8 && outcome.calls >= 50, "{outcome:?}");
        assert_eq!(known.mended(name, &outcome.failures), Vec::<String>::new());
    }
}
