//! In: a call, and later its answer. Out: the request to send, and the answer if it is a success. No network here.

use super::answer::{Answer, StatusError};
use super::api::Api;
use super::base::Base;
use super::body::Body;
use super::call::Call;
use super::credential::Sender;
use super::error::Error;
use super::exchange::whole_bytes;
use super::retry::Retry;
use super::security::{self, Keys};
use super::transport::{Limits, TransportError};
use http::HeaderMap;
use std::fmt;
use std::time::{Duration, Instant};

/// What both clients share.
pub struct Core {
    pub(super) api: &'static Api,
    pub(super) base: Base,
    pub(super) headers: HeaderMap,
    pub(super) keys: Keys,
    pub(crate) limits: Limits,
    pub(super) retry: Retry,
    /// What all attempts and the waits between them may take together.
    pub(super) total: Option<Duration>,
}

/// One attempt after the other to send one request.
pub(super) struct Attempts<'c> {
    core: &'c Core,
    request: http::Request<Body>,
    begin: Instant,
    done: u32,
}

impl Attempts<'_> {
    /// The request of the next attempt, and its limits.
    pub(super) fn next(&self) -> (http::Request<Body>, Limits) {
        let left = self.core.total.map(|total| total.saturating_sub(self.begin.elapsed()));
        let timeout = self.core.limits.timeout.into_iter().chain(left).min();
        (self.request.clone(), Limits { timeout, ..self.core.limits })
    }

    /// How long to wait before another attempt; `None` where the outcome is the last.
    pub(super) fn wait(&mut self, outcome: &Result<http::Response<Body>, TransportError>) -> Option<Duration> {
        let wait = self.core.retry.wait(self.done, &self.request, outcome)?;
        self.done += 1;
        let in_time = self.core.total.is_none_or(|total| self.begin.elapsed() + wait < total);
        in_time.then_some(wait)
    }
}

impl Core {
    /// The request, without credentials.
    ///
    /// # Errors
    /// `Error::Request` when the call makes no request.
    pub(super) fn request(&self, call: Call) -> Result<http::Request<Body>, Error> {
        call.into_request(&self.base, &self.headers)
    }

    /// The request, with credentials.
    ///
    /// # Errors
    /// `Error::Request` when the call makes no request, `Error::Credential` when a credential is missing.
    pub(super) async fn authorised(
        &self,
        call: Call,
        operation: &str,
        security: &[&[&str]],
        sender: &dyn Sender,
    ) -> Result<http::Request<Body>, Error> {
        let mut request = self.request(call)?;
        let needs = self.keys.choose(self.api, &self.headers, operation, security)?;
        security::satisfy(needs, &self.base, sender, &mut request).await?;
        Ok(request)
    }

    /// The attempts to send a request.
    pub(super) fn attempts(&self, request: http::Request<Body>) -> Attempts<'_> {
        Attempts { core: self, request, begin: Instant::now(), done: 0 }
    }

    /// The answer, if it is a success.
    ///
    /// # Errors
    /// `Error::Api` when the API reports an error in the body, else `Error::Status` when the status is not 2xx.
    pub(super) fn checked(&self, response: http::Response<Body>) -> Result<http::Response<Body>, Error> {
        // Only successes are streams.
        if response.body().as_bytes().is_none() {
            return Ok(response);
        }
        let response = whole_bytes(response);
        let response = match &self.api.envelope {
            Some(envelope) => envelope.open(response).map_err(Error::Api)?,
            None => response,
        };
        if response.status().is_success() {
            return Ok(response.map(Body::from));
        }
        Err(Error::Status(Box::new(StatusError { answer: Answer::new(response) })))
    }
}

/// Shows no default header and no credential.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("base_url", &self.base).field("limits", &self.limits).finish_non_exhaustive()
    }
}
