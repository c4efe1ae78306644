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

/// What is asked of packages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Questions {
    /// How many compilers at a time.
    pub(super) jobs: usize,
    /// Whether their documentation compiles, too.
    pub(super) docs: bool,
    /// Whether each feature of a tag compiles alone, and the rest without any.
    pub(super) features: bool,
}

/// Compiles these packages, which are folders in `folder`, with all of their tags: also as tests use them. Then whatever
/// else is asked.
pub(super) fn check(
    folder: &Path,
    packages: &[String],
    target: &Path,
    questions: Questions,
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
    for task in tasks(folder, packages, questions)? {
        for (package, compiled) in task.run(folder, target, questions.jobs)? {
            // The first task that fails says why.
            let known = found.entry(package).or_insert_with(|| compiled.clone());
            if known.is_ok() {
                *known = compiled;
            }
        }
    }
    Ok(found)
}

/// A run of Cargo.
struct Task<'a> {
    packages: &'a [String],
    arguments: Vec<String>,
}

/// The runs that answer the questions.
fn tasks<'a>(folder: &Path, packages: &'a [String], questions: Questions) -> Result<Vec<Task<'a>>, String> {
    let mut of_tags = BTreeMap::new();
    for package in packages {
        of_tags.insert(package, tags(folder, package)?);
    }
    let full = of_tags.iter().filter(|(_, tags)| !tags.is_empty()).map(|(package, _)| format!("{package}/full"));
    let full = full.collect::<Vec<_>>().join(",");
    let task =
        |packages, words: &[&str]| Task { packages, arguments: words.iter().map(|&one| one.to_owned()).collect() };
    let mut tasks = vec![
        task(packages, &["check", "--workspace", "--features", &full]),
        task(packages, &["check", "--workspace", "--features", &format!("mock,{full}")]),
    ];
    if questions.docs {
        tasks.push(task(packages, &["doc", "--no-deps", "--workspace", "--features", &full]));
    }
    for package in packages.iter().filter(|_| questions.features) {
        let alone = ["check", "--package", package, "--no-default-features", "--features"];
        let tags = of_tags[package].iter().map(String::as_str).chain([""]);
        tasks.extend(tags.map(|tag| task(std::slice::from_ref(package), &[&alone[..], &[tag]].concat())));
    }
    Ok(tasks)
}

/// The features of a package that turn on nothing else: those of its tags, if it has some.
fn tags(folder: &Path, package: &str) -> Result<Vec<String>, String> {
    let path = folder.join(package).join("Cargo.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let lines = text.lines().skip_while(|line| *line != "[features]").skip(1).take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.strip_suffix(" = []")).filter(|name| *name != "mock");
    Ok(names.map(str::to_owned).collect())
}

impl Task<'_> {
    fn run(&self, folder: &Path, target: &Path, jobs: usize) -> Result<BTreeMap<String, Compiled>, String> {
        let words = self.arguments.join(" ");
        eprintln!("cargo {}: {} clients", words.chars().take(100).collect::<String>(), self.packages.len());
        let mut cargo = Command::new(crate::cargo().get_program());
        cargo.args(&self.arguments).args(["--quiet", "--keep-going", "--message-format", "json-diagnostic-short"]);
        cargo.args(["--jobs", &jobs.to_string()]).current_dir(folder).env("CARGO_TARGET_DIR", target);
        let output = cargo.stderr(Stdio::piped()).output().map_err(|error| format!("cannot run cargo: {error}"))?;
        let compiled = read(self.packages, &String::from_utf8_lossy(&output.stdout));
        if !output.status.success() && compiled.values().all(Compiled::is_ok) {
            return Err(format!("cargo {words}: {}", String::from_utf8_lossy(&output.stderr).trim()));
        }
        Ok(compiled)
    }
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
