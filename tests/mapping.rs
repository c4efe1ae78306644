//! In: `docs/mapping.md`, the golden cases and the tests. Out: whether each case has its row there, and whether each link
//! and each name of a test leads somewhere.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith_tests::harness::{Case, root};
use std::fs;

#[test]
fn every_golden_case_is_explained() {
    let page = fs::read_to_string(root().join("docs/mapping.md")).unwrap();
    for Case { name, .. } in Case::all("golden") {
        let link = format!("[{name}](../tests/golden/{name}/");
        assert_eq!(page.matches(&link).count(), 1, "docs/mapping.md should link {name} once");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let page = fs::read_to_string(root().join("docs/mapping.md")).unwrap();
    let links = page.split("](").skip(1).map(|rest| rest.split_once(')').unwrap().0);
    for link in links.filter(|link| link.starts_with("../")) {
        assert!(root().join("docs").join(link).exists(), "docs/mapping.md links {link}");
    }
}

#[test]
fn every_proof_is_a_test() {
    let page = fs::read_to_string(root().join("docs/mapping.md")).unwrap();
    let section = page.split_once("\n## Proven\n").unwrap().1.split_once("\n## ").unwrap().0;
    let rows: Vec<_> = section.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 10, "{rows:?}");
    for row in rows {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        for test in tests.split(", ") {
            let (file, name) = test.trim_matches('`').split_once("::").unwrap();
            let source = fs::read_to_string(root().join("tests").join(format!("{file}.rs"))).unwrap();
            // The golden cases are a list of their names.
            let found = source.contains(&format!("fn {name}()")) || source.contains(&format!("\n    {name}\n"));
            assert!(found, "there is no test {test}");
        }
    }
}
