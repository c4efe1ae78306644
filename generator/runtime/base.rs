//! In: a base URL as text. Out: `Base`, to which paths are joined.

use super::address;
use super::api::Api;
use super::error::Error;
use super::server::Chosen;
use http::Uri;

use std::fmt;

/// The URL before every path, without a slash at its end.
#[derive(Clone)]
pub(super) struct Base {
    url: Option<String>,
    /// What the description has in its place, if it is relative.
    relative: Option<&'static str>,
    /// Whether the user gave it: then it goes before the servers that operations have of their own.
    is_given: bool,
}

impl Base {
    /// The URL that the user gives, or the server that they choose, or else the description's. Where the description has one
    /// for each operation only, there may be none.
    ///
    /// # Errors
    /// `Error::Request` when there has to be one, or it is none.
    pub(super) fn new(given: Option<&str>, chosen: Option<&Chosen>, api: &Api) -> Result<Self, Error> {
        let relative = api.server.filter(|url| is_relative(url));
        let chosen = chosen.filter(|_| given.is_none()).map(Chosen::url).transpose()?;
        match given.or(chosen).or(api.server.filter(|_| relative.is_none())) {
            Some(url) => Ok(Self { is_given: given.is_some(), ..Self::parse(url)? }),
            None if api.own_servers => Ok(Self { url: None, relative, is_given: false }),
            None => Err(missing(relative)),
        }
    }

    /// Reads `https://api.example.com/v1`, with or without a slash at its end.
    ///
    /// # Errors
    /// `Error::Request` when it is not an absolute `http` or `https` URL, or has user information, a query or a
    /// fragment.
    fn parse(text: &str) -> Result<Self, Error> {
        // No message shows the text: a URL that is refused may hold a secret.
        let refuse = |why: &str| Err(Error::request(format!("base URL: {why}")));
        if text.contains('{') {
            return refuse("a variable of the server has no value: give it one before `.server(..)`");
        }
        if text.contains('?') {
            return refuse("it may not have a query");
        }
        match address::parse(text) {
            Ok(uri) => Ok(Self {
                url: Some(uri.to_string().trim_end_matches('/').to_owned()),
                relative: None,
                is_given: false,
            }),
            Err(why) => refuse(&why),
        }
    }

    /// The URL of a path that begins with a slash, of an operation that may have a server of its own.
    ///
    /// # Errors
    /// `Error::Request` when nobody gives a base URL, or the server's is none, or is relative.
    pub(super) fn join(&self, server: Option<&Chosen>, path: &str) -> Result<String, Error> {
        let own = match server.filter(|_| !self.is_given) {
            // What the user gives is not shown.
            Some(server) => match server.described().filter(|url| is_relative(url)) {
                Some(url) => return Err(missing(Some(url))),
                None => Some(Self::parse(server.url()?)?),
            },
            None => None,
        };
        let url = own.as_ref().unwrap_or(self).url.as_deref().ok_or_else(|| missing(self.relative))?;
        Ok(format!("{url}{path}"))
    }

    /// A URL that may be relative to this one: `/oauth/token`.
    pub(super) fn absolute(&self, url: &str) -> Option<String> {
        if url.contains("://") {
            return Some(url.to_owned());
        }
        let base: Uri = self.url.as_deref()?.parse().ok()?;
        Some(address::join(&base, url).ok()?.to_string())
    }
}

/// Whether a URL is relative to the place of the description (OpenAPI 3.1.1, section 4.8.5), which a client does not know.
fn is_relative(url: &str) -> bool {
    !url.contains("://") && !url.starts_with('{')
}

fn missing(relative: Option<&str>) -> Error {
    Error::request(match relative {
        None => "base URL: the API's description has none: call `.base_url(..)`".to_owned(),
        Some(url) => format!(
            "base URL: the server of the API's description, `{url}`, is relative to where that stands, which is not known: \
             call `.base_url(..)` with the absolute URL"
        ),
    })
}

/// Shows scheme and host: a path may hold a secret.
impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = self.url.as_deref().and_then(|url| url.parse::<Uri>().ok());
        match uri.as_ref().and_then(|uri| Some((uri.scheme_str()?, uri.authority()?))) {
            Some((scheme, host)) => write!(f, "{scheme}://{host}"),
            None => f.write_str("none"),
        }
    }
}
