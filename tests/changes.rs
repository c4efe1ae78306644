//! In: small changes of the vendor's description. Out: whether they are small changes of the generated client.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::{Input, Source};
use oasmith_tests::harness::{Files, Run, root};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeMap;
use std::fs;

const OPERATIONS: &str = "src/generated/operations/sms.rs";

/// The files generated from the vendor's description after `old` was replaced by `new` in it.
fn generate(old: &str, new: &str) -> Files {
    let read = |path: &str| fs::read_to_string(root().join("spec").join(path)).unwrap();
    let text = read("send-sms-message.yaml");
    assert_eq!(text.matches(old).count(), 1, "`{old}` is not once in the description");
    let source = |text| Source { name: "spec".to_owned(), text };
    let input = Input {
        documents: vec![source(text.replace(old, new))],
        overlays: vec![source(read("overlays/voximplant.yaml"))],
        ..Input::default()
    };
    let run = Run::new(input, "voximplant-client");
    assert!(run.made.is_some(), "{}", run.report());
    run.files()
}

/// How one file changed: the number of hunks, and the lines that went and came.
#[derive(Default)]
struct Change {
    hunks: usize,
    removed: Vec<String>,
    added: Vec<String>,
}

/// The files that changed.
fn changes(old: &Files, new: &Files) -> BTreeMap<String, Change> {
    assert!(old.keys().eq(new.keys()), "files came or went");
    let mut changes = BTreeMap::new();
    for (path, old) in old.iter().filter(|(path, text)| new[*path] != **text) {
        let diff = TextDiff::from_lines(old.as_str(), new[path].as_str());
        let mut change = Change { hunks: diff.grouped_ops(3).len(), ..Change::default() };
        for line in diff.iter_all_changes() {
            let text = line.to_string().trim_end().to_owned();
            match line.tag() {
                ChangeTag::Delete => change.removed.push(text),
                ChangeTag::Insert => change.added.push(text),
                ChangeTag::Equal => {}
            }
        }
        changes.insert(path.clone(), change);
    }
    changes
}

const DESCRIPTION: &str = "description: The destination phone number";

#[test]
fn a_changed_description_is_one_hunk() {
    let before = generate(DESCRIPTION, DESCRIPTION);
    let after = generate(DESCRIPTION, "description: Whom to write to");
    let changes = changes(&before, &after);
    assert_eq!(changes.keys().collect::<Vec<_>>(), [OPERATIONS]);
    let change = &changes[OPERATIONS];
    assert_eq!(change.hunks, 1);
    assert_eq!(change.removed, ["    /// The destination phone number"]);
    assert_eq!(change.added, ["    /// Whom to write to"]);
}

#[test]
fn an_optional_parameter_is_its_setter_and_one_line_to_review() {
    let before = generate(DESCRIPTION, DESCRIPTION);
    let parameter = "        - name: store_body\n";
    let new = "        - {name: delay, in: query, required: false, schema: {type: integer}}\n";
    let after = generate(parameter, &format!("{new}{parameter}"));
    let changes = changes(&before, &after);
    assert_eq!(changes.keys().collect::<Vec<_>>(), ["api.txt", OPERATIONS, "wire.txt"]);
    let lines = |path: &str| (changes[path].removed.clone(), changes[path].added.clone());
    let line = |text: &str| (Vec::new(), vec![text.to_owned()]);
    assert_eq!(lines("api.txt"), line("operations::sms::SendSmsMessage::delay(i64)"));
    assert_eq!(lines("wire.txt"), line("POST /SendSmsMessage query delay: integer(int64)"));

    assert_eq!(lines(OPERATIONS), line("    delay: i64 = query(\"delay\", Style::Form, true),"));
}
