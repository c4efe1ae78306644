//! In: a `Node`. Out: what serde makes of it, as often as it is asked for. Errors begin with their path, `$.bark: invalid
//! type`.

use super::located;
use super::node::Node;
use super::numbers;
use super::offer::{NAME, Nesting, Offer};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Number, Value};
use std::fmt;

/// Reads a value.
#[derive(Clone, Copy)]
pub struct Reread<'n> {
    pub(crate) node: &'n Node,
    pub(crate) nesting: &'n Nesting,
}

/// What is wrong, and where.
#[derive(Debug)]
pub struct Wrong {
    message: String,
    /// The way to it, its last step first.
    path: Vec<Step>,
    offer: Option<Box<Offer>>,
}

#[derive(Debug)]
enum Step {
    Item(usize),
    Property(String),
}

impl Wrong {
    fn at(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut path = "$".to_owned();
        for step in self.path.iter().rev() {
            match step {
                Step::Item(index) => located::item(&mut path, *index),
                Step::Property(name) => located::property(&mut path, name),
            }
        }
        // What was read by another union has its own path.
        let (inner, message) = located::split(&self.message).unwrap_or(("", &self.message));
        write!(f, "{path}{inner}: {message}")
    }
}

impl std::error::Error for Wrong {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.offer.as_deref().map(|offer| offer as _)
    }
}

impl Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), path: Vec::new(), offer: None }
    }
}

impl From<serde_json::Error> for Wrong {
    fn from(error: serde_json::Error) -> Self {
        Self::custom(error)
    }
}

/// The integer that a number is, if it is written with a fraction or an exponent: `1.0`.
pub(super) fn whole(number: &Number) -> Option<i64> {
    numbers::whole(number.as_f64().filter(|_| number.is_f64())?)
}

impl<'n> Reread<'n> {
    fn part(self, node: &'n Node) -> Self {
        Self { node, ..self }
    }

    fn integer<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let whole = match self.node {
            Node::Number(number) => whole(number),
            _ => None,
        };
        match whole {
            Some(whole) => visitor.visit_i64(whole),
            None => self.deserialize_any(visitor),
        }
    }
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            self.integer(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Reread<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.node {
            Node::Null => visitor.visit_unit(),
            Node::Boolean(flag) => visitor.visit_bool(*flag),
            Node::Number(number) => Ok(number.deserialize_any(visitor)?),
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::List(items) => {
                let mut items = Items { reader: self, items, at: 0 };
                let value = visitor.visit_seq(&mut items)?;
                match items.items.len() - items.at {
                    0 => Ok(value),
                    _ => Err(Wrong::invalid_length(items.items.len(), &"fewer items in the array")),
                }
            }
            Node::Object(properties) => {
                visitor.visit_map(Entries { reader: self, rest: properties.all().iter(), entry: None })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.node {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        if name == NAME {
            let offer = Offer { node: self.node.clone(), nesting: self.nesting.clone() };
            return Err(Wrong { offer: Some(Box::new(offer)), ..Wrong::custom("nobody took the value") });
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }

    /// A type that the user brings may be such an enum.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        Ok(Value::from(self.node).deserialize_enum(name, variants, visitor)?)
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// The items of an array.
struct Items<'n> {
    reader: Reread<'n>,
    items: &'n [Node],
    at: usize,
}

impl<'n> SeqAccess<'n> for &mut Items<'n> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let Some(item) = self.items.get(self.at) else { return Ok(None) };
        self.at += 1;
        seed.deserialize(self.reader.part(item)).map(Some).map_err(|wrong| wrong.at(Step::Item(self.at - 1)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.at)
    }
}

/// The properties of an object.
struct Entries<'n> {
    reader: Reread<'n>,
    rest: std::slice::Iter<'n, (String, Node)>,
    /// The one whose name was read last.
    entry: Option<&'n (String, Node)>,
}

impl<'n> MapAccess<'n> for Entries<'n> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        self.entry = self.rest.next();
        let Some((name, _)) = self.entry else { return Ok(None) };
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<T::Value, Wrong> {
        let Some((name, value)) = self.entry else { return Err(Wrong::custom("a value without a name")) };
        seed.deserialize(self.reader.part(value)).map_err(|wrong| wrong.at(Step::Property(name.clone())))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}
