//! In: nothing. Out: the bounds of what may cross threads, in one place: `MaybeSend`, `MaybeSync`, `Shared`, `Boxed`, `Cause`. WebAssembly
//! has one thread, and what JavaScript lends cannot cross any: there, nothing has to.

use futures_core::Stream;
use std::pin::Pin;

/// What may move to another thread: `Send`, but for WebAssembly.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSend: Send {}

#[cfg(not(target_family = "wasm"))]
impl<T: Send + ?Sized> MaybeSend for T {}

/// What may move to another thread: everything, in WebAssembly.
#[cfg(target_family = "wasm")]
pub trait MaybeSend {}

#[cfg(target_family = "wasm")]
impl<T: ?Sized> MaybeSend for T {}

/// What several threads may use at once: `Sync`, but for WebAssembly.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSync: Sync {}

#[cfg(not(target_family = "wasm"))]
impl<T: Sync + ?Sized> MaybeSync for T {}

/// What several threads may use at once: everything, in WebAssembly.
#[cfg(target_family = "wasm")]
pub trait MaybeSync {}

#[cfg(target_family = "wasm")]
impl<T: ?Sized> MaybeSync for T {}

/// What threads may share: `Send + Sync + 'static`; in WebAssembly, `'static` alone.
pub trait Shared: MaybeSend + MaybeSync + 'static {}

impl<T: MaybeSend + MaybeSync + 'static + ?Sized> Shared for T {}

/// A future on the heap that may move between threads.
#[cfg(not(target_family = "wasm"))]
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A future on the heap.
#[cfg(target_family = "wasm")]
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A stream on the heap that may move between threads.
#[cfg(not(target_family = "wasm"))]
pub(super) type BoxedStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// A stream on the heap.
#[cfg(target_family = "wasm")]
pub(super) type BoxedStream<T> = Pin<Box<dyn Stream<Item = T>>>;

/// Any error, as the cause of another.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;
