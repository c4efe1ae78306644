//! In: a package's `Cargo.toml`, which is its user's, and the packages that the generated code needs. Out: the lines that
//! it lacks.

use super::Failure;
use super::survey::read;
use oasmith::Dependency;
use std::path::Path;
use toml::{Table, Value};

/// The lines to add or to replace; none if there is no manifest yet, for the one that is written has them.
pub(crate) fn lacks(root: &Path, needed: &[Dependency]) -> Result<Vec<String>, Failure> {
    if needed.is_empty() {
        return Ok(Vec::new());
    }
    let path = root.join("Cargo.toml");
    let Some(text) = read(&path)? else { return Ok(Vec::new()) };
    let manifest: Table = text
        .parse()
        .map_err(|error: toml::de::Error| Failure::usage(format!("{}: {}", path.display(), error.message())))?;
    let given = manifest.get("dependencies").and_then(Value::as_table);
    let lacking = needed.iter().filter(|needed| !given.is_some_and(|given| has(given.get(needed.name), needed)));
    Ok(lacking.map(Dependency::line).collect())
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

/// The lines in words.
pub(crate) fn sentence(root: &Path, lacking: &[String]) -> String {
    let path = root.join("Cargo.toml");
    let lines: String = lacking.iter().map(|line| format!("    {line}\n")).collect();
    format!(
        "{} is yours, and lacks what the generated code needs; below [dependencies], write\n{lines}",
        path.display()
    )
}

#[cfg(test)]
mod tests {
    use super::lacks;
    use oasmith::Dependency;

    #[test]
    fn missing_packages_and_features_are_found() {
        let needed = [
            Dependency { name: "jiff", source: "version = \"0.2\"", features: &["std"] },
            Dependency { name: "uuid", source: "version = \"1\"", features: &["serde"] },
        ];
        let folder = tempfile::tempdir().unwrap();
        let lacking = |text: &str| {
            std::fs::write(folder.path().join("Cargo.toml"), text).unwrap();
            let lines = lacks(folder.path(), &needed).unwrap();
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
}
