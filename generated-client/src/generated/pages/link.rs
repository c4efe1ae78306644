//! In: where a server says that the next page is. Out: the path and query of it, on the host of the first page: a link to
//! another host is refused, so that no credential goes there.

use super::super::runtime::{Error, address};
use http::header::LINK;
use http::{HeaderMap, Uri};
use serde_json::Value;

/// The target of `rel="next"` among the `Link` headers, read as RFC 8288, appendix B.2, has it.
///
/// # Errors
/// When a header cannot be read to its end: the link to the next page may be in what is left.
pub(super) fn next(headers: &HeaderMap) -> Result<Option<String>, String> {
    for line in headers.get_all(LINK) {
        // A quoted string may hold bytes beyond ASCII (RFC 9110, section 5.6.4); what matters is delimited by others.
        if let Some(target) = in_line(&String::from_utf8_lossy(line.as_bytes()))? {
            return Ok(Some(target));
        }
    }
    Ok(None)
}

fn in_line(line: &str) -> Result<Option<String>, String> {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return Ok(None);
        }
        let link = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let (target, after) =
            link.ok_or("next page: the `Link` header is none: it has no `<..>` where a link begins")?;
        let (end, is_open) = end(after);
        let (parameters, following) = after.split_at(end);
        let relation = pieces(parameters, ';').find_map(relation);
        if relation.is_some_and(|relation| relation.split_ascii_whitespace().any(is_next)) {
            return Ok(Some(target.trim().to_owned()));
        }
        if is_open {
            return Err("next page: the `Link` header is none: a quoted text in it does not end".to_owned());
        }
        rest = following;
    }
}

fn is_next(relation: &str) -> bool {
    relation.eq_ignore_ascii_case("next")
}

/// The value of a parameter that is the relation: the first one counts (RFC 8288, section 3.3).
fn relation(parameter: &str) -> Option<String> {
    let (name, value) = parameter.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("rel") {
        return None;
    }
    let value = value.trim();
    let Some(quoted) = value.strip_prefix('"') else { return Some(value.to_owned()) };
    let (mut text, mut characters) = (String::new(), quoted.chars());
    while let Some(c) = characters.next().filter(|c| *c != '"') {
        text.extend(if c == '\\' { characters.next() } else { Some(c) });
    }
    Some(text)
}

/// Where a link ends, at a comma outside of quotes, and whether quotes are still open there.
fn end(text: &str) -> (usize, bool) {
    let mut state = Quotes::default();
    let end = text.find(|c| state.delimits(c, ','));
    (end.unwrap_or(text.len()), end.is_none() && state.quoted)
}

/// A text in pieces, delimited outside of quotes.
fn pieces(text: &str, delimiter: char) -> impl Iterator<Item = &str> {
    let mut state = Quotes::default();
    text.split(move |c| state.delimits(c, delimiter))
}

/// Whether a place in a text is inside of quotes.
#[derive(Default)]
struct Quotes {
    quoted: bool,
    escaped: bool,
}

impl Quotes {
    fn delimits(&mut self, c: char, delimiter: char) -> bool {
        match c {
            _ if self.escaped => self.escaped = false,
            '\\' if self.quoted => self.escaped = true,
            '"' => self.quoted = !self.quoted,
            c => return c == delimiter && !self.quoted,
        }
        false
    }
}

/// The path and query of a reference, as seen from the page at `from` on the host of `home`.
///
/// # Errors
/// What is wrong: it is on another host, or no URL.
pub(super) fn local(home: &Uri, from: &str, reference: &str) -> Result<String, String> {
    let page = absolute(home, &Value::from(from)).map_err(|error| error.to_string())?;
    let page: Uri = page.parse().map_err(|_| "next page: the one before has no URL".to_owned())?;
    let uri = address::join(&page, reference).map_err(|why| format!("next page: its link: {why}"))?;
    if !address::same_origin(&uri, home) {
        let host = uri.host().unwrap_or_default();
        return Err(format!("next page: its link leads to another host or port, `{host}`"));
    }
    Ok(uri.path_and_query().map_or("/", |path| path.as_str()).to_owned())
}

/// The URL of a page.
///
/// # Errors
/// `Error::Request` when the token is not the path of one.
pub(super) fn absolute(home: &Uri, token: &Value) -> Result<String, Error> {
    let path = token.as_str().filter(|path| path.starts_with('/'));
    let path = path.ok_or_else(|| Error::request("next page: its token is not a path"))?;
    let authority = home.authority().map_or("", |authority| authority.as_str());
    Ok(format!("{}://{authority}{path}", home.scheme_str().unwrap_or_default()))
}
