//! In: a package's folder and the files that a run made. Out: `Plan`, what has to change there and what stands in the
//! way; applied, it changes that and nothing else.
//!
//! Owned by the generator: `src/generated/**`, `api.txt`, `wire.txt` and `codegen.lock`. An owned file that was edited
//! is refused unless edits are to be discarded; a file in an owned place that oasmith did not write is always refused.

use super::lock::{LOCK, Lock, TREE, is_owned};
use super::survey::{check_root, list, read, survey};
use super::{Failure, folder};
use oasmith::{File, Generated};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What a run has to change.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    root: &'a Path,
    files: &'a [File],
    /// Files that are there in owned places, by path.
    before: BTreeMap<String, String>,
    /// Scaffold files that are not there.
    pub(crate) scaffold: Vec<&'a File>,
    /// Owned files that are not there.
    pub(crate) added: Vec<&'a str>,
    /// Owned files with another text.
    pub(crate) changed: Vec<&'a str>,
    /// Files of an earlier run that are no longer made.
    pub(crate) removed: Vec<String>,
    /// Files of an earlier run that somebody edited since and that would be replaced or removed.
    pub(crate) edited: Vec<String>,
    /// Files in owned places that oasmith did not write.
    pub(crate) foreign: Vec<String>,
    /// Whether `codegen.lock` has to be written.
    pub(crate) lock_changed: bool,
    /// The first line of `codegen.lock` that is none.
    pub(crate) lock_wrong: Option<usize>,
    old_lock: Lock,
    new_lock: Lock,
}

impl<'a> Plan<'a> {
    /// Looks at the package's folder; writes nothing.
    pub(crate) fn new(root: &'a Path, generated: &'a Generated) -> Result<Self, Failure> {
        check_root(root)?;
        let lock_text = read(&root.join(LOCK))?;
        let (old_lock, lock_wrong) = Lock::parse(lock_text.as_deref().unwrap_or_default());
        let new_lock = Lock::of(&generated.files);
        let mut plan = Self {
            root,
            files: &generated.files,
            before: survey(root)?,
            scaffold: generated.scaffold.iter().filter(|file| !folder::exists(&root.join(&file.path))).collect(),
            added: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
            edited: Vec::new(),
            foreign: Vec::new(),
            lock_changed: lock_text.is_none_or(|text| !same(&text, &new_lock.text())),
            lock_wrong,
            old_lock,
            new_lock,
        };
        plan.compare()?;
        Ok(plan)
    }

    fn compare(&mut self) -> Result<(), Failure> {
        for file in self.files {
            if !is_owned(&file.path) {
                let path = &file.path;
                return Err(Failure::usage(format!(
                    "oasmith made a file in a place it does not own: {path}; please report this"
                )));
            }
            match self.before.get(&file.path) {
                None => self.added.push(&file.path),
                Some(before) if !same(before, &file.text) => self.changed.push(&file.path),
                Some(_) => {}
            }
        }
        let made: BTreeSet<_> = self.files.iter().map(|file| file.path.as_str()).collect();
        let gone = self.before.keys().filter(|path| !made.contains(path.as_str()));
        let (removed, strange): (Vec<_>, _) = gone.cloned().partition(|path| self.old_lock.knows(path));
        self.removed = removed;
        self.foreign = strange;
        let touched = self.changed.iter().copied().chain(self.removed.iter().map(String::as_str));
        for path in touched {
            let text = self.before.get(path).map_or("", String::as_str);
            if !self.old_lock.knows(path) {
                self.foreign.push(path.to_owned());
            } else if !self.old_lock.wrote(path, text) {
                self.edited.push(path.to_owned());
            }
        }
        Ok(())
    }

    /// Whether everything is as it should be.
    pub(crate) fn is_current(&self) -> bool {
        let owned = self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty();
        owned && self.scaffold.is_empty() && self.foreign.is_empty() && !self.lock_changed
    }

    /// Refuses if files would be lost.
    pub(crate) fn guard(&self, discard_edits: bool) -> Result<(), Failure> {
        let root = self.root.display();
        if !self.foreign.is_empty() {
            return Err(Failure::usage(format!(
                "{root} holds files that oasmith did not write, in places where it writes:\n{}\nmove them away, or \
                 delete them if they are of no use; nothing was written",
                list(&self.foreign)
            )));
        }
        if discard_edits {
            return Ok(());
        }
        if let Some(line) = self.lock_wrong {
            return Err(Failure::usage(format!(
                "{root}/{LOCK}, line {line}: this is not a line of such a file (after a merge conflict?), so edited \
                 files cannot be told from others; restore it, or give --discard-edits to write everything anew; \
                 nothing was written"
            )));
        }
        if !self.edited.is_empty() {
            return Err(Failure::usage(format!(
                "these files in {root} were edited after oasmith wrote them:\n{}\nmove the edits to files of your own \
                 (src/lib.rs is yours), or give --discard-edits to lose them; nothing was written",
                list(&self.edited)
            )));
        }
        Ok(())
    }

    /// Texts before and after of a file; `None` unless it was there before and is made again.
    pub(crate) fn texts(&self, path: &str) -> Option<(&str, &str)> {
        let after = self.files.iter().find(|file| file.path == path)?;
        Some((self.before.get(path)?, &after.text))
    }

    /// Makes the changes. Until the end the lock names the files of both runs, so that whatever an interruption
    /// leaves is known as oasmith's own.
    pub(crate) fn apply(&self) -> Result<(), Failure> {
        let src = self.root.join("src");
        fs::create_dir_all(&src).map_err(|error| Failure::io("make the folder", &src, &error))?;
        let lock = self.root.join(LOCK);
        folder::write_file(&lock, &self.old_lock.and(&self.new_lock).text())?;
        let inside = |path: &str| path.starts_with(TREE);
        let mut touched =
            self.added.iter().chain(&self.changed).copied().chain(self.removed.iter().map(String::as_str));
        if touched.any(inside) {
            let tree = self.files.iter().filter_map(|file| {
                let path = file.path.strip_prefix(TREE)?.strip_prefix('/')?;
                Some((path, file.text.as_str()))
            });
            folder::replace_tree(&src, tree)?;
        }
        for file in self.files.iter().filter(|file| !inside(&file.path)) {
            let path = file.path.as_str();
            if self.added.contains(&path) || self.changed.contains(&path) {
                folder::write_file(&self.root.join(path), &file.text)?;
            }
        }
        for path in self.removed.iter().filter(|path| !inside(path)) {
            let path = self.root.join(path);
            fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))?;
        }
        for file in &self.scaffold {
            folder::write_file(&self.root.join(&file.path), &file.text)?;
        }
        folder::write_file(&lock, &self.new_lock.text())
    }
}

/// Whether two texts are equal but for their line ends, which Git may change.
fn same(one: &str, other: &str) -> bool {
    one.lines().eq(other.lines())
}

#[cfg(test)]
mod tests;
