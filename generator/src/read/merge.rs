//! In: the trees of several documents. Out: one tree. `paths`, `webhooks`, `components` and `tags` are united, in the
//! order of the documents; of anything else the first document that has it wins. What two documents describe
//! differently is an error, for one of the two would be lost.
//!
//! A later document's own `security` and `servers` go with its operations, which they were written for.

use crate::diagnostic::{Diagnostics, Place, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value};

/// The members of a path item that are operations.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The members of a path item that bear on all its operations: two path items can only be united if they agree.
const SHARED: [&str; 3] = ["$ref", "parameters", "servers"];

/// Unites the documents; the index of each is that of [`crate::Input::source`]. `None` if there is none.
pub fn merge(documents: Vec<Value>, sink: &mut Diagnostics) -> Option<Value> {
    let mut documents = documents.into_iter().enumerate();
    let (_, mut tree) = documents.next()?;
    let base = tree.as_object_mut()?;
    for (source, document) in documents {
        if let Value::Object(members) = document {
            Merge { source, sink }.document(base, members);
        }
    }
    Some(tree)
}

struct Merge<'s> {
    source: usize,
    sink: &'s mut Diagnostics,
}

impl Merge<'_> {
    fn document(&mut self, base: &mut Map<String, Value>, mut members: Map<String, Value>) {
        let handed = self.hand_down(base, &mut members);
        for (key, value) in members {
            let at = Pointer::root().join(&key);
            let Some(old) = base.get_mut(&key) else {
                self.insert(base, &at, value);
                continue;
            };
            match (key.as_str(), old, value) {
                ("paths" | "webhooks" | "x-webhooks", Value::Object(old), Value::Object(new)) => {
                    self.paths(old, new, &at)
                }
                ("components", Value::Object(old), Value::Object(new)) => self.components(old, new, &at),
                ("tags", Value::Array(old), Value::Array(new)) => self.tags(old, new, &at),
                _ => {}
            }
        }
        self.handed_down(handed);
    }

    /// Adds a member that the merged document lacks.
    fn insert(&mut self, base: &mut Map<String, Value>, at: &Pointer, value: Value) {
        let Some(key) = at.last() else { return };
        base.insert(key.to_owned(), value);
        self.sink.origins.set(at.clone(), self.place(at));
    }

    fn place(&self, at: &Pointer) -> Place {
        Place { source: self.source, pointer: at.clone() }
    }

    fn conflict(&mut self, what: String, at: &Pointer) {
        let first = self.sink.origins.resolve(at);
        self.sink.report_at(self.place(at), Problem::MergeConflict { what, first });
    }

    fn paths(&mut self, old: &mut Map<String, Value>, new: Map<String, Value>, at: &Pointer) {
        for (path, item) in new {
            let at = at.join(&path);
            match (old.get_mut(&path), item) {
                (None, item) => self.insert(old, &at, item),
                (Some(Value::Object(old)), Value::Object(new)) => self.path_item(&path, old, new, &at),
                (Some(old), new) if *old == new => {}
                (Some(_), _) => self.conflict(format!("the path `{path}`"), &at),
            }
        }
    }

    fn path_item(&mut self, path: &str, old: &mut Map<String, Value>, new: Map<String, Value>, at: &Pointer) {
        if let Some(key) = SHARED.into_iter().find(|key| old.get(*key) != new.get(*key)) {
            let at = if new.contains_key(key) { at.join(key) } else { at.clone() };
            return self.conflict(format!("`{key}` of the path `{path}`"), &at);
        }
        for (key, value) in new {
            let at = at.join(&key);
            match old.get(&key) {
                None => self.insert(old, &at, value),
                Some(old) if *old != value && METHODS.contains(&key.as_str()) => {
                    self.conflict(format!("`{} {path}`", key.to_uppercase()), &at);
                }
                Some(_) => {}
            }
        }
    }

    fn components(&mut self, old: &mut Map<String, Value>, new: Map<String, Value>, at: &Pointer) {
        for (section, items) in new {
            let at = at.join(&section);
            match (old.get_mut(&section), items) {
                (None, items) => self.insert(old, &at, items),
                (Some(Value::Object(old)), Value::Object(new)) => self.section(old, new, &at),
                (Some(_), _) => {}
            }
        }
    }

    fn section(&mut self, old: &mut Map<String, Value>, new: Map<String, Value>, at: &Pointer) {
        for (name, item) in new {
            let at = at.join(&name);
            match old.get(&name) {
                None => self.insert(old, &at, item),
                Some(old) if *old != item => self.conflict(format!("the component `#{at}`"), &at),
                Some(_) => {}
            }
        }
    }

    /// Tags are only words for people: the first document's words for a tag stay.
    fn tags(&mut self, old: &mut Vec<Value>, new: Vec<Value>, at: &Pointer) {
        for (index, tag) in new.into_iter().enumerate() {
            if old.iter().all(|known| known.get("name") != tag.get("name")) {
                self.sink.origins.set(at.index(old.len()), self.place(&at.index(index)));
                old.push(tag);
            }
        }
    }

    /// Writes a document's own `security` and `servers`, where they differ from those of the merged document, into
    /// its operations that have none; gives the addresses at which it wrote them.
    fn hand_down(&self, base: &Map<String, Value>, members: &mut Map<String, Value>) -> Vec<Pointer> {
        let mut handed = Vec::new();
        for key in ["security", "servers"] {
            // Without any servers, those of a later document are the only ones there are.
            if members.get(key) == base.get(key) || (key == "servers" && !base.contains_key(key)) {
                continue;
            }
            let Some(value) = members.remove(key) else { continue };
            for (at, operation) in operations(members) {
                if !operation.contains_key(key) {
                    operation.insert(key.to_owned(), value.clone());
                    handed.push(at.join(key));
                }
            }
        }
        handed
    }

    /// Says where what was handed down is written: at the top of its document.
    fn handed_down(&mut self, handed: Vec<Pointer>) {
        for at in handed {
            let Some((key, operation)) = at.last().zip(at.parent()) else { continue };
            if self.sink.origins.resolve(&operation).source == self.source {
                let written = self.place(&Pointer::root().join(key));
                self.sink.origins.set(at, written);
            }
        }
    }
}

/// The operations of a document, with their addresses.
fn operations(members: &mut Map<String, Value>) -> Vec<(Pointer, &mut Map<String, Value>)> {
    let paths = members.get_mut("paths").and_then(Value::as_object_mut);
    let mut operations = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        let at = Pointer::root().join("paths").join(path);
        for (key, value) in item.as_object_mut().into_iter().flatten() {
            if let (true, Value::Object(operation)) = (METHODS.contains(&key.as_str()), value) {
                operations.push((at.join(key), operation));
            }
        }
    }
    operations
}

#[cfg(test)]
mod tests;
