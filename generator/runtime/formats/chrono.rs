//! In: times of day as JSON has them. Out: a type around those of the package `chrono`, whose own read no offset. For
//! instants and days its own types speak RFC 3339.

use super::super::runtime::Input;
use super::rfc3339::{self, Clock};
use super::text::{FormatError, as_text};
use ::chrono::{FixedOffset, NaiveTime, Timelike};
use std::fmt;
use std::str::FromStr;

as_text! { Time }

/// A time of day, with its offset from UTC where one is told (RFC 3339, `full-time` and `partial-time`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// What a clock shows.
    pub time: NaiveTime,
    /// The offset from UTC.
    pub offset: Option<FixedOffset>,
}

impl From<NaiveTime> for Time {
    fn from(time: NaiveTime) -> Self {
        Self { time, offset: None }
    }
}

impl FromStr for Time {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = || {
            let (clock, offset) = rfc3339::time(text)?;
            let offset = match offset {
                Some(offset) => Some(FixedOffset::east_opt(offset)?),
                None => None,
            };
            Some(Self { time: to_time(clock)?, offset })
        };
        read().ok_or_else(|| FormatError::new(rfc3339::TIME, text))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write_time(f, from_time(self.time)?, self.offset.map(|offset| offset.local_minus_utc()))
    }
}

pub(super) fn to_time(Clock { hour, minute, second, nanosecond }: Clock) -> Option<NaiveTime> {
    NaiveTime::from_hms_nano_opt(hour.into(), minute.into(), second.into(), nanosecond)
}

pub(super) fn from_time(time: NaiveTime) -> Result<Clock, fmt::Error> {
    let small = |number: u32| u8::try_from(number).map_err(|_| fmt::Error);
    Ok(Clock {
        hour: small(time.hour())?,
        minute: small(time.minute())?,
        second: small(time.second())?,
        // More than a second of them is chrono's leap second.
        nanosecond: time.nanosecond() % 1_000_000_000,
    })
}

impl Input<Time> for NaiveTime {
    fn give(self) -> Time {
        self.into()
    }
}
