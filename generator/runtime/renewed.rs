//! In: how to fetch a secret that runs out. Out: `Renewed`, which keeps it and fetches it anew in time, once at a time.

use super::clock::Instant;
use super::credential::Secret;
use super::flight::Flight;
use super::shared::{Boxed, Cause};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

/// How long before its end a secret is fetched anew, so that it does not run out on its way. Of a secret that lasts less
/// than ten times as long, the last tenth of its time.
const EARLY: Duration = Duration::from_secs(60);

/// A secret that was fetched, and for how long it may be sent.
pub(super) struct Fetched {
    pub(super) secret: Secret,
    pub(super) lasts: Duration,
}

/// Secrets that are kept while they last, each for the URL that it is from. However many calls of a client need one at
/// once, it is fetched once; all of them get it, or the error. The calls of other clients do not wait for that fetch, for
/// they may not drive what belongs to another asynchronous runtime, or to none.
#[derive(Default)]
pub(super) struct Renewed {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Vec<Kept>,
    fetches: Vec<(Origin, Weak<Flight>)>,
}

struct Kept {
    url: String,
    secret: Secret,
    /// None where no clock goes so far.
    until: Option<Instant>,
}

/// Where a secret is from, and the client that fetches it.
#[derive(PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) url: String,
    pub(super) client: usize,
}

impl Renewed {
    /// The secret that is kept, or else the one that `fetch` brings, or that another call of the client is about to bring.
    ///
    /// # Errors
    /// That of the fetch; nothing is kept then, and the next call fetches again.
    pub(super) async fn get(
        self: &Arc<Self>,
        origin: Origin,
        fetch: impl FnOnce() -> Boxed<'static, Result<Fetched, Cause>>,
    ) -> Result<Secret, Cause> {
        match self.find(origin, fetch) {
            Ok(secret) => Ok(secret),
            Err(flight) => flight.outcome().await.map_err(Cause::from),
        }
    }

    /// The secret, or the fetch to wait for.
    fn find(
        self: &Arc<Self>,
        origin: Origin,
        fetch: impl FnOnce() -> Boxed<'static, Result<Fetched, Cause>>,
    ) -> Result<Secret, Arc<Flight>> {
        let (mut state, now) = (self.state(), Instant::now());
        state.kept.retain(|kept| kept.until.is_none_or(|until| now < until));
        if let Some(kept) = state.kept.iter().find(|kept| kept.url == origin.url) {
            return Ok(kept.secret.clone());
        }
        state.fetches.retain(|(_, flight)| flight.upgrade().is_some_and(|flight| !flight.is_over()));
        let begun = state.fetches.iter().find(|(other, _)| *other == origin);
        if let Some(flight) = begun.and_then(|(_, flight)| flight.upgrade()) {
            return Err(flight);
        }
        let (this, url, fetch) = (self.clone(), origin.url.clone(), fetch());
        let flight = Arc::new(Flight::new(Box::pin(async move {
            let fetched = fetch.await?;
            Ok(this.keep(url, fetched))
        })));
        state.fetches.push((origin, Arc::downgrade(&flight)));
        Err(flight)
    }

    fn keep(&self, url: String, Fetched { secret, lasts }: Fetched) -> Secret {
        let until = Instant::now().checked_add(lasts.saturating_sub(EARLY.min(lasts / 10)));
        let mut state = self.state();
        state.kept.retain(|kept| kept.url != url);
        state.kept.push(Kept { url, secret: secret.clone(), until });
        secret
    }

    /// Keeps this secret no longer. Another one, which another call has fetched since, stays.
    pub(super) fn forget(&self, secret: &Secret) {
        self.state().kept.retain(|kept| kept.secret != *secret);
    }

    /// What panicked elsewhere left the state whole: each change of it leaves whole entries.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows no secret.
impl fmt::Debug for Renewed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Renewed")
    }
}
