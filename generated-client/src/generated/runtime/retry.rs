//! In: how an attempt to send a request went. Out: whether and when it is made again: `Retry`.

use super::answer::retry_after;
use super::body::Body;
use super::transport::{Failure, TransportError};
use http::{Method, Request, Response};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

/// The header that makes a request safe to repeat, whatever its method.
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Among a request's extensions: the call itself has such a header. One that each request has by default is no key.
#[derive(Clone, Copy)]
pub(super) struct Keyed;

/// When a request is sent again.
///
/// Only what is safe is repeated. After a failed connection, and where the server answers 429 or 503, it has not acted, and
/// every request is. After a timeout, a broken answer or none, or status 500, 502 or 504 it may have acted: then only requests
/// whose method is idempotent (RFC 9110, section 9.2.2) or that have a parameter `Idempotency-Key` are, where that is set. A body that is a stream of
/// which some was read is never sent again. The waits grow twofold, by a random part of each; `Retry-After` goes before.
#[derive(Clone, Copy, Debug)]
#[must_use = "it says nothing until it is given to a client's builder"]
pub struct Retry {
    times: u32,
    first_wait: Duration,
    longest_wait: Duration,
    unsafe_methods: bool,
}

/// Twice.
impl Default for Retry {
    fn default() -> Self {
        Self::times(2)
    }
}

impl Retry {
    /// No request is sent again.
    pub fn never() -> Self {
        Self::times(0)
    }

    /// A request is sent again up to so many times.
    pub fn times(times: u32) -> Self {
        let (first_wait, longest_wait) = (Duration::from_millis(500), Duration::from_secs(30));
        Self { times, first_wait, longest_wait, unsafe_methods: false }
    }

    /// The longest first wait; each further one may be twice as long. 0.5 seconds by default.
    pub fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// The longest wait at all. Where the server asks for a longer one, its answer is given back. 30 seconds by default.
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// Also sends requests again that may have been acted on, whatever their method. Not so by default.
    pub fn unsafe_methods(mut self, repeated: bool) -> Self {
        self.unsafe_methods = repeated;
        self
    }

    /// How long to wait before the request is sent again; `None` if it is not. `done` counts the attempts before this one.
    pub(super) fn wait(
        &self,
        done: u32,
        request: &Request<Body>,
        outcome: &Result<Response<Body>, TransportError>,
    ) -> Option<Duration> {
        if done >= self.times || !request.body().is_ready() {
            return None;
        }
        let (may_have_acted, asked) = match outcome {
            Ok(response) => match response.status().as_u16() {
                429 | 503 => (false, retry_after(response.headers())),
                500 | 502 | 504 => (true, retry_after(response.headers())),
                _ => return None,
            },
            Err(error) => match error.failure() {
                Failure::Connect => (false, None),
                Failure::Timeout | Failure::Closed | Failure::Malformed | Failure::Body => (true, None),
                Failure::TooLarge | Failure::RequestBody | Failure::Other => return None,
            },
        };
        if may_have_acted && !self.unsafe_methods && !is_idempotent(request) {
            return None;
        }
        let wait = asked.unwrap_or_else(|| self.backoff(done));
        (wait <= self.longest_wait).then_some(wait)
    }

    /// A wait between half of the growing longest one and all of it.
    fn backoff(&self, done: u32) -> Duration {
        let longest = self.first_wait.saturating_mul(2_u32.saturating_pow(done)).min(self.longest_wait);
        Duration::try_from_secs_f64(longest.as_secs_f64() * (0.5 + random() / 2.0)).unwrap_or(longest)
    }
}

fn is_idempotent(request: &Request<Body>) -> bool {
    const METHODS: [Method; 6] =
        [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE, Method::PUT, Method::DELETE];
    METHODS.contains(request.method()) || request.extensions().get::<Keyed>().is_some()
}

/// A number from 0 to 1. The standard library seeds its hashers at random, which is all that is needed here.
fn random() -> f64 {
    let bits = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(bits >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}
