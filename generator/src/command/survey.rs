//! In: a package's folder. Out: the texts that stand in the places where oasmith writes, or why it must not write there.

use super::lock::{LOCK, TREE};
use super::{Failure, folder};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Paths, one a line; the first ones of many.
pub(crate) fn list(paths: &[String]) -> String {
    const MOST: usize = 20;
    let mut lines: Vec<_> = paths.iter().take(MOST).map(|path| format!("  {path}")).collect();
    if paths.len() > MOST {
        lines.push(format!("  and {} more", paths.len() - MOST));
    }
    lines.join("\n")
}

/// Refuses a folder that cannot be, or does not look like, the one of a package.
pub(crate) fn check_root(root: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(root) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            let root = root.display();
            return Err(Failure::usage(format!("the output {root} is a file; name a folder")));
        }
        entries => entries.map_err(|error| Failure::io("read", root, &error))?,
    };
    if folder::exists(&root.join("Cargo.toml")) || folder::exists(&root.join(LOCK)) {
        return Ok(());
    }
    let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    // A first run that was interrupted leaves at most `src`.
    let mut others: Vec<_> = names.filter(|name| !name.starts_with('.') && name != "src").collect();
    others.sort();
    if others.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "the output folder {} holds other files and no package:\n{}\nname a new or an empty folder, or one with a \
         Cargo.toml; nothing was written",
        root.display(),
        list(&others)
    )))
}

/// All files in owned places, by path. Text that is not UTF-8 is read with replacement characters: it is not ours.
pub(crate) fn survey(root: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let mut found = BTreeMap::new();
    for path in ["api.txt", "wire.txt"] {
        if let Some(text) = read(&root.join(path))? {
            found.insert(path.to_owned(), text);
        }
    }
    let mut folders = vec![TREE.to_owned()];
    while let Some(within) = folders.pop() {
        let path = root.join(&within);
        match path.symlink_metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(Failure::io("read", &path, &error)),
            Ok(kind) if !kind.is_dir() => return Err(refuse(&path, "is not a folder")),
            Ok(_) => {}
        }
        for entry in fs::read_dir(&path).map_err(|error| Failure::io("read", &path, &error))? {
            let entry = entry.map_err(|error| Failure::io("read", &path, &error))?;
            let inner = format!("{within}/{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(|error| Failure::io("read", &entry.path(), &error))?;
            if kind.is_dir() {
                folders.push(inner);
            } else if let Some(text) = read(&entry.path())? {
                found.insert(inner, text);
            }
        }
    }
    Ok(found)
}

/// The text of an ordinary file; `None` if nothing is there.
pub(crate) fn read(path: &Path) -> Result<Option<String>, Failure> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io("read", path, &error)),
        Ok(kind) if !kind.is_file() => return Err(refuse(path, "is not an ordinary file")),
        Ok(_) => {}
    }
    let bytes = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn refuse(path: &Path, what: &str) -> Failure {
    let path = path.display();
    Failure::usage(format!("{path} {what} (a symbolic link?); oasmith writes there: move it away; nothing was written"))
}
