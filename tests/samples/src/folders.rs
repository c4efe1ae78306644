//! In: paths of descriptions and of folders. Out: the descriptions.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// The descriptions, the smallest first.
///
/// # Errors
/// When a folder cannot be read.
pub fn documents(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut found = BTreeSet::new();
    for path in paths {
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        if path.is_dir() {
            for entry in std::fs::read_dir(path).map_err(failed)? {
                found.insert(entry.map_err(failed)?.path());
            }
        } else {
            found.insert(path.clone());
        }
    }
    let is_document =
        |path: &PathBuf| path.extension().is_some_and(|kind| ["yaml", "yml", "json"].iter().any(|it| kind == *it));
    let mut found: Vec<_> = found.into_iter().filter(is_document).collect();
    found.sort_by_key(|path| std::fs::metadata(path).map(|meta| meta.len()).unwrap_or_default());
    Ok(found)
}
