//! In: a base URL as text. Out: `Base`, to which paths are joined.

use super::error::Error;
use http::Uri;
use http::uri::Scheme;
use std::fmt;

/// The URL before every path, without a slash at its end.
#[derive(Clone)]
pub(super) struct Base {
    url: String,
}

impl Base {
    /// Reads `https://api.example.com/v1`, with or without a slash at its end.
    ///
    /// # Errors
    /// `Error::Request` when it is not an absolute `http` or `https` URL, or has user information, a query or a
    /// fragment.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        // No message shows the text: a URL that is refused may hold a secret.
        let refuse = |why: &str| Err(Error::request(format!("base URL: {why}")));
        if text.contains(['?', '#']) {
            return refuse("it may not have a query or a fragment");
        }
        let uri: Uri = match text.parse() {
            Ok(uri) => uri,
            Err(error) => return refuse(&format!("it is not a URL: {error}")),
        };
        let known = uri.scheme().is_some_and(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
        match uri.authority() {
            Some(authority) if authority.as_str().contains('@') => {
                refuse("it may not have user information: give credentials with `.auth(..)`")
            }
            Some(_) if known => Ok(Self { url: text.trim_end_matches('/').to_owned() }),
            _ => refuse("it must begin with `https://` or `http://` and a host"),
        }
    }

    /// The URL of a path that begins with a slash.
    pub(super) fn join(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}
