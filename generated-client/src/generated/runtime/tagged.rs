//! In: an object, and the property that tells it apart. Out: the object with that property before its own, unless it has
//! one of this name. Some servers, .NET's among them, look for it at the beginning.
//!
//! It is written while the object is: were the object made a value first, each level of unions would write again all that
//! is below it.

use super::file;
use serde::ser::{Error, Serialize, SerializeMap, SerializeStruct, Serializer};

/// Writes what is no object as it is.
pub(super) struct Tagged<S> {
    pub(super) key: &'static str,
    pub(super) tag: &'static str,
    pub(super) serializer: S,
}

macro_rules! forward {
    ($($method:ident($($argument:ident: $Type:ty),*);)*) => {
        $(fn $method(self, $($argument: $Type),*) -> Result<S::Ok, S::Error> {
            self.serializer.$method($($argument),*)
        })*
    };
}

impl<S: Serializer> Serializer for Tagged<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = S::SerializeSeq;
    type SerializeTuple = S::SerializeTuple;
    type SerializeTupleStruct = S::SerializeTupleStruct;
    type SerializeTupleVariant = S::SerializeTupleVariant;
    type SerializeMap = Members<S::SerializeMap>;
    type SerializeStruct = Members<S::SerializeMap>;
    type SerializeStructVariant = S::SerializeStructVariant;

    forward! {
        serialize_bool(value: bool);
        serialize_i8(value: i8);
        serialize_i16(value: i16);
        serialize_i32(value: i32);
        serialize_i64(value: i64);
        serialize_i128(value: i128);
        serialize_u8(value: u8);
        serialize_u16(value: u16);
        serialize_u32(value: u32);
        serialize_u64(value: u64);
        serialize_u128(value: u128);
        serialize_f32(value: f32);
        serialize_f64(value: f64);
        serialize_char(value: char);
        serialize_str(value: &str);
        serialize_bytes(value: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        if name == file::NAME { self.serializer.serialize_newtype_struct(name, value) } else { value.serialize(self) }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.serializer.serialize_newtype_variant(name, index, variant, value)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<S::SerializeSeq, S::Error> {
        self.serializer.serialize_seq(length)
    }

    fn serialize_tuple(self, length: usize) -> Result<S::SerializeTuple, S::Error> {
        self.serializer.serialize_tuple(length)
    }

    fn serialize_tuple_struct(self, name: &'static str, length: usize) -> Result<S::SerializeTupleStruct, S::Error> {
        self.serializer.serialize_tuple_struct(name, length)
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<S::SerializeTupleVariant, S::Error> {
        self.serializer.serialize_tuple_variant(name, index, variant, length)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<S::SerializeStructVariant, S::Error> {
        self.serializer.serialize_struct_variant(name, index, variant, length)
    }

    /// How many there will be depends on whether the object has the property itself.
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        let members = self.serializer.serialize_map(None)?;
        Ok(Members { key: self.key, tag: Some(self.tag), is_skipped: false, members })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        self.serialize_map(Some(length))
    }
}

/// The properties of an object that is being written.
pub(super) struct Members<M> {
    key: &'static str,
    /// The value of the property that tells it apart, until it is written.
    tag: Option<&'static str>,
    /// Whether the value that comes is the object's own of that property, which is there already.
    is_skipped: bool,
    members: M,
}

impl<M: SerializeMap> SerializeMap for Members<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        let is_tag = serde_json::to_value(key).map_err(M::Error::custom)?.as_str() == Some(self.key);
        let tag = self.tag.take();
        self.is_skipped = is_tag && tag.is_none();
        // The object's own takes precedence, if it is the first: that of a union within this one is.
        if let Some(tag) = tag.filter(|_| !is_tag) {
            self.members.serialize_entry(self.key, tag)?;
        }
        if self.is_skipped { Ok(()) } else { self.members.serialize_key(key) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        if self.is_skipped { Ok(()) } else { self.members.serialize_value(value) }
    }

    fn end(mut self) -> Result<M::Ok, M::Error> {
        if let Some(tag) = self.tag {
            self.members.serialize_entry(self.key, tag)?;
        }
        self.members.end()
    }
}

impl<M: SerializeMap> SerializeStruct for Members<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), M::Error> {
        self.serialize_entry(key, value)
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        SerializeMap::end(self)
    }
}
