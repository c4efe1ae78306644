//! In: the documentation pages beside the workspace, in `../shared` (`corpus/docs-pages/README.md` says what they are).
//! Out: whether the document in each is found and becomes the client that `expected.json` speaks of. Skipped where they
//! are absent; `generator/tests/import.rs` has pages of its own.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::read::{page, tree};
use oasmith::{Diagnostics, Input, Source};
use oasmith_tests::harness::{Run, shared};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn pages() -> Option<(PathBuf, Value)> {
    let folder = shared("corpus/docs-pages", "whether documents are found in documentation pages")?;
    let expected = serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    Some((folder, expected))
}

fn source(folder: &Path, file: &str) -> Source {
    Source { name: file.to_owned(), text: fs::read_to_string(folder.join(file)).unwrap() }
}

fn run(pages: &[Source]) -> Run {
    Run::new(Input { documents: pages.to_vec(), ..Input::default() }, "pages")
}

/// How often this was found.
fn count(run: &Run, code: &str) -> usize {
    run.found.all().filter(|found| found.problem.code() == code).count()
}

/// The operations that `expected.json` has for a page: `GET /v1/parcels`.
fn operations(expected: &Value) -> Vec<String> {
    let text = |operation: &Value, key: &str| operation[key].as_str().unwrap().to_owned();
    let line = |one: &Value| format!("{} {}", text(one, "method").to_uppercase(), text(one, "path"));
    expected["operations"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn documents_in_pages_become_clients() {
    let Some((folder, expected)) = pages() else { return };
    for expected in expected["pages"].as_array().unwrap() {
        let file = expected["file"].as_str().unwrap();
        let page = source(&folder, file);
        if expected["has_openapi_block"] == true { client(&page, expected) } else { refused(&page) }
    }
}

fn client(page: &Source, expected: &Value) {
    let mut found = Diagnostics::default();
    let imported = page::import(page, &mut found).unwrap();
    assert_eq!(found.all().count(), 0, "{}", page.name);
    assert_eq!(imported.operations, operations(expected), "{}", page.name);
    assert_eq!(imported.server, expected["server_from_page_text"].as_str(), "{}", page.name);

    // The document alone reads as it does in its place.
    let document = Source { name: "document.yaml".to_owned(), text: imported.text.to_owned() };
    let alone = tree::parse(0, &document, &mut Diagnostics::default()).unwrap();
    assert_eq!(Some(&alone), tree::parse(0, page, &mut Diagnostics::default()).as_ref(), "{}", page.name);
    assert_eq!(alone["openapi"], expected["openapi"], "{}", page.name);
    for schema in expected["schema_names_not_identifiers"].as_array().unwrap() {
        assert!(alone["components"]["schemas"][schema.as_str().unwrap()].is_object(), "{schema}");
    }

    let run = run(std::slice::from_ref(page));
    let files = run.files();
    let wire: Vec<_> = files["wire.txt"].lines().collect();
    for operation in operations(expected) {
        assert!(wire.contains(&operation.as_str()), "{operation} is not in {wire:?}");
    }
    for status in expected["empty_content_responses"].as_array().unwrap() {
        assert!(wire.iter().any(|line| line.ends_with(status.as_str().unwrap())), "{status} is not in {wire:?}");
    }
    let number = |key: &str| usize::try_from(expected[key].as_u64().unwrap()).unwrap();
    assert_eq!(count(&run, "wrapped-values"), number("enums_with_mapping_items"), "{}", run.report());
    assert_eq!(count(&run, "nested-tag") > 0, expected["nested_tags"] == true, "{}", run.report());
    assert_eq!(count(&run, "no-server") > 0, number("servers") == 0, "{}", run.report());
    // Once for all operations.
    assert_eq!(count(&run, "authorization-header"), operations(expected).len().min(1), "{}", run.report());
    assert_eq!(count(&run, "unknown-member") + count(&run, "misshapen"), 0, "{}", run.report());
    assert_eq!(count(&run, "wide-enum") + count(&run, "broken-ref"), 0, "{}", run.report());

    // Each finding stands at its line of the page.
    for place in run.report().lines().filter_map(|line| line.trim().strip_prefix("--> ")) {
        let line: usize = place.split(':').nth(1).unwrap_or_else(|| panic!("{place} has no line")).parse().unwrap();
        let lines = imported.line..imported.line + imported.text.lines().count();
        assert!(lines.contains(&line), "{place} is not in the document, {lines:?}");
    }
}

fn refused(page: &Source) {
    let mut found = Diagnostics::default();
    assert!(page::import(page, &mut found).is_err());
    let run = run(std::slice::from_ref(page));
    assert!(run.made.is_none());
    assert_eq!(count(&run, "page-without-document"), 1, "{}", run.report());
    assert!(run.report().contains("/llms.txt"), "{}", run.report());
}

#[test]
fn pages_are_merged_and_operations_keep_names_of_their_own() {
    let Some((folder, expected)) = pages() else { return };
    let with_document = |page: &&Value| page["has_openapi_block"] == true;
    let found: Vec<_> = expected["pages"].as_array().unwrap().iter().filter(with_document).collect();
    let sources: Vec<_> = found.iter().map(|page| source(&folder, page["file"].as_str().unwrap())).collect();
    for sources in [sources.clone(), sources.into_iter().rev().collect()] {
        let run = run(&sources);
        let colliding = expected["operation_ids_that_collide_across_pages"].as_array().unwrap().len();
        assert_eq!(count(&run, "duplicate-operation-id"), colliding, "{}", run.report());
        let files = run.files();
        for operation in found.iter().flat_map(|page| operations(page)) {
            assert!(files["wire.txt"].lines().any(|line| line == operation), "{operation} is left out");
        }
        let sends: Vec<_> = files["api.txt"].lines().filter(|line| line.contains("::send() -> ")).collect();
        assert_eq!(sends.len(), found.iter().map(|page| operations(page).len()).sum::<usize>(), "{sends:?}");
    }
}

#[test]
fn the_document_comes_out_byte_for_byte() {
    let Some(folder) = shared("seed", "whether the vendor's document is taken out of its page as it is") else {
        return;
    };
    let page = source(&folder, "send-sms-message.md");
    let imported = page::import(&page, &mut Diagnostics::default()).unwrap();
    assert!(imported.text == source(&folder, "send-sms-message.yaml").text);
    assert_eq!((imported.line, imported.server), (18, None));
}
