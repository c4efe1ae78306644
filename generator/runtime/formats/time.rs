//! In: dates and times as JSON has them. Out: types around those of the package `time`, whose own JSON is another.

use super::super::runtime::Input;
use super::rfc3339::{self, Clock, Day};
use super::text::{FormatError, as_text};
use ::time::{Month, OffsetDateTime, UtcOffset};
use std::fmt;
use std::str::FromStr;

as_text! { DateTime Date Time }

/// An instant, with the offset from UTC in which it was told (RFC 3339, `date-time`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(pub OffsetDateTime);

impl From<OffsetDateTime> for DateTime {
    fn from(instant: OffsetDateTime) -> Self {
        Self(instant)
    }
}

impl FromStr for DateTime {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = || {
            let (day, clock, offset) = rfc3339::date_time(text)?;
            let offset = UtcOffset::from_whole_seconds(offset).ok()?;
            Some(Self(OffsetDateTime::new_in_offset(to_date(day)?, to_time(clock)?, offset)))
        };
        read().ok_or_else(|| FormatError::new(rfc3339::DATE_TIME, text))
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = from_date(self.0.date()).ok_or(fmt::Error)?;
        rfc3339::write_date_time(f, day, from_time(self.0.time()), self.0.offset().whole_seconds())
    }
}

/// A day (RFC 3339, `full-date`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub ::time::Date);

impl From<::time::Date> for Date {
    fn from(date: ::time::Date) -> Self {
        Self(date)
    }
}

impl FromStr for Date {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = rfc3339::date(text).and_then(to_date);
        read.map(Self).ok_or_else(|| FormatError::new(rfc3339::DATE, text))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write_date(f, from_date(self.0).ok_or(fmt::Error)?)
    }
}

/// A time of day, with its offset from UTC where one is told (RFC 3339, `full-time` and `partial-time`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// What a clock shows.
    pub time: ::time::Time,
    /// The offset from UTC.
    pub offset: Option<UtcOffset>,
}

impl From<::time::Time> for Time {
    fn from(time: ::time::Time) -> Self {
        Self { time, offset: None }
    }
}

impl FromStr for Time {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = || {
            let (clock, offset) = rfc3339::time(text)?;
            let offset = offset.map(UtcOffset::from_whole_seconds).transpose().ok()?;
            Some(Self { time: to_time(clock)?, offset })
        };
        read().ok_or_else(|| FormatError::new(rfc3339::TIME, text))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write_time(f, from_time(self.time), self.offset.map(UtcOffset::whole_seconds))
    }
}

pub(super) fn to_date(day: Day) -> Option<::time::Date> {
    ::time::Date::from_calendar_date(day.year.into(), Month::try_from(day.month).ok()?, day.day).ok()
}

pub(super) fn to_time(clock: Clock) -> Option<::time::Time> {
    ::time::Time::from_hms_nano(clock.hour, clock.minute, clock.second, clock.nanosecond).ok()
}

/// The numbers of a day; RFC 3339 has none for those before the year 0.
pub(super) fn from_date(date: ::time::Date) -> Option<Day> {
    Some(Day { year: u16::try_from(date.year()).ok()?, month: date.month().into(), day: date.day() })
}

pub(super) fn from_time(time: ::time::Time) -> Clock {
    let (hour, minute, second, nanosecond) = time.as_hms_nano();
    Clock { hour, minute, second, nanosecond }
}

impl Input<DateTime> for OffsetDateTime {
    fn give(self) -> DateTime {
        self.into()
    }
}

impl Input<Date> for ::time::Date {
    fn give(self) -> Date {
        self.into()
    }
}

impl Input<Time> for ::time::Time {
    fn give(self) -> Time {
        self.into()
    }
}
