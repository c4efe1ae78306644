//! In: a value that is sent as JSON. Out: its text, and the secrets that stand in it: whoever writes the text is told of
//! each, and no value is written twice.

use super::credential::{self, Secret};
use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use std::cell::RefCell;

/// A value as JSON text, and the secrets in it.
///
/// # Errors
/// When the value has no JSON form.
pub(super) fn json(value: &impl Serialize) -> serde_json::Result<(String, Vec<Secret>)> {
    let (mut text, notes) = (Vec::new(), RefCell::default());
    value.serialize(Noting { inner: &mut serde_json::Serializer::new(&mut text), notes: &notes, is_secret: false })?;
    Ok((String::from_utf8(text).map_err(serde_json::Error::custom)?, notes.into_inner()))
}

type Notes = RefCell<Vec<Secret>>;

/// Writes by another serializer, and notes the secrets.
struct Noting<'n, S> {
    inner: S,
    notes: &'n Notes,
    /// Whether the value is one.
    is_secret: bool,
}

/// A value inside another.
struct Noted<'n, T: ?Sized> {
    value: &'n T,
    notes: &'n Notes,
    is_secret: bool,
}

impl<T: Serialize + ?Sized> Serialize for Noted<'_, T> {
    fn serialize<S: Serializer>(&self, inner: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(Noting { inner, notes: self.notes, is_secret: self.is_secret })
    }
}

macro_rules! scalars {
    ($($method:ident $Type:ty,)*) => {
        $(fn $method(self, value: $Type) -> Result<S::Ok, S::Error> {
            self.inner.$method(value)
        })*
    };
}

/// JSON has no other numbers than finite ones (RFC 8259, section 6). serde_json writes null for them, which says something
/// else.
macro_rules! floats {
    ($($method:ident $Type:ty,)*) => {
        $(fn $method(self, value: $Type) -> Result<S::Ok, S::Error> {
            if !value.is_finite() {
                return Err(S::Error::custom(format_args!("{value} is not a number that JSON has")));
            }
            self.inner.$method(value)
        })*
    };
}

macro_rules! compounds {
    ($($method:ident($($name:ident: $Type:ty),*) $Compound:ident,)*) => {
        $(fn $method(self, $($name: $Type),*) -> Result<Within<'n, S::$Compound>, S::Error> {
            Ok(Within { inner: self.inner.$method($($name),*)?, notes: self.notes })
        })*
    };
}

impl<'n, S: Serializer> Serializer for Noting<'n, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Within<'n, S::SerializeSeq>;
    type SerializeTuple = Within<'n, S::SerializeTuple>;
    type SerializeTupleStruct = Within<'n, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Within<'n, S::SerializeTupleVariant>;
    type SerializeMap = Within<'n, S::SerializeMap>;
    type SerializeStruct = Within<'n, S::SerializeStruct>;
    type SerializeStructVariant = Within<'n, S::SerializeStructVariant>;

    scalars! {
        serialize_bool bool,
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128,
        serialize_char char, serialize_bytes &[u8], serialize_unit_struct &'static str,
    }

    floats! {
        serialize_f32 f32, serialize_f64 f64,
    }

    compounds! {
        serialize_seq(length: Option<usize>) SerializeSeq,
        serialize_tuple(length: usize) SerializeTuple,
        serialize_tuple_struct(name: &'static str, length: usize) SerializeTupleStruct,
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            SerializeTupleVariant,
        serialize_map(length: Option<usize>) SerializeMap,
        serialize_struct(name: &'static str, length: usize) SerializeStruct,
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            SerializeStructVariant,
    }

    fn serialize_str(self, text: &str) -> Result<S::Ok, S::Error> {
        if self.is_secret {
            self.notes.borrow_mut().push(text.into());
        }
        self.inner.serialize_str(text)
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.serialize_some(&Noted { value, notes: self.notes, is_secret: self.is_secret })
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_unit_variant(self, name: &'static str, index: u32, variant: &'static str) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        let is_secret = name == credential::NAME;
        self.inner.serialize_newtype_struct(name, &Noted { value, notes: self.notes, is_secret })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = Noted { value, notes: self.notes, is_secret: false };
        self.inner.serialize_newtype_variant(name, index, variant, &value)
    }
}

/// A list or an object that is being written.
struct Within<'n, C> {
    inner: C,
    notes: &'n Notes,
}

/// How each kind of them takes its values.
macro_rules! within {
    ($($Compound:ident: $($method:ident($($key:ident: $Key:ty)?)),+;)*) => {
        $(impl<C: $Compound> $Compound for Within<'_, C> {
            type Ok = C::Ok;
            type Error = C::Error;

            $(fn $method<T: Serialize + ?Sized>(&mut self, $($key: $Key,)? value: &T) -> Result<(), C::Error> {
                let value = Noted { value, notes: self.notes, is_secret: false };
                self.inner.$method($($key,)? &value)
            })+

            fn end(self) -> Result<C::Ok, C::Error> {
                self.inner.end()
            }
        })*
    };
}

within! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeMap: serialize_key(), serialize_value();
    SerializeStruct: serialize_field(key: &'static str);
    SerializeStructVariant: serialize_field(key: &'static str);
}
