//! In: an overlay's tree. Out: its actions, each known to be well formed; what is not is reported at its place.

use crate::diagnostic::{Diagnostics, Place, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value};
use serde_json_path::JsonPath;

/// One change to the places that its target selects.
pub(super) struct Action<'a> {
    pub(super) target: Query<'a>,
    pub(super) change: Change<'a>,
}

/// A JSONPath and where it is written in the overlay.
pub(super) struct Query<'a> {
    pub(super) text: &'a str,
    pub(super) path: JsonPath,
    pub(super) at: Pointer,
}

/// What an action does to its targets.
pub(super) enum Change<'a> {
    /// Takes them out.
    Remove,
    /// Merges a value, written at `at`, into them.
    Update { value: &'a Value, at: Pointer },
    /// Merges what stands elsewhere in the document into them.
    Copy(Query<'a>),
}

/// Reads the actions; those that are wrong are reported and left out.
pub(super) fn read<'a>(overlay: &'a Value, source: usize, sink: &mut Diagnostics) -> Vec<Action<'a>> {
    let mut reader = Reader { source, sink, copies: false };
    let Some(members) = overlay.as_object().filter(|members| members.contains_key("overlay")) else {
        reader.report(Pointer::root(), Problem::NotAnOverlay);
        return Vec::new();
    };
    reader.header(members);
    reader.actions(members.get("actions"))
}

struct Reader<'s> {
    source: usize,
    sink: &'s mut Diagnostics,
    /// Whether actions may copy, as they may from 1.1 on.
    copies: bool,
}

impl Reader<'_> {
    fn report(&mut self, pointer: Pointer, problem: Problem) {
        self.sink.report_at(Place { source: self.source, pointer }, problem);
    }

    fn wrong(&mut self, pointer: Pointer, wrong: impl Into<String>, fix: impl Into<String>) {
        self.report(pointer, Problem::OverlayShape { wrong: wrong.into(), fix: fix.into() });
    }

    /// Everything but the actions.
    fn header(&mut self, members: &Map<String, Value>) {
        let root = Pointer::root();
        self.version(&members["overlay"]);
        self.known(&root, members, &["overlay", "info", "extends", "actions"], "an overlay");
        self.text(&root, members, "extends", false);
        let at = root.join("info");
        match members.get("info") {
            None => self.wrong(root, "this overlay has no `info`", "add `info:` with a `title` and a `version`"),
            Some(Value::Object(info)) => {
                let known: &[_] =
                    if self.copies { &["title", "version", "description"] } else { &["title", "version"] };
                self.known(&at, info, known, "an overlay's `info`");
                self.text(&at, info, "title", true);
                self.text(&at, info, "version", true);
                self.text(&at, info, "description", false);
            }
            Some(_) => self.wrong(at, "`info` must be an object", "give it a `title` and a `version`"),
        }
    }

    fn version(&mut self, version: &Value) {
        let text = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
        match text.split('.').collect::<Vec<_>>().as_slice() {
            ["1", minor @ ("0" | "1"), patch] if patch.parse::<u32>().is_ok() => self.copies = *minor == "1",
            _ => self.report(Pointer::root().join("overlay"), Problem::OverlayVersion { found: text }),
        }
    }

    /// Reports members that the specification does not know; those that start with `x-` are free.
    fn known(&mut self, at: &Pointer, members: &Map<String, Value>, known: &[&str], owner: &str) {
        for key in members.keys().filter(|key| !key.starts_with("x-") && !known.contains(&key.as_str())) {
            let fix = format!("remove it, or correct its spelling: {}", known.join(", "));
            self.wrong(at.join(key), format!("{owner} has no member `{key}`"), fix);
        }
    }

    /// A member that must be text.
    fn text<'a>(
        &mut self,
        at: &Pointer,
        members: &'a Map<String, Value>,
        key: &str,
        required: bool,
    ) -> Option<&'a str> {
        match members.get(key) {
            Some(Value::String(text)) => return Some(text),
            Some(_) => self.wrong(at.join(key), format!("`{key}` must be text"), "put the value in quotes"),
            None if required => {
                self.wrong(at.clone(), format!("`{key}` is missing here"), format!("add `{key}:` and its text"));
            }
            None => {}
        }
        None
    }

    fn actions<'a>(&mut self, actions: Option<&'a Value>) -> Vec<Action<'a>> {
        let at = Pointer::root().join("actions");
        let fix = "list at least one action: a `target` and an `update` or `remove: true`";
        let Some(actions) = actions else {
            self.wrong(Pointer::root(), "this overlay has no `actions`", fix);
            return Vec::new();
        };
        let list = actions.as_array().map_or(&[][..], Vec::as_slice);
        if list.is_empty() {
            self.wrong(at.clone(), "`actions` must be a list with at least one action", fix);
        }
        let mut read = Vec::new();
        for (index, action) in list.iter().enumerate() {
            if list[..index].contains(action) {
                self.wrong(at.index(index), "this action is given twice", "remove one of the two");
            }
            read.extend(self.action(action, &at.index(index)));
        }
        read
    }

    fn action<'a>(&mut self, action: &'a Value, at: &Pointer) -> Option<Action<'a>> {
        let Some(members) = action.as_object() else {
            self.wrong(
                at.clone(),
                "an action must be an object",
                "give it a `target` and an `update` or `remove: true`",
            );
            return None;
        };
        let known: &[_] = match self.copies {
            true => &["target", "description", "update", "copy", "remove"],
            false => &["target", "description", "update", "remove"],
        };
        self.known(at, members, known, "an action of this overlay version");
        self.text(at, members, "description", false);
        let target = self.text(at, members, "target", true).and_then(|text| self.query(text, at.join("target")));
        let change = self.change(members, at);
        Some(Action { target: target?, change: change? })
    }

    fn change<'a>(&mut self, members: &'a Map<String, Value>, at: &Pointer) -> Option<Change<'a>> {
        match members.get("remove") {
            Some(Value::Bool(true)) => return Some(Change::Remove), // It overrides the others.
            Some(Value::Bool(false)) | None => {}
            Some(_) => {
                self.wrong(at.join("remove"), "`remove` must be true or false", "write `remove: true`");
                return None;
            }
        }
        let copy = members.get("copy").filter(|_| self.copies);
        match (members.get("update"), copy) {
            (Some(value), None) => Some(Change::Update { value, at: at.join("update") }),
            (None, Some(_)) => {
                let text = self.text(at, members, "copy", true)?;
                self.query(text, at.join("copy")).map(Change::Copy)
            }
            (update, _) => {
                let given = if update.is_some() { "both `update` and `copy`" } else { "no `update` and no `remove`" };
                self.report(at.clone(), Problem::OverlayNoEffect { given });
                None
            }
        }
    }

    fn query<'a>(&mut self, text: &'a str, at: Pointer) -> Option<Query<'a>> {
        match JsonPath::parse(text) {
            Ok(path) => Some(Query { text, path, at }),
            Err(error) => {
                self.report(at, Problem::OverlayPath { path: text.to_owned(), reason: error.to_string() });
                None
            }
        }
    }
}
