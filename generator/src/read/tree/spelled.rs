//! In: a text and its tree. Out: the tree in which numbers and booleans that a schema means as text are the text that the
//! author wrote: in an `enum` of strings, `1.10` is no 1.1 and `1e3` no 1000.

use crate::diagnostic::Problem;
use crate::pointer::Pointer;
use granit_parser::{Event, Parser};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Puts the author's text in these places, and says so. Where it is not found, as behind an alias, the value stays.
pub(super) fn restore(tree: &mut Value, text: &str, found: &mut Vec<(Pointer, Problem)>) {
    let mut wanted = Vec::new();
    collect(tree, &mut Vec::new(), &mut wanted);
    if wanted.is_empty() {
        return;
    }
    let written = scalars(text, &wanted);
    for at in wanted {
        let (Some(text), Some(value)) = (written.get(&at), find(tree, &at)) else { continue };
        *value = Value::String(text.clone());
        let (list, last) = (at.parent().unwrap_or_default(), at.last().unwrap_or_default());
        let member = match list.last() {
            Some("enum") => format!("enum[{last}]"),
            _ => last.to_owned(),
        };
        found.push((at, Problem::ReadAsText { member, text: text.clone() }));
    }
}

/// One step to a value. A pointer is made only of the way to one that is wanted: a text may have millions of values.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

fn pointer(path: &[Step<'_>]) -> Pointer {
    path.iter().fold(Pointer::root(), |at, step| match step {
        Step::Key(key) => at.join(*key),
        Step::Index(index) => at.index(*index),
    })
}

/// The addresses of numbers and booleans that stand for text.
fn collect<'a>(value: &'a Value, path: &mut Vec<Step<'a>>, wanted: &mut Vec<Pointer>) {
    let is_other = |value: &Value| value.is_number() || value.is_boolean();
    match value {
        Value::Object(members) => {
            if means_text(members) {
                let values = members.get("enum").and_then(Value::as_array).into_iter().flatten().enumerate();
                let others = values.filter(|(_, value)| is_other(value));
                wanted.extend(others.map(|(index, _)| pointer(path).join("enum").index(index)));
                let alone = ["const", "default"].into_iter().filter(|name| members.get(*name).is_some_and(is_other));
                wanted.extend(alone.map(|name| pointer(path).join(name)));
            }
            if matches!(path.as_slice(), [Step::Key("info")]) && members.get("version").is_some_and(is_other) {
                wanted.push(pointer(path).join("version"));
            }
            for (name, member) in members {
                path.push(Step::Key(name));
                collect(member, path, wanted);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                collect(item, path, wanted);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Whether a schema allows strings, and no number or boolean.
fn means_text(members: &Map<String, Value>) -> bool {
    match members.get("type") {
        Some(Value::String(one)) => one == "string",
        Some(Value::Array(types)) => {
            let plain = |one: &Value| one == "string" || one == "null";
            types.iter().any(|one| one == "string") && types.iter().all(plain)
        }
        _ => false,
    }
}

/// The text of the scalars at these addresses.
fn scalars(text: &str, wanted: &[Pointer]) -> BTreeMap<Pointer, String> {
    let (wanted, deepest) = (wanted.iter().collect(), wanted.iter().map(|at| at.tokens().len()).max().unwrap_or(0));
    let mut walk = Walk { frames: Vec::new(), found: BTreeMap::new(), wanted: &wanted, deepest };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::Scalar(value, ..), _)) => walk.scalar(&value),
            Ok((Event::Alias(_), _)) => walk.done(),
            Ok((Event::MappingStart(..), _)) => walk.frames.push(Frame::Object(None)),
            Ok((Event::SequenceStart(..), _)) => walk.frames.push(Frame::Array(0)),
            Ok((Event::MappingEnd | Event::SequenceEnd, _)) => {
                walk.frames.pop();
                walk.done();
            }
            Ok((Event::DocumentEnd, _)) | Err(_) => break,
            Ok(_) => {}
        }
    }
    walk.found
}

/// What is around the next event: an object, with the key whose value comes next, or an array with its next index.
enum Frame {
    Object(Option<String>),
    Array(usize),
}

struct Walk<'w> {
    frames: Vec<Frame>,
    found: BTreeMap<Pointer, String>,
    wanted: &'w BTreeSet<&'w Pointer>,
    deepest: usize,
}

impl Walk<'_> {
    fn scalar(&mut self, value: &str) {
        if let Some(Frame::Object(key @ None)) = self.frames.last_mut() {
            *key = Some(value.to_owned());
            return;
        }
        if self.frames.len() <= self.deepest {
            let at = self.frames.iter().fold(Pointer::root(), |at, frame| match frame {
                Frame::Object(key) => at.join(key.as_deref().unwrap_or_default()),
                Frame::Array(index) => at.index(*index),
            });
            if self.wanted.contains(&at) {
                self.found.insert(at, value.to_owned());
            }
        }
        self.done();
    }

    /// A value is complete. One that is the key of an object itself is passed over.
    fn done(&mut self) {
        match self.frames.last_mut() {
            Some(Frame::Object(key @ None)) => *key = Some(String::new()),
            Some(Frame::Object(key)) => *key = None,
            Some(Frame::Array(index)) => *index += 1,
            None => {}
        }
    }
}

fn find<'a>(tree: &'a mut Value, at: &Pointer) -> Option<&'a mut Value> {
    at.tokens().iter().try_fold(tree, |value, token| match value {
        Value::Object(members) => members.get_mut(token),
        Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::restore;
    use serde_json::json;

    #[test]
    fn texts_are_those_of_the_author() {
        let text = "info: {title: T, version: 1.10}\na:\n  - {type: string, enum: [1e3, 1.10, x], default: 1e3}\n  - {enum: [1.0]}\n";
        let mut tree = json!({
            "info": {"title": "T", "version": 1.1},
            "a": [{"type": "string", "enum": [1000.0, 1.1, "x"], "default": 1000.0}, {"enum": [1.0]}],
        });
        let mut found = Vec::new();
        restore(&mut tree, text, &mut found);
        assert_eq!(tree["info"]["version"], "1.10");
        assert_eq!(
            tree["a"],
            json!([{"type": "string", "enum": ["1e3", "1.10", "x"], "default": "1e3"}, {"enum": [1.0]}])
        );
        assert_eq!(found.len(), 4);
    }
}
