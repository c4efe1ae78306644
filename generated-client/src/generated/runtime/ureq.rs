//! In: a request. Out: its answer, by the crate `ureq`: the default transport of the blocking client.

use super::blocking::Transport;
use super::body::Body;
use super::transport::{Failure, Limits, TransportError};
use super::wait::bounded;
use ::ureq::SendBody;
use http::HeaderValue;
use http::header::CONTENT_LENGTH;
use std::io::{self, ErrorKind, Read};
use std::time::Instant;

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

/// A transport with an agent of the user's own settings. It follows no redirects, whatever they say.
impl From<::ureq::Agent> for Ureq {
    fn from(agent: ::ureq::Agent) -> Self {
        Self { agent }
    }
}

impl Transport for Ureq {
    fn send(&self, request: http::Request<Body>, limits: Limits) -> Result<http::Response<Body>, TransportError> {
        let limits = Limits { timeout: limits.timeout.map(bounded), ..limits };
        let end = limits.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let (mut parts, body) = request.into_parts();
        let answer = match (body.as_bytes(), body.length()) {
            // ureq takes the empty body of a GET for a body that must be announced.
            (Some(bytes), _) if bytes.is_empty() => self.run(http::Request::from_parts(parts, ()), limits),
            (Some(bytes), _) => self.run(http::Request::from_parts(parts, &**bytes), limits),
            (None, length) => {
                let length = length.map(HeaderValue::from);
                length.into_iter().for_each(|length| drop(parts.headers.insert(CONTENT_LENGTH, length)));
                self.run(http::Request::from_parts(parts, SendBody::from_reader(&mut Outgoing(body, end))), limits)
            }
        }?;
        Ok(answer.map(|body| {
            let length = body.content_length();
            let body = Body::reader(Answer(body.into_reader()));
            length.map_or(body.clone(), |length| body.with_length(length))
        }))
    }
}

/// A body that is sent, and until when its bytes may be waited for.
struct Outgoing(Body, Option<Instant>);

impl Read for Outgoing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read_until(self.1, buffer)
    }
}

/// The body of an answer.
struct Answer(::ureq::BodyReader<'static>);

impl Read for Answer {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let error = match self.0.read(buffer) {
            Err(error) if error.kind() != ErrorKind::Interrupted => error,
            other => return other,
        };
        Err(io::Error::other(failed(::ureq::Error::from(error), Failure::Body)))
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
            .allow_non_standard_methods(true);
        let time = limits.timeout;
        let request = match limits.streamed {
            false => request.timeout_global(time),
            // ureq has no limit for all up to the headers: each step on the way has it.
            true => request
                .timeout_resolve(time)
                .timeout_connect(time)
                .timeout_send_request(time)
                .timeout_recv_response(time)
                .timeout_per_write(time)
                .timeout_per_read(time),
        };
        self.agent.run(request.build()).map_err(|error| failed(error, Failure::Closed))
    }
}

/// `otherwise` is what is said of an error that does not tell how far the request came.
fn failed(error: ::ureq::Error, otherwise: Failure) -> TransportError {
    use ::ureq::Error as Ureq;
    let failure = match &error {
        Ureq::Timeout(_) => Failure::Timeout,
        // Their text holds the URL, and the URL may hold a secret.
        Ureq::BadUri(_) | Ureq::RequireHttpsOnly(_) => {
            return TransportError::new(Failure::Other, "the URL is refused");
        }
        // There is no request yet.
        Ureq::Http(_) | Ureq::InvalidProxyUrl | Ureq::TlsRequired => Failure::Other,
        Ureq::HostNotFound | Ureq::ConnectionFailed | Ureq::ConnectProxyFailed(_) | Ureq::Tls(_) => Failure::Connect,
        // The request's own body.
        Ureq::Io(error) if own(error) == Some(Failure::Timeout) => return TransportError::timeout(),
        Ureq::Io(error) if own(error) == Some(Failure::RequestBody) => Failure::RequestBody,
        Ureq::Io(error) if error.kind() == ErrorKind::TimedOut => Failure::Timeout,
        Ureq::Io(error) if otherwise != Failure::Body && before(error) => Failure::Connect,
        _ if otherwise == Failure::Body => otherwise,
        Ureq::Protocol(error) if unsent(&error.to_string()) => Failure::Other,
        Ureq::Protocol(_) | Ureq::LargeResponseHeader(..) => Failure::Malformed,
        _ => otherwise,
    };
    TransportError::new(failure, error)
}

/// Whether an error is one that only comes before there is a connection. What is not reached may have been before: ureq does not
/// say in which phase it failed.
fn before(error: &io::Error) -> bool {
    // The standard library has no kind for a name that does not resolve, nor for a certificate that is not trusted.
    const WORDS: [&str; 2] = ["failed to lookup address", "invalid peer certificate"];
    let text = error.to_string();
    [ErrorKind::ConnectionRefused, ErrorKind::AddrNotAvailable].contains(&error.kind())
        || WORDS.iter().any(|words| text.starts_with(words))
}

/// Whether a protocol error is one of the request's head. Those of ureq-proto, a package of which this crate knows nothing, have
/// their own words.
fn unsent(text: &str) -> bool {
    const WORDS: [&str; 6] = [
        "output too small to write output",
        "not valid for HTTP version",
        "more than one host header",
        "host header is not a string",
        "authorization header is not a string",
        "body not allowed by method",
    ];
    WORDS.iter().any(|words| text.contains(words))
}

/// In which way a body that was to be sent failed, if that is what it is.
fn own(error: &io::Error) -> Option<Failure> {
    error.get_ref()?.downcast_ref().map(TransportError::failure)
}
