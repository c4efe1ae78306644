//! In: nothing. Out: the clock that spans of time are measured by, `Instant`, and the date. WebAssembly in a browser has neither
//! in the standard library, which panics there: no time passes then, and limits of time are the transport's to keep.

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(super) use std::time::Instant;
use std::time::SystemTime;

/// What time it is, where that is known.
pub(super) fn date() -> Option<SystemTime> {
    (!cfg!(all(target_family = "wasm", target_os = "unknown"))).then(SystemTime::now)
}

/// A time after the beginning, which is now.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Instant(std::time::Duration);

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
impl Instant {
    pub(super) const fn now() -> Self {
        Self(std::time::Duration::ZERO)
    }

    pub(super) fn elapsed(&self) -> std::time::Duration {
        std::time::Duration::ZERO
    }

    pub(super) fn saturating_duration_since(&self, earlier: Self) -> std::time::Duration {
        self.0.saturating_sub(earlier.0)
    }

    pub(super) fn checked_add(&self, time: std::time::Duration) -> Option<Self> {
        self.0.checked_add(time).map(Self)
    }
}

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
impl std::ops::Add<std::time::Duration> for Instant {
    type Output = Self;

    fn add(self, time: std::time::Duration) -> Self {
        Self(self.0.saturating_add(time))
    }
}
