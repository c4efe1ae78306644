//! In: the overlay cases beside the workspace, in `../shared/corpus/suites/overlay` (its README says where they are
//! from). Out: whether oasmith judges and applies each of them as expected. Skipped where the cases are absent.

#![allow(clippy::unwrap_used)] // A case that cannot be read should end the test.

use oasmith::diagnostic::Diagnostics;
use oasmith::read::{overlay, tree};
use oasmith::source::Source;
use oasmith_tests::harness::shared;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// The cases that oasmith decides otherwise, and why.
const DEVIATIONS: [(&str, &str); 16] = [
    (
        "o035",
        "uses `.x-oai-traits`: RFC 9535 has no hyphens in short names, though an example of the specification has",
    ),
    ("o069", "as o035"),
    ("o119", "the target `info.version` is no JSONPath: an error, not a silent nothing"),
    ("o120", "a wrong JSONPath is an error, not a silent nothing"),
    ("o121", "what is no overlay is an error, not a silent nothing"),
    ("o122", "as o121"),
    ("o124", "an overlay without actions is an error, as in the specification's schema"),
    ("o125", "uses the operator `~`, which RFC 9535 does not have"),
    ("o126", "as o125"),
    ("o127", "as s01"),
    ("o134", "`update` and `copy` in one action are an error, not a silent nothing"),
    ("s01", "a value of another kind does not replace: Overlay 1.0 asks for compatible values, 1.1 for an error"),
    ("s02", "as s01"),
    ("s03", "as s01"),
    ("s16", "as s01"),
    ("s17", "as s01"),
];

/// What one case says.
struct Case {
    id: String,
    kind: String,
    /// In lax mode, a target that selects nothing is not an error.
    lax: bool,
    document: String,
    overlay: String,
    expected: String,
}

fn folder() -> Option<PathBuf> {
    shared("corpus/suites/overlay", "whether overlays do what the suites of others expect")
}

/// The cases of `cases.tsv`, with the files that they name read in.
fn cases_of_files(folder: &std::path::Path) -> Vec<Case> {
    let read =
        |path: &str| if path.is_empty() { String::new() } else { fs::read_to_string(folder.join(path)).unwrap() };
    let table = read("cases.tsv");
    let rows = table.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    // 1.2 is a draft, which oasmith refuses as a whole.
    let rows = rows.filter(|row| row[4] != "v1.2-dev");
    rows.map(|row| Case {
        id: row[0].into(),
        kind: row[2].into(),
        lax: row[3] == "lax",
        document: read(row[5]),
        overlay: read(row[6]),
        expected: read(row[7]),
    })
    .collect()
}

/// The cases of `speakeasy/inline-cases.json`.
fn cases_inline(folder: &std::path::Path) -> Vec<Case> {
    let text = fs::read_to_string(folder.join("speakeasy/inline-cases.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let case = |case: &Value| {
        let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let kind = if case.get("expected").is_some() { "apply" } else { "apply-error" };
        Case {
            id: text("id"),
            kind: kind.into(),
            lax: text("mode") == "lax",
            document: text("input"),
            overlay: text("overlay"),
            expected: text("expected"),
        }
    };
    file["cases"].as_array().unwrap().iter().map(case).collect()
}

fn parse(text: &str, sink: &mut Diagnostics) -> Option<Value> {
    tree::parse(0, &Source { name: "case.yaml".into(), text: text.into() }, sink)
}

/// Whether a case comes out as expected; if not, what came out.
fn check(case: &Case) -> Result<(), String> {
    let mut sink = Diagnostics::default();
    let document = if case.document.is_empty() {
        Some(Value::Object(Default::default()))
    } else {
        parse(&case.document, &mut sink)
    };
    let overlay = parse(&case.overlay, &mut sink);
    let mut tree = document.ok_or("the document cannot be read")?;
    if let Some(overlay) = overlay {
        overlay::apply(&mut tree, &overlay, 1, &mut sink);
    }
    // The cases that are judged by the schema alone have no document to match.
    let schema_only = case.kind.starts_with("document-");
    let of_document = ["overlay-no-match", "overlay-mismatch", "overlay-no-effect"];
    let lenient = |code: &str| (case.lax && code == "overlay-no-match") || (schema_only && of_document.contains(&code));
    let found: Vec<_> = sink.all().map(|found| found.problem.wording()).filter(|found| !lenient(found.code)).collect();
    match case.kind.as_str() {
        "apply" if found.is_empty() => {
            let expected = parse(&case.expected, &mut Diagnostics::default());
            if expected.as_ref() == Some(&tree) { Ok(()) } else { Err(format!("gave {tree}")) }
        }
        "apply-ok" | "document-valid" if found.is_empty() => Ok(()),
        "apply-error" | "document-invalid" if !found.is_empty() => Ok(()),
        _ => Err(format!("{} found {found:?}", case.kind)),
    }
}

#[test]
fn overlays_are_judged_and_applied_as_expected() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    let mut passed = 0;
    for case in cases_of_files(&folder).iter().chain(&cases_inline(&folder)) {
        let deviates = DEVIATIONS.iter().any(|(id, _)| *id == case.id);
        match check(case) {
            Ok(()) if deviates => wrong.push(format!("{}: passes, so it is no deviation", case.id)),
            Ok(()) => passed += 1,
            Err(_) if deviates => {}
            Err(reason) => wrong.push(format!("{}: {reason}", case.id)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    eprintln!("{passed} cases pass, {} are decided otherwise", DEVIATIONS.len());
}
