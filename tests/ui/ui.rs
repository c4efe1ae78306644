//! In: `pass/*.rs` and `fail/*.rs`, programs that use the generated client. Out: whether the former compile and run, and
//! the latter are refused in the compiler's words of `fail/*.stderr`.

#![allow(missing_docs, clippy::unwrap_used)]

use std::io::Write;
use std::process::Command;

/// The release of Rust whose words `fail/*.stderr` holds; another one says the same in other words.
const BLESSED_WITH: &str = "rustc 1.95.";

#[test]
fn programs_compile_or_are_refused_as_shown() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = String::from_utf8(Command::new(rustc).arg("--version").output().unwrap().stdout).unwrap();
    if version.starts_with(BLESSED_WITH) {
        cases.compile_fail("fail/*.rs");
    } else {
        // Not `eprintln!`, which the test runner keeps to itself when the test passes.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: the texts are of {BLESSED_WITH}*, this is {}; not checked: that tests/ui/fail/*.rs are refused",
            version.trim()
        );
    }
    // It runs them when it goes.
    drop(cases);

    // What matters most: what is said to somebody who forgot a required parameter.
    let said = std::fs::read_to_string("fail/missing_source.stderr").unwrap();
    assert!(said.contains("the required parameter `source` is not set"), "{said}");
    assert!(!said.contains("the required parameter `destination`"), "{said}");
    let said = std::fs::read_to_string("fail/missing_property.stderr").unwrap();
    assert!(said.contains("the required property `source` is not set"), "{said}");
    assert!(!said.contains("the required property `text`"), "{said}");
}
