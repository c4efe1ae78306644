//! In: nothing. Out: the bounds of what may cross threads, in one place: `Shared`, `Boxed`, `Cause`.

use std::pin::Pin;

/// What threads may share: every type that is `Send + Sync + 'static`.
pub trait Shared: Send + Sync + 'static {}

impl<T: Send + Sync + 'static + ?Sized> Shared for T {}

/// A future on the heap that may move between threads.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error, as the cause of another.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;
