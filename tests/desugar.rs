//! In: `tests/desugar/<rule>/before.yaml`, schemas as authors write them. Out: whether `after.yaml` holds the same in the
//! core language: what `oasmith print --stage core` shows.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::read::tree;
use oasmith::{Diagnostics, Input, Options, Source, Stage};
use oasmith_tests::harness::{Case, Files, compare, difference, root};
use std::fs;

/// The schemas of a case in the core language.
fn desugar(case: &Case) -> String {
    let before = case.text("before.yaml").unwrap_or_else(|| panic!("{} has no before.yaml", case.name));
    let head = "openapi: 3.1.0\ninfo: {title: Schemas, version: 1.0.0}\npaths: {}\ncomponents:\n  schemas:\n";
    let lines = before.lines().map(|line| format!("    {line}\n"));
    let text = head.to_owned() + &lines.collect::<String>();
    let input = Input { documents: vec![Source { name: "before.yaml".into(), text }], ..Input::default() };
    let options = Options { package: "desugar".into(), ..Options::default() };
    let mut found = Diagnostics::default();
    let Ok(core) = oasmith::print(&input, &options, Stage::Core, &mut found) else {
        panic!("{} is rejected:\n{}", case.name, oasmith::report::render(&input, &found, None, false))
    };
    let core = Source { name: "core.yaml".into(), text: core };
    let core = tree::parse(0, &core, &mut Diagnostics::default()).unwrap();
    tree::to_yaml(&core["components"]["schemas"])
}

#[test]
fn rules_rewrite_as_shown() {
    let mut wrong = String::new();
    for case in Case::all("desugar") {
        let after = desugar(&case);
        let text = |file: &str| case.text(file).unwrap_or_default();
        if oasmith_tests::harness::blesses() {
            let files = [("before.yaml", text("before.yaml")), ("after.yaml", after)];
            compare(&case.folder, &Files::from(files.map(|(file, text)| (file.to_owned(), text))));
        } else {
            let one = |text| Files::from([(format!("tests/desugar/{}/after.yaml", case.name), text)]);
            wrong += &difference(&one(text("after.yaml")), &one(after));
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nIf today's is right, run: cargo xtask bless");
}

/// The list of rules is read from the source, so that none is forgotten.
#[test]
fn every_rule_is_shown() {
    let source = fs::read_to_string(root().join("generator/src/read/desugar.rs")).unwrap();
    let list = source.split_once("const SCHEMA: &[Rule] = &[").unwrap().1.split_once("];").unwrap().0;
    let rule = |line: &str| line.trim().trim_end_matches(',').rsplit("::").next().unwrap().replace('_', "-");
    let mut rules: Vec<_> = list.lines().filter(|line| line.contains("::")).map(rule).collect();
    rules.sort();
    let shown: Vec<_> = Case::all("desugar").into_iter().map(|case| case.name).collect();
    assert_eq!(shown, rules, "tests/desugar has not one folder for each rule for schemas");
}
