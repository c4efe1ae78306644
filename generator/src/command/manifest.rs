//! In: a package's `Cargo.toml`, which is its user's, and the packages and features that the generated code names. Out: the
//! lines that it lacks.

use super::Failure;
use super::survey::read;
use oasmith::{Dependency, Feature, Generated};
use std::path::Path;
use toml::{Table, Value};

/// The features that packages of an earlier version do not have; the compiler warns of code that names none of the
/// package's. A user who wants none of it writes `tracing = []`.
const FEATURES: [(&str, &str); 2] = [("mock", "mock = []"), ("tracing", "tracing = [\"dep:tracing\"]")];
/// What the last of them turns on.
const TRACING: &str =
    "tracing = { version = \"0.1\", default-features = false, features = [\"std\"], optional = true }";

/// The lines to add or to replace.
#[derive(Debug, Default)]
pub(crate) struct Lacking {
    dependencies: Vec<String>,
    features: Vec<String>,
}

impl Lacking {
    /// Whether nothing is lacking.
    pub(crate) fn is_empty(&self) -> bool {
        self.dependencies.is_empty() && self.features.is_empty()
    }

    /// The lines in words.
    pub(crate) fn sentence(&self, root: &Path) -> String {
        let path = root.join("Cargo.toml");
        let mut text = format!("{} is yours, and lacks what the generated code needs; ", path.display());
        let sections = [("dependencies", &self.dependencies), ("features", &self.features)];
        for (index, (name, lines)) in sections.into_iter().filter(|(_, lines)| !lines.is_empty()).enumerate() {
            let and = if index > 0 { "and " } else { "" };
            text.push_str(&format!("{and}below [{name}], write\n"));
            text.extend(lines.iter().flat_map(|line| line.lines()).map(|line| format!("    {line}\n")));
        }
        text
    }
}

/// What is lacking; nothing if there is no manifest yet, for the one that is written has all.
pub(crate) fn lacks(root: &Path, generated: &Generated) -> Result<Lacking, Failure> {
    let (dependencies, features) = (&generated.dependencies, &generated.features);
    let path = root.join("Cargo.toml");
    let Some(text) = read(&path)? else { return Ok(Lacking::default()) };
    let manifest: Table = text
        .parse()
        .map_err(|error: toml::de::Error| Failure::usage(format!("{}: {}", path.display(), error.message())))?;
    let entry = |section: &str, name: &str| manifest.get(section).and_then(Value::as_table)?.get(name);
    let dependencies = dependencies.iter().filter(|needed| !has(entry("dependencies", needed.name), needed));
    let mut dependencies: Vec<_> = dependencies.map(Dependency::line).collect();
    let is_used = entry("features", "tracing").is_none_or(|one| one.to_string().contains("dep:tracing"));
    if is_used && entry("dependencies", "tracing").is_none() {
        dependencies.push(TRACING.to_owned());
    }
    let absent = FEATURES.iter().filter(|(name, _)| entry("features", name).is_none());
    let features = features.iter().filter(|needed| !declares(entry("features", &needed.name), needed));
    let features = absent.map(|(_, line)| (*line).to_owned()).chain(features.map(Feature::line)).collect();
    Ok(Lacking { dependencies, features })
}

/// Whether an entry declares a feature that turns on all that it has to. It may turn on more.
fn declares(entry: Option<&Value>, needed: &Feature) -> bool {
    let Some(enabled) = entry.and_then(Value::as_array) else { return false };
    needed.enables.iter().all(|feature| enabled.iter().any(|one| one.as_str() == Some(feature)))
}

/// Whether an entry brings the package with its features. What the workspace or default features bring is not looked
/// into, but for those that no package has by default.
fn has(entry: Option<&Value>, needed: &Dependency) -> bool {
    let Some(entry) = entry else { return false };
    let features = entry.get("features").and_then(Value::as_array);
    let names = |feature: &str| features.is_some_and(|all| all.iter().any(|one| one.as_str() == Some(feature)));
    let inherited = entry.get("workspace").and_then(Value::as_bool) == Some(true);
    let optional = entry.get("optional").and_then(Value::as_bool) == Some(true);
    (inherited || !needed.features.contains(&"serde") || names("serde")) && !optional
}

#[cfg(test)]
mod tests {
    use super::{TRACING, lacks};
    use oasmith::{Dependency, Feature, Generated};

    #[test]
    fn missing_packages_and_features_are_found() {
        let dependencies = vec![
            Dependency { name: "jiff", source: "version = \"0.2\"", features: &["std"] },
            Dependency { name: "uuid", source: "version = \"1\"", features: &["serde"] },
        ];
        let needed = Generated { dependencies, ..Generated::default() };
        let folder = tempfile::tempdir().unwrap();
        let lacking = |text: &str| {
            let text = format!("[features]\nmock = []\ntracing = []\n{text}");
            std::fs::write(folder.path().join("Cargo.toml"), text).unwrap();
            let lines = lacks(folder.path(), &needed).unwrap().dependencies;
            lines.iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(lacking(""), ["jiff", "uuid"]);
        assert_eq!(lacking("[dependencies]\njiff = '0.2'\nuuid = '1'"), ["uuid"]);
        assert_eq!(
            lacking("[dependencies]\njiff.workspace = true\n[dependencies.uuid]\nfeatures = ['serde']"),
            [""; 0]
        );
        assert_eq!(
            lacking("[dependencies]\njiff = '0.2'\nuuid = {version = '1', features = ['v4', 'serde']}"),
            [""; 0]
        );
        assert_eq!(lacking("[dev-dependencies]\njiff = '0.2'\nuuid.workspace = true"), ["jiff", "uuid"]);
        std::fs::remove_file(folder.path().join("Cargo.toml")).unwrap();
        assert!(lacks(folder.path(), &needed).unwrap().is_empty());
    }
    #[test]
    fn missing_features_are_found() {
        let feature = |name: &str, enables: &[&str]| Feature {
            name: name.to_owned(),
            enables: enables.iter().map(|one| (*one).to_owned()).collect(),
        };
        let features = vec![feature("teams", &[]), feature("users", &[]), feature("full", &["teams", "users"])];
        let of_tags = Generated { features, ..Generated::default() };
        let folder = tempfile::tempdir().unwrap();
        let said = |needed: &Generated, text: &str| {
            std::fs::write(folder.path().join("Cargo.toml"), text).unwrap();
            let lacking = lacks(folder.path(), needed).unwrap();
            if lacking.is_empty() { String::new() } else { lacking.sentence(std::path::Path::new("")) }
        };
        let every = Generated::default();
        let start = "Cargo.toml is yours, and lacks what the generated code needs; ";
        let full = "    full = [\n        \"teams\",\n        \"users\",\n    ]\n";
        let below = "below [features], write\n";
        let has = "[features]\nmock = []\ntracing = []\n";
        assert_eq!(said(&of_tags, has), format!("{start}{below}    teams = []\n    users = []\n{full}"));
        let some = format!("{has}teams = []\nusers = ['dep:x']\nfull = ['users']");
        assert_eq!(said(&of_tags, &some), format!("{start}{below}{full}"));
        assert_eq!(said(&of_tags, &format!("{has}teams = []\nusers = []\nfull = ['mine', 'users', 'teams']")), "");

        let (tracing, mock) = (format!("below [dependencies], write\n    {TRACING}\n"), "    mock = []\n");
        let all = format!("{start}{tracing}and {below}{mock}    tracing = [\"dep:tracing\"]\n");
        assert_eq!(said(&every, ""), all);
        assert_eq!(said(&every, "[features]\nmock = []\ntracing = ['dep:tracing']"), format!("{start}{tracing}"));
        assert_eq!(said(&every, "[features]\ntracing = []"), format!("{start}{below}{mock}"));
        let used = "[features]\nmock = []\ntracing = ['dep:tracing']\n[dependencies]\ntracing.workspace = true";
        assert_eq!(said(&every, used), "");
    }
}
