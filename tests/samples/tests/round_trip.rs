//! In: a small document of the corpus, and the JSON Schema Test Suite. Out: whether the generated types take and give
//! back what the schemas describe. Skipped where the corpus is absent; `cargo xtask samples` tries all of it.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::Source;
use oasmith_samples::client::Workshop;
use oasmith_samples::known::List;
use oasmith_samples::{document, permuted, suite};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Has unions with and without discriminators, enums, nulls and maps.
const DOCUMENT: &str = "matrix-client-server-login-bundled.yaml";

fn list(name: &str) -> List {
    List::read(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// The corpus beside the workspace. Where it is absent, says so past the test runner.
fn corpus() -> Option<PathBuf> {
    let corpus = root().join("../shared/corpus");
    if corpus.exists() {
        return Some(corpus);
    }
    let line =
        "SKIPPED: ../shared/corpus is not there; not checked: whether samples of real schemas come back as they went";
    // A closed standard error is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
    None
}

/// One test, for both build in the same folder: what clients depend on is built once.
#[test]
fn samples_come_back_as_they_went() {
    let Some(corpus) = corpus() else { return };
    let workshop =
        Workshop::new(Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples"), root().join("Cargo.lock"), 1).unwrap();

    let text = fs::read_to_string(corpus.join("specs").join(DOCUMENT)).unwrap();
    let source = Source { name: DOCUMENT.to_owned(), text };
    let outcome = document::run(&source, 50, &workshop).unwrap();
    assert_eq!(outcome.broken, None);
    assert!(outcome.schemas >= 10 && outcome.samples >= 400, "{outcome:?}");
    let known = list("known.toml");
    let new: Vec<_> = outcome.failures.iter().filter(|failure| !known.has(failure)).collect();
    assert!(new.is_empty(), "{new:#?}");
    assert_eq!(permuted::differences(&source), Vec::<String>::new());

    // Unions of objects, with tags that are not required: each variant is built, and lists of a thousand are read.
    let name = "unions-of-real-servers.yaml";
    let text = fs::read_to_string(corpus.join("reality").join(name)).unwrap();
    let source = Source { name: name.to_owned(), text };
    let outcome = document::run(&source, 20, &workshop).unwrap();
    assert_eq!(outcome.broken, None);
    assert!(outcome.built >= 9 && outcome.lists >= 6, "{outcome:?}");
    assert!(outcome.failures.is_empty(), "{:#?}", outcome.failures);
    assert_eq!(permuted::differences(&source), Vec::<String>::new());

    let known = list("suite.toml");
    let outcome = suite::run(&corpus.join("suites/json-schema"), &workshop).unwrap();
    let new: Vec<_> = outcome.failures.iter().filter(|failure| !known.has(failure)).collect();
    assert!(new.is_empty(), "{new:#?}");
    let mended: Vec<_> = known.documents().into_iter().flat_map(|file| known.mended(file, &outcome.failures)).collect();
    assert_eq!(
        mended,
        Vec::<String>::new(),
        "`cargo xtask samples --suite ../shared/corpus/suites/json-schema --shrink`"
    );
    assert_eq!(known.wider(&outcome.wide), Vec::<String>::new());
}
