//! In: a time. Out: `Wait`, a future that is ready after it, on every asynchronous runtime; and `block_on`, which waits for a
//! future without one.

use super::clock::Instant;
use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// A wait is at most that long: longer ones have no end that a clock can tell.
const LONGEST: Duration = Duration::from_secs(60 * 60 * 24 * 365);

/// A time of which no clock makes an overflow: what is longer has no end either.
pub(super) fn bounded(time: Duration) -> Duration {
    time.min(LONGEST)
}

/// The waits of this process, and what says that they have changed.
static TIMER: Mutex<Timer> = Mutex::new(Timer { waits: BTreeMap::new(), made: 0, is_running: false });
static CHANGED: Condvar = Condvar::new();

/// When a wait ends, and its number.
type Key = (Instant, u64);

/// Wakes all who wait, on one thread, which is there while anybody does.
struct Timer {
    waits: BTreeMap<Key, Waker>,
    made: u64,
    is_running: bool,
}

fn timer() -> MutexGuard<'static, Timer> {
    TIMER.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Timer {
    /// Wakes each at its time, until nobody waits.
    fn run() {
        let mut timer = timer();
        while let Some(first) = timer.waits.first_entry() {
            let left = first.key().0.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let waker = first.remove();
                drop(timer);
                // One that panics may not leave the others asleep.
                drop(catch_unwind(AssertUnwindSafe(|| waker.wake())));
                timer = self::timer();
            } else {
                timer = CHANGED.wait_timeout(timer, left).unwrap_or_else(PoisonError::into_inner).0;
            }
        }
        timer.is_running = false;
    }
}

/// Waits without the timer of any asynchronous runtime. WebAssembly has no threads: there it
/// cannot.
pub(crate) struct Wait {
    time: Duration,
    key: Option<Key>,
}

impl Wait {
    pub(crate) fn new(time: Duration) -> Self {
        Self { time: bounded(time), key: None }
    }
}

/// An error where there is no thread to wait on.
impl Future for Wait {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if cfg!(target_family = "wasm") {
            return Poll::Ready(Err(io::ErrorKind::Unsupported.into()));
        }
        let mut timer = timer();
        let Self { time, key } = &mut *self;
        let key = *key.get_or_insert_with(|| {
            timer.made += 1;
            (Instant::now() + *time, timer.made)
        });
        if key.0 <= Instant::now() {
            return Poll::Ready(Ok(()));
        }
        if !timer.is_running {
            thread::Builder::new().spawn(Timer::run)?;
            timer.is_running = true;
        }
        let before = timer.waits.insert(key, context.waker().clone());
        // A waker may hold the last of a task, and so another wait: none is dropped while the timer is locked.
        drop(timer);
        if before.is_none() {
            CHANGED.notify_one();
        }
        Poll::Pending
    }
}

/// The timer need not wait for it any more.
impl Drop for Wait {
    fn drop(&mut self) {
        let Some(key) = self.key else { return };
        let waker = timer().waits.remove(&key);
        if waker.is_some() {
            CHANGED.notify_one();
        }
    }
}

/// Wakes a thread that waits in [`block_on`].
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future on this thread.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Some(value) = block_until(None, future.as_mut()) {
            return value;
        }
    }
}

/// Waits for a future on this thread, no longer than until then.
pub(super) fn block_until<T>(end: Option<Instant>, future: impl Future<Output = T>) -> Option<T> {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
        match end.map(|end| end.saturating_duration_since(Instant::now())) {
            None => thread::park(),
            Some(Duration::ZERO) => return None,
            Some(left) => thread::park_timeout(left),
        }
    }
}
