//! In: the text of a URL. Out: the one reading of it that every transport gets. The crate `url` reads it, as reqwest does by
//! itself, and ureq does not: a text of which that reading is another URL than the one that was written is an error.

use ::url::Url;
use http::Uri;

/// An absolute `http` or `https` URL (RFC 3986, section 3), without user information and fragment.
///
/// # Errors
/// What is wrong. It shows nothing of the text, which may hold a secret.
pub(super) fn parse(text: &str) -> Result<Uri, String> {
    // The URL Standard drops tabs and line breaks, and takes a backslash for a slash.
    if !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err("it may hold no space, backslash, control character or character beyond ASCII: \
                    percent-encode it, or write a host in Punycode"
            .to_owned());
    }
    let is_known = |scheme: &str| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let rest = text.split_once("://").filter(|(scheme, _)| is_known(scheme)).map_or("", |(_, rest)| rest);
    let (authority, after) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.is_empty() {
        return Err("it must begin with `https://` or `http://` and a host".to_owned());
    }
    if authority.contains('@') {
        return Err("it may not have user information: give credentials with `.auth(..)`".to_owned());
    }
    if after.contains('#') {
        return Err("it may not have a fragment".to_owned());
    }
    let url = Url::parse(text).map_err(|error| format!("it is not a URL: {error}"))?;
    same_host(authority, url.host_str().unwrap_or_default())?;
    same_path(after.split('?').next().unwrap_or_default(), url.path())?;
    uri(&url)
}

/// The URL that a reference means (RFC 3986, section 5.2), as seen from this one.
///
/// # Errors
/// What is wrong, without the reference.
pub(crate) fn join(from: &Uri, reference: &str) -> Result<Uri, String> {
    if reference.chars().any(|c| c.is_control() || c == '\\') {
        return Err("it holds a control character or a backslash".to_owned());
    }
    let base = Url::parse(&from.to_string()).map_err(|error| error.to_string())?;
    let mut url = base.join(reference).map_err(|error| format!("it is not a URL: {error}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds user information".to_owned());
    }
    url.set_fragment(None);
    uri(&url)
}

/// Whether a request for one of these URLs goes where one for the other does: scheme, host and port.
pub(crate) fn same_origin(one: &Uri, other: &Uri) -> bool {
    let origin = |uri: &Uri| Url::parse(&uri.to_string()).ok().map(|url| url.origin());
    // An opaque origin is the same as no other.
    origin(one).is_some() && origin(one) == origin(other)
}

/// Whether a segment leads to another path: servers and clients resolve `.` and `..`, also where they are percent-encoded
/// (RFC 3986, section 6.2.2).
pub(super) fn is_dots(segment: &str) -> bool {
    matches!(&*segment.to_ascii_lowercase().replace("%2e", "."), "." | "..")
}

/// Whether the host is read as it was written: a number is no IP address by another name, and nothing is decoded in it.
fn same_host(authority: &str, read: &str) -> Result<(), String> {
    let (host, port) = match authority.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    if port.is_some_and(|port| port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err("its port is not a number".to_owned());
    }
    if host.starts_with('.') || host.contains("..") {
        return Err("its host has an empty label".to_owned());
    }
    // An IPv6 address has many spellings.
    if host.starts_with('[') || host.eq_ignore_ascii_case(read) {
        return Ok(());
    }
    Err("its host is read as another one: percent-encode nothing in it, and write an IP address in four decimal numbers"
        .to_owned())
}

fn same_path(path: &str, read: &str) -> Result<(), String> {
    if path == read || (path.is_empty() && read == "/") {
        return Ok(());
    }
    Err(if path.split('/').any(is_dots) {
        "its path may have no segment `.` or `..`: it would be another path".to_owned()
    } else {
        "its path holds a character that has to be percent-encoded".to_owned()
    })
}

fn uri(url: &Url) -> Result<Uri, String> {
    url.as_str().parse().map_err(|_| "it is longer than the 65534 bytes that a request can hold".to_owned())
}
