//! In: a value that serde can write. Out: its `Tree`, which forms are written from: JSON with the digits of its numbers as
//! they are, and with files and secrets.

use super::credential::{self, Secret};
use super::file::{self, File};
use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};
use std::fmt;

/// A value as serde writes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Null,
    /// A string.
    Text(String),
    /// A string that may not be shown.
    Secret(Secret),
    /// A number, `true` or `false`, as JSON spells it.
    Token(String),
    File(File),
    List(Vec<Tree>),
    /// Members in the order in which they are written.
    Members(Vec<(String, Tree)>),
}

impl Tree {
    /// The tree of a value.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub(super) fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, Unwritable> {
        value.serialize(Planter)
    }

    /// The value as JSON text.
    ///
    /// # Errors
    /// When a file in it is no text.
    pub(super) fn json(&self) -> Result<String, Unwritable> {
        let mut text = String::new();
        self.write(&mut text)?;
        Ok(text)
    }

    /// Adds the secrets in it.
    pub(super) fn secrets(&self, all: &mut Vec<Secret>) {
        match self {
            Self::Secret(secret) => all.push(secret.clone()),
            Self::List(items) => items.iter().for_each(|item| item.secrets(all)),
            Self::Members(members) => members.iter().for_each(|(_, value)| value.secrets(all)),
            Self::Null | Self::Text(_) | Self::Token(_) | Self::File(_) => {}
        }
    }

    fn write(&self, text: &mut String) -> Result<(), Unwritable> {
        match self {
            Self::Null => text.push_str("null"),
            Self::Token(token) => text.push_str(token),
            Self::Text(string) => text.push_str(&quoted(string)?),
            Self::Secret(secret) => text.push_str(&quoted(secret.expose())?),
            Self::File(file) => text.push_str(&quoted(file.text().map_err(Unwritable::custom)?)?),
            Self::List(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    item.write(text)?;
                }
                text.push(']');
            }
            Self::Members(members) => {
                text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    text.push_str(&quoted(name)?);
                    text.push(':');
                    value.write(text)?;
                }
                text.push('}');
            }
        }
        Ok(())
    }
}

/// A number, a boolean or a string as JSON.
fn quoted(value: &(impl Serialize + ?Sized)) -> Result<String, Unwritable> {
    serde_json::to_string(value).map_err(Unwritable::custom)
}

/// Why a value has no tree.
#[derive(Debug)]
pub(super) struct Unwritable(String);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl Error for Unwritable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Makes trees.
#[derive(Clone, Copy)]
struct Planter;

macro_rules! tokens {
    ($($method:ident $Type:ty,)*) => {
        $(fn $method(self, value: $Type) -> Result<Tree, Unwritable> {
            quoted(&value).map(Tree::Token)
        })*
    };
}

/// A number, which JSON has if it is finite (RFC 8259, section 6). serde_json writes null for others.
fn finite(is_finite: bool, value: impl Serialize + fmt::Display) -> Result<Tree, Unwritable> {
    match is_finite {
        true => quoted(&value).map(Tree::Token),
        false => Err(Unwritable::custom(format_args!("{value} is not a number that JSON has"))),
    }
}

/// What no type of an API is.
fn foreign<T>(what: &str) -> Result<T, Unwritable> {
    Err(Unwritable::custom(format_args!("{what} has no place in a form")))
}

impl Serializer for Planter {
    type Ok = Tree;
    type Error = Unwritable;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Impossible<Tree, Unwritable>;
    type SerializeTupleVariant = Impossible<Tree, Unwritable>;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Impossible<Tree, Unwritable>;

    tokens! {
        serialize_bool bool,
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128,
    }

    fn serialize_f32(self, value: f32) -> Result<Tree, Unwritable> {
        finite(value.is_finite(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<Tree, Unwritable> {
        finite(value.is_finite(), value)
    }

    fn serialize_char(self, value: char) -> Result<Tree, Unwritable> {
        Ok(Tree::Text(value.into()))
    }

    fn serialize_str(self, value: &str) -> Result<Tree, Unwritable> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Tree, Unwritable> {
        foreign("this list of bytes")
    }

    fn serialize_none(self) -> Result<Tree, Unwritable> {
        Ok(Tree::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree, Unwritable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Tree, Unwritable> {
        Ok(Tree::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, Unwritable> {
        Ok(Tree::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Tree, Unwritable> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Tree, Unwritable> {
        if name == credential::NAME {
            return Ok(match value.serialize(self)? {
                Tree::Text(text) => Tree::Secret(text.into()),
                other => other,
            });
        }
        if name != file::NAME {
            return value.serialize(self);
        }
        file::handed(|| value.serialize(self))?.map_or_else(|| foreign("this file"), |file| Ok(Tree::File(file)))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Tree, Unwritable> {
        Ok(Tree::Members(vec![(variant.to_owned(), value.serialize(self)?)]))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Unwritable> {
        Ok(Items { items: Vec::new() })
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Unwritable> {
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Unwritable> {
        Ok(Members { members: Vec::new(), key: None })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members, Unwritable> {
        self.serialize_map(None)
    }

    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unwritable> {
        foreign(name)
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        foreign(name)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unwritable> {
        foreign(name)
    }
}

/// A list that is being written.
struct Items {
    items: Vec<Tree>,
}

impl SerializeSeq for Items {
    type Ok = Tree;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.items.push(value.serialize(Planter)?);
        Ok(())
    }

    fn end(self) -> Result<Tree, Unwritable> {
        Ok(Tree::List(self.items))
    }
}

impl SerializeTuple for Items {
    type Ok = Tree;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<Tree, Unwritable> {
        SerializeSeq::end(self)
    }
}

/// An object that is being written.
struct Members {
    members: Vec<(String, Tree)>,
    key: Option<String>,
}

impl SerializeMap for Members {
    type Ok = Tree;
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        self.key = match key.serialize(Planter)? {
            Tree::Text(key) | Tree::Token(key) => Some(key),
            Tree::Secret(key) => Some(key.expose().to_owned()),
            _ => return Err(Unwritable::custom("key must be a string")),
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        let key = self.key.take().unwrap_or_default();
        self.members.push((key, value.serialize(Planter)?));
        Ok(())
    }

    fn end(self) -> Result<Tree, Unwritable> {
        Ok(Tree::Members(self.members))
    }
}

impl SerializeStruct for Members {
    type Ok = Tree;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unwritable> {
        self.serialize_entry(key, value)
    }

    fn end(self) -> Result<Tree, Unwritable> {
        SerializeMap::end(self)
    }
}
