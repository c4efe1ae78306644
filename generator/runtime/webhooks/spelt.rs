//! In: the texts of a parameter, or the pairs of a form. Out: values of the types that are asked for: the text `17` is a
//! number where one is wanted, and a text elsewhere.

// An API uses only a part of this.
#![allow(dead_code, unused_imports, unused_macros, unreachable_pub)]

use super::super::runtime::numbers;
use percent_encoding::percent_decode_str;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde_json::Error;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Decodes a part of a form or of a query (WHATWG URL Standard, section 5.1).
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// The text that stands for a value, and the texts of its items in case it is a list.
#[derive(Default)]
pub(crate) struct Spelt {
    text: String,
    items: Vec<String>,
}

impl Spelt {
    /// The value of encoded texts, whose items may have a delimiter between them.
    pub(crate) fn new(texts: &[String], delimiter: &str, decode: fn(&str) -> String) -> Self {
        let split = |text: &String| -> Vec<String> {
            if delimiter.is_empty() {
                return vec![decode(text)];
            }
            // What senders write in place of these two.
            let text = match delimiter {
                "%7C" => text.replace("%7c", delimiter).replace('|', delimiter),
                "%20" => text.replace('+', delimiter),
                _ => text.clone(),
            };
            text.split(delimiter).map(|item| decode(item.trim())).collect()
        };
        let text = texts.first().map(|text| decode(text)).unwrap_or_default();
        Self { text, items: texts.iter().flat_map(split).collect() }
    }

    fn parse<T: FromStr>(&self, expected: &str) -> Result<T, Error> {
        let number = || String::from_utf8(numbers::integers(self.text.as_bytes())?).ok()?.parse().ok();
        let parsed = self.text.parse().ok().or_else(number);
        parsed.ok_or_else(|| Error::custom(format!("expected {expected}, got {:?}", self.text)))
    }

    /// The JSON that stands in place of a list or an object.
    fn json(&self, start: char) -> bool {
        self.items.len() == 1 && self.text.trim_start().starts_with(start)
    }
}

impl IntoDeserializer<'_, Error> for Spelt {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident $expected:literal,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.parse($expected)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Spelt {
    type Error = Error;

    parsed! {
        deserialize_bool visit_bool "`true` or `false`",
        deserialize_i8 visit_i8 "a whole number", deserialize_i16 visit_i16 "a whole number",
        deserialize_i32 visit_i32 "a whole number", deserialize_i64 visit_i64 "a whole number",
        deserialize_i128 visit_i128 "a whole number", deserialize_u8 visit_u8 "a whole number",
        deserialize_u16 visit_u16 "a whole number", deserialize_u32 visit_u32 "a whole number",
        deserialize_u64 visit_u64 "a whole number", deserialize_u128 visit_u128 "a whole number",
        deserialize_f32 visit_f32 "a number", deserialize_f64 visit_f64 "a number",
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(self.text))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.json('[') {
            return serde_json::Deserializer::from_reader(self.text.as_bytes()).deserialize_seq(visitor);
        }
        let items = self.items.into_iter().map(|text| Self { items: vec![text.clone()], text });
        visitor.visit_seq(SeqDeserializer::new(items))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.json('{') {
            return serde_json::Deserializer::from_reader(self.text.as_bytes()).deserialize_map(visitor);
        }
        Err(Error::custom(format!("expected a JSON object, got {:?}", self.text)))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    serde::forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// A whole form.
pub(crate) struct Form(BTreeMap<String, Vec<String>>);

impl Form {
    /// The pairs of a form, still encoded; those of one name together.
    pub(crate) fn new(text: &str) -> Self {
        let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pair in text.trim().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            members.entry(decode(name)).or_default().push(value.to_owned());
        }
        Self(members)
    }
}

impl<'de> Deserializer<'de> for Form {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let members = self.0.into_iter().map(|(name, texts)| (name, Spelt::new(&texts, "", decode)));
        visitor.visit_map(MapDeserializer::new(members))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
