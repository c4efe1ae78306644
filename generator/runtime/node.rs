//! In: a JSON value. Out: `Node`, the same value, whose parts can be looked at and decoded again and again without a copy:
//! what unions are decided on.

use serde_json::{Map, Number, Value};
use std::rc::Rc;

/// A JSON value. Clones share their parts.
#[derive(Clone, Debug)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(Rc<str>),
    /// An array.
    List(Rc<[Node]>),
    /// An object.
    Object(Rc<Properties>),
}

impl Node {
    /// What tells an array or an object from all others, while it is there.
    pub(super) fn address(&self) -> Option<usize> {
        match self {
            Self::List(items) => Some(items.as_ptr().addr()),
            Self::Object(properties) => Some(Rc::as_ptr(properties).addr()),
            _ => None,
        }
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Boolean(flag),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text.into()),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(Rc::new(members.into())),
        }
    }
}

impl From<&Node> for Value {
    fn from(node: &Node) -> Self {
        match node {
            Node::Null => Self::Null,
            Node::Boolean(flag) => Self::Bool(*flag),
            Node::Number(number) => Self::Number(number.clone()),
            Node::Text(text) => Self::String(text.as_ref().to_owned()),
            Node::List(items) => items.iter().map(Self::from).collect(),
            Node::Object(properties) => {
                Self::Object(properties.all.iter().map(|(name, value)| (name.clone(), value.into())).collect())
            }
        }
    }
}

/// The properties of an object, in the order in which they came.
#[derive(Debug)]
pub struct Properties {
    all: Vec<(String, Node)>,
    /// Their places, sorted by name.
    sorted: Vec<usize>,
}

impl Properties {
    pub(super) fn all(&self) -> &[(String, Node)] {
        &self.all
    }

    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        let name_at = |place: &usize| self.all.get(*place).map_or("", |(name, _)| name.as_str());
        let found = self.sorted.binary_search_by(|place| name_at(place).cmp(name)).ok()?;
        self.sorted.get(found).and_then(|place| self.all.get(*place)).map(|(_, value)| value)
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

impl From<Map<String, Value>> for Properties {
    fn from(members: Map<String, Value>) -> Self {
        let all: Vec<(String, Node)> = members.into_iter().map(|(name, value)| (name, value.into())).collect();
        let mut sorted: Vec<usize> = (0..all.len()).collect();
        sorted.sort_unstable_by(|one, other| all[*one].0.cmp(&all[*other].0));
        Self { all, sorted }
    }
}
