//! In: `docs/mapping.md` and the golden cases. Out: whether each case has its row there, and each link leads somewhere.

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
