//! In: a fetch that several calls wait for. Out: `Flight`, which each of them drives, and whose outcome all of them get.

use super::credential::Secret;
use super::shared::Boxed;
use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// A secret, or why there is none, for as many as want to know.
pub(super) type Outcome = Result<Secret, Arc<dyn Error + Send + Sync>>;

/// One fetch. Whoever waits for it polls it, so that it goes on where one of them is no longer polled; it ends when there
/// is an outcome, or when nobody waits for it any longer.
pub(super) struct Flight {
    state: Mutex<State>,
    waiting: Arc<Waiting>,
}

struct State {
    /// None while a thread polls it, and at its end.
    fetch: Option<Boxed<'static, Outcome>>,
    outcome: Option<Outcome>,
    /// Whether another one came to poll it meanwhile.
    is_missed: bool,
}

impl Flight {
    pub(super) fn new(fetch: Boxed<'static, Outcome>) -> Self {
        let state = State { fetch: Some(fetch), outcome: None, is_missed: false };
        Self { state: Mutex::new(state), waiting: Arc::default() }
    }

    /// Whether it is too late to wait for it.
    pub(super) fn is_over(&self) -> bool {
        self.state().outcome.is_some()
    }

    pub(super) async fn outcome(&self) -> Outcome {
        std::future::poll_fn(|context| self.poll(context.waker())).await
    }

    fn poll(&self, waker: &Waker) -> Poll<Outcome> {
        let mut state = self.state();
        if let Some(outcome) = &state.outcome {
            return Poll::Ready(outcome.clone());
        }
        self.waiting.add(waker);
        let Some(mut fetch) = state.fetch.take() else {
            state.is_missed = true;
            return Poll::Pending;
        };
        drop(state);
        // No lock is held meanwhile: a blocking client's fetch takes all its time here.
        let mut turn = Turn { flight: self, fetch: None, outcome: None };
        let polled = fetch.as_mut().poll(&mut Context::from_waker(&self.waiting.clone().into()));
        match &polled {
            Poll::Ready(outcome) => turn.outcome = Some(outcome.clone()),
            Poll::Pending => turn.fetch = Some(fetch),
        }
        polled
    }

    /// What panicked elsewhere left the state whole: each change of it is an assignment.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One poll of the fetch. It leaves the fetch to the next one, or its outcome to all; neither is there after a panic.
struct Turn<'f> {
    flight: &'f Flight,
    fetch: Option<Boxed<'static, Outcome>>,
    outcome: Option<Outcome>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let (fetch, outcome) = (self.fetch.take(), self.outcome.take());
        let panicked = || Err(Arc::from(Box::<dyn Error + Send + Sync>::from("the fetch panicked")));
        let mut state = self.flight.state();
        state.outcome = outcome.or_else(|| fetch.is_none().then(panicked));
        state.fetch = fetch;
        // Whoever missed it was woken for nothing, and must not be the only one that was woken.
        if std::mem::take(&mut state.is_missed) || state.outcome.is_some() {
            drop(state);
            self.flight.waiting.wake_all();
        }
    }
}

/// The tasks of those that wait. The fetch has it as its waker, and so it may not hold the fetch.
#[derive(Default)]
struct Waiting(Mutex<Vec<Waker>>);

impl Waiting {
    fn add(&self, waker: &Waker) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.iter().any(|known| known.will_wake(waker)) {
            all.push(waker.clone());
        }
    }

    fn wake_all(&self) {
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        all.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}
