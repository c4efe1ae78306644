//! In: the folder of generated types, and the names of some of them. Out: its modules, all or only those that they reach,
//! and a `mod.rs` of modules, in which each is always there.

use super::crates;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The modules, each with its text.
pub(super) fn modules(types: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut modules = BTreeMap::new();
    for path in crates::files(types)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name != "mod" {
            modules.insert(name, crates::read(&path)?);
        }
    }
    Ok(modules)
}

/// The text of `mod.rs`.
pub(super) fn index<'a>(modules: impl IntoIterator<Item = &'a String>) -> String {
    let lines: String = modules.into_iter().map(|module| format!("    {module},\n")).collect();
    format!("use super::runtime::modules;\n\nmodules! {{\n{lines}}}\n")
}

/// The modules that are needed: each says what it uses, with `use super::{Name, Other};`.
pub(super) fn only(types: &Path, roots: &[String]) -> Result<BTreeSet<String>, String> {
    let modules = modules(types)?;
    let declared = |text: &str| text.lines().filter_map(declared).map(str::to_owned).collect::<Vec<_>>();
    let places: BTreeMap<String, &String> =
        modules.iter().flat_map(|(module, text)| declared(text).into_iter().map(move |name| (name, module))).collect();
    let (mut next, mut kept) = (roots.to_vec(), BTreeSet::new());
    while let Some(name) = next.pop() {
        let Some(module) = places.get(&name).filter(|module| kept.insert((**module).clone())) else { continue };
        let used = modules[*module].lines().filter_map(|line| line.strip_prefix("use super::")?.strip_suffix(';'));
        let used = used.filter(|names| !names.contains(':'));
        next.extend(used.flat_map(|names| names.trim_matches(['{', '}']).split(", ")).map(str::to_owned));
    }
    Ok(kept)
}

/// The name of the type that a line declares.
fn declared(line: &str) -> Option<&str> {
    let words = ["pub struct ", "pub enum ", "pub type "];
    let rest = words.iter().find_map(|word| line.trim_start().strip_prefix(word))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

#[cfg(test)]
mod tests {
    use super::{index, modules, only};

    #[test]
    fn what_types_use_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("mod", "modules! {\n    [feature = \"x\"]\n    a,\n}\n"),
            (
                "a",
                "use super::super::runtime::{self, object};\nuse super::{B, C};\n\nobject! {\n    pub struct A => ABuilder;\n}\n",
            ),
            ("b", "pub type B = String;\n"),
            ("c", "use super::D;\n\none_of! {\n    pub enum C;\n}\n"),
            ("d", "pub struct D(pub String);\n"),
            ("e", "pub type E = i64;\n"),
        ];
        files.iter().for_each(|(name, text)| std::fs::write(folder.path().join(format!("{name}.rs")), text).unwrap());
        let kept = only(folder.path(), &["A".to_owned()]).unwrap();
        assert_eq!(kept.iter().collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        assert_eq!(modules(folder.path()).unwrap().len(), 5);
        assert_eq!(index(["a".to_owned()].iter()), "use super::runtime::modules;\n\nmodules! {\n    a,\n}\n");
    }
}
