//! In: nothing. Out: the nouns for types: an arena of named definitions, and `Type`, the expressions that use them.

use super::Union;
use crate::pointer::Pointer;
use serde::Serialize;

/// A definition's place in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TypeId(pub usize);

/// The arena of named types.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Types(pub Vec<Definition>);

impl Types {
    /// The definition of a reserved type.
    pub fn get(&self, id: TypeId) -> &Definition {
        &self.0[id.0]
    }
}

/// A named Rust type.
#[derive(Clone, Debug, Serialize)]
pub struct Definition {
    /// Where the schema stands.
    pub origin: Pointer,
    /// Its Rust name: `SendSmsMessageResponse`.
    pub name: String,
    /// The file that holds it, without `.rs`; a schema and its inline parts share one.
    pub file: String,
    /// The schema's description (or title), Markdown as the vendor wrote it.
    pub docs: Option<String>,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// What it is.
    pub shape: Shape,
}

/// What a named type is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A JSON object with named properties.
    Struct {
        /// The properties, sorted by name on the wire.
        fields: Vec<Field>,
        /// The type of members that are not named, when they are to be kept.
        rest: Option<Type>,
    },
    /// An open set of strings: unknown ones are kept.
    Enum(Vec<Constant>),
    /// An open set of whole numbers: unknown ones are kept.
    Numbers(Vec<Constant>),
    /// One of several types, told apart by what the JSON says.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
    /// A tuple struct around a type: an alias that is part of a circle and so cannot be a Rust alias.
    Newtype(Type),
}

/// A property of an object.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Where its schema stands.
    pub origin: Pointer,
    /// Its Rust name: `message_id`, `type_`.
    pub name: String,
    /// Its name in JSON.
    pub wire: String,
    /// Its description.
    pub docs: Option<String>,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// The type of its value when there is one; never `Type::Nullable`.
    pub r#type: Type,
    /// Whether it is always there.
    pub required: bool,
    /// Whether its value may be null.
    pub nullable: bool,
}

/// One value of an enum.
#[derive(Clone, Debug, Serialize)]
pub struct Constant {
    /// Its Rust name: `Delivered`.
    pub name: String,
    /// A string, or the digits of a number.
    pub wire: String,
    /// What the document says of it.
    pub docs: Option<String>,
}

/// The use of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// A definition.
    Named(TypeId),
    /// Any JSON value: the widest honest type.
    Json,
    /// A JSON object whose members the document does not name.
    Object,
    /// A JSON string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer(Integer),
    /// A number.
    Number(Float),
    /// A list.
    Array(Box<Type>),
    /// An object used as a map from strings.
    Map(Box<Type>),
    /// A list of fixed length, each place with a type of its own: 1 to 12 of them.
    Tuple(Vec<Type>),
    /// A value or null, inside a list, a map or a tuple.
    Nullable(Box<Type>),
    /// A definition behind a pointer, where it would else contain itself.
    Boxed(TypeId),
}

/// The width of a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Integer {
    /// 32 bits, signed: format `int32`.
    I32,
    /// 64 bits, signed: format `int64`, or none.
    I64,
    /// 32 bits, unsigned: format `uint32`.
    U32,
    /// 64 bits, unsigned: format `uint64`.
    U64,
}

/// The width of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Float {
    /// 32 bits: format `float`.
    F32,
    /// 64 bits: format `double`, or none.
    F64,
}
