//! In: a value, and what is known of the parts that its properties become. Out: a body of `multipart/form-data`
//! (RFC 7578; OpenAPI 3.1.1, section 4.8.15), and its boundary. What is a stream in it is read when the body is sent.
//!
//! A file is a part with a file name; a scalar a part of text; an object a part of JSON; of a list each item is a part.
//! Null is not sent. A property with a style becomes the pairs that it would be in a form, each a part of text, in which
//! nothing is encoded.

use super::answer::is_json;
use super::body::Body;
use super::error::Error;
use super::file::File;
use super::header;
use super::tree::Tree;
use super::urlencoded::{self, Styles, error};
use http::HeaderName;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// The properties whose parts have media types of their own, or else none (`""`), and headers.
pub type Parts = &'static [(&'static str, &'static str, &'static [(&'static str, &'static str)])];

/// The body, and its boundary.
pub(super) fn write(value: &Tree, styles: Styles, parts: Parts) -> Result<(Body, String), Error> {
    let mut body = Form { done: Vec::new(), bytes: Vec::new(), boundary: boundary() };
    for (name, value) in urlencoded::members(value)? {
        let known = parts.iter().find(|(known, ..)| known == name);
        let (media, headers) = known.map_or(("", [].as_slice()), |(_, media, headers)| (media, headers));
        let mut add = |value: &Tree| body.value(name, value, media, headers);
        match (value, urlencoded::style(styles, name)) {
            (Tree::Null, _) => {}
            (Tree::List(items), _) if items.iter().any(|item| matches!(item, Tree::File(_))) => {
                items.iter().try_for_each(add)?;
            }
            (Tree::File(_), _) => add(value)?,
            (_, Some((style, explode))) => {
                for pair in urlencoded::spell(name, value, style, explode)? {
                    body.part(&pair.name, None, "", headers, &pair.text()?.into())?;
                }
            }
            (Tree::List(items), None) => items.iter().try_for_each(add)?,
            (_, None) => add(value)?,
        }
    }
    body.bytes.extend_from_slice(format!("--{}--\r\n", body.boundary).as_bytes());
    let Form { mut done, bytes, boundary } = body;
    if done.is_empty() {
        return Ok((bytes.into(), boundary));
    }
    done.push(bytes.into());
    Ok((Body::parts(done), boundary))
}

/// A body that is being written.
struct Form {
    /// What is before the bytes: streams, and what is between them.
    done: Vec<Body>,
    bytes: Vec<u8>,
    boundary: String,
}

impl Form {
    /// A part in the media type of its value, unless the description gives others.
    fn value(&mut self, name: &str, value: &Tree, allowed: &str, headers: &[(&str, &str)]) -> Result<(), Error> {
        let media = chosen(allowed, matches!(value, Tree::File(_)));
        let or = |default| if media.is_empty() { default } else { media };
        match value {
            Tree::Null => Err(error(name, "a part cannot be null")),
            Tree::File(file) => {
                let media = file.content_type().unwrap_or(or("application/octet-stream"));
                let headers = file_headers(file, headers).map_err(|why| error(name, why))?;
                self.part(name, Some(file.name().unwrap_or(name)), media, &headers, file.body())
            }
            Tree::Text(text) | Tree::Token(text) if !is_json(media) => {
                self.part(name, None, media, headers, &text.clone().into())
            }
            Tree::Secret(secret) if !is_json(media) => {
                self.part(name, None, media, headers, &secret.expose().to_owned().into())
            }
            other => {
                let json = other.json().map_err(|why| error(name, why))?;
                self.part(name, None, or("application/json"), headers, &json.into())
            }
        }
    }

    fn part(
        &mut self,
        name: &str,
        file: Option<&str>,
        media: &str,
        headers: &[(&str, &str)],
        content: &Body,
    ) -> Result<(), Error> {
        let named = |text| escape(text).map_err(|why| error(name, why));
        let mut head = format!("--{}\r\nContent-Disposition: form-data; name=\"{}\"", self.boundary, named(name)?);
        if let Some(file) = file {
            head.push_str(&format!("; filename=\"{}\"", named(file)?));
        }
        // A part without a media type is text (RFC 7578, section 4.4).
        let media = (!media.is_empty()).then_some(("Content-Type", media));
        for (header, value) in media.into_iter().chain(headers.iter().copied()) {
            header::value(value).map_err(|why| error(name, format_args!("`{header}`: {why}")))?;
            head.push_str(&format!("\r\n{header}: {value}"));
        }
        self.bytes.extend_from_slice(head.as_bytes());
        self.bytes.extend_from_slice(b"\r\n\r\n");
        match content.as_bytes() {
            Some(bytes) => self.bytes.extend_from_slice(bytes),
            None => self.done.extend([std::mem::take(&mut self.bytes).into(), content.clone()]),
        }
        self.bytes.extend_from_slice(b"\r\n");
        Ok(())
    }
}

/// The headers of a file's part: those of the description, and the file's own.
fn file_headers<'a>(file: &'a File, described: &[(&'a str, &'a str)]) -> Result<Vec<(&'a str, &'a str)>, String> {
    let own = file.headers();
    let is_own = |name: &str| own.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    let mut all: Vec<_> = described.iter().copied().filter(|(name, _)| !is_own(name)).collect();
    for (header, value) in own {
        let why = match HeaderName::from_bytes(header.as_bytes()) {
            Ok(CONTENT_TYPE) => "the file has `.with_content_type(..)` for it",
            Ok(CONTENT_DISPOSITION) => "the file has `.with_name(..)` for it",
            Ok(_) => {
                all.push((header, value));
                continue;
            }
            Err(_) => "it is not the name of a header",
        };
        return Err(format!("`{}`: {why}", header.escape_debug()));
    }
    Ok(all)
}

/// The media type of a part for which the description allows these and ranges of them. Of several, a file has none: its
/// sender knows which it is. A value has one of text, else the first.
fn chosen(allowed: &str, is_file: bool) -> &str {
    if is_file && allowed.contains([',', '*']) {
        return "";
    }
    let mut each = allowed.split(',').map(str::trim).filter(|media| !media.contains('*'));
    each.clone().find(|media| media.starts_with("text/")).or(each.next()).unwrap_or_default()
}

/// A name as browsers write it (HTML, section 4.10.22.8): in UTF-8, without what would end it.
///
/// # Errors
/// When a server would read another name.
fn escape(name: &str) -> Result<String, &'static str> {
    if name.chars().any(|c| c.is_control() && !"\r\n\t".contains(c)) {
        return Err("the name of a part or of its file may hold no control character");
    }
    if name.ends_with('\\') {
        return Err(
            "the name of a part or of its file may not end with a backslash: it would escape the quote after it",
        );
    }
    let encoded = name.to_ascii_uppercase();
    if ["%22", "%0D", "%0A"].iter().any(|triple| encoded.contains(triple)) {
        return Err(
            "the name of a part or of its file may not hold `%22`, `%0D` or `%0A`: they stand for a quote and the ends of lines",
        );
    }
    Ok(name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A"))
}

/// A text that no content holds (RFC 2046, section 5.1.1): of 128 random bits, those with which the standard library
/// keeps its maps from being attacked.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("----{:016x}{:016x}", random(), random())
}
