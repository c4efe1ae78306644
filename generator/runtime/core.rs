//! In: a call, and later its answer. Out: the request to send, and the answer if it is a success. No network here.

use super::answer::{Answer, StatusError};
use super::api::Api;
use super::base::Base;
use super::body::Body;
use super::call::Call;
use super::clock::Instant;
use super::credential::{Refusal, Sender};
use super::endpoint::Endpoint;
use super::envelope::{ApiError, Faults};
use super::error::Error;
use super::exchange::whole_bytes;
use super::retry::Retry;
use super::security::{Authorised, Keys};
use super::trace::Trace;
use super::transport::{Limits, TransportError};
use super::wait::bounded;
use http::{Extensions, HeaderMap, StatusCode};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What both clients share.
pub struct Core {
    pub(super) api: &'static Api,
    pub(super) base: Base,
    pub(super) headers: HeaderMap,
    pub(super) keys: Keys,
    pub(crate) limits: Limits,
    pub(super) retry: Retry,
    /// What the secrets, all attempts and the waits between them may take together.
    pub(super) total: Option<Duration>,
}

/// One attempt after the other to send one request.
pub(super) struct Attempts<'c> {
    core: &'c Core,
    authorised: Authorised<'c>,
    endpoint: Endpoint,
    trace: Trace,
    begin: Instant,
    /// Those before this one.
    done: u32,
    renewed: u32,
    /// What the last answer reports.
    faults: Option<Faults>,
}

impl Attempts<'_> {
    /// The request of the next attempt, and its limits.
    pub(super) fn next(&self) -> (http::Request<Body>, Limits) {
        (self.authorised.request.clone(), self.core.left(self.begin))
    }

    /// The sending of a request, as a part of the call's trace.
    pub(super) fn follow<F: Future>(&self, sending: F) -> impl Future<Output = F::Output> + use<F> {
        self.trace.follow(sending)
    }

    /// Whether the server has refused the request's secrets and others were had: then it is to be sent again at once.
    pub(super) fn renew(
        &mut self,
        outcome: &Result<http::Response<Body>, TransportError>,
        sender: &Arc<dyn Sender>,
    ) -> impl Future<Output = bool> {
        self.faults = outcome.as_ref().ok().and_then(|response| self.core.faults(response));
        let refusal = outcome.as_ref().ok().and_then(|response| self.refusal(response)).filter(|_| self.may_renew());
        let trace = self.trace.clone();
        let Self { core, authorised, renewed, begin, .. } = self;
        async move {
            let is_renewed = trace.follow(authorised.renew(refusal, core, sender, *begin)).await;
            if is_renewed {
                trace.renewed();
                *renewed += 1;
            }
            is_renewed
        }
    }

    /// Whether the request can be sent again after a wait, in which its secrets may have run out: they are asked for anew.
    pub(super) async fn again(&mut self, sender: &Arc<dyn Sender>) -> bool {
        let trace = self.trace.clone();
        let is_ready = trace.follow(self.authorised.again(self.core, sender, self.begin)).await;
        self.done -= u32::from(!is_ready);
        is_ready
    }

    /// The answer of the last attempt, if it is a success.
    ///
    /// # Errors
    /// As [`Core::checked`], and `Error::Transport`.
    pub(super) fn end(
        self,
        outcome: Result<http::Response<Body>, TransportError>,
    ) -> Result<http::Response<Body>, Error> {
        let mark = |extensions: &mut Extensions| {
            extensions.insert(self.endpoint);
            extensions.insert(self.authorised.sent().clone());
        };
        let result = match outcome {
            Ok(mut response) => {
                let advice = self.refusal(&response).and_then(|refusal| self.authorised.advice(&refusal));
                mark(response.extensions_mut());
                advice.into_iter().for_each(|advice| drop(response.extensions_mut().insert(advice)));
                checked(response, self.faults)
            }
            Err(mut error) => {
                error.extensions_mut().into_iter().for_each(mark);
                Err(error.of(self.authorised.sent()).into())
            }
        };
        self.trace.end(&result, self.done + self.renewed + 1);
        result
    }

    /// How long to wait before another attempt; `None` where the outcome is the last.
    pub(super) fn wait(&mut self, outcome: &Result<http::Response<Body>, TransportError>) -> Option<Duration> {
        let wait = self.core.retry.wait(self.done, &self.authorised.request, outcome)?;
        if !self.is_in_time(wait) {
            return None;
        }
        self.done += 1;
        self.trace.again(outcome, self.done + self.renewed, wait);
        Some(wait)
    }

    /// How the answer refuses the request's secrets, if it does: by its status (RFC 9110, section 15.5.2), or by a code
    /// that the API's description names.
    fn refusal(&self, response: &http::Response<Body>) -> Option<Refusal> {
        let (status, faults) = (response.status(), self.faults.as_ref());
        if status != StatusCode::UNAUTHORIZED && !faults.is_some_and(|faults| faults.is_refusal) {
            return None;
        }
        let (headers, code) = (response.headers().clone(), faults.and_then(Faults::code));
        Some(Refusal { status, headers, code, sent: self.authorised.sent().clone() })
    }

    /// Whether the request could be sent again at once.
    fn may_renew(&self) -> bool {
        self.is_in_time(Duration::ZERO) && self.authorised.request.body().is_ready()
    }

    /// Whether there is time left after a wait.
    fn is_in_time(&self, wait: Duration) -> bool {
        self.core.total.is_none_or(|total| self.begin.elapsed().saturating_add(wait) < total)
    }
}

impl Core {
    /// The request, without credentials.
    ///
    /// # Errors
    /// `Error::Request` when the call makes no request.
    pub(super) fn request(&self, call: Call, operation: &'static str) -> Result<http::Request<Body>, Error> {
        let endpoint = Endpoint { operation, path: call.template() };
        let mut request = call.into_request(&self.base, &self.headers)?;
        request.extensions_mut().insert(endpoint);
        Ok(request)
    }

    /// The attempts to send the request, with credentials.
    ///
    /// # Errors
    /// `Error::Request` when the call makes no request, `Error::Credential` when a credential is missing.
    pub(super) async fn attempts(
        &self,
        call: Call,
        operation: &'static str,
        security: &[&[&str]],
        sender: &Arc<dyn Sender>,
    ) -> Result<Attempts<'_>, Error> {
        let (endpoint, begin) = (Endpoint { operation, path: call.template() }, Instant::now());
        let request = self.request(call, operation)?;
        let trace = Trace::new(endpoint, &request);
        let authorised = async {
            let needs = self.keys.choose(self.api, &self.headers, &request, operation, security)?;
            Authorised::new(request, needs, self, sender, begin).await
        };
        let authorised = trace.follow(authorised).await.inspect_err(|error| trace.fail(error))?;
        Ok(Attempts { core: self, authorised, endpoint, trace, begin, done: 0, renewed: 0, faults: None })
    }

    /// The limits of what begins now, in a call that has begun then.
    pub(super) fn left(&self, begin: Instant) -> Limits {
        let left = self.total.map(|total| total.saturating_sub(begin.elapsed()));
        Limits { timeout: self.limits.timeout.into_iter().chain(left).min().map(bounded), ..self.limits }
    }

    /// The errors that the answer reports in its body, if it does.
    fn faults(&self, response: &http::Response<Body>) -> Option<Faults> {
        self.api.envelope.as_ref().and_then(|envelope| envelope.open(response))
    }

    /// The answer, if it is a success.
    ///
    /// # Errors
    /// `Error::Api` when the API reports an error in the body, else `Error::Status` when the status is not 2xx.
    pub(super) fn checked(&self, response: http::Response<Body>) -> Result<http::Response<Body>, Error> {
        let faults = self.faults(&response);
        checked(response, faults)
    }
}

/// The answer, if it reports no errors and its status is a success. Only successes are streams.
fn checked(response: http::Response<Body>, faults: Option<Faults>) -> Result<http::Response<Body>, Error> {
    if let Some(faults) = faults {
        return Err(Error::Api(Box::new(ApiError::new(whole_bytes(response), faults))));
    }
    if response.status().is_success() || response.body().as_bytes().is_none() {
        return Ok(response);
    }
    Err(Error::Status(Box::new(StatusError { answer: Answer::new(whole_bytes(response)) })))
}

/// Shows no default header and no credential.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("base_url", &self.base).field("limits", &self.limits).finish_non_exhaustive()
    }
}
