//! In: one text, YAML or JSON. Out: its JSON tree, with every repeated key and every value that JSON cannot hold
//! reported at its place. The one door to the YAML package.

mod node;
mod spelled;

use crate::diagnostic::{Diagnostics, Place, Problem};
use crate::pointer::Pointer;
use crate::read::page;
use crate::source::Source;
use granit_parser::{ErrorKind, Parser, ScanError};
use node::{MOST_LEVELS, Node, Path, Reading};
use serde::de::DeserializeSeed;
use serde_json::Value;

/// The largest text that is read, in MiB.
const MOST_MEGABYTES: usize = 64;

/// Why a text gives no tree.
enum Failure {
    /// A limit was reached; the finding is with the others of the reading.
    Stopped,
    /// The text as a whole is wrong.
    Wrong(Problem),
}

/// Reads a text, whose index is that of [`crate::Input::source`]; `None` when it is no document at all. A tree whose
/// keys are repeated is still given, with the last of the values, so that more can be found in it.
pub fn parse(source_index: usize, source: &Source, sink: &mut Diagnostics) -> Option<Value> {
    let text = page::document(source_index, source, sink)?;
    let mut reading = Reading::default();
    let mut read = object(&text, &source.name, &mut reading);
    if let Ok(tree) = &mut read {
        spelled::restore(tree, &text, &mut reading.found);
    }
    for (pointer, problem) in reading.found {
        sink.report_at(Place { source: source_index, pointer }, problem);
    }
    match read {
        Ok(tree) => Some(tree),
        Err(Failure::Stopped) => None,
        Err(Failure::Wrong(problem)) => {
            sink.report_at(Place { source: source_index, pointer: Pointer::root() }, problem);
            None
        }
    }
}

/// The tree as YAML text.
pub fn to_yaml(tree: &Value) -> String {
    serde_yaml::to_string(tree).unwrap_or_default() // A JSON tree always has a YAML form.
}

/// Reads a text whose top level must be an object.
fn object(text: &str, name: &str, reading: &mut Reading) -> Result<Value, Failure> {
    let megabytes = text.len().div_ceil(1 << 20);
    if megabytes > MOST_MEGABYTES {
        return Err(Failure::Wrong(Problem::TextTooLarge { megabytes, limit: MOST_MEGABYTES }));
    }
    if text.trim().is_empty() {
        return Err(Failure::Wrong(Problem::EmptyText));
    }
    let tree = value(text, name, reading)?;
    let found = match tree {
        Value::Object(_) => return Ok(tree),
        Value::Null => return Err(Failure::Wrong(Problem::EmptyText)),
        Value::Array(_) => "a list",
        Value::String(_) => "a text",
        Value::Number(_) => "a number",
        Value::Bool(_) => "a boolean",
    };
    Err(Failure::Wrong(Problem::NotAnObject { found }))
}

/// Reads what looks like JSON as JSON, anything else as YAML. What YAML makes of broken JSON is rarely what was meant
/// (`{"a": 1 "b"}` has the value `1 "b"`), so it is asked only where the file's name promises YAML.
fn value(text: &str, name: &str, reading: &mut Reading) -> Result<Value, Failure> {
    let inside = text.trim_start().strip_prefix('{').map(str::trim_start);
    if !inside.is_some_and(|inside| inside.starts_with(['"', '}'])) && !name.ends_with(".json") {
        return yaml(text, reading);
    }
    let failure = match json(text, reading) {
        Err(failure @ Failure::Wrong(_)) if name.ends_with(".yaml") || name.ends_with(".yml") => failure,
        read => return read,
    };
    *reading = Reading::default();
    match yaml(text, reading) {
        Err(Failure::Wrong(_)) => Err(failure),
        read => read,
    }
}

fn json(text: &str, reading: &mut Reading) -> Result<Value, Failure> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let read = Node::new(reading, &Path::ROOT).deserialize(&mut parser);
    read.and_then(|tree| parser.end().map(|()| tree)).map_err(|error| {
        if reading.stopped {
            return Failure::Stopped;
        }
        let before = text.lines().nth(error.line().saturating_sub(1)).and_then(|line| line.get(..error.column()));
        let column = before.map_or(error.column(), |before| before.chars().count()).max(1);
        let reason = without_position(&error.to_string());
        Failure::Wrong(Problem::Syntax { format: "JSON", line: error.line().max(1), column, reason })
    })
}

fn yaml(text: &str, reading: &mut Reading) -> Result<Value, Failure> {
    if brackets(text) > 4 * MOST_LEVELS && too_deep(text) {
        return Err(Failure::Wrong(Problem::TooDeep { limit: MOST_LEVELS }));
    }
    reading.merges = true;
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else { return Err(Failure::Wrong(Problem::EmptyText)) };
    let read = Node::new(reading, &Path::ROOT).deserialize(first);
    let tree = read.map_err(|error| {
        let reason = error.to_string();
        if reading.stopped {
            Failure::Stopped
        } else if reason.starts_with("repetition limit exceeded") {
            Failure::Wrong(Problem::TooManyNodes)
        } else {
            let (line, column) = error.location().map_or((1, 1), |location| (location.line(), location.column()));
            Failure::Wrong(Problem::Syntax { format: "YAML", line, column, reason: without_position(&reason) })
        }
    })?;
    match documents.next() {
        None => Ok(tree),
        Some(_) => Err(Failure::Wrong(Problem::SeveralDocuments { line: second_document(text) })),
    }
}

/// Whether a parser that limits nesting gives up. The other one takes quadratic time for nested brackets before it
/// gives anything away, so a text with very many is first shown to this one.
fn too_deep(text: &str) -> bool {
    let limit = |error: ScanError| matches!(error.kind(), ErrorKind::RecursionLimitExceeded);
    Parser::new_from_str(text).any(|event| event.is_err_and(limit))
}

/// How many brackets are open at most, whatever they mean.
fn brackets(text: &str) -> usize {
    let mut open = 0usize;
    let mut most = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => continue,
        }
        most = most.max(open);
    }
    most
}

/// A parser's words without the position that our report shows itself: the first ` at line 1 column 2`.
fn without_position(reason: &str) -> String {
    let Some((before, after)) = reason.split_once(" at line ") else { return reason.to_owned() };
    let position = |c: char| !c.is_ascii_digit() && !" column".contains(c);
    let rest = after.find(position).map_or("", |end| &after[end..]);
    format!("{before}{rest}")
}

/// The line, counted from 1, at which the second YAML document of a text starts.
fn second_document(text: &str) -> usize {
    let marker = |line: &str| line == "---" || line.starts_with("--- ");
    let content = |line: &str| !(line.trim().is_empty() || line.starts_with(['#', '%']) || marker(line));
    let Some(first) = text.lines().position(content) else { return 1 };
    let rest = text.lines().skip(first).position(|line| marker(line.trim_end()));
    rest.map_or(1, |offset| first + offset + 1)
}

#[cfg(test)]
mod tests;
