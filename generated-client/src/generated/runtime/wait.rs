//! In: a time. Out: `Wait`, a future that is ready after it, on every asynchronous runtime; and `block_on`, which waits for a
//! future without one.

use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// Waits on a thread of its own, which is started when it is first asked: it is seldom needed, and no runtime's timer is.
/// WebAssembly has no threads: there it does not wait.
pub(crate) struct Wait {
    time: Option<Duration>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    is_over: bool,
    waker: Option<Waker>,
}

impl Wait {
    pub(crate) fn new(time: Duration) -> Self {
        Self { time: Some(time), state: Arc::default() }
    }

    /// Starts the thread; without one the wait is over.
    fn start(&self, time: Duration) {
        let state = self.state.clone();
        let sleep = move || {
            std::thread::sleep(time);
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            state.is_over = true;
            state.waker.take().map(Waker::wake)
        };
        let is_started = !cfg!(target_family = "wasm") && std::thread::Builder::new().spawn(sleep).is_ok();
        self.state.lock().unwrap_or_else(PoisonError::into_inner).is_over |= !is_started;
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if let Some(time) = self.time.take() {
            self.start(time);
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_over {
            return Poll::Ready(());
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
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
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}
