//! In: the user's settings. Out: a client, asynchronous or blocking: `Builder`.

use super::api::Api;
use super::base::Base;
use super::blocking;
use super::caller::Caller;
use super::client::Client;
use super::core::Core;
use super::credential::Credential;
use super::error::Error;
use super::header;
use super::retry::Retry;
use super::security::Keys;
use super::server::{Chosen, Server};
use super::transport::{Limits, Transport};
use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What makes a client of settings and a transport. It seals [`Caller`]: no type outside can implement it.
pub trait Link: Clone + Sized {
    /// The trait object that sends its requests.
    type Transport: ?Sized;
    /// The transport that is used when the user gives none.
    ///
    /// # Errors
    /// When the crate was built without one, or it cannot be set up.
    fn transport() -> Result<Arc<Self::Transport>, Error>;
    /// Puts a client together.
    fn link(core: Core, transport: Arc<Self::Transport>) -> Self;
    /// What it was put together of.
    fn core(&self) -> &Core;
}

/// The settings of a client, asynchronous or blocking. Each has a default but the credential; [`build`](Self::build)
/// gives the client.
#[must_use = "settings do nothing until `.build()`"]
pub struct Builder<C: Caller> {
    api: &'static Api,
    base_url: Option<String>,
    server: Option<Chosen>,
    headers: Vec<(String, String)>,
    keys: Keys,
    limits: Limits,
    retry: Retry,
    total: Option<Duration>,
    transport: Option<Arc<C::Transport>>,
}

impl<C: Caller> Builder<C> {
    /// The settings before the user changes any.
    pub(crate) fn new(api: &'static Api) -> Self {
        let (keys, limits, retry) = (Keys::default(), Limits::default(), Retry::default());
        Self {
            api,
            base_url: None,
            server: None,
            headers: Vec::new(),
            keys,
            limits,
            retry,
            total: None,
            transport: None,
        }
    }

    /// Sends all requests there instead of to the servers that the API's description names:
    /// `https://api.example.com/v1`, with or without a slash at its end.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sends requests to this one of the servers that the API's description names, instead of the first. Operations that have
    /// servers of their own keep these; [`base_url`](Self::base_url) takes precedence over all. A variable's value that would lead to
    /// another host is an error of [`build`](Self::build): see [`Server`].
    pub fn server(mut self, server: impl Server) -> Self {
        self.server = Some(Chosen::of(&server));
        self
    }

    /// Gives the credential that requests are sent with, such as a [`Token`](super::Token) or a
    /// [`Password`](super::Password). Where the API has several security schemes, it is for each that has none of its
    /// own by [`auth_for`](Self::auth_for). [`build`](Self::build) rejects a credential that no operation can send.
    pub fn auth(mut self, credential: impl Credential) -> Self {
        self.keys.push(None, Arc::new(credential));
        self
    }

    /// Gives a credential for one security scheme, by the name that the API's description has for it.
    /// [`build`](Self::build) rejects a name that no operation requires.
    pub fn auth_for(mut self, scheme: impl Into<String>, credential: impl Credential) -> Self {
        self.keys.push(Some(scheme.into()), Arc::new(credential));
        self
    }

    /// Makes calls without the credentials that are missing: for what a server gives to everybody though the API's document
    /// says otherwise, such as a login. Without it, such a call is an error, and nothing is sent. A header or a cookie that
    /// is given by hand, [`header`](Self::header) or an input, counts as the credential that has its place there.
    pub fn anonymous(mut self) -> Self {
        self.keys.anonymous();
        self
    }

    /// Limits the time of each attempt to send a request, from the connection to the last byte of the answer; `None` lifts
    /// the limit. 30 seconds by default. As much time has a credential before it.
    ///
    /// Where the answer is read while it comes (`send_stream`), it limits the time up to the answer's headers, and then that of
    /// each wait for more bytes: a stream may last.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limits.timeout = timeout.into();
        self
    }

    /// Limits the time of each call, its credentials, all attempts and the waits between them together. Without a limit by default: then a
    /// call ends when its attempts do.
    pub fn total_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.total = timeout.into();
        self
    }

    /// Says when requests are sent again: `Retry::never()`, `Retry::times(5)`. By default up to twice, where that is safe.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Limits the size of an answer's body, in bytes: a larger one is an error. 32 MiB by default.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.limits.max_body = bytes;
        self
    }

    /// Sends a header with every request, unless the operation sets it. No `Debug` shows its value, and no error that a server
    /// repeats it in, unless HTTP itself says that it is no secret, as of `Accept-Language`.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends this `User-Agent` instead of the crate's name and version.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.header(USER_AGENT.as_str(), user_agent)
    }

    /// The client.
    ///
    /// # Errors
    /// `Error::Request` when a setting is wrong or missing, and `Error::Transport` when the transport cannot be set up.
    pub fn build(self) -> Result<C, Error> {
        let base = Base::new(self.base_url.as_deref(), self.server.as_ref(), self.api)?;
        self.keys.check(self.api)?;
        let mut headers = HeaderMap::new();
        let user_agent = (USER_AGENT.as_str(), self.api.user_agent);
        let given = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in std::iter::once(user_agent).chain(given) {
            let (name, value) = default_header(name, value)?;
            headers.insert(name, value);
        }
        let Self { api, keys, limits, retry, total, transport, .. } = self;
        let core = Core { api, base, headers, keys, limits, retry, total };
        Ok(C::link(core, transport.map_or_else(C::transport, Ok)?))
    }
}

impl Builder<Client> {
    /// Sends requests by this transport instead of that of the feature `reqwest`.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }
}

impl Builder<blocking::Client> {
    /// Sends requests by this transport instead of that of the feature `ureq`.
    pub fn transport(mut self, transport: impl blocking::Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }
}

/// Shows no default header and no credential.
impl<C: Caller> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("limits", &self.limits).finish_non_exhaustive()
    }
}

fn default_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let refuse = |why| Error::request(format!("header `{}`: {why}", name.escape_debug()));
    let header = name.parse().map_err(|_| refuse("it is not the name of a header"))?;
    let mut value = header::sensitive(value).map_err(refuse)?;
    value.set_sensitive(header != USER_AGENT);
    Ok((header, value))
}
