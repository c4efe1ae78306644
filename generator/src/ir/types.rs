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
    /// How it came by this name.
    pub naming: Naming,
    /// The file that holds it, without `.rs`; a schema and its inline parts share one.
    pub file: String,
    /// The schema's description (or title), Markdown as the vendor wrote it.
    pub docs: Option<String>,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// The Cargo features of which any one needs it; none: it is always there. Those of one file share them.
    pub features: Vec<String>,
    /// On which side of a call it is used.
    pub direction: Direction,
    /// What it is.
    pub shape: Shape,
}

/// How a type came by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Naming {
    /// The name that it has unless something else has it.
    pub wish: String,
    /// What the wish is made of.
    pub reason: Reason,
}

/// What a name is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The name under `components`.
    Component,
    /// `x-rust-name`.
    Given,
    /// The place, whose last word is the schema's `title`.
    Title,
    /// The place.
    #[default]
    Place,
}

/// On which side of a call a type is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// In requests alone.
    Sent,
    /// In answers and webhooks alone, or nowhere: it comes from a file, then.
    Received,
    /// In both.
    Both,
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

impl Shape {
    /// The types that it is made of.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Struct { fields, rest } => fields.iter().map(|field| &field.r#type).chain(rest).collect(),
            Self::Alias(inner) | Self::Newtype(inner) => vec![inner],
            Self::Union(union) => union.variants.iter().map(|variant| &variant.r#type).collect(),
            Self::Enum(_) | Self::Numbers(_) => Vec::new(),
        }
    }
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
    /// Whether it is always there, on each side where its type is used.
    pub required: bool,
    /// On which side it means something.
    pub access: Access,
    /// Whether its value may be null.
    pub nullable: bool,
    /// What the server takes for it where it is left out.
    pub default: Option<Literal>,
    /// The only value that it can have, where it is written by itself.
    pub constant: Option<Literal>,
}

/// A value that the document writes out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    /// Any other number.
    Number(f64),
    /// A string.
    Text(String),
}

impl Literal {
    /// Its JSON.
    pub fn json(&self) -> String {
        match self {
            Self::Boolean(flag) => flag.to_string(),
            Self::Integer(whole) => whole.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        }
    }
}

/// On which side of a call a property means something (OpenAPI 3.0.4, section 4.7.24.2; JSON Schema Validation
/// 2020-12, section 9.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// In requests and in answers.
    Full,
    /// `readOnly`: in answers. A request does not set it.
    ReadOnly,
    /// `writeOnly`: in requests. An answer does not bring it.
    WriteOnly,
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
    /// Null, and nothing else.
    Null,
    /// A JSON object whose members the document does not name.
    Object,
    /// A JSON string.
    String,
    /// A JSON string of a known form.
    Format(Format),
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
    /// A type, or whatever JSON value is sent in its place.
    Lenient(Box<Type>),
}

impl Type {
    /// The types of its parts; none for what has no part.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Array(part) | Self::Map(part) | Self::Nullable(part) | Self::Lenient(part) => {
                std::slice::from_ref(part)
            }
            Self::Tuple(parts) => parts,
            _ => &[],
        }
    }

    /// The definitions that a type mentions.
    pub fn named(&self) -> Vec<TypeId> {
        match self {
            Self::Named(id) | Self::Boxed(id) => vec![*id],
            other => other.parts().iter().flat_map(Self::named).collect(),
        }
    }
}

/// The form of a string (OpenAPI Format Registry), with the library whose type holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// An instant (RFC 3339, `date-time`): format `date-time`.
    DateTime(Library),
    /// A day (RFC 3339, `full-date`): format `date`.
    Date(Library),
    /// A time of day (RFC 3339, `full-time` or `partial-time`): format `time`.
    Time(Library),
    /// An instant in UTC as SQL writes it, `2024-12-31 23:59:58`: format `sql-date-time`, which is oasmith's own.
    SqlDateTime(Library),
    /// A span of time (RFC 3339, appendix A; ISO 8601): format `duration`.
    Duration,
    /// A UUID (RFC 9562): format `uuid`.
    Uuid,
    /// Bytes in Base64 (RFC 4648, section 4): format `byte`.
    Base64,
    /// An address (RFC 791, dotted): format `ipv4`.
    Ipv4,
    /// An address (RFC 4291): format `ipv6`.
    Ipv6,
    /// A number, or a text that says one: types `number` or `integer`, and `string`, with a format of numbers.
    Numeric,
    /// What no log may show: format `password`.
    Secret,
    /// Bytes, as a part of a multipart body: format `binary`. Elsewhere that is a string.
    File,
}

/// A library for dates and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Library {
    /// The package `jiff`.
    Jiff,
    /// The package `chrono`.
    Chrono,
    /// The package `time`.
    Time,
}

/// The width of a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Integer {
    /// 8 bits, signed: format `int8`.
    I8,
    /// 16 bits, signed: format `int16`.
    I16,
    /// 32 bits, signed: format `int32`.
    I32,
    /// 64 bits, signed: format `int64`, or none.
    I64,
    /// 128 bits, signed: bounds that no narrower one holds.
    I128,
    /// 8 bits, unsigned: format `uint8`.
    U8,
    /// 16 bits, unsigned: format `uint16`.
    U16,
    /// 32 bits, unsigned: format `uint32`.
    U32,
    /// 64 bits, unsigned: format `uint64`.
    U64,
    /// 128 bits, unsigned: bounds that no narrower one holds.
    U128,
}

impl Integer {
    /// Every width.
    pub const ALL: [Self; 10] =
        [Self::I8, Self::I16, Self::I32, Self::I64, Self::I128, Self::U8, Self::U16, Self::U32, Self::U64, Self::U128];

    /// Whether there are negative ones, and the number of bits.
    pub fn width(self) -> (bool, u8) {
        match self {
            Self::I8 => (true, 8),
            Self::I16 => (true, 16),
            Self::I32 => (true, 32),
            Self::I64 => (true, 64),
            Self::I128 => (true, 128),
            Self::U8 => (false, 8),
            Self::U16 => (false, 16),
            Self::U32 => (false, 32),
            Self::U64 => (false, 64),
            Self::U128 => (false, 128),
        }
    }

    /// The format that asks for it, `uint64`: the OpenAPI Format Registry's name, continued for 128 bits.
    pub fn format(self) -> String {
        let (signed, bits) = self.width();
        format!("{}int{bits}", if signed { "" } else { "u" })
    }

    /// The narrowest that holds the values of both; `I128` where none does.
    pub fn common(self, other: Self) -> Self {
        let holds = |wide: Self, narrow: Self| {
            let ((wide_signed, wide), (narrow_signed, narrow)) = (wide.width(), narrow.width());
            if wide_signed == narrow_signed { wide >= narrow } else { wide_signed && wide > narrow }
        };
        let mut both: Vec<_> = Self::ALL.into_iter().filter(|wide| holds(*wide, self) && holds(*wide, other)).collect();
        both.sort_by_key(|wide| wide.width().1);
        both.first().copied().unwrap_or(Self::I128)
    }
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
