//! In: a parameter's name, style and JSON text. Out: its spelling on the wire (OpenAPI 3.1, section 4.8.12; RFC 6570).
//!
//! - Names and values are UTF-8, percent-encoded but for RFC 3986's unreserved characters (a space is `%20`, `+` is
//!   `%2B`); header values are sent as they are, as OpenAPI asks. In a cookie, parts are joined by `; `.
//! - With `allowReserved`, what RFC 3986 reserves stays as it is, and so do percent-encoded triples (RFC 6570, section
//!   3.2.3); but `#`, `[` and `]`, which no query may hold, are encoded, and so is `'`, which some transports encode.
//! - The delimiters `,` `.` `;` `=` `&` stay literal; those that no URL may hold are `%20`, `%7C`, `%5B` and `%5D`, as
//!   the tables of OpenAPI 3.0.4 and 3.1.1 have it. With explode, `spaceDelimited` and `pipeDelimited` are `form`.
//! - Null, an empty array and an empty object are RFC 6570's "undefined": nothing is sent. Nor is a null member.
//! - `deepObject` nests, as in forms: `a%5Bb%5D%5Bc%5D=1`, `a%5Bb%5D%5B0%5D=1`; the standard leaves that open.
//! - What the standard leaves open is sent as forms are: a list that is a property of an object which becomes several
//!   pairs is a pair for each item, `page=0&sort=a&sort=b`, and all else that stands inside is JSON.
//! - What a style cannot serialize is an error: null in an array, and an item that holds the delimiter where encoding does
//!   not tell the two apart.

use super::error::Error;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::fmt;

/// All but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a query may not hold (RFC 3986, section 3.4), and the `'` that the URL Standard encodes in it.
const NO_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

const NULL_IN_ARRAY: &str = "no style can spell a null in an array";

/// How a parameter's value is written (OpenAPI 3.1, section 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`.
    Simple,
    /// `.a.b`.
    Label,
    /// `;name=a,b`.
    Matrix,
    /// `name=a&name=b`.
    Form,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a%7Cb`.
    PipeDelimited,
    /// `name%5Bkey%5D=a`.
    DeepObject,
    /// `name=a%3Bb`, with this character between the items: a list as one vendor has it.
    Separated(char),
    /// JSON text: a parameter with `content`.
    Json,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    Path,
    Query,
    Form,
    Header,
    Cookie,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Location::Path => "path parameter",
            Location::Query => "query parameter",
            Location::Form => "form field",
            Location::Header => "header",
            Location::Cookie => "cookie",
        })
    }
}

/// A parameter without its value.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) location: Location,
    pub(super) name: &'static str,
    pub(super) style: Style,
    pub(super) explode: bool,
    /// Whether reserved characters stay as they are: `allowReserved`.
    pub(super) reserved: bool,
}

/// A value whose parts are encoded.
enum Flat {
    One(String),
    List(Vec<String>),
    Members(Vec<(String, String)>),
}

/// Percent-encodes all but the unreserved characters.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Percent-encodes what a query may not hold, and each `%` that begins no percent-encoded triple.
fn encode_reserved(text: &str) -> String {
    let is_triple = |rest: &str| rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    let mut encoded = String::with_capacity(text.len());
    for (index, part) in text.split('%').enumerate() {
        if index > 0 {
            encoded.push_str(if is_triple(part) { "%" } else { "%25" });
        }
        encoded.extend(utf8_percent_encode(part, NO_QUERY));
    }
    encoded
}

impl Slot {
    /// An error about this parameter.
    pub(super) fn error(&self, what: impl fmt::Display) -> Error {
        Error::request(format!("{} `{}`: {what}", self.location, self.name))
    }

    /// The spelling of a value, given as JSON text; `None` when nothing is to be sent.
    pub(super) fn spell(&self, json: &str) -> Result<Option<String>, Error> {
        if json == "null" {
            return Ok(None);
        }
        if self.style == Style::DeepObject {
            let mut pairs = Vec::new();
            self.deep(encode(self.name), serde_json::from_str(json).map_err(|error| self.error(error))?, &mut pairs)?;
            return Ok((!pairs.is_empty()).then(|| pairs.join("&")));
        }
        let flat = match self.style {
            Style::Json => Flat::One(self.part(json)),
            _ => match self.flatten(json)? {
                Some(flat) => flat,
                None => return Ok(None),
            },
        };
        let name = encode(self.name);
        Ok(Some(match (self.style, self.location) {
            (Style::Simple, _) | (Style::Json, Location::Path | Location::Header) => {
                unnamed("", ",", self.explode, flat)
            }
            (Style::Label, _) => unnamed(".", if self.explode { "." } else { "," }, self.explode, flat),
            (Style::Matrix, _) => {
                let pairs = self.pairs(name, ",", flat);
                pairs
                    .into_iter()
                    .map(|(k, v)| if v.is_empty() { format!(";{k}") } else { format!(";{k}={v}") })
                    .collect()
            }
            (style, location) => {
                let delimiter = match style {
                    Style::SpaceDelimited => "%20".to_owned(),
                    Style::PipeDelimited => "%7C".to_owned(),
                    Style::Separated(separator) => encode(&separator.to_string()),
                    _ => ",".to_owned(),
                };
                let pairs: Vec<_> =
                    self.pairs(name, &delimiter, flat).into_iter().map(|(k, v)| format!("{k}={v}")).collect();
                pairs.join(if location == Location::Cookie { "; " } else { "&" })
            }
        }))
    }

    /// A part of the value as it is sent.
    fn part(&self, text: &str) -> String {
        match self.location {
            Location::Header => text.to_owned(),
            _ if self.reserved => encode_reserved(text),
            _ => encode(text),
        }
    }

    /// The parts of a JSON text, each encoded.
    fn flatten(&self, json: &str) -> Result<Option<Flat>, Error> {
        // A number is sent in the digits that JSON has for it: no float is parsed and written again.
        if !json.starts_with(['"', '[', '{']) {
            return Ok(Some(Flat::One(self.part(json))));
        }
        match serde_json::from_str(json).map_err(|error| self.error(error))? {
            Value::Array(items) if items.is_empty() => Ok(None),
            Value::Array(items) => items
                .into_iter()
                .map(|item| self.item(item))
                .collect::<Result<_, _>>()
                .map(|list| Some(Flat::List(list))),
            Value::Object(members) => {
                let mut pairs = Vec::new();
                for (key, value) in members.into_iter().filter(|(_, value)| !value.is_null()) {
                    let key = self.item(Value::String(key))?;
                    match value {
                        Value::Array(items) if self.explode => {
                            for item in items {
                                pairs.push((key.clone(), self.item(item)?));
                            }
                        }
                        value => pairs.push((key, self.item(value)?)),
                    }
                }
                Ok((!pairs.is_empty()).then_some(Flat::Members(pairs)))
            }
            Value::String(text) => Ok(Some(Flat::One(self.part(&text)))),
            scalar => Ok(Some(Flat::One(self.part(&scalar.to_string())))),
        }
    }

    /// The pairs of `deepObject`.
    fn deep(&self, name: String, value: Value, pairs: &mut Vec<String>) -> Result<(), Error> {
        match value {
            Value::Null => {}
            Value::Array(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    if item.is_null() {
                        return Err(self.error(NULL_IN_ARRAY));
                    }
                    self.deep(format!("{name}%5B{index}%5D"), item, pairs)?;
                }
            }
            Value::Object(members) => {
                for (key, value) in members {
                    self.deep(format!("{name}%5B{}%5D", self.part(&key)), value, pairs)?;
                }
            }
            Value::String(text) => pairs.push(format!("{name}={}", self.part(&text))),
            scalar => pairs.push(format!("{name}={scalar}")),
        }
        Ok(())
    }

    /// One item of an array, or one key or value of an object.
    fn item(&self, value: Value) -> Result<String, Error> {
        let text = match value {
            Value::String(text) => text,
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Null => return Err(self.error(NULL_IN_ARRAY)),
            // In a header nothing is encoded: brackets and quotes tell what stands inside.
            nested if self.location == Location::Header => return Ok(self.part(&nested.to_string())),
            nested => nested.to_string(),
        };
        if let Some(delimiter) = self.delimiter().filter(|delimiter| text.contains(*delimiter)) {
            return Err(self.error(would_read_as_two(delimiter)));
        }
        Ok(self.part(&text))
    }

    /// What stands between items and is spelt there as it is inside one.
    fn delimiter(&self) -> Option<char> {
        match (self.style, self.location) {
            (Style::Separated(separator), _) => Some(separator),
            (_, Location::Header) => Some(','),
            (Style::Label, _) => self.explode.then_some('.'),
            _ if self.explode => None,
            (Style::SpaceDelimited, _) => Some(' '),
            (Style::PipeDelimited, _) => Some('|'),
            _ => self.reserved.then_some(','),
        }
    }

    /// The value as `name=value` pairs.
    fn pairs(&self, name: String, delimiter: &str, flat: Flat) -> Vec<(String, String)> {
        match flat {
            Flat::One(value) => vec![(name, value)],
            Flat::List(items) if self.explode => items.into_iter().map(|item| (name.clone(), item)).collect(),
            Flat::Members(members) if self.explode => members,
            Flat::List(items) => vec![(name, items.join(delimiter))],
            Flat::Members(members) => vec![(name, alternate(members, delimiter, delimiter))],
        }
    }
}

/// Why an item cannot be one of several.
pub(super) fn would_read_as_two(delimiter: char) -> String {
    format!("an item that holds `{delimiter}` would read as two")
}

/// The styles that do not write the parameter's name.
fn unnamed(lead: &str, delimiter: &str, explode: bool, flat: Flat) -> String {
    let text = match flat {
        Flat::One(value) => value,
        Flat::List(items) => items.join(delimiter),
        Flat::Members(members) => alternate(members, if explode { "=" } else { delimiter }, delimiter),
    };
    format!("{lead}{text}")
}

/// Keys and values in turn.
fn alternate(members: Vec<(String, String)>, inner: &str, outer: &str) -> String {
    let members: Vec<_> = members.into_iter().map(|(key, value)| format!("{key}{inner}{value}")).collect();
    members.join(outer)
}
