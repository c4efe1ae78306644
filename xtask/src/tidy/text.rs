//! In: a file's path and text. Out: findings that need no knowledge of Rust: how it opens, how long it is, what it is
//! called, and which folders of somebody's machine it names.

use super::Finding;

const MOST_LINES: usize = 400;

/// Folders of one machine. Written so that this file does not break its own rule.
const MACHINE: [&str; 4] = [concat!("/", "home/"), concat!("/", "root/"), concat!("/", "tmp/"), concat!("/", "Users/")];

/// Kinds of text that people write; an API description may well have a path that begins like a folder of a machine.
const WRITTEN: [&str; 6] = [".rs", ".toml", ".md", ".yml", ".sh", ".ci/run"];

/// Checks a Rust file of ours.
pub(super) fn check_file(path: &str, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut find = |line, rule, text: String| found.push(Finding { path: path.to_owned(), line, rule, text });
    if !text.starts_with("//!") {
        find(1, "opening", "begin the file with `//!`: what goes in and what comes out".to_owned());
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        find(MOST_LINES, "file-length", format!("{lines} lines; split it by concept, at most {MOST_LINES}"));
    }
    let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    if ["util", "utils", "helper", "helpers", "common", "misc"].contains(&name) {
        find(1, "file-name", format!("`{name}.rs` says nothing; name the concept that it holds"));
    }
    found
}

/// Checks any text file that people write.
pub(super) fn check_paths(path: &str, text: &str) -> Vec<Finding> {
    if !WRITTEN.iter().any(|end| path.ends_with(end)) || path.split('/').any(|step| step == "generated") {
        return Vec::new();
    }
    let named = |(index, line): (usize, &str)| {
        let folder = MACHINE.iter().find(|folder| names(line, folder))?;
        let text = format!("`{folder}` is a folder of one machine; use a relative path, or `tempfile` in tests");
        Some(Finding { path: path.to_owned(), line: index + 1, rule: "machine-path", text })
    };
    text.lines().enumerate().filter_map(named).collect()
}

/// Whether the line names a path that begins with this folder, and not one or a URL that has it further in.
fn names(line: &str, folder: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || "._-}/~".contains(c);
    line.match_indices(folder).any(|(at, _)| !line[..at].ends_with(inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        check_file(path, text).into_iter().chain(check_paths(path, text)).map(|finding| finding.rule).collect()
    }

    #[test]
    fn files_open_with_their_purpose() {
        assert_eq!(rules("a.rs", "//! A.\n"), [""; 0]);
        assert_eq!(rules("a.rs", "use b;\n//! A.\n"), ["opening"]);
    }

    #[test]
    fn long_files_are_found() {
        assert_eq!(rules("a.rs", &"//! A.\n".repeat(400)), [""; 0]);
        assert_eq!(rules("a.rs", &"//! A.\n".repeat(401)), ["file-length"]);
    }

    #[test]
    fn empty_names_are_found() {
        assert_eq!(rules("a/util.rs", "//! A.\n"), ["file-name"]);
        assert_eq!(rules("util/a.rs", "//! A.\n"), [""; 0]);
    }

    #[test]
    fn machine_paths_are_found() {
        let home = concat!("/", "home/");
        assert_eq!(check_paths("README.md", &format!("a\nsee {home}me\n"))[0].line, 2);
        assert_eq!(rules("a.rs", &format!("//! \"{home}me\"\n")), ["machine-path"]);
        assert_eq!(rules("a.rs", &format!("//! https://example.com{home}me\n")), [""; 0]);
        assert_eq!(check_paths("spec/a.yaml", &format!("{home}timeline:\n")), []);
    }
}
