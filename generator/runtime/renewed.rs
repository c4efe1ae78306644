//! In: how to fetch a secret that runs out. Out: `Renewed`, which keeps it and fetches it anew in time, once at a time.

use super::credential::Secret;
use super::shared::Cause;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

/// How long before its end a secret is fetched anew, so that it does not run out on its way. Of a secret that lasts less
/// than ten times as long, the last tenth of its time.
const EARLY: Duration = Duration::from_secs(60);

/// A secret that was fetched, and for how long it may be sent.
pub(super) struct Fetched {
    pub(super) secret: Secret,
    pub(super) lasts: Duration,
}

/// A secret that is kept while it lasts. However many calls need it at once, one of them fetches it.
#[derive(Default)]
pub(super) struct Renewed {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The secret, and until when it is sent: for ever where no clock goes so far.
    kept: Option<(Secret, Option<Instant>)>,
    is_fetched: bool,
    waiting: Vec<Waker>,
}

impl Renewed {
    /// The secret that is kept, or else the one that `fetch` brings. Where a call is given up while it fetches, another
    /// one fetches in its place.
    ///
    /// # Errors
    /// That of `fetch`; nothing is kept then, and the next call fetches again.
    pub(super) async fn get(&self, fetch: impl Future<Output = Result<Fetched, Cause>>) -> Result<Secret, Cause> {
        if let Some(secret) = std::future::poll_fn(|context| self.turn(context.waker())).await {
            return Ok(secret);
        }
        let turn = Turn(self);
        let Fetched { secret, lasts } = fetch.await?;
        let until = Instant::now().checked_add(lasts.saturating_sub(EARLY.min(lasts / 10)));
        turn.0.state().kept = Some((secret.clone(), until));
        Ok(secret)
    }

    /// Keeps this secret no longer. Another one, which another call has fetched since, stays.
    pub(super) fn forget(&self, secret: &Secret) {
        let mut state = self.state();
        if state.kept.as_ref().is_some_and(|(kept, _)| kept == secret) {
            state.kept = None;
        }
    }

    /// Ready with the secret that is kept, or with none when it is the caller's turn to fetch one.
    fn turn(&self, waker: &Waker) -> Poll<Option<Secret>> {
        let mut state = self.state();
        match &state.kept {
            Some((secret, until)) if until.is_none_or(|until| Instant::now() < until) => {
                return Poll::Ready(Some(secret.clone()));
            }
            _ => {}
        }
        if state.is_fetched {
            state.waiting.push(waker.clone());
            return Poll::Pending;
        }
        state.is_fetched = true;
        Poll::Ready(None)
    }

    /// What panicked elsewhere left the state whole: each change of it is one assignment.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The turn to fetch. It ends when the secret is there, could not be had, or nobody waits for it any longer.
struct Turn<'r>(&'r Renewed);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_fetched = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// Shows no secret.
impl fmt::Debug for Renewed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Renewed")
    }
}
