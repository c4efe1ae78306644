//! In: a value, and the styles of those of its properties that have one. Out: a form
//! (`application/x-www-form-urlencoded`; WHATWG URL, section 5.2; OpenAPI 3.1.1, section 4.8.15).
//!
//! - A property without a style is sent by its content: a scalar as text, an object as JSON, of a list each item by itself.
//! - A property with a style is serialized as a query parameter of this style, what stands inside it as there: a list in
//!   an object that becomes several pairs is a pair for each item, all else is JSON. Null, an empty list and an empty object are not
//!   sent; nor is null without a style. An item that holds the delimiter is an error where that is not told apart.
//! - What the standard leaves undefined: in `deepObject`, objects and lists may stand inside each other, `a[b][c]=1` and
//!   `a[0][b]=1`, and a list or a scalar may stand in the place of the object, `a[0]=1` and `a=1`.

use super::error::Error;
use super::style::{Style, would_read_as_two};
use super::tree::{Tree, Unwritable};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

/// The properties that have a style of their own: the style, whether it explodes, and their names.
pub type Styles = &'static [(Style, bool, &'static [&'static str])];

/// All but what a form leaves as it is (WHATWG URL, section 1.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// A name, and its value's parts with what stands between them, if anything may.
pub(super) struct Pair {
    pub(super) name: String,
    parts: Vec<String>,
    delimiter: Option<char>,
}

impl Pair {
    fn new(name: &str, value: String) -> Self {
        Self { name: name.to_owned(), parts: vec![value], delimiter: None }
    }

    /// The value as plain text.
    ///
    /// # Errors
    /// `Error::Request` naming the property of which an item holds the delimiter.
    pub(super) fn text(&self) -> Result<String, Error> {
        let Some(delimiter) = self.delimiter else { return Ok(self.parts.concat()) };
        match self.parts.iter().any(|part| part.contains(delimiter)) {
            true => Err(error(&self.name, would_read_as_two(delimiter))),
            false => Ok(self.parts.join(&delimiter.to_string())),
        }
    }

    /// The value as a form has it.
    fn encoded(&self) -> Result<String, Error> {
        match self.delimiter {
            // Encoded parts hold no comma; the other delimiters are never literal (OpenAPI 3.1.1, appendix C).
            Some(',') => Ok(self.parts.iter().map(|part| encode(part)).collect::<Vec<_>>().join(",")),
            _ => self.text().map(|text| encode(&text)),
        }
    }
}

/// The form.
pub(super) fn write(value: &Tree, styles: Styles) -> Result<String, Error> {
    let mut text = String::new();
    for (name, value) in members(value)? {
        let pairs = match style(styles, name) {
            Some((style, explode)) => spell(name, value, style, explode)?,
            None => plain(name, value)?,
        };
        for pair in pairs {
            super::header::join(&mut text, "&", &format!("{}={}", encode(&pair.name), pair.encoded()?));
        }
    }
    Ok(text)
}

/// The properties of a body.
pub(super) fn members(value: &Tree) -> Result<&[(String, Tree)], Error> {
    match value {
        Tree::Members(members) => Ok(members),
        _ => Err(Error::request("the body: only an object can be written as a form")),
    }
}

/// The style of a property, if it has one, and whether it explodes.
pub(super) fn style(styles: Styles, name: &str) -> Option<(Style, bool)> {
    let found = styles.iter().find(|(_, _, names)| names.contains(&name))?;
    Some((found.0, found.1))
}

/// An error about a property.
pub(super) fn error(name: &str, what: impl fmt::Display) -> Error {
    Error::request(format!("the body: the property `{name}`: {what}"))
}

/// A scalar's text, and the JSON of all else.
pub(super) fn content(value: &Tree) -> Result<String, Unwritable> {
    match value {
        Tree::Text(text) | Tree::Token(text) => Ok(text.clone()),
        Tree::Secret(secret) => Ok(secret.expose().to_owned()),
        Tree::File(file) => Ok(file.text().map_err(<Unwritable as serde::ser::Error>::custom)?.to_owned()),
        other => other.json(),
    }
}

fn plain(name: &str, value: &Tree) -> Result<Vec<Pair>, Error> {
    let pair = |value: &Tree| match value {
        Tree::Null => Err(error(name, "a form has no null in a list")),
        value => content(value).map(|text| Pair::new(name, text)).map_err(|why| error(name, why)),
    };
    match value {
        Tree::Null => Ok(Vec::new()),
        Tree::List(items) => items.iter().map(pair).collect(),
        value => Ok(vec![pair(value)?]),
    }
}

/// A property in a style.
pub(super) fn spell(name: &str, value: &Tree, style: Style, explode: bool) -> Result<Vec<Pair>, Error> {
    let delimiter = match style {
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        _ => ',',
    };
    let item = |value: &Tree| match value {
        Tree::Null => Err(error(name, "no style can spell a null in a list")),
        value => content(value).map_err(|why| error(name, why)),
    };
    // A list inside an object that becomes several pairs is a pair for each item.
    let there = |members: &[(String, Tree)]| -> Result<Vec<(String, String)>, Error> {
        let mut pairs = Vec::new();
        for (key, value) in members.iter().filter(|(_, value)| *value != Tree::Null) {
            match value {
                Tree::List(items) if explode => {
                    items.iter().try_for_each(|one| item(one).map(|text| pairs.push((key.clone(), text))))?;
                }
                value => pairs.push((key.clone(), item(value)?)),
            }
        }
        Ok(pairs)
    };
    let joined = |parts: Vec<String>| {
        let pair = Pair { name: name.to_owned(), parts, delimiter: Some(delimiter) };
        if pair.parts.is_empty() { Vec::new() } else { vec![pair] }
    };
    Ok(match value {
        Tree::Null => Vec::new(),
        value if style == Style::Json => vec![Pair::new(name, value.json().map_err(|why| error(name, why))?)],
        value if style == Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(name, value, &mut pairs)?;
            pairs
        }
        Tree::List(items) if explode => {
            items.iter().map(|value| Ok(Pair::new(name, item(value)?))).collect::<Result<_, Error>>()?
        }
        Tree::List(items) => joined(items.iter().map(item).collect::<Result<_, _>>()?),
        Tree::Members(members) if explode => {
            there(members)?.into_iter().map(|(key, value)| Pair::new(&key, value)).collect()
        }
        Tree::Members(members) => joined(there(members)?.into_iter().flat_map(|(key, value)| [key, value]).collect()),
        scalar => vec![Pair::new(name, item(scalar)?)],
    })
}

/// `deepObject`, and what stands inside it.
fn deep(name: &str, value: &Tree, pairs: &mut Vec<Pair>) -> Result<(), Error> {
    match value {
        Tree::Null => {}
        Tree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                if *item == Tree::Null {
                    return Err(error(name, "no style can spell a null in a list"));
                }
                deep(&format!("{name}[{index}]"), item, pairs)?;
            }
        }
        Tree::Members(members) => {
            for (key, value) in members {
                deep(&format!("{name}[{key}]"), value, pairs)?;
            }
        }
        scalar => pairs.push(Pair::new(name, content(scalar).map_err(|why| error(name, why))?)),
    }
    Ok(())
}

/// Percent-encodes; a space is `+`.
fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string().replace("%20", "+")
}
