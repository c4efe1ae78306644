//! In: the folder of generated types, and the names of some of them. Out: its `mod.rs`, with only those that they reach.

use super::crates;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Keeps the modules that are needed: each says what it uses, with `use super::Name;`.
pub(super) fn only(types: &Path, roots: &[String]) -> Result<String, String> {
    let text = crates::read(&types.join("mod.rs"))?;
    let mut modules = text.split("\nmod ");
    let head = modules.next().unwrap_or_default();
    let modules: Vec<_> = modules.filter_map(|one| one.split_once(";\n")).collect();
    let mut places = BTreeMap::new();
    for (module, exports) in &modules {
        let names = exports.split(|c: char| !c.is_alphanumeric() && c != '_');
        places.extend(names.map(|name| (name.to_owned(), *module)));
    }
    let (mut next, mut kept) = (roots.to_vec(), BTreeSet::new());
    while let Some(name) = next.pop() {
        let Some(module) = places.get(&name).filter(|module| kept.insert(**module)) else { continue };
        let source = crates::read(&types.join(format!("{module}.rs")))?;
        let used = source.lines().filter_map(|line| line.strip_prefix("use super::")?.strip_suffix(';'));
        next.extend(used.filter(|name| !name.contains(':')).map(str::to_owned));
    }
    let kept = modules.iter().filter(|(module, _)| kept.contains(module));
    Ok(kept.fold(head.to_owned(), |all, (module, exports)| format!("{all}\nmod {module};\n{exports}")))
}
