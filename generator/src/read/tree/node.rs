//! In: the values that a JSON or YAML parser finds. Out: the JSON tree of them, and what is to be said about it.

use crate::diagnostic::Problem;
use crate::pointer::Pointer;
use serde::de::{self, Deserializer};
use serde_json::{Map, Number, Value};
use std::fmt;

/// How deep a text may be nested. The parsers themselves give up at 128, with words that have no place.
pub(super) const MOST_LEVELS: usize = 120;

/// How many values a text may have. Aliases are counted each time that they are used; long texts count for more.
const MOST_NODES: usize = 5_000_000;

/// How many bytes of text weigh as much as a value.
const BYTES_PER_NODE: usize = 32;

/// What one reading of a text has found.
#[derive(Default)]
pub(super) struct Reading {
    /// The findings, with their address in the text.
    pub(super) found: Vec<(Pointer, Problem)>,
    /// Whether the reading was given up: the reason is the last finding.
    pub(super) stopped: bool,
    /// Whether `<<` is a merge key, as in YAML.
    pub(super) merges: bool,
    nodes: usize,
}

impl Reading {
    fn report(&mut self, path: &Path<'_>, problem: Problem) {
        self.found.push((path.pointer(), problem));
    }

    fn stop<E: de::Error>(&mut self, path: &Path<'_>, problem: Problem) -> E {
        self.report(path, problem);
        self.stopped = true;
        E::custom("stopped")
    }

    /// Counts a value, so that a few lines of nested aliases cannot fill the memory.
    fn count<E: de::Error>(&mut self, path: &Path<'_>, bytes: usize) -> Result<(), E> {
        self.nodes += 1 + bytes / BYTES_PER_NODE;
        if self.nodes > MOST_NODES { Err(self.stop(path, Problem::TooManyNodes)) } else { Ok(()) }
    }
}

/// The way from the top of the text to a value; a chain on the stack, made into a pointer only for a finding.
pub(super) struct Path<'a> {
    outer: Option<&'a Path<'a>>,
    step: Step<'a>,
    depth: usize,
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The top of the text.
    pub(super) const ROOT: Path<'static> = Path { outer: None, step: Step::Index(0), depth: 0 };

    fn to(&'a self, step: Step<'a>) -> Self {
        Self { outer: Some(self), step, depth: self.depth + 1 }
    }

    fn pointer(&self) -> Pointer {
        match (self.outer, &self.step) {
            (None, _) => Pointer::root(),
            (Some(outer), Step::Key(key)) => outer.pointer().join(*key),
            (Some(outer), Step::Index(index)) => outer.pointer().index(*index),
        }
    }
}

/// Reads one value of the text.
pub(super) struct Node<'a> {
    reading: &'a mut Reading,
    path: &'a Path<'a>,
}

impl<'a> Node<'a> {
    pub(super) fn new(reading: &'a mut Reading, path: &'a Path<'a>) -> Self {
        Self { reading, path }
    }

    fn leaf<E: de::Error>(self, value: impl Into<Value>) -> Result<Value, E> {
        self.reading.count(self.path, 0)?;
        Ok(value.into())
    }

    fn enter<E: de::Error>(&mut self) -> Result<(), E> {
        if self.path.depth >= MOST_LEVELS {
            return Err(self.reading.stop(self.path, Problem::TooDeep { limit: MOST_LEVELS }));
        }
        self.reading.count(self.path, 0)
    }

    /// Gives an object the members of its merge key that it does not have itself; of several, the first one wins
    /// (<https://yaml.org/type/merge.html>).
    fn merge(&mut self, members: &mut Map<String, Value>, merged: Value) {
        let sources = match merged {
            Value::Array(list) => list,
            one => vec![one],
        };
        for source in sources {
            let Value::Object(source) = source else {
                self.reading.report(&self.path.to(Step::Key("<<")), Problem::MergeKey);
                continue;
            };
            for (key, value) in source {
                members.entry(key).or_insert(value);
            }
        }
    }
}

impl<'de> de::DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> de::Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        self.leaf(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        self.leaf(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        self.leaf(value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.leaf(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.leaf(value)
    }

    // Integers beyond 64 bits become floats, as they do in JSON.

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        self.leaf(value as f64)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        self.leaf(value as f64)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        if let Some(number) = Number::from_f64(value) {
            return self.leaf(number);
        }
        let number = match value {
            f64::INFINITY => ".inf",
            f64::NEG_INFINITY => "-.inf",
            _ => ".nan",
        };
        self.reading.report(self.path, Problem::NotFinite { number });
        self.leaf(Value::Null)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Value, E> {
        self.reading.count(self.path, text.len())?;
        Ok(Value::String(text))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(mut self, mut elements: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut list = Vec::new();
        while let Some(element) =
            elements.next_element_seed(Node::new(self.reading, &self.path.to(Step::Index(list.len()))))?
        {
            list.push(element);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: de::MapAccess<'de>>(mut self, mut entries: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut members = Map::new();
        let mut merged = None;
        while let Some(key) = entries.next_key_seed(Key)? {
            self.reading.count(self.path, key.len())?;
            let path = self.path.to(Step::Key(&key));
            let merges = self.reading.merges && key == "<<";
            if members.contains_key(&key) || (merges && merged.is_some()) {
                self.reading.report(&path, Problem::DuplicateKey { key: key.clone() });
            }
            let value = entries.next_value_seed(Node::new(self.reading, &path))?;
            if merges {
                merged = Some(value);
            } else {
                members.insert(key, value);
            }
        }
        if let Some(merged) = merged {
            self.merge(&mut members, merged);
        }
        Ok(Value::Object(members))
    }

    /// A value with a tag of its author: `!include a.yaml`.
    fn visit_enum<A: de::EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, value) = tagged.variant_seed(Key)?;
        self.reading.report(self.path, Problem::Tag { tag: format!("!{tag}") });
        de::VariantAccess::newtype_variant_seed(value, self)
    }
}

/// Reads a key as it is written: `200`, `true` and `1.10` are texts.
struct Key;

impl<'de> de::DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl de::Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text as a key")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}
