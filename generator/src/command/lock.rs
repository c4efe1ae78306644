//! In: the text of a `codegen.lock`, or files about to be written. Out: `Lock`, which knows what oasmith wrote, so
//! that it can tell its own files from files edited by hand and from files of others.
//!
//! A hash covers a file's lines except doc lines (`///` and `//!`): a changed description then changes the one file
//! that shows it and not the lock as well. The price: an edit by hand of nothing but docs is overwritten unnoticed.

use oasmith::File;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The lock's own path in the package's folder.
pub(crate) const LOCK: &str = "codegen.lock";
/// The folder that the generator owns whole.
pub(crate) const TREE: &str = "src/generated";

const COMMENT: &str = "# Written by oasmith, so that it can tell its own files from edited ones. Do not edit.";

/// What oasmith wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    /// The version of oasmith that wrote it.
    version: String,
    /// Path and hash. A path may have two hashes while a run is under way: those before and after it.
    written: BTreeSet<(String, String)>,
}

impl Lock {
    /// The lock for these files, written by this version of oasmith.
    pub(crate) fn of(files: &[File]) -> Self {
        let written = files.iter().map(|file| (file.path.clone(), hash(&file.text))).collect();
        Self { version: env!("CARGO_PKG_VERSION").to_owned(), written }
    }

    /// Reads a lock; beside it the number of the first line that is not one of a lock, when there is such a line
    /// (a merge conflict leaves some). All other lines count.
    pub(crate) fn parse(text: &str) -> (Self, Option<usize>) {
        let mut lock = Self::default();
        let mut wrong = None;
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(version) = line.strip_prefix("oasmith ") {
                lock.version = version.to_owned();
            } else if let Some((hash, path)) = line.split_once("  ").filter(|(hash, path)| is_entry(hash, path)) {
                lock.written.insert((path.to_owned(), hash.to_owned()));
            } else {
                wrong = wrong.or(Some(index + 1));
            }
        }
        (lock, wrong)
    }

    /// What either of the two wrote: true at every moment between them.
    pub(crate) fn and(&self, later: &Self) -> Self {
        Self { version: later.version.clone(), written: self.written.union(&later.written).cloned().collect() }
    }

    /// Whether oasmith wrote a file of this path.
    pub(crate) fn knows(&self, path: &str) -> bool {
        self.written.iter().any(|(known, _)| known == path)
    }

    /// Whether oasmith wrote this very text (doc lines aside).
    pub(crate) fn wrote(&self, path: &str, text: &str) -> bool {
        self.written.contains(&(path.to_owned(), hash(text)))
    }

    /// The file's text, sorted by path.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("{COMMENT}\noasmith {}\n", self.version);
        for (path, hash) in &self.written {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{hash}  {path}");
        }
        text
    }
}

/// Whether a path, relative to the package's folder, is one that the generator owns. A lock can name no other: it
/// must never lead to a file elsewhere.
pub(crate) fn is_owned(path: &str) -> bool {
    let inside = |rest: &str| rest.split('/').all(|step| !matches!(step, "" | "." | "..")) && !rest.contains('\\');
    matches!(path, "api.txt" | "wire.txt")
        || path.strip_prefix(TREE).and_then(|rest| rest.strip_prefix('/')).is_some_and(inside)
}

fn is_entry(hash: &str, path: &str) -> bool {
    hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) && is_owned(path)
}

/// SHA-256, in hexadecimal, of the lines that are not docs, whatever their line ends.
fn hash(text: &str) -> String {
    let mut hasher = Sha256::new();
    let is_doc = |line: &&str| line.trim_start().starts_with("///") || line.trim_start().starts_with("//!");
    for line in text.lines().filter(|line| !is_doc(line)) {
        hasher.update(line);
        hasher.update("\n");
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn the_text_round_trips_sorted() {
        let lock = Lock::of(&[file("wire.txt", "b\n"), file("src/generated/mod.rs", "a\n")]);
        let text = lock.text();
        assert_eq!(Lock::parse(&text), (lock, None));
        let paths: Vec<_> = text.lines().skip(2).map(|line| &line[66..]).collect();
        assert_eq!(paths, ["src/generated/mod.rs", "wire.txt"]);
        assert!(text.starts_with("# ") && text.contains("\noasmith "));
    }

    #[test]
    fn docs_and_line_ends_do_not_count() {
        let lock = Lock::of(&[file("src/generated/a.rs", "//! A.\n    /// B.\npub fn a() {}\n")]);
        assert!(lock.wrote("src/generated/a.rs", "//! C.\r\npub fn a() {}\r\n"));
        assert!(!lock.wrote("src/generated/a.rs", "//! A.\n    /// B.\npub fn b() {}\n"));
        assert!(!lock.wrote("src/generated/b.rs", "pub fn a() {}\n"));
    }

    #[test]
    fn lines_of_a_merge_conflict_are_found() {
        let ours = Lock::of(&[file("api.txt", "a\n")]).text();
        let (lock, wrong) = Lock::parse(&format!("{COMMENT}\n<<<<<<< ours\n{ours}>>>>>>> theirs\n"));
        assert_eq!(wrong, Some(2));
        assert!(lock.knows("api.txt"));
    }

    #[test]
    fn no_path_leads_elsewhere() {
        for path in ["src/lib.rs", "src/generated/../lib.rs", "/etc/passwd", "src/generated/", "../api.txt"] {
            let (lock, wrong) = Lock::parse(&format!("{}  {path}\n", "0".repeat(64)));
            assert!(!lock.knows(path) && wrong.is_some(), "{path}");
        }
    }
}
