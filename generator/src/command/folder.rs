//! In: texts and where they go. Out: files on the disk, each replaced whole: an interrupted run leaves the old file or
//! the new one, the old folder or the new one, never something between.

use super::Failure;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The folder that is replaced as a whole, in `src`.
const TREE: &str = "generated";
/// How the names of files and folders under way begin: hidden, and nobody else's.
const NEW: &str = ".generated-oasmith-";
/// Where the old tree waits when two folders cannot be exchanged in one step.
const OLD: &str = ".generated-oasmith-old";

/// Keeps other runs of oasmith out of a package's folder until it is dropped.
#[derive(Debug)]
pub(crate) struct Guard {
    #[cfg(unix)]
    _folder: fs::File,
}

/// Takes a package's folder, which must exist, for this run.
#[cfg(unix)]
pub(crate) fn take(root: &Path) -> Result<Guard, Failure> {
    let folder = fs::File::open(root).map_err(|error| Failure::io("open", root, &error))?;
    match folder.try_lock() {
        Err(fs::TryLockError::WouldBlock) => {
            let root = root.display();
            Err(Failure::usage(format!("another run of oasmith is writing to {root}; try again when it has ended")))
        }
        // Some file systems have no locks; the guard is a courtesy there.
        _ => Ok(Guard { _folder: folder }),
    }
}

/// Takes a package's folder for this run; there is no lock on folders here.
#[cfg(not(unix))]
pub(crate) fn take(_: &Path) -> Result<Guard, Failure> {
    Ok(Guard {})
}

/// Mends what an interrupted run left in a package's folder: puts the old tree back if there is none, then removes the
/// leftovers.
pub(crate) fn recover(root: &Path) -> Result<(), Failure> {
    let src = root.join("src");
    let (tree, old) = (src.join(TREE), src.join(OLD));
    if !exists(&tree) && exists(&old) {
        fs::rename(&old, &tree).map_err(|error| Failure::io("put back", &tree, &error))?;
    }
    for folder in [root, &src] {
        if folder.is_dir() {
            remove_leftovers(folder)
                .map_err(|error| Failure::io("remove the leftovers of a run in", folder, &error))?;
        }
    }
    Ok(())
}

fn remove_leftovers(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(NEW) {
            continue;
        }
        match entry.file_type()? {
            kind if kind.is_dir() => fs::remove_dir_all(entry.path())?,
            kind if kind.is_file() => fs::remove_file(entry.path())?,
            _ => {}
        }
    }
    Ok(())
}

/// Replaces `src/generated` by a tree of these files, in one step; their paths are relative to it.
pub(crate) fn replace_tree<'a>(src: &Path, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), Failure> {
    let new = temporary(0o777).tempdir_in(src).map_err(|error| Failure::io("write in", src, &error))?;
    for (path, text) in files {
        let path = new.path().join(path);
        make_parent(&path)?;
        fs::write(&path, text).map_err(|error| Failure::io("write", &path, &error))?;
    }
    let tree = src.join(TREE);
    swap(new, &tree, &src.join(OLD)).map_err(|error| Failure::io("replace", &tree, &error))
}

/// Replaces a file, or makes it, in one step.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    let whole = std::path::absolute(path).map_err(|error| Failure::io("write", path, &error))?;
    make_parent(&whole)?;
    let folder = whole.parent().unwrap_or(&whole);
    let written = temporary(0o666).tempfile_in(folder).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.persist(&whole).map_err(|error| error.error)
    });
    written.map(drop).map_err(|error| Failure::io("write", path, &error))
}

/// Whether anything has this path, be it a symbolic link that leads nowhere.
pub(crate) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn make_parent(path: &Path) -> Result<(), Failure> {
    let parent = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    fs::create_dir_all(&parent).map_err(|error| Failure::io("make the folder", &parent, &error))
}

/// Makes temporary files (`mode` 0o666) and folders (0o777) with the permissions that ordinary ones get: these modes
/// less the process's umask.
fn temporary(mode: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(NEW);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

/// Puts the new tree in the old one's place and removes the old one.
fn swap(new: TempDir, tree: &Path, old: &Path) -> std::io::Result<()> {
    if !exists(tree) {
        return fs::rename(new.keep(), tree);
    }
    if exchange(new.path(), tree) {
        // What the temporary name now leads to is the old tree.
        return new.close();
    }
    fs::rename(tree, old)?;
    let new = new.keep();
    if let Err(error) = fs::rename(&new, tree) {
        fs::rename(old, tree)?;
        fs::remove_dir_all(&new)?;
        return Err(error);
    }
    fs::remove_dir_all(old)
}

/// Exchanges two folders in one step, where the system can.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    fn tree(src: &Path, text: &str) {
        replace_tree(src, [("mod.rs", text), ("types/a.rs", text)]).unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_tree_is_replaced_whole() {
        let src = tempdir().unwrap();
        tree(src.path(), "old");
        replace_tree(src.path(), [("mod.rs", "new")]).unwrap();
        assert_eq!(names(src.path()), ["generated"]);
        assert_eq!(names(&src.path().join("generated")), ["mod.rs"]);
    }

    #[test]
    fn interrupted_runs_are_mended() {
        let root = tempdir().unwrap();
        let src = root.path().join("src");
        fs::create_dir(&src).unwrap();
        tree(&src, "old");
        let (tree, old) = (src.join(TREE), src.join(OLD));
        fs::rename(&tree, &old).unwrap();
        // Interrupted between two renames: the old tree comes back.
        fs::create_dir(src.join(".generated-oasmith-abc")).unwrap();
        fs::write(root.path().join(".generated-oasmith-def"), "half a fi").unwrap();
        recover(root.path()).unwrap();
        assert_eq!((names(root.path()), names(&src)), (vec!["src".to_owned()], vec!["generated".to_owned()]));
        assert_eq!(fs::read_to_string(tree.join("types/a.rs")).unwrap(), "old");
        // Interrupted a step later: the new tree stays.
        fs::create_dir(&old).unwrap();
        recover(root.path()).unwrap();
        assert_eq!(names(&src), ["generated"]);
    }

    #[test]
    fn folders_of_others_are_left_alone() {
        let root = tempdir().unwrap();
        fs::create_dir(root.path().join(".generated-notes")).unwrap();
        recover(root.path()).unwrap();
        recover(&root.path().join("absent")).unwrap();
        assert_eq!(names(root.path()), [".generated-notes"]);
    }

    #[test]
    fn files_are_replaced_whole() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        write_file(&path, "one").unwrap();
        write_file(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(names(&folder.path().join("a")), ["b.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_of_ordinary_files() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempdir().unwrap();
        fs::write(folder.path().join("ordinary"), "").unwrap();
        fs::create_dir(folder.path().join("folder")).unwrap();
        write_file(&folder.path().join("ours"), "").unwrap();
        tree(folder.path(), "");
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("ours"), mode("ordinary"));
        assert_eq!(mode("generated"), mode("folder"));
    }

    #[cfg(unix)]
    #[test]
    fn one_run_at_a_time() {
        let folder = tempdir().unwrap();
        let guard = take(folder.path()).unwrap();
        assert!(take(folder.path()).unwrap_err().text.contains("another run"));
        drop(guard);
        take(folder.path()).unwrap();
    }
}
