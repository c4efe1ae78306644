//! In: a folder of cases, `tests/<kind>/<name>/`. Out: each `Case`, with the texts that the generator reads.

use super::compare::Files;
use oasmith::{Input, Options, Source};
use std::fs;
use std::path::PathBuf;

/// One case: a folder that shows one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    /// The folder's name.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
}

impl Case {
    /// The case of this kind (`golden`) and name.
    pub fn named(kind: &str, name: &str) -> Self {
        let folder = super::root().join("tests").join(kind).join(name);
        Self { name: name.to_owned(), folder }
    }

    /// Every case of this kind, sorted by name.
    pub fn all(kind: &str) -> Vec<Self> {
        let folder = super::root().join("tests").join(kind);
        let mut names: Vec<_> = fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()))
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().unwrap().is_dir())
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names.iter().map(|name| Self::named(kind, name)).collect()
    }

    /// The text of a file, if the case has it.
    pub fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(file)).ok()
    }

    /// `spec.yaml` or `spec.json`, `overlay.yaml` if there is one, and what the document refers to.
    pub fn input(&self) -> Input {
        let source = |file: &str| self.text(file).map(|text| Source { name: file.to_owned(), text });
        let document = source("spec.yaml").or_else(|| source("spec.json"));
        let document = document.unwrap_or_else(|| panic!("{} has no spec.yaml", self.folder.display()));
        let overlays = source("overlay.yaml").into_iter().collect();
        let mut input = Input { documents: vec![document], overlays, ..Input::default() };
        loop {
            let read: Vec<_> = oasmith::read::wanted(&input).iter().filter_map(|name| source(name)).collect();
            if read.is_empty() {
                return input;
            }
            input.referenced.extend(read);
        }
    }

    /// What `options.toml` says under which options the client `package` is generated, if the case has one.
    pub fn options(&self, package: &str) -> Options {
        let text = self.text("options.toml").unwrap_or_default();
        toml::from_str(&format!("package = {package:?}\n{text}")).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Compares the results with the case's folder `expected`, or writes them there.
    pub fn compare(&self, results: &Files) {
        super::compare(&self.folder.join("expected"), results);
    }
}

/// Refuses a list of cases that is not that of the folder.
#[track_caller]
pub fn check_list(kind: &str, listed: &[String]) {
    let mut listed = listed.to_vec();
    listed.sort();
    let found: Vec<_> = Case::all(kind).into_iter().map(|case| case.name).collect();
    assert_eq!(listed, found, "the list in tests/{kind}.rs is not that of the folders in tests/{kind}");
}
