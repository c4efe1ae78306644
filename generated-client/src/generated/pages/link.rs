//! In: where a server says that the next page is. Out: the path and query of it, on the host of the first page: a link to
//! another host is refused, so that no credential goes there.

use super::super::runtime::Error;
use http::header::LINK;
use http::{HeaderMap, Uri};
use serde_json::Value;

/// The target of `rel="next"` among the `Link` headers (RFC 8288, section 3).
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().filter_map(|line| line.to_str().ok()).find_map(in_line)
}

fn in_line(line: &str) -> Option<String> {
    let mut rest = line;
    while let Some((target, after)) = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
        let (parameters, following) = after.split_at(end(after));
        if pieces(parameters, ';').into_iter().any(is_next) {
            return Some(target.trim().to_owned());
        }
        rest = following;
    }
    None
}

fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

/// Where a link ends: at a comma outside of quotes.
fn end(text: &str) -> usize {
    pieces(text, ',').first().map_or(0, |first| first.len())
}

/// A text in pieces, delimited outside of quotes.
fn pieces(text: &str, delimiter: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let is_end = |c: char| {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            c => return c == delimiter && !quoted,
        }
        false
    };
    text.split(is_end).collect()
}

/// The path and query of a reference (RFC 3986, section 5.2), as seen from the page at `from` on the host of `home`.
///
/// # Errors
/// What is wrong: it is on another host, or no URL.
pub(super) fn local(home: &Uri, from: &str, reference: &str) -> Result<String, String> {
    let reference = reference.split('#').next().unwrap_or_default();
    let scheme = home.scheme_str().unwrap_or_default();
    let absolute = match reference {
        network if network.starts_with("//") => format!("{scheme}:{network}"),
        path if path.starts_with('/') => return Ok(path.to_owned()),
        query if query.starts_with('?') || query.is_empty() => {
            let path = from.split('?').next().unwrap_or_default();
            return Ok(if query.is_empty() { from.to_owned() } else { format!("{path}{query}") });
        }
        other if other.split(['/', '?']).next().is_some_and(|start| start.contains(':')) => other.to_owned(),
        relative => return Ok(beside(from, relative)),
    };
    let uri: Uri = absolute.parse().map_err(|_| "next page: its link is no URL".to_owned())?;
    if origin(&uri) != origin(home) {
        let host = uri.host().unwrap_or_default();
        return Err(format!("next page: its link leads to another host or port, `{host}`"));
    }
    Ok(uri.path_and_query().map_or("/", |path| path.as_str()).to_owned())
}

fn beside(from: &str, relative: &str) -> String {
    let folder = from.split('?').next().unwrap_or_default().rsplit_once('/').map_or("", |(folder, _)| folder);
    let (path, query) = relative.split_at(relative.find('?').unwrap_or(relative.len()));
    let mut segments: Vec<&str> = folder.split('/').skip(1).collect();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    format!("/{}{query}", segments.join("/"))
}

/// Scheme, host and port, so that equal ones are equal.
fn origin(uri: &Uri) -> (String, String, Option<u16>) {
    let lower = |text: Option<&str>| text.unwrap_or_default().to_ascii_lowercase();
    let scheme = lower(uri.scheme_str());
    let default = if scheme == "https" { 443 } else { 80 };
    (scheme, lower(uri.host()), uri.port_u16().or(Some(default)))
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
