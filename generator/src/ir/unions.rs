//! In: nothing. Out: the nouns for unions: the variants, and the forms of JSON by which each is proven.

use super::Type;
use crate::pointer::Pointer;
use serde::Serialize;

/// One of several types.
#[derive(Clone, Debug, Serialize)]
pub struct Union {
    /// The member that tells all objects among the variants apart, if there is one.
    pub key: Option<String>,
    /// The variants, sorted by name: at least two.
    pub variants: Vec<Variant>,
}

/// One type of a union.
#[derive(Clone, Debug, Serialize)]
pub struct Variant {
    /// Where its schema stands.
    pub origin: Pointer,
    /// Its Rust name: `Cat`.
    pub name: String,
    /// The type that it holds.
    pub r#type: Type,
    /// The forms of JSON that it may take, with no more detail than it takes to tell it from the others.
    pub forms: Vec<Form>,
    /// The discriminator's member and its value, where the type itself does not have that member: they are written
    /// beside what it holds.
    pub tag: Option<(String, String)>,
}

/// A form of JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Null, as an item of a list.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any other number.
    Number,
    /// Any string.
    Text,
    /// One of these strings.
    Constant(Vec<String>),
    /// A list whose items take these forms; any list if there are none.
    List(Vec<Form>),
    /// An object.
    Object(Members),
}

/// What proves an object. All lists are sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Members {
    /// Those that must be there.
    pub required: Vec<String>,
    /// Those that hold one of these constants, where they are there; numbers and booleans as their JSON text.
    pub constants: Vec<(String, Vec<String>)>,
    /// Those that the type can keep: where several types accept an object, the one that keeps most of it is taken.
    pub known: Vec<String>,
    /// The forms of those whose values can tell objects apart. Here the strings of an enum are not all that there may
    /// be: others only speak less for the object.
    pub inner: Vec<(String, Vec<Form>)>,
}

impl Members {
    /// The constants that a member may hold, if it is restricted to some.
    pub fn constant(&self, key: &str) -> Option<&[String]> {
        self.constants.iter().find(|(name, _)| name == key).map(|(_, values)| values.as_slice())
    }

    /// The forms that a member's value may take, if they are known.
    pub fn inner(&self, key: &str) -> Option<&[Form]> {
        self.inner.iter().find(|(name, _)| name == key).map(|(_, forms)| forms.as_slice())
    }
}
