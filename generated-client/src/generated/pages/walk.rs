//! In: the rule of a list, and one answer after the other. Out: which page is next, if there is one. No network here.

use super::link;
use bytes::Bytes;
use http::{HeaderMap, Uri};
use serde_json::Value;

/// How a list is told apart into pages. Pointers are JSON pointers (RFC 6901) into an answer.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What says which page is next.
    pub kind: Kind,
    /// What is `false` in the last page.
    pub more: Option<&'static str>,
    /// The items.
    pub items: &'static str,
}

/// What says which page is next.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A token in the answer.
    Cursor(&'static str),
    /// A token in a header of the answer.
    Header(&'static str),
    /// The number of the page: that of the first, and where an answer says how many there are.
    Page(u64, Option<&'static str>),
    /// The number of items before: that of the first page, and where an answer says how many there are.
    Offset(u64, Option<&'static str>),
    /// The header `Link` with `rel="next"` (RFC 8288).
    Link,
    /// A URL in the answer.
    Url(&'static str),
}

/// The way from page to page.
pub(super) struct Walk {
    rule: Rule,
    /// The token of the next page; null for the first.
    next: Value,
    /// The number of the next page or item, if pages are numbered.
    number: Option<u64>,
    over: Over,
    /// An earlier token, and how many steps from it were made and are to be made before a later one takes its place.
    earlier: (Value, u64, u64),
    /// The page before, if pages are numbered.
    before: Bytes,
}

enum Over {
    /// There may be another page.
    No,
    /// No more pages are asked for, though there may be another one.
    Stopped,
    /// The last page has come.
    Yes,
    /// The next page cannot be asked for, as is still to be said.
    Fault(String),
}

impl Walk {
    pub(super) fn new(rule: Rule) -> Self {
        let (next, earlier) = (Value::Null, (Value::Null, 0, 1));
        Self { rule, next, number: None, over: Over::No, earlier, before: Bytes::new() }
    }

    pub(super) fn begin(&mut self, next: Value) {
        self.number = next.as_u64();
        self.next = next;
    }

    /// The token of the next page, if there may be one.
    pub(super) fn token(&self) -> Option<Value> {
        (!matches!(self.over, Over::Yes)).then(|| self.next.clone())
    }

    /// The same, if it is to be asked for.
    pub(super) fn asked(&self) -> Option<Value> {
        matches!(self.over, Over::No).then(|| self.next.clone())
    }

    pub(super) fn stop(&mut self) {
        self.over = Over::Stopped;
    }

    /// Why the next page cannot be asked for; said once.
    pub(super) fn fault(&mut self) -> Option<String> {
        match std::mem::replace(&mut self.over, Over::Stopped) {
            Over::Fault(message) => Some(message),
            other => {
                self.over = other;
                None
            }
        }
    }

    pub(super) fn is_numbered(&self) -> bool {
        matches!(self.rule.kind, Kind::Page(..) | Kind::Offset(..))
    }

    pub(super) fn is_linked(&self) -> bool {
        matches!(self.rule.kind, Kind::Link | Kind::Url(_))
    }

    /// Says which number the first page has, if the caller gave one.
    pub(super) fn start(&mut self, given: Option<u64>) {
        if let Kind::Page(first, _) | Kind::Offset(first, _) = self.rule.kind {
            self.number = Some(given.unwrap_or(first));
        }
    }

    /// Goes on from the answer that has come.
    pub(super) fn advance(&mut self, headers: &HeaderMap, body: &Bytes, home: Option<&Uri>) {
        match self.next_of(headers, body, home) {
            Ok(None) => (self.over, self.next) = (Over::Yes, Value::Null),
            Ok(Some(next)) if self.is_repeated(&next) => {
                self.over = Over::Fault("next page: the server gave a token that it gave before".to_owned());
            }
            Ok(Some(next)) => self.next = next,
            Err(message) => self.over = Over::Fault(message),
        }
    }

    /// Whether a token was seen before. A circle of any length is found, by comparing with one earlier token, which moves
    /// on by steps that double (Brent's algorithm).
    fn is_repeated(&mut self, next: &Value) -> bool {
        let (earlier, done, most) = &mut self.earlier;
        if *next == self.next || (*next == *earlier && !earlier.is_null()) {
            return true;
        }
        *done += 1;
        if done == most {
            (*earlier, *done, *most) = (next.clone(), 0, most.saturating_mul(2));
        }
        false
    }

    fn next_of(&mut self, headers: &HeaderMap, body: &Bytes, home: Option<&Uri>) -> Result<Option<Value>, String> {
        // No body has no token. One that is no JSON is another of the answers that are described, and no page.
        let json = || match body.is_empty() {
            true => Ok(Value::Null),
            false => serde_json::from_slice(body).map_err(|_| "the answer is no page: it is not JSON".to_owned()),
        };
        if let Some(more) = self.rule.more
            && !json()?.pointer(more).map_or(Ok(true), is_more)?
        {
            return Ok(None);
        }
        let reference = match self.rule.kind {
            Kind::Cursor(at) => return cursor(json()?.pointer(at)),
            Kind::Header(name) => {
                let text = headers.get(name).map(|value| std::str::from_utf8(value.as_bytes())).transpose();
                let text = text.map_err(|_| format!("next page: its token, the header `{name}`, is not UTF-8"))?;
                return cursor(text.map(Value::from).as_ref());
            }
            Kind::Page(first, pages) => return self.numbered(&json()?, body, first, pages, |_| 1),
            Kind::Offset(first, total) => return self.numbered(&json()?, body, first, total, |items| items),
            Kind::Link => link::next(headers)?,
            Kind::Url(at) => match json()?.pointer(at) {
                None | Some(Value::Null | Value::Bool(false)) => None,
                Some(Value::String(reference)) => Some(reference.clone()).filter(|reference| !reference.is_empty()),
                Some(_) => return Err("next page: its link is not a text".to_owned()),
            },
        };
        let (Some(home), Some(reference)) = (home, reference) else {
            return Ok(None);
        };
        let first = home.path_and_query().map_or("/", |path| path.as_str());
        link::local(home, self.next.as_str().unwrap_or(first), &reference).map(|path| Some(Value::String(path)))
    }

    /// The number of the next page, after one that has items; none beyond what there is in all.
    fn numbered(
        &mut self,
        json: &Value,
        body: &Bytes,
        first: u64,
        all: Option<&str>,
        step: fn(u64) -> u64,
    ) -> Result<Option<Value>, String> {
        let items = match json.pointer(self.rule.items) {
            None | Some(Value::Null) => 0,
            Some(Value::Array(items)) => items.len(),
            Some(_) => return Err("next page: the items of this one are not a list".to_owned()),
        };
        if items == 0 {
            return Ok(None);
        }
        if std::mem::replace(&mut self.before, body.clone()) == *body {
            return Err("next page: the server gave the same page again".to_owned());
        }
        let number = self.number.unwrap_or(first).saturating_add(step(items as u64));
        self.number = Some(number);
        let count = all.and_then(|all| json.pointer(all)).map_or(Ok(None), count)?;
        let is_last = count.is_some_and(|count| number.saturating_sub(first) >= count);
        Ok((!is_last).then(|| Value::from(number)))
    }
}

/// Whether there are more pages, as the answer says.
fn is_more(value: &Value) -> Result<bool, String> {
    match value {
        Value::Null => Ok(true),
        Value::Bool(more) => Ok(*more),
        // Some servers send it as text.
        Value::String(text) if text == "true" || text == "false" => Ok(text == "true"),
        _ => Err("next page: what says whether there is one is neither true nor false".to_owned()),
    }
}

/// How many pages or items there are, if the answer says so: some servers have a negative number where they do not know.
fn count(value: &Value) -> Result<Option<u64>, String> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.fract() == 0.0);
    let wrong = || "next page: the count of what there is in all is not a whole number".to_owned();
    match value {
        Value::Null => Ok(None),
        Value::Number(count) if count.is_u64() => Ok(count.as_u64()),
        Value::String(text) if text.trim().parse::<u64>().is_ok() => Ok(text.trim().parse().ok()),
        Value::Number(count) => number(&count.to_string()).map(whole).ok_or_else(wrong),
        Value::String(text) => number(text).map(whole).ok_or_else(wrong),
        _ => Err(wrong()),
    }
}

/// A number that is no `u64` by its spelling; none below zero.
fn whole(number: f64) -> Option<u64> {
    (number >= 0.0).then(|| format!("{number:.0}").parse().unwrap_or(u64::MAX))
}

/// A token: a text or a number; nothing that is empty.
fn cursor(token: Option<&Value>) -> Result<Option<Value>, String> {
    match token {
        None | Some(Value::Null | Value::Bool(false)) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(token @ (Value::String(_) | Value::Number(_))) => Ok(Some(token.clone())),
        Some(_) => Err("next page: its token is neither a text nor a number".to_owned()),
    }
}
