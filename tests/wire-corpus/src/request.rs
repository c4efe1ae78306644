//! In: a request that came, and what was given to the client. Out: what is wrong with it, by the document.

use crate::described::{Body, Credential, Media, Operation, Parameter, Place, essence, is_json};
use crate::draw::{Schemas, scalar};
use crate::driver::{PASSWORD, TOKEN, USER};
use crate::forms;
use crate::server::{BASE, Seen};
use crate::styles::{self, Pair, leaf};
use crate::template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use oasmith_samples::compare::compare;
use serde_json::Value;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The same for all mistakes of one kind.
    pub cause: String,
    /// In full.
    pub message: String,
}

impl Wrong {
    /// A mistake.
    pub fn new(cause: impl Into<String>, message: impl Into<String>) -> Self {
        Self { cause: cause.into(), message: message.into() }
    }
}

/// What was given to the client.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The parameters, by their index in the operation.
    pub parameters: Vec<(usize, Value)>,
    /// The body.
    pub body: Option<Content>,
}

/// A body.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A value, with what is declared of it.
    Value(Value, Media),
    /// Bytes, sent as they are.
    Bytes(Vec<u8>),
}

/// Checks a request.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(operation: &Operation, given: &Given, seen: &Seen, schemas: &Schemas) -> Result<(), Wrong> {
    if seen.method != operation.method {
        return Err(Wrong::new("the method is another", &seen.method));
    }
    let (path, query) = seen.target.split_once('?').unwrap_or((&seen.target, ""));
    let pairs = |text: &str, delimiter| {
        styles::pairs(text, delimiter).map_err(|why| Wrong::new("a name cannot be decoded", format!("{why}: {text}")))
    };
    let mut request = Request {
        operation,
        schemas,
        seen,
        query: pairs(query, '&')?,
        cookies: pairs(&seen.header("cookie").join("; "), ';')?,
        headers: seen.headers.iter().map(|(name, _)| name.clone()).collect(),
    };
    request.path(path, given)?;
    for (index, value) in &given.parameters {
        request.parameter(&operation.parameters[*index], value)?;
    }
    request.credentials()?;
    request.body(given.body.as_ref())?;
    request.rest()
}

/// A request, less what was found to be right.
struct Request<'a> {
    operation: &'a Operation,
    schemas: &'a Schemas,
    seen: &'a Seen,
    query: Vec<Pair>,
    cookies: Vec<Pair>,
    headers: Vec<String>,
}

impl Request<'_> {
    /// The path is that of the template with the values that were given.
    fn path(&mut self, path: &str, given: &Given) -> Result<(), Wrong> {
        let (template, query) = self.operation.path.split_once('?').unwrap_or((&self.operation.path, ""));
        let template = template.split('#').next().unwrap_or_default();
        // A template with a query of its own is against the standard, but written.
        for fixed in styles::pairs(query, '&').unwrap_or_default() {
            let at = self.query.iter().position(|pair| *pair == fixed);
            let at = at.ok_or_else(|| Wrong::new("the query of the template is not sent", &self.seen.target))?;
            self.query.remove(at);
        }
        let readings = path.strip_prefix(BASE).map(|path| template::readings(template, path)).unwrap_or_default();
        let mut first = Wrong::new("the path is not of its template", path);
        for (index, reading) in readings.iter().enumerate() {
            let values = given.parameters.iter().map(|(at, value)| (&self.operation.parameters[*at], value));
            let mut values = values.filter(|(parameter, _)| parameter.place == Place::Path);
            let wrong = values.find_map(|(parameter, value)| {
                let raw = reading.iter().find(|(name, _)| *name == parameter.name)?;
                self.same(parameter, value, styles::path(&raw.1, parameter, value).map(Some)).err()
            });
            match wrong {
                None => return Ok(()),
                Some(wrong) if index == 0 => first = wrong,
                Some(_) => {}
            }
        }
        Err(first)
    }

    /// A parameter that is not in the path has the value that was given.
    fn parameter(&mut self, parameter: &Parameter, value: &Value) -> Result<(), Wrong> {
        let read = match parameter.place {
            Place::Path => return Ok(()),
            Place::Query => styles::named(&mut self.query, parameter, value),
            Place::Cookie => styles::named(&mut self.cookies, parameter, value),
            Place::Header => {
                self.headers.retain(|name| !name.eq_ignore_ascii_case(&parameter.name));
                // Several lines of one header are one list (RFC 9110, section 5.3).
                let lines = self.seen.header(&parameter.name);
                let text = (!lines.is_empty()).then(|| lines.join(","));
                text.map(|text| styles::header(&text, parameter, value)).transpose()
            }
        };
        self.same(parameter, value, read)
    }

    fn same(&self, parameter: &Parameter, given: &Value, read: Result<Option<Value>, String>) -> Result<(), Wrong> {
        let Parameter { name, place, style, explode, .. } = parameter;
        let place = place.word();
        let kind = match given {
            Value::Array(_) => "list",
            Value::Object(_) => "object",
            _ => "scalar",
        };
        let wrong = |cause: &str, message: String| {
            let cause = format!("{place} parameter ({style:?}, explode {explode}, {kind}): {cause}");
            Err(Wrong::new(cause, format!("`{name}`: {message}: {}", self.seen.target)))
        };
        let read = match read {
            Ok(Some(read)) => read,
            Ok(None) => return wrong("it is not sent", format!("given {given}")),
            Err(why) => return wrong("it cannot be read", format!("given {given}: {why}")),
        };
        if let Some(first) = compare(given, &read, &|_| false).differences.first() {
            return wrong(&first.what, format!("given {given}, read {read}"));
        }
        match self.schemas.is_valid(parameter.schema.as_deref(), &read) {
            true => Ok(()),
            false => wrong("what is sent is not valid", read.to_string()),
        }
    }

    /// One of the alternatives is there, whole (OpenAPI 3.1.1, section 4.8.30).
    fn credentials(&mut self) -> Result<(), Wrong> {
        let alternatives = &self.operation.security;
        let whole = alternatives.iter().filter(|all| all.iter().all(|one| self.has(one))).max_by_key(|all| all.len());
        let Some(whole) = whole.cloned().or_else(|| alternatives.is_empty().then(Vec::new)) else {
            let message = format!("{alternatives:?}: {:?}", self.seen.headers);
            return Err(Wrong::new("no alternative of credentials is there", message));
        };
        for credential in whole {
            match credential {
                Credential::Header(name) => self.headers.retain(|header| !header.eq_ignore_ascii_case(&name)),
                Credential::Bearer | Credential::Basic | Credential::Authorization => {
                    self.headers.retain(|header| header != "authorization")
                }
                Credential::Query(name) => self.query.retain(|pair| pair.name != name),
                Credential::Cookie(name) => self.cookies.retain(|pair| pair.name != name),
                Credential::Other(_) => {}
            }
        }
        Ok(())
    }

    fn has(&self, credential: &Credential) -> bool {
        let secret = |pair: &Pair| styles::plain(&pair.raw).as_deref() == Ok(TOKEN);
        let authorization = |text: String| self.seen.header("authorization") == [text];
        match credential {
            Credential::Header(name) => self.seen.header(name) == [TOKEN],
            Credential::Query(name) => self.query.iter().any(|pair| pair.name == *name && secret(pair)),
            Credential::Cookie(name) => self.cookies.iter().any(|pair| pair.name == *name && secret(pair)),
            Credential::Bearer => authorization(format!("Bearer {TOKEN}")),
            Credential::Basic => authorization(format!("Basic {}", STANDARD.encode(format!("{USER}:{PASSWORD}")))),
            Credential::Authorization => {
                [Credential::Header("authorization".to_owned()), Credential::Bearer, Credential::Basic]
                    .iter()
                    .any(|one| self.has(one))
            }
            Credential::Other(_) => false,
        }
    }

    /// The body has a media type that is declared, and the value that was given.
    fn body(&mut self, given: Option<&Content>) -> Result<(), Wrong> {
        let sent = self.seen.header("content-type");
        let Some(given) = given else {
            return match (self.seen.body.is_empty(), sent.is_empty()) {
                (true, true) => Ok(()),
                _ => Err(Wrong::new("a body is sent though none is given", format!("{sent:?}"))),
            };
        };
        let [media] = sent.as_slice() else {
            return Err(Wrong::new("the body has no media type", format!("{sent:?}")));
        };
        self.headers.retain(|header| header != "content-type");
        let declared = self.operation.body.as_ref();
        if !declared.is_some_and(|body| declares(body, media)) {
            return Err(Wrong::new("the body's media type is not declared", media));
        }
        match given {
            Content::Bytes(bytes) if *bytes == self.seen.body => Ok(()),
            Content::Bytes(_) => Err(Wrong::new("the body's bytes are others", media)),
            Content::Value(value, declared) => self.value(media, value, declared),
        }
    }

    fn value(&self, media: &str, given: &Value, declared: &Media) -> Result<(), Wrong> {
        let text = String::from_utf8_lossy(&self.seen.body);
        let read = match essence(media).as_str() {
            _ if is_json(media) => serde_json::from_str(&text).map_err(|error| error.to_string()),
            "application/x-www-form-urlencoded" => forms::urlencoded(&text, declared, given),
            "multipart/form-data" => forms::multipart(&self.seen.body, media, declared, given),
            // A scalar is its text.
            _ if scalar(given).is_some() => Ok(leaf(text.clone().into_owned(), given)),
            _ => Err("there is no reader for it".to_owned()),
        };
        let read = match read {
            Ok(read) => read,
            Err(why) => {
                let message = format!("given {given}: {why}: {text}");
                return Err(Wrong::new(format!("body: it cannot be read as {}", essence(media)), message));
            }
        };
        if let Some(first) = compare(given, &read, &|_| false).differences.first() {
            let message = format!("{}: given {given}, read {read}", first.at);
            return Err(Wrong::new(format!("body: {}", first.what), message));
        }
        match self.schemas.is_valid(declared.schema.as_deref(), &read) {
            true => Ok(()),
            false => Err(Wrong::new("body: what is sent is not valid", read.to_string())),
        }
    }

    /// Nothing else is there but what belongs to HTTP.
    fn rest(self) -> Result<(), Wrong> {
        const HTTP: [&str; 5] = ["host", "user-agent", "accept", "content-length", "cookie"];
        if let Some(header) = self.headers.iter().find(|name| !HTTP.contains(&name.as_str())) {
            return Err(Wrong::new("a header is sent that is not declared", header));
        }
        let pairs =
            self.query.iter().map(|pair| ("query", pair)).chain(self.cookies.iter().map(|pair| ("cookie", pair)));
        match pairs.into_iter().next() {
            Some((place, pair)) => {
                Err(Wrong::new(format!("{place}: something is sent that is not declared"), format!("{pair:?}")))
            }
            None => Ok(()),
        }
    }
}

/// Whether a body may be of a media type: the most specific key is meant, which may be a range (OpenAPI 3.1.1, section
/// 4.8.13).
fn declares(body: &Body, media: &str) -> bool {
    let media = essence(media);
    let holds = |range: String| {
        range == media || range == "*/*" || range.strip_suffix('*').is_some_and(|start| media.starts_with(start))
    };
    body.content.iter().any(|declared| holds(essence(&declared.name)))
}
