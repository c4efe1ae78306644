//! In: the vendor's description and the golden cases. Out: whether the files and the report are the same on a second run,
//! with the members of every object in another order, and from another working directory.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::read::tree;
use oasmith::{Diagnostics, Input, Source};
use oasmith_tests::harness::{Case, Run, difference, oasmith, read, root, shuffle};
use std::collections::BTreeSet;
use std::fs;

const SEEDS: [u64; 3] = [1, 0x9E37_79B9_7F4A_7C15, 2026];

/// The golden cases, and what `spec/` describes.
fn inputs() -> Vec<(String, Input)> {
    let source = |path: &str| {
        let text = fs::read_to_string(root().join("spec").join(path)).unwrap();
        Source { name: path.to_owned(), text }
    };
    let vendor = Input {
        documents: vec![source("send-sms-message.yaml")],
        overlays: vec![source("overlays/voximplant.yaml")],
        ..Input::default()
    };
    let golden = Case::all("golden").into_iter().map(|case| (case.name.clone(), case.input()));
    golden.chain([("spec".to_owned(), vendor)]).collect()
}

/// What was found, where; the order of a report follows the text, so it is left out here.
fn found(run: &Run) -> BTreeSet<String> {
    run.found.all().map(|found| format!("{} {} {:?}", found.place.source, found.place.pointer, found.problem)).collect()
}

#[test]
fn a_second_run_gives_the_same() {
    for (name, input) in inputs() {
        let (one, two) = (Run::new(input.clone(), "same"), Run::new(input, "same"));
        assert_eq!(difference(&one.package(), &two.package()), "", "{name}");
        assert_eq!(one.report(), two.report(), "{name}");
    }
}

#[test]
fn the_order_of_members_says_nothing() {
    for (name, input) in inputs() {
        let written = Run::new(input.clone(), "same");
        for seed in SEEDS {
            let shuffled = Run::new(in_another_order(&input, seed), "same");
            assert_eq!(difference(&written.package(), &shuffled.package()), "", "{name}, seed {seed}");
            assert_eq!(found(&written), found(&shuffled), "{name}, seed {seed}");
        }
    }
}

/// The same texts as JSON, the members of each object in another order.
fn in_another_order(input: &Input, seed: u64) -> Input {
    let mut seed = seed;
    let mut text = |source: &Source| {
        let tree = tree::parse(0, source, &mut Diagnostics::default()).unwrap();
        Source { name: source.name.clone(), text: shuffle(&tree, &mut seed).to_string() }
    };
    Input {
        documents: input.documents.iter().map(&mut text).collect(),
        overlays: input.overlays.iter().map(&mut text).collect(),
        referenced: input.referenced.iter().map(&mut text).collect(),
        config: input.config.clone(),
    }
}

#[test]
fn the_working_directory_says_nothing() {
    let temporary = tempfile::tempdir().unwrap();
    let generate = |folder: &str, spec: &str, out: &str| {
        let out = temporary.path().join(out);
        let (document, overlay) = (format!("{spec}send-sms-message.yaml"), format!("{spec}overlays/voximplant.yaml"));
        let out_text = out.to_str().unwrap();
        let arguments = ["generate", &document, "--overlay", &overlay, "--out", out_text, "--name", "same"];
        let run = oasmith(&root().join(folder), &arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        read(&out)
    };
    let (one, two) = (generate(".", "spec/", "one"), generate("spec", "", "two"));
    assert!(one.contains_key("codegen.lock"), "{:?}", one.keys());
    assert_eq!(difference(&one, &two), "");
}
