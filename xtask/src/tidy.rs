//! In: the project's files. Out: every place that breaks a rule of the house, with the rule and what to do.

mod arrows;
mod module;
mod syntax;
mod text;

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Check the rules of the house
#[derive(clap::Args)]
pub(crate) struct Tidy {}

/// A place that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// The file, from the workspace's folder.
    path: String,
    /// The line, from 1.
    line: usize,
    /// The rule's name.
    rule: &'static str,
    /// What is there and what to do.
    text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path, self.line, self.rule, self.text)
    }
}

impl Tidy {
    /// Prints all findings; the exit code says whether there are any.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let root = crate::root();
        let mut found = BTreeSet::new();
        let mut count = 0;
        for path in files(&root)? {
            // Deleted but not committed, or not text: nothing to check.
            if let Ok(text) = std::fs::read_to_string(root.join(&path)) {
                found.extend(check(&path, &text));
                count += 1;
            }
        }
        found.iter().for_each(|finding| println!("{finding}"));
        println!("tidy: {count} files, {} findings", found.len());
        Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// All findings in one file.
fn check(path: &str, text: &str) -> Vec<Finding> {
    let mut found = text::check_paths(path, text);
    if is_ours(path) {
        found.extend(text::check_file(path, text));
        if !is_test(path) {
            found.extend(syntax::check(path, text));
        }
    }
    found
}

/// The files that Git tracks or would track, from the workspace's folder.
fn files(root: &Path) -> Result<Vec<String>, String> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let output = git.output().map_err(|error| format!("cannot run git: {error}"))?;
    if !output.status.success() {
        return Err(format!("git ls-files: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    let names = String::from_utf8_lossy(&output.stdout);
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// Whether a person wrote this Rust file for this project: not a generated one, and not a case that a test compiles.
fn is_ours(path: &str) -> bool {
    const NOT_OURS: [&str; 4] = ["generated", "golden", "expected", "ui"];
    path.ends_with(".rs") && !path.split('/').any(|step| NOT_OURS.contains(&step))
}

/// Whether the whole file is test code.
fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.split('/').any(|step| step == "tests" || step == "benches")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_say_where() {
        let path = "generator/src/a.rs";
        let found = check(path, "fn a() { b.unwrap() }\n");
        let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].starts_with("generator/src/a.rs:1: opening: "), "{lines:?}");
        assert!(lines[1].starts_with("generator/src/a.rs:1: panics: "), "{lines:?}");
    }

    #[test]
    fn what_is_not_ours_is_left_alone() {
        for path in ["generated-client/src/generated/mod.rs", "tests/golden/a/expected/b.rs", "tests/ui/c.rs", "a.yaml"]
        {
            assert_eq!(check(path, "fn a() { b.unwrap() }\n"), []);
        }
        assert_eq!(check("tests/golden.rs", "//! A.\nfn a() { b.unwrap() }\n"), []);
    }
}
