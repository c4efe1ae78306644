//! In: a package's `Cargo.toml`, which is its user's, and the packages and features that the generated code names. Out: the
//! lines that it lacks.

use super::Failure;
use super::survey::read;
use oasmith::Dependency;
use std::path::Path;
use toml::{Table, Value};

/// The features that packages of an earlier version do not have; the compiler warns of code that names none of the
/// package's. A user who wants none of it writes `tracing = []`.
const FEATURES: [(&str, &str); 2] = [("mock", "mock = []"), ("tracing", "tracing = [\"dep:tracing\"]")];
/// What the last of them turns on.
const TRACING: &str =
    "tracing = { version = \"0.1\", default-features = false, features = [\"std\"], optional = true }";

/// A line, and the table that it belongs to.
pub(crate) type Line = (&'static str, String);

/// The lines to add or to replace, by table; none if there is no manifest yet, for the one that is written has them.
pub(crate) fn lacks(root: &Path, needed: &[Dependency]) -> Result<Vec<Line>, Failure> {
    let path = root.join("Cargo.toml");
    let Some(text) = read(&path)? else { return Ok(Vec::new()) };
    let manifest: Table = text
        .parse()
        .map_err(|error: toml::de::Error| Failure::usage(format!("{}: {}", path.display(), error.message())))?;
    let given = manifest.get("dependencies").and_then(Value::as_table);
    let lacking = needed.iter().filter(|needed| !given.is_some_and(|given| has(given.get(needed.name), needed)));
    let mut lines: Vec<Line> = lacking.map(|needed| ("dependencies", needed.line())).collect();
    let features = manifest.get("features").and_then(Value::as_table);
    let feature = |name: &str| features.and_then(|features| features.get(name));
    let is_used = feature("tracing").is_none_or(|one| one.to_string().contains("dep:tracing"));
    if is_used && !given.is_some_and(|given| given.contains_key("tracing")) {
        lines.push(("dependencies", TRACING.to_owned()));
    }
    let absent = FEATURES.iter().filter(|(name, _)| feature(name).is_none());
    lines.extend(absent.map(|(_, line)| ("features", (*line).to_owned())));
    Ok(lines)
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
pub(crate) fn sentence(root: &Path, lacking: &[Line]) -> String {
    let path = root.join("Cargo.toml");
    let of = |table: &str| {
        let lines = lacking.iter().filter(|(other, _)| *other == table);
        let lines: String = lines.map(|(_, line)| format!("    {line}\n")).collect();
        if lines.is_empty() { lines } else { format!("below [{table}], write\n{lines}") }
    };
    let tables = of("dependencies") + &of("features");
    format!("{} is yours, and lacks what the generated code needs; {tables}", path.display())
}

#[cfg(test)]
mod tests {
    use super::{TRACING, lacks, sentence};
    use oasmith::Dependency;

    #[test]
    fn missing_packages_and_features_are_found() {
        let needed = [
            Dependency { name: "jiff", source: "version = \"0.2\"", features: &["std"] },
            Dependency { name: "uuid", source: "version = \"1\"", features: &["serde"] },
        ];
        let folder = tempfile::tempdir().unwrap();
        let lacking = |text: &str| {
            let text = format!("[features]\nmock = []\ntracing = []\n{text}");
            std::fs::write(folder.path().join("Cargo.toml"), text).unwrap();
            let lines = lacks(folder.path(), &needed).unwrap();
            lines.iter().map(|(_, line)| line.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
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
        let folder = tempfile::tempdir().unwrap();
        let lacking = |text: &str| {
            std::fs::write(folder.path().join("Cargo.toml"), text).unwrap();
            sentence(folder.path(), &lacks(folder.path(), &[]).unwrap()).split_once("; ").unwrap().1.to_owned()
        };
        let (dependency, mock) = (format!("below [dependencies], write\n    {TRACING}\n"), "    mock = []\n");
        let all = format!("{dependency}below [features], write\n{mock}    tracing = [\"dep:tracing\"]\n");
        assert_eq!(lacking(""), all);
        assert_eq!(lacking("[features]\nmock = []\ntracing = ['dep:tracing']"), dependency);
        assert_eq!(lacking("[features]\ntracing = []"), format!("below [features], write\n{mock}"));
        assert_eq!(
            lacking("[features]\nmock = []\ntracing = ['dep:tracing']\n[dependencies]\ntracing.workspace = true"),
            ""
        );
    }
}
