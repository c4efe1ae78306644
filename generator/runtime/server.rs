//! In: the declaration of a server that the API's description names. Out: its type, whose variables can be set, and its URL,
//! in which no value leaves its place.

use super::error::{Error, RequestError};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;
use std::net::Ipv6Addr;

/// All but what a path may hold (RFC 3986, section 3.3), slashes included.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// A server: what [`Builder::server`](super::Builder::server) takes.
///
/// No value of a variable leads to another host than the description means. Before the first slash of the URL it may hold
/// letters, digits, `-`, `.`, `_` and `~` only (RFC 3986, section 2.3), and only digits where it is a port. Where the variable is all of
/// the host and its default has a port, the value may have one, too, and may be an IPv6 address in brackets. Where the
/// default has a slash, or the URL begins with the variable, the value may go on with a path, or be a whole URL. In the
/// path a value is percent-encoded but for its slashes. The description's own words, defaults and listed values, are taken
/// as they are. For anything else there is [`Builder::base_url`](super::Builder::base_url).
pub trait Server {
    /// Its URL, each variable's value in its place. One that has none is left as it is in the description, `{name}`.
    ///
    /// # Errors
    /// `Error::Request` naming a variable whose value may not stand in its place. It does not show the value.
    fn url(&self) -> Result<String, Error>;
}

/// The URL of the description, or of the server that the user chose, or why that has none.
#[derive(Clone)]
pub enum Chosen {
    Described(&'static str),
    Given(Result<String, RequestError>),
}

impl Chosen {
    pub fn of(server: &impl Server) -> Self {
        Self::Given(server.url().map_err(RequestError::of))
    }

    /// # Errors
    /// `Error::Request` as the server has it.
    pub(super) fn url(&self) -> Result<&str, Error> {
        match self {
            Self::Described(url) => Ok(url),
            Self::Given(url) => url.as_deref().map_err(|error| error.clone().into()),
        }
    }

    /// The URL, if it is the description's.
    pub(super) fn described(&self) -> Option<&'static str> {
        match self {
            Self::Described(url) => Some(url),
            Self::Given(_) => None,
        }
    }
}

impl From<&'static str> for Chosen {
    fn from(url: &'static str) -> Self {
        Self::Described(url)
    }
}

impl From<String> for Chosen {
    fn from(url: String) -> Self {
        Self::Given(Ok(url))
    }
}

/// Shows no URL that the user chose: there are APIs with a token in a variable.
impl fmt::Debug for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.described().unwrap_or("chosen"))
    }
}

/// Declares a server, with the variables of its URL (OpenAPI 3.1.1, sections 4.8.5 and 4.8.6):
///
/// ```text
/// server! {
///     pub struct Production;
///     "https://{region}.example.com";
///     region: ProductionRegion = "region" or "eu",
///     port: ProductionPort = "port" or "" in [":8443"],
/// }
/// ```
///
/// Of the values that the description lists, those are named that the user could not give by themselves.
macro_rules! server {
    (
        $(#[$head:meta])*
        pub struct $Name:ident;
        $url:literal;
        $($(#[$meta:meta])* $variable:ident: $T:ty = $wire:literal $(or $default:literal)? $(in [$($listed:literal),*])?,)*
    ) => {
        $(#[$head])*
        #[derive(Clone, Default)]
        pub struct $Name {
            $($variable: Option<$T>,)*
        }

        impl $Name {
            #[doc = " This server, its variables at their defaults."]
            pub fn new() -> Self {
                Self::default()
            }

            $(
                $(#[$meta])*
                pub fn $variable(mut self, $variable: impl runtime::Input<$T>) -> Self {
                    self.$variable = Some($variable.give());
                    self
                }
            )*
        }

        impl runtime::Server for $Name {
            fn url(&self) -> Result<String, runtime::Error> {
                let variables: &[runtime::server::Variable<'_>] = &[$(runtime::server::Variable {
                    name: $wire,
                    given: self.$variable.as_ref().map(|value| value.as_str()),
                    default: None $(.or(Some($default)))?,
                    listed: &[$($($listed),*)?],
                },)*];
                runtime::server::url($url, variables)
            }
        }

        #[doc = " Shows no variable: some are secret."]
        impl std::fmt::Debug for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($Name), " ", $url))
            }
        }
    };
}

pub(crate) use server;

/// A variable of a URL, and its value.
pub struct Variable<'a> {
    pub name: &'static str,
    pub given: Option<&'a str>,
    pub default: Option<&'static str>,
    /// What else the description has as a value.
    pub listed: &'static [&'static str],
}

/// Puts values, or else defaults, into a URL.
///
/// # Errors
/// As [`Server::url`].
pub fn url(template: &str, variables: &[Variable<'_>]) -> Result<String, Error> {
    let (mut url, mut rest) = (String::new(), template);
    while let Some((before, (name, after))) = rest.split_once('{').and_then(|(a, b)| Some((a, b.split_once('}')?))) {
        url.push_str(before);
        let variable = variables.iter().find(|variable| variable.name == name);
        match variable.and_then(|variable| Some((variable, variable.given.or(variable.default)?))) {
            Some((variable, value)) if variable.default == Some(value) || variable.listed.contains(&value) => {
                url.push_str(value);
            }
            Some((variable, value)) => {
                let place = Place::of(&url, after, variable.default.unwrap_or_default());
                let value = place.fill(value);
                url += &value.map_err(|why| Error::request(format!("server variable `{name}`: its value {why}")))?;
            }
            None => url.extend(["{", name, "}"]),
        }
        rest = after;
    }
    Ok((url + rest).trim_end_matches('/').to_owned())
}

/// Where in a URL a variable stands, and what its default shows.
#[derive(Clone, Copy)]
enum Place<'d> {
    /// All from the beginning on.
    Url,
    Scheme,
    /// Host and port, or a part of them, and what may follow.
    Authority {
        is_whole: bool,
        is_port: bool,
        default: &'d str,
    },
    Path,
}

impl<'d> Place<'d> {
    fn of(before: &str, after: &str, default: &'d str) -> Self {
        match before.split_once("://") {
            None if before.is_empty() && !after.contains("://") => Place::Url,
            None => Place::Scheme,
            Some((_, rest)) if rest.contains('/') => Place::Path,
            Some((_, rest)) => Place::Authority { is_whole: rest.is_empty(), is_port: rest.ends_with(':'), default },
        }
    }

    /// A value as it stands there.
    fn fill(self, value: &str) -> Result<String, &'static str> {
        const HOST: &str = "may hold letters, digits, `-`, `.`, `_` and `~` only, for it is a part of the host: \
                                  `.base_url(..)` takes any URL";
        match self {
            // The whole is checked later.
            Place::Url => Ok(value.to_owned()),
            // A part of one may be empty: `http{s}`.
            Place::Scheme if value.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Ok(value.to_owned()),
            Place::Scheme => Err("is no scheme"),
            Place::Path => Ok(utf8_percent_encode(value, PATH).to_string()),
            Place::Authority { is_whole, is_port, default } => {
                let (like, path) = (default.split('/').next().unwrap_or_default(), default.find('/'));
                let (authority, path) = value.split_at(path.and_then(|_| value.find('/')).unwrap_or(value.len()));
                let is_number = |text: &str| is(text, |byte| byte.is_ascii_digit());
                let fits = match authority {
                    "" => default.starts_with('/') || like.starts_with(':'),
                    _ if default.starts_with('/') => false,
                    port if is_port => is_number(port),
                    port if like.starts_with(':') => port.strip_prefix(':').is_some_and(is_number),
                    whole if is_whole && like.contains(':') => is_host_and_port(whole),
                    part => is(part, is_unreserved),
                };
                let why = if is_port { "is no port" } else { HOST };
                fits.then(|| format!("{authority}{}", utf8_percent_encode(path, PATH))).ok_or(why)
            }
        }
    }
}

/// Whether a text has bytes, and all are such.
fn is(text: &str, like: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(like)
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// Whether it is a host, which may be an IPv6 address in brackets, with or without a port.
fn is_host_and_port(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
        Some((host, port)) => (host, Some(port)),
        None => (text, None),
    };
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_address = |address: &str| address.parse::<Ipv6Addr>().is_ok();
    address.map_or_else(|| is(host, is_unreserved), is_address)
        && port.is_none_or(|port| is(port, |byte| byte.is_ascii_digit()))
}
