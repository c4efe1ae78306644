//! In: a path template and the spellings of its parameters. Out: the path, in which no value leaves its segment.

use super::address::is_dots;
use super::error::Error;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What a template's own text may not hold in a URL (RFC 6570, section 3.1). `%` stays: the author may have encoded.
const LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Puts the values into `/pets/{id}`.
///
/// # Errors
/// `Error::Request` naming the parameter when one has no value, or when its segment would be empty, `.` or `..`, a dot
/// percent-encoded or not: servers and proxies collapse such segments (RFC 3986, section 5.2.4), and the request would
/// reach another path.
pub(super) fn fill(template: &str, values: &[(&'static str, String)]) -> Result<String, Error> {
    // A template with a query of its own is against the standard, but written.
    let path = template.split('?').next().unwrap_or_default();
    if path.split('/').any(is_dots) {
        return Err(Error::request(format!("path `{template}`: it may have no segment `.` or `..`")));
    }
    let segments: Vec<_> =
        template.split('/').map(|segment| fill_segment(segment, values)).collect::<Result<_, _>>()?;
    Ok(segments.join("/"))
}

fn fill_segment(segment: &str, values: &[(&'static str, String)]) -> Result<String, Error> {
    let mut filled = String::new();
    let mut last = None;
    let mut rest = segment;
    while let Some((literal, (name, after))) =
        rest.split_once('{').and_then(|(literal, rest)| Some((literal, rest.split_once('}')?)))
    {
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            return Err(Error::request(format!("path parameter `{name}`: it has no value")));
        };
        filled.extend(utf8_percent_encode(literal, LITERAL));
        filled.push_str(value);
        last = Some(name);
        rest = after;
    }
    filled.extend(utf8_percent_encode(rest, LITERAL));
    match last {
        Some(name) if filled.is_empty() || filled.split('?').next().is_some_and(is_dots) => Err(Error::request(
            format!("path parameter `{name}`: it may not be empty, `.` or `..`: the path would be another one"),
        )),
        _ => Ok(filled),
    }
}
