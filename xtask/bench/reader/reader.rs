//! In: JSON, pulled piece by piece by jiter, or values. Out: the other. Nothing here is generic over what is read from or
//! written to, so that each type is compiled once.

use jiter::{Jiter, NumberInt, Peek};
use serde_json::Value;
use std::collections::BTreeMap;

/// What is wrong, and at which byte.
#[derive(Debug)]
pub struct Fault(pub Box<(String, usize)>);

type Result<T> = std::result::Result<T, Fault>;

/// A type that is read and written as JSON.
pub trait Json: Sized {
    fn read(reader: &mut Reader<'_>) -> Result<Self>;
    fn write(&self, out: &mut Vec<u8>);
}

pub struct Reader<'j> {
    jiter: Jiter<'j>,
    depth: u8,
}

impl<'j> Reader<'j> {
    pub fn new(json: &'j [u8]) -> Self {
        Self { jiter: Jiter::new(json), depth: 0 }
    }

    #[cold]
    pub fn fault(&self, message: impl ToString) -> Fault {
        Fault(Box::new((message.to_string(), self.jiter.current_index())))
    }

    fn enter(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > 127 { Err(self.fault("too deep")) } else { Ok(()) }
    }

    pub fn text(&mut self) -> Result<&str> {
        let at = self.jiter.current_index();
        self.jiter.next_str().map_err(|error| Fault(Box::new((error.to_string(), at))))
    }

    /// The JSON of any value.
    pub fn slice(&mut self) -> Result<&'j [u8]> {
        let start = self.jiter.current_index();
        self.jiter.next_skip().map_err(|error| self.fault(error))?;
        Ok(self.jiter.slice_to_current(start))
    }

    pub fn end(&mut self) -> Result<()> {
        self.jiter.finish().map_err(|error| self.fault(error))
    }
}

/// Reads the whole of a text.
pub fn whole<T: Json>(json: &[u8]) -> Result<T> {
    let mut reader = Reader::new(json);
    let value = T::read(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// The members of an object that is being read.
pub struct Members<'r, 'j> {
    reader: &'r mut Reader<'j>,
    is_first: bool,
    guess: usize,
    other: String,
}

impl<'r, 'j> Members<'r, 'j> {
    pub fn new(reader: &'r mut Reader<'j>) -> Result<Self> {
        reader.enter()?;
        Ok(Self { reader, is_first: true, guess: 0, other: String::new() })
    }

    pub fn next(&mut self, names: &[&str]) -> Result<Option<usize>> {
        let jiter = &mut self.reader.jiter;
        let key = if std::mem::take(&mut self.is_first) { jiter.next_object() } else { jiter.next_key() };
        let index = match key {
            Ok(Some(key)) if names.get(self.guess) == Some(&key) => self.guess,
            Ok(Some(key)) => names.iter().position(|name| *name == key).unwrap_or_else(|| {
                key.clone_into(&mut self.other);
                names.len()
            }),
            Ok(None) => {
                self.reader.depth -= 1;
                return Ok(None);
            }
            Err(error) => return Err(self.reader.fault(error)),
        };
        self.guess = index + 1;
        Ok(Some(index))
    }

    #[inline(never)]
    pub fn set<T: Json>(&mut self, value: &mut Option<T>) -> Result<()> {
        if value.is_some() {
            return Err(self.reader.fault("this member is there twice"));
        }
        *value = Some(T::read(self.reader)?);
        Ok(())
    }

    pub fn skip(&mut self) -> Result<()> {
        self.reader.slice().map(drop)
    }

    pub fn keep<T: Json>(&mut self, rest: &mut impl Extend<(String, T)>) -> Result<()> {
        let name = std::mem::take(&mut self.other);
        rest.extend([(name, T::read(self.reader)?)]);
        Ok(())
    }

    #[cold]
    pub fn missing(&self, names: &[&str], present: &[bool]) -> Fault {
        let lost = names.iter().zip(present).find(|(_, present)| !**present);
        self.reader.fault(format!("missing field `{}`", lost.map_or("", |(name, _)| name)))
    }
}

/// Writes a member.
#[inline(never)]
pub fn member<T: Json>(out: &mut Vec<u8>, name: &str, value: &T) {
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
    write_text(name, out);
    out.push(b':');
    value.write(out);
}

pub fn optional<T: Json>(out: &mut Vec<u8>, name: &str, value: &Option<T>) {
    if let Some(value) = value {
        member(out, name, value);
    }
}

/// Writes a variant with the member that tells it apart.
pub fn tagged<T: Json>(content: &T, key: &str, tag: &str, out: &mut Vec<u8>) {
    out.push(b'{');
    member(out, key, &tag.to_owned());
    let mut inner = Vec::new();
    content.write(&mut inner);
    if inner.len() > 2 {
        out.push(b',');
    }
    out.extend_from_slice(inner.get(1..).unwrap_or(b"}"));
}

/// Writes a string.
pub fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut start = 0;
    for (index, byte) in bytes.iter().enumerate() {
        if *byte >= 0x20 && *byte != b'"' && *byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[start..index]);
        start = index + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        }
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(b'"');
}

impl Json for String {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.text().map(str::to_owned)
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_text(self, out);
    }
}

impl Json for bool {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.jiter.next_bool().map_err(|error| reader.fault(error))
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Json for f64 {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.jiter.next_float().map_err(|error| reader.fault(error))
    }

    fn write(&self, out: &mut Vec<u8>) {
        let _ = serde_json::to_writer(out, self);
    }
}

impl Json for i64 {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let NumberInt::Int(number) = reader.jiter.next_int().map_err(|error| reader.fault(error))?;
        Ok(number)
    }

    fn write(&self, out: &mut Vec<u8>) {
        let _ = serde_json::to_writer(out, self);
    }
}

macro_rules! narrow {
    ($($T:ty)*) => {$(
        impl Json for $T {
            fn read(reader: &mut Reader<'_>) -> Result<Self> {
                i64::read(reader)?.try_into().map_err(|error| reader.fault(error))
            }

            fn write(&self, out: &mut Vec<u8>) {
                let _ = serde_json::to_writer(out, self);
            }
        }
    )*};
}
narrow!(i8 i16 i32 u8 u16 u32 u64);

impl<T: Json> Json for Option<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        match reader.jiter.peek() {
            Ok(Peek::Null) => reader.jiter.known_null().map(|()| None).map_err(|error| reader.fault(error)),
            _ => T::read(reader).map(Some),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl<T: Json> Json for Box<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        T::read(reader).map(Self::new)
    }

    fn write(&self, out: &mut Vec<u8>) {
        T::write(self, out);
    }
}

impl<T: Json> Json for Vec<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.enter()?;
        let mut items = Self::new();
        let mut next = reader.jiter.next_array().map_err(|error| reader.fault(error))?;
        while next.is_some() {
            items.push(T::read(reader)?);
            next = reader.jiter.array_step().map_err(|error| reader.fault(error))?;
        }
        reader.depth -= 1;
        Ok(items)
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            item.write(out);
        }
        out.push(b']');
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut all = Self::new();
        let mut members = Members::new(reader)?;
        while members.next(&[])?.is_some() {
            members.keep(&mut all)?;
        }
        Ok(all)
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        for (key, value) in self {
            member(out, key, value);
        }
        out.push(b'}');
    }
}

macro_rules! any {
    ($($T:ty)*) => {$(
        impl Json for $T {
            fn read(reader: &mut Reader<'_>) -> Result<Self> {
                let slice = reader.slice()?;
                serde_json::from_slice(slice).map_err(|error| reader.fault(error))
            }

            fn write(&self, out: &mut Vec<u8>) {
                let _ = serde_json::to_writer(out, self);
            }
        }
    )*};
}
any!(Value serde_json::Map<String, Value>);

/// Reads by any format of serde: through a JSON value.
pub fn shim_read<'de, T: Json, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<T, D::Error> {
    let value: Value = serde::Deserialize::deserialize(deserializer)?;
    whole(value.to_string().as_bytes()).map_err(|fault| serde::de::Error::custom(fault.0.0))
}

/// Writes to any format of serde: through a JSON value.
pub fn shim_write<T: Json, S: serde::Serializer>(value: &T, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    let mut out = Vec::new();
    value.write(&mut out);
    let value: Value = serde_json::from_slice(&out).map_err(serde::ser::Error::custom)?;
    serde::Serialize::serialize(&value, serializer)
}

/// serde's traits for a type that has its own reader.
macro_rules! shim {
    ($Name:ident) => {
        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                runtime::reader::shim_write(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::reader::shim_read(deserializer)
            }
        }
    };
}
pub(crate) use shim;
