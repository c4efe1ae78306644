//! In: a folder of expected files, and what came out. Out: a panic with a readable difference, or, when results are
//! blessed, the folder as it now has to be.

use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Texts by their paths, relative, with `/` between folders.
pub type Files = BTreeMap<String, String>;

/// Compares a folder with what it should hold; writes it when results are blessed.
#[track_caller]
pub fn compare(folder: &Path, results: &Files) {
    if super::blesses() {
        return bless(folder, results);
    }
    let expected = read(folder);
    let difference = difference(&expected, results);
    let folder = folder.strip_prefix(super::root()).unwrap_or(folder).display();
    assert!(
        difference.is_empty(),
        "{folder} is not what comes out today (-: expected, +: today):\n{difference}\nIf today's is right, run: \
         cargo xtask bless"
    );
}

/// The files that differ, as unified diffs; empty if there are none.
pub fn difference(expected: &Files, results: &Files) -> String {
    let paths: BTreeSet<&String> = expected.keys().chain(results.keys()).collect();
    let mut shown = String::new();
    for path in paths {
        let text = |files: &Files| files.get(path).cloned();
        let (old, new) = (text(expected), text(results));
        if old == new {
            continue;
        }
        let note = match (&old, &new) {
            (None, _) => " (no file is expected)",
            (_, None) => " (no file comes out)",
            _ => "",
        };
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let diff = TextDiff::from_lines(old.as_str(), new.as_str());
        writeln!(shown, "{path}{note}\n{}", diff.unified_diff().context_radius(2)).unwrap();
    }
    shown
}

fn bless(folder: &Path, results: &Files) {
    let old = read(folder);
    for path in old.keys().filter(|path| !results.contains_key(*path)) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, text) in results.iter().filter(|(path, text)| old.get(*path) != Some(*text)) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Every file below a folder; none if it is absent.
pub fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    let Ok(entries) = fs::read_dir(folder) else { return files };
    for entry in entries {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            files.extend(read(&entry.path()).into_iter().map(|(inner, text)| (format!("{name}/{inner}"), text)));
        } else {
            // Git may have checked the file out with the line ends of Windows.
            files.insert(name, fs::read_to_string(entry.path()).unwrap().replace("\r\n", "\n"));
        }
    }
    files
}
