//! In: which calls a test expects, and the answer to each. Out: `MockTransport`, a transport without a network that gives
//! those answers, keeps the requests, and says what did not happen as expected.

use super::blocking;
use super::body::Body;
use super::endpoint::Endpoint;
use super::mocked::{Mocked, Written};
use super::sent::Sent;
use super::shared::{Boxed, Cause};
use super::transport::{Failure, Limits, Transport, TransportError};
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use std::fmt::{self, Write};
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A transport for tests, of either client: it answers the calls that are expected, and fails all others. Clones share
/// what they expect and what they have received: give one to the client and keep another.
///
/// Calls of one operation are answered in the order in which they were expected; those of different operations may come in
/// any order, unless the mock is [`in_order`](Self::in_order). Each attempt counts as a call: after a 503 the client calls again.
///
/// What was not called is said on standard error when the last clone is dropped; [`finish`](Self::finish) makes it a failed test.
#[derive(Clone, Default)]
pub struct MockTransport {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    in_order: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    expected: Vec<Expectation>,
    received: Vec<Received>,
    /// The calls that nothing expected.
    unexpected: Vec<String>,
    is_finished: bool,
}

type Answer = Box<dyn Fn(&Received) -> Result<Response<Bytes>, TransportError> + Send + Sync>;

struct Expectation {
    method: Method,
    place: Place,
    /// How often it is yet to come; `None`: as often as it does.
    left: Option<usize>,
    answer: Arc<Answer>,
}

/// What a request is recognised by.
#[derive(Clone, PartialEq)]
enum Place {
    Endpoint(Endpoint),
    Path(String),
}

impl Expectation {
    fn is_of(&self, request: &Received) -> bool {
        match &self.place {
            // The link to a next page is followed by GET, whatever the operation's method is.
            Place::Endpoint(endpoint) => request.extensions().get() == Some(endpoint),
            Place::Path(path) => request.uri().path() == path && self.method == request.method(),
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Endpoint(endpoint) => write!(f, "`{}` ({} {})", endpoint.operation, self.method, endpoint.path)?,
            Place::Path(path) => write!(f, "{} {path}", self.method)?,
        }
        match self.left {
            Some(1) => Ok(()),
            Some(left) => write!(f, ", {left} times"),
            None => f.write_str(", any number of times"),
        }
    }
}

impl MockTransport {
    /// A mock that expects nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A mock whose calls must come in the order in which they are expected.
    pub fn in_order() -> Self {
        Self { shared: Arc::new(Shared { in_order: true, state: Mutex::default() }) }
    }

    /// Expects a call of an operation, by the type of its request: `mock.expect::<GetUser>().answer(user)`. Once, unless more
    /// is said; nothing is expected before the answer is given.
    pub fn expect<R: Mocked>(&self) -> Expected<R> {
        self.expected(R::METHOD, Place::Endpoint(R::ENDPOINT))
    }

    /// Expects a request that is of no operation, such as one for a token, by its method and its URL's path.
    pub fn expect_request(&self, method: Method, path: impl Into<String>) -> Expected<()> {
        self.expected(method, Place::Path(path.into()))
    }

    fn expected<R>(&self, method: Method, place: Place) -> Expected<R> {
        Expected { mock: self.clone(), method, place, times: Some(1), status: None, request: PhantomData }
    }

    /// All requests so far, those that nothing expected among them.
    pub fn requests(&self) -> Vec<Received> {
        self.state().received.clone()
    }

    /// The requests so far of one operation.
    pub fn received<R: Mocked>(&self) -> Vec<Received> {
        let is_of = |request: &Received| request.extensions().get() == Some(&R::ENDPOINT);
        self.requests().into_iter().filter(is_of).collect()
    }

    /// What did not happen as expected, in words: calls that did not come, and calls that nothing expected.
    pub fn complaints(&self) -> Vec<String> {
        self.state().complaints()
    }

    /// Ends the test: whatever was expected must have come, and nothing else.
    ///
    /// # Panics
    /// If it has not, with all [`complaints`](Self::complaints).
    #[track_caller]
    pub fn finish(&self) {
        let complaints = {
            let mut state = self.state();
            state.is_finished = true;
            state.complaints()
        };
        assert!(complaints.is_empty(), "MockTransport: {}", complaints.join("; "));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a request.
    fn take(&self, request: Request<Bytes>) -> Result<Response<Body>, TransportError> {
        let request = Received(request);
        let mut state = self.state();
        state.received.push(request.clone());
        let mut waiting = state.expected.iter_mut().filter(|one| one.left != Some(0));
        let found = match self.shared.in_order {
            true => waiting.next().filter(|next| next.is_of(&request)),
            false => waiting.find(|one| one.is_of(&request)),
        };
        let Some(found) = found else {
            let message = state.refuse(&request);
            return Err(TransportError::new(Failure::Other, message));
        };
        found.left = found.left.map(|left| left - 1);
        let answer = Arc::clone(&found.answer);
        // It may ask the mock.
        drop(state);
        answer(&request).map(|response| response.map(Body::from))
    }
}

impl State {
    fn complaints(&self) -> Vec<String> {
        let missing = self.expected.iter().filter(|one| one.left.is_some_and(|left| left > 0));
        let missing = missing.map(|one| format!("expected and not called: {one}"));
        self.unexpected.iter().cloned().chain(missing).collect()
    }

    /// Keeps that nothing expected this request, and says so with what was expected.
    fn refuse(&mut self, request: &Received) -> String {
        let mut message = match request.extensions().get::<Endpoint>() {
            Some(endpoint) => format!("`{}` ({} {})", endpoint.operation, request.method(), endpoint.path),
            None => format!("{} {}", request.method(), Sent::with(request).hide(request.uri().path())),
        };
        message.insert_str(0, "called and not expected: ");
        self.unexpected.push(message.clone());
        let waiting: Vec<_> = self.expected.iter().filter(|one| one.left != Some(0)).map(ToString::to_string).collect();
        match waiting.as_slice() {
            [] => message.push_str("; nothing more is expected"),
            waiting => drop(write!(message, "; expected: {}", waiting.join(" or "))),
        }
        message
    }
}

/// Says what did not come, where no test has asked.
impl Drop for Shared {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        if !state.is_finished {
            state.complaints().iter().for_each(|complaint| eprintln!("MockTransport: {complaint}"));
        }
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected: Vec<_> = self.state().expected.iter().map(ToString::to_string).collect();
        f.debug_struct("MockTransport").field("expected", &expected).finish_non_exhaustive()
    }
}

impl Transport for MockTransport {
    fn send(&self, request: Request<Body>, _: Limits) -> Boxed<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            self.take(Request::from_parts(parts, body.collect(usize::MAX).await?))
        })
    }
}

impl blocking::Transport for MockTransport {
    fn send(&self, request: Request<Body>, _: Limits) -> Result<Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        self.take(Request::from_parts(parts, body.collect_blocking(usize::MAX)?))
    }
}

/// A call that a [`MockTransport`] is to expect, once its answer is given.
#[must_use = "nothing is expected until the answer is given"]
pub struct Expected<R> {
    mock: MockTransport,
    method: Method,
    place: Place,
    times: Option<usize>,
    status: Option<StatusCode>,
    request: PhantomData<fn() -> R>,
}

impl<R> Expected<R> {
    /// Expects the call so many times, each with the same answer.
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// Answers the call however often it comes, or does not.
    pub fn any_times(mut self) -> Self {
        self.times = None;
        self
    }

    /// Gives a typed answer this status instead of the one that the API's description declares.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// Answers with a value, as the server would write it.
    pub fn answer(self, value: R::Output)
    where
        R: Mocked,
    {
        self.typed(R::answer(value));
    }

    /// Answers with an error that the operation declares: `.answer_error(GetUserError::NotFound(problem))`.
    pub fn answer_error(self, error: impl Written) {
        self.typed(error.written());
    }

    /// Answers with this, as it is.
    pub fn respond(self, response: Response<impl Into<Bytes>>) {
        let response = response.map(Into::into);
        self.respond_with(move |_| Ok(response.clone()));
    }

    /// Gives no answer.
    pub fn fail(self, failure: Failure) {
        self.respond_with(move |_| Err(TransportError::new(failure, "the mock was told to fail")));
    }

    /// Answers with what the closure makes of the request.
    pub fn respond_with(
        self,
        answer: impl Fn(&Received) -> Result<Response<Bytes>, TransportError> + Send + Sync + 'static,
    ) {
        let Self { method, place, times: left, .. } = self;
        let answer: Arc<Answer> = Arc::new(Box::new(answer));
        self.mock.state().expected.push(Expectation { method, place, left, answer });
    }

    fn typed(self, written: Result<Response<Bytes>, Cause>) {
        let status = self.status;
        let written = written.map_err(|cause| cause.to_string());
        self.respond_with(move |_| {
            let mut response = written.clone().map_err(|cause| TransportError::new(Failure::Other, cause))?;
            *response.status_mut() = status.unwrap_or(response.status());
            Ok(response)
        });
    }
}

/// A request that a [`MockTransport`] has received: an [`http::Request`] with its body. `Debug` shows no secret in it.
#[derive(Clone)]
pub struct Received(Request<Bytes>);

impl Received {
    /// The pairs of the query, decoded.
    pub fn query(&self) -> Vec<(String, String)> {
        pairs(self.uri().query().unwrap_or_default())
    }

    /// The pairs of a body that is a form, `application/x-www-form-urlencoded`, decoded.
    pub fn form(&self) -> Vec<(String, String)> {
        pairs(&String::from_utf8_lossy(self.body()).replace('+', "%20"))
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(self.body()).unwrap_or_default()
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sent, body) = (Sent::with(self), String::from_utf8_lossy(self.body()));
        f.debug_struct("Received")
            .field("method", self.method())
            .field("uri", &sent.hide(&self.uri().to_string()))
            .field("headers", &format_args!("{}", sent.hide(&format!("{:?}", self.headers()))))
            .field("body", &sent.hide(&body))
            .finish()
    }
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(k, v)| (decode(k), decode(v))).collect()
}

impl Deref for Received {
    type Target = Request<Bytes>;

    fn deref(&self) -> &Request<Bytes> {
        &self.0
    }
}
