//! In: the paths that a file names. Out: those that go where its part of the house must not look.
//!
//! The two tables are the architecture: which parts may see which, and which part is the one door to a package.

use super::Finding;
use super::module::Module;

/// For each part of the generator, the parts that it may name besides itself. What stands at the crate's root
/// (`crate::Options`) is open to all.
const ARROWS: [(&str, &[&str]); 12] = [
    ("pointer", &[]),
    ("source", &[]),
    ("name", &[]),
    ("diagnostic", &["pointer", "source"]),
    ("ir", &["pointer"]),
    ("read", &["pointer", "source", "diagnostic", "name"]),
    ("lower", &["read", "ir", "pointer", "source", "diagnostic", "name"]),
    ("emit", &["ir", "pointer", "source", "diagnostic"]),
    ("diff", &["ir", "pointer", "source", "diagnostic"]),
    ("report", &["pointer", "source", "diagnostic"]),
    // The binary sees the library as another crate.
    ("command", &[]),
    ("main", &["command"]),
];

/// For each package, the places that may name it.
const DOORS: [(&str, &[&str]); 25] = [
    ("annotate_snippets", &["generator/src/report/render"]),
    ("any_ascii", &["generator/src/name"]),
    ("clap", &["generator/src/command", "xtask/src"]),
    ("granit_parser", &["generator/src/read/tree", "generator/src/report/locate"]),
    ("heck", &["generator/src/name"]),
    ("indicatif", &["xtask/src/corpus"]),
    ("openapiv3", &["generator/src/read", "generator/src/lower"]),
    ("prettyplease", &["generator/src/emit/print"]),
    ("proc_macro2", &["generator/src/emit", "xtask/src/tidy"]),
    ("pulldown_cmark", &["generator/src/emit/docs"]),
    ("quote", &["generator/src/emit"]),
    ("rayon", &["xtask/src/corpus"]),
    ("regress", &["generator/src/read/desugar/members"]),
    ("reqwest", &["generator/runtime", "generated-client/src"]),
    ("rustix", &["generator/src/command/folder"]),
    ("serde_json_path", &["generator/src/read/overlay"]),
    (
        "serde_yaml",
        &["generator/src/read/tree", "generator/src/report/locate", "xtask/src/corpus", "xtask/src/bench/types"],
    ),
    ("sha2", &["generator/src/name", "generator/src/command/lock"]),
    ("similar", &["generator/src/command/changes"]),
    ("syn", &["generator/src/emit/print", "xtask/src/tidy"]),
    ("tempfile", &["generator/src/command/folder", "xtask/src/corpus", "xtask/src/bench"]),
    (
        "toml",
        &[
            "generator/src/command/config",
            "generator/src/command/manifest",
            "generator/src/emit/scaffold",
            "generator/src/report/options",
        ],
    ),
    ("ureq", &["generator/runtime", "generated-client/src"]),
    ("url", &["generator/runtime/address", "generated-client/src/generated/runtime/address"]),
    ("wait4", &["xtask/src/bench/cost"]),
];

/// Checks one path that a file names in a module.
pub(super) fn check(file: &str, line: usize, module: &Module, path: &[String]) -> Option<Finding> {
    let finding = |rule, text| Some(Finding { path: file.to_owned(), line, rule, text });
    if let Some(text) = closed_door(file, path) {
        return finding("door", text);
    }
    let area = area(file)?;
    let target = module.resolve(path)?;
    let target = target.first()?;
    let (_, open) = ARROWS.iter().find(|(name, _)| *name == area)?;
    let is_part = ARROWS.iter().any(|(name, _)| name == target);
    if !is_part || target == area || open.contains(&target.as_str()) {
        return None;
    }
    finding("arrow", format!("`{area}` must not see `{target}`; move what both need down, or pass it in as a value"))
}

/// The part of the generator that a file belongs to; the library's root belongs to none and sees all.
fn area(file: &str) -> Option<&str> {
    let inside = file.strip_prefix("generator/src/")?;
    let end = inside.find(['/', '.']).unwrap_or(inside.len());
    Some(&inside[..end])
}

fn closed_door(file: &str, path: &[String]) -> Option<String> {
    // One step alone is a name of the file's own: a variable may well be called `quote`.
    let (package, [_, ..]) = path.split_first()? else { return None };
    let (_, open) = DOORS.iter().find(|(name, _)| name == package)?;
    if open.iter().any(|place| within(file, place)) {
        return None;
    }
    Some(format!("`{package}` has its door in {}; use what that offers, or extend it", open.join(", ")))
}

/// Whether a file is `place.rs` or below `place/`.
fn within(file: &str, place: &str) -> bool {
    file.strip_prefix(place).is_some_and(|rest| rest.starts_with('/') || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(file: &str, path: &str) -> Option<&'static str> {
        let path: Vec<_> = path.split("::").map(str::to_owned).collect();
        Some(check(file, 1, &Module::of(file), &path)?.rule)
    }

    #[test]
    fn arrows_go_down() {
        assert_eq!(rule("generator/src/lower/unions.rs", "crate::read::Document"), None);
        assert_eq!(rule("generator/src/emit/client.rs", "crate::ir::Api"), None);
        assert_eq!(rule("generator/src/emit/client.rs", "crate::emit::print"), None);
        assert_eq!(rule("generator/src/emit/client.rs", "crate::Options"), None);
        assert_eq!(rule("generator/src/lib.rs", "crate::read::read"), None);
        assert_eq!(rule("generator/src/emit/client.rs", "crate::lower::lower"), Some("arrow"));
        assert_eq!(rule("generator/src/emit/client.rs", "super::super::read"), Some("arrow"));
        assert_eq!(rule("generator/src/read.rs", "crate::emit::emit"), Some("arrow"));
        assert_eq!(rule("generator/src/ir/types.rs", "crate::read::Document"), Some("arrow"));
    }

    #[test]
    fn packages_have_one_door() {
        assert_eq!(rule("generator/src/name.rs", "heck::ToSnakeCase"), None);
        assert_eq!(rule("generator/src/read/tree/events.rs", "serde_yaml::Value"), None);
        assert_eq!(rule("generator/src/emit/client.rs", "heck::ToSnakeCase"), Some("door"));
        assert_eq!(rule("generator/src/emit.rs", "openapiv3::Schema"), Some("door"));
        assert_eq!(rule("generator/src/read/trees.rs", "serde_yaml::Value"), Some("door"));
    }
}
