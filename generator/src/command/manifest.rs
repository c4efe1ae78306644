//! In: a package's `Cargo.toml`, which is its user's, and the packages and features that the generated code needs. Out:
//! the lines that it lacks.

use super::Failure;
use super::survey::read;
use oasmith::{Dependency, Feature, Generated};
use std::path::Path;
use toml::{Table, Value};

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
    if dependencies.is_empty() && features.is_empty() {
        return Ok(Lacking::default());
    }
    let path = root.join("Cargo.toml");
    let Some(text) = read(&path)? else { return Ok(Lacking::default()) };
    let manifest: Table = text
        .parse()
        .map_err(|error: toml::de::Error| Failure::usage(format!("{}: {}", path.display(), error.message())))?;
    let entry = |section: &str, name: &str| manifest.get(section).and_then(Value::as_table)?.get(name);
    let dependencies = dependencies.iter().filter(|needed| !has(entry("dependencies", needed.name), needed));
    let features = features.iter().filter(|needed| !declares(entry("features", &needed.name), needed));
    Ok(Lacking {
        dependencies: dependencies.map(Dependency::line).collect(),
        features: features.map(Feature::line).collect(),
    })
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
    use super::lacks;
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
        let needed = Generated { features, ..Generated::default() };
        let folder = tempfile::tempdir().unwrap();
        let said = |text: &str| {
            std::fs::write(folder.path().join("Cargo.toml"), text).unwrap();
            let lacking = lacks(folder.path(), &needed).unwrap();
            if lacking.is_empty() { String::new() } else { lacking.sentence(std::path::Path::new("")) }
        };
        let start = "Cargo.toml is yours, and lacks what the generated code needs; below [features], write\n";
        let full = "    full = [\n        \"teams\",\n        \"users\",\n    ]\n";
        assert_eq!(said(""), format!("{start}    teams = []\n    users = []\n{full}"));
        assert_eq!(said("[features]\nteams = []\nusers = ['dep:x']\nfull = ['users']"), format!("{start}{full}"));
        assert_eq!(said("[features]\nteams = []\nusers = []\nfull = ['mine', 'users', 'teams']"), "");
    }
}
