//! In: generated packages. Out: what the compiler and rustdoc say about each, all of them members of one workspace so
//! that what they depend on is compiled once.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the compiler says about a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Compiled {
    /// Whether the compiler came to its end with it.
    done: bool,
    errors: usize,
    warnings: usize,
    /// The first error, or else the first warning.
    first: Option<String>,
}

impl Compiled {
    /// Whether it compiles, and without a warning.
    pub(super) fn is_ok(&self) -> bool {
        self.done && self.errors == 0 && self.warnings == 0
    }

    /// In a few words.
    pub(super) fn text(&self) -> String {
        let first = self.first.as_deref().unwrap_or_default();
        match (self.is_ok(), self.errors, self.warnings) {
            (true, ..) => "compiles".to_owned(),
            (false, 0, warnings) if self.done => format!("{warnings} WARNINGS: {first}"),
            (false, 0, _) => "NOT COMPILED".to_owned(),
            (false, errors, _) => format!("{errors} ERRORS: {first}"),
        }
    }

    fn add(&mut self, message: &Value) {
        let text = message["rendered"].as_str().or(message["message"].as_str()).unwrap_or_default();
        let text = text.lines().next().unwrap_or_default().to_owned();
        // The compiler ends with a count of its errors, which has no place of its own.
        let placed = message["spans"].as_array().is_some_and(|spans| !spans.is_empty());
        match message["level"].as_str() {
            Some("error") if placed || self.errors == 0 => {
                self.first = self.first.take().filter(|_| self.errors > 0).or(Some(text));
                self.errors += 1;
            }
            Some("warning") if placed => {
                self.first = self.first.take().or(Some(text));
                self.warnings += 1;
            }
            _ => {}
        }
    }
}

/// What is asked of every package: that it compiles, also as tests use it, and with `--docs` that its documentation does.
const CHECK: &[&str] = &["check"];
const MOCK: &[&str] = &["check", "--features", "mock"];
const DOCS: &[&str] = &["doc", "--no-deps"];

/// Compiles these packages, which are folders in `folder`; and their documentation, where `docs` asks for it.
pub(super) fn check(
    folder: &Path,
    packages: &[String],
    target: &Path,
    jobs: usize,
    docs: bool,
) -> Result<BTreeMap<String, Compiled>, String> {
    let mut found: BTreeMap<String, Compiled> = BTreeMap::new();
    if packages.is_empty() {
        return Ok(found);
    }
    let members: Vec<_> = packages.iter().map(|package| format!("    {package:?},\n")).collect();
    // What helps to find errors while a program runs is of no use here, and takes gigabytes.
    let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n{profile}", members.concat());
    let write = |error| format!("cannot write in {}: {error}", folder.display());
    std::fs::write(folder.join("Cargo.toml"), manifest).map_err(write)?;
    // The same packages as those of this workspace.
    std::fs::copy(crate::root().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(write)?;
    for task in [Some(CHECK), Some(MOCK), docs.then_some(DOCS)].into_iter().flatten() {
        eprintln!("cargo {}: {} clients", task.join(" "), packages.len());
        let mut cargo = Command::new(crate::cargo().get_program());
        cargo.args(task).args(["--quiet", "--workspace", "--keep-going", "--message-format", "json-diagnostic-short"]);
        cargo.args(["--jobs", &jobs.to_string()]).current_dir(folder).env("CARGO_TARGET_DIR", target);
        let output = cargo.stderr(Stdio::piped()).output().map_err(|error| format!("cannot run cargo: {error}"))?;
        let compiled = read(packages, &String::from_utf8_lossy(&output.stdout));
        if !output.status.success() && compiled.values().all(Compiled::is_ok) {
            let told = String::from_utf8_lossy(&output.stderr);
            return Err(format!("cargo {}: {}", task.join(" "), told.trim()));
        }
        for (package, compiled) in compiled {
            // The first task that fails says why.
            let known = found.entry(package).or_insert_with(|| compiled.clone());
            if known.is_ok() {
                *known = compiled;
            }
        }
    }
    Ok(found)
}

/// Reads Cargo's messages (The Cargo Book, "External tools", JSON messages).
fn read(packages: &[String], messages: &str) -> BTreeMap<String, Compiled> {
    let new = |package: &String| (package.replace('-', "_"), (package.clone(), Compiled::default()));
    let mut found: BTreeMap<_, _> = packages.iter().map(new).collect();
    for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let name = message["target"]["name"].as_str().unwrap_or_default();
        let Some((_, compiled)) = found.get_mut(name) else { continue };
        match message["reason"].as_str() {
            Some("compiler-message") => compiled.add(&message["message"]),
            Some("compiler-artifact") => compiled.done = true,
            _ => {}
        }
    }
    found.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(name: &str, level: &str, text: &str) -> String {
        let spans = if text.starts_with("aborting") { "[]" } else { "[{}]" };
        format!(
            r#"{{"reason":"compiler-message","target":{{"name":"{name}"}},"message":{{"level":"{level}","message":"{text}","spans":{spans}}}}}"#
        )
    }

    #[test]
    fn messages_are_counted_by_package() {
        let done = |name: &str| format!(r#"{{"reason":"compiler-artifact","target":{{"name":"{name}"}}}}"#);
        let messages = [
            message("doc_a", "warning", "w"),
            message("doc_a", "error", "e1"),
            message("doc_a", "error", "e2"),
            message("doc_a", "error", "aborting due to 2 previous errors"),
            message("doc_b", "warning", "w"),
            done("doc_b"),
            done("http"),
            done("doc_c"),
        ];
        let packages = ["doc-a", "doc-b", "doc-c", "doc-d"].map(str::to_owned);
        let texts: Vec<_> = read(&packages, &messages.join("\n")).values().map(Compiled::text).collect();
        assert_eq!(texts, ["2 ERRORS: e1", "1 WARNINGS: w", "compiles", "NOT COMPILED"]);
    }
}
