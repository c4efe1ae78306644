//! In: a request. Out: its answer, by the crate `ureq`: the default transport of the blocking client.

use super::blocking::Transport;
use super::body::Body;
use super::transport::{Failure, Limits, TransportError};
use std::io::ErrorKind;

/// Sends requests with `ureq`, on the thread of the caller: what [`blocking::Client`](super::blocking::Client) does by
/// default with the feature `ureq`.
#[derive(Clone, Debug)]
pub struct Ureq {
    agent: ::ureq::Agent,
}

impl Ureq {
    /// A transport with connections of its own.
    pub fn new() -> Self {
        ::ureq::Agent::new_with_defaults().into()
    }
}

impl Default for Ureq {
    fn default() -> Self {
        Self::new()
    }
}

/// A transport with an agent of the user's own settings.
impl From<::ureq::Agent> for Ureq {
    fn from(agent: ::ureq::Agent) -> Self {
        Self { agent }
    }
}

impl Transport for Ureq {
    fn send(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        // ureq takes the empty body of a GET for a body that must be announced.
        let mut answer = match body.into_bytes() {
            body if body.is_empty() => self.run(http::Request::from_parts(parts, ()), limits),
            body => self.run(http::Request::from_parts(parts, &*body), limits),
        }?;
        // ureq refuses the byte at which its limit ends: one more tells a full body from one that is too large.
        let limit = (limits.max_body as u64).saturating_add(1);
        let body = answer.body_mut().with_config().limit(limit).read_to_vec();
        let body = body.map_err(|error| failed(error, Failure::Body))?;
        Ok(answer.map(|_| body.into()))
    }
}

impl Ureq {
    fn run(
        &self,
        request: http::Request<impl ::ureq::AsSendBody>,
        limits: Limits,
    ) -> Result<http::Response<::ureq::Body>, TransportError> {
        let request = self
            .agent
            .configure_request(request)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(limits.timeout)
            .build();
        self.agent.run(request).map_err(|error| failed(error, Failure::Other))
    }
}

fn failed(error: ::ureq::Error, otherwise: Failure) -> TransportError {
    use ::ureq::Error as Ureq;
    let failure = match &error {
        Ureq::Timeout(_) => Failure::Timeout,
        Ureq::BodyExceedsLimit(_) => return TransportError::too_large(),
        // Their text holds the URL, and the URL may hold a secret.
        Ureq::BadUri(_) | Ureq::RequireHttpsOnly(_) => {
            return TransportError::new(Failure::Other, "the URL is refused");
        }
        Ureq::HostNotFound | Ureq::ConnectionFailed | Ureq::Tls(_) => Failure::Connect,
        Ureq::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
                Failure::Connect
            }
            ErrorKind::TimedOut => Failure::Timeout,
            // The standard library has no kind for a name that does not resolve.
            _ if error.to_string().starts_with("failed to lookup address") => Failure::Connect,
            _ => otherwise,
        },
        _ => otherwise,
    };
    TransportError::new(failure, error)
}
