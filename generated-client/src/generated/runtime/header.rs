//! In: text. Out: values of headers, checked.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};

/// Why a text is not the value of a header. It shows nothing of the text, which may be a secret.
const REFUSED: &str = "its value may hold visible ASCII characters, spaces and tabs only";

/// The same, of a space that no server would see.
const TRIMMED: &str = "its value may not begin or end with a space or a tab";

/// The value of a header (RFC 9110, section 5.5), which whoever reads it trims. The package `http` would also take bytes
/// beyond ASCII, which servers read in different encodings.
pub(super) fn value(text: &str) -> Result<HeaderValue, &'static str> {
    if text.trim_matches([' ', '\t']) != text {
        return Err(TRIMMED);
    }
    if text.is_ascii() { HeaderValue::from_str(text).map_err(|_| REFUSED) } else { Err(REFUSED) }
}

/// The same, for what no `Debug` may show.
pub(super) fn sensitive(text: &str) -> Result<HeaderValue, &'static str> {
    let mut value = value(text)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Adds to the one `Cookie` header that a request may have (RFC 6265, section 5.4).
pub(super) fn add_cookie(headers: &mut HeaderMap, pair: &str) -> Result<(), &'static str> {
    let mut text = match headers.get(COOKIE) {
        Some(given) => given.to_str().map_err(|_| REFUSED)?.to_owned(),
        None => String::new(),
    };
    join(&mut text, "; ", pair);
    headers.insert(COOKIE, sensitive(&text)?);
    Ok(())
}

/// Adds to a list, with the delimiter between its items.
pub(super) fn join(list: &mut String, delimiter: &str, item: &str) {
    if !list.is_empty() {
        list.push_str(delimiter);
    }
    list.push_str(item);
}
