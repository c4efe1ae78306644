//! In: the files of generated crates. Out: a workspace of them outside this one, as their users would have them, which is
//! kept so that a second run is cheap; and whether Cargo takes it without a warning.

use super::{Files, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A workspace of generated crates.
#[derive(Debug)]
pub struct Workspace {
    folder: PathBuf,
    target: PathBuf,
    written: BTreeSet<PathBuf>,
}

impl Workspace {
    /// The workspace of this name in the folder for what tests write. All share what Cargo builds.
    pub fn new(temporary: &str, name: &str) -> Self {
        let temporary = Path::new(temporary);
        let target = temporary.join("goldens").join("target");
        Self { folder: temporary.join(name), target, written: BTreeSet::new() }
    }

    /// Adds the crate in this folder of `crates`.
    pub fn add(&mut self, name: &str, package: &Files) {
        self.write(&self.folder.join("crates").join(name), package);
    }

    /// Writes what makes a workspace of the crates, and removes what an earlier run wrote and this one did not.
    pub fn finish(&mut self) {
        remove_others(&self.folder.join("crates"), &self.written);
        // The same versions of packages as here, so that nothing has to be fetched for this.
        let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
        let files = [("Cargo.toml", manifest.to_owned()), ("Cargo.lock", lock)];
        self.write(&self.folder.clone(), &files.map(|(path, text)| (path.to_owned(), text)).into());
    }

    /// Writes files that differ from what is there; Cargo builds again what was written.
    fn write(&mut self, folder: &Path, files: &Files) {
        for (path, text) in files {
            let path = folder.join(path);
            if fs::read_to_string(&path).ok().as_ref() != Some(text) {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, text).unwrap();
            }
            self.written.insert(path);
        }
    }

    /// Runs Cargo, to which every warning is an error.
    pub fn cargo(&self, arguments: &[&str]) {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.folder).args(arguments).arg("--quiet");
        cargo.env("CARGO_TARGET_DIR", &self.target).env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings");
        // Nothing is run, so nothing has to be debugged.
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "false").env("CARGO_INCREMENTAL", "0");
        let output = cargo.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo {arguments:?} fails in {}:\n{said}", self.folder.display());
    }
}

fn remove_others(folder: &Path, written: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            remove_others(&path, written);
            // Removes no folder that still holds anything.
            let _ = fs::remove_dir(&path);
        } else if !written.contains(&path) {
            fs::remove_file(path).unwrap();
        }
    }
}
