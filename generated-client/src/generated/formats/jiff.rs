//! In: dates and times as JSON has them. Out: types around those of the package `jiff`, which keep all of RFC 3339:
//! jiff's own lose the offset, the last day of the year 9999 (which many servers send for "never") and a time's `Z`.

use super::super::runtime::Input;
use super::rfc3339::{self, Clock, Day};
use super::text::{FormatError, as_text};
use ::jiff::civil;
use ::jiff::fmt::temporal::SpanParser;
use ::jiff::tz::Offset;
use ::jiff::{SignedDuration, Span, Timestamp, Zoned};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

as_text! { DateTime Date Time Duration }

/// An instant, with the offset from UTC in which it was told (RFC 3339, `date-time`).
///
/// Two are equal when they are the same instant, whatever their offsets.
#[derive(Clone, Copy, Debug)]
pub struct DateTime {
    local: civil::DateTime,
    offset: Offset,
}

impl DateTime {
    /// What a clock shows at this offset from UTC.
    pub fn new(local: civil::DateTime, offset: Offset) -> Self {
        Self { local, offset }
    }

    /// The instant. The last day of the year 9999 is more than a `Timestamp` holds and gives `Timestamp::MAX`, the
    /// first of the year -9999 `Timestamp::MIN`.
    pub fn timestamp(&self) -> Timestamp {
        let limit = if self.local.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
        self.offset.to_timestamp(self.local).unwrap_or(limit)
    }

    /// What a clock shows at its offset.
    pub fn local(&self) -> civil::DateTime {
        self.local
    }

    /// The offset from UTC.
    pub fn offset(&self) -> Offset {
        self.offset
    }
}

impl From<Timestamp> for DateTime {
    fn from(instant: Timestamp) -> Self {
        Self { local: Offset::UTC.to_datetime(instant), offset: Offset::UTC }
    }
}

impl From<&Zoned> for DateTime {
    fn from(zoned: &Zoned) -> Self {
        Self { local: zoned.datetime(), offset: zoned.offset() }
    }
}

impl From<DateTime> for Timestamp {
    fn from(value: DateTime) -> Self {
        value.timestamp()
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        let ahead = i64::from(self.offset.seconds()) - i64::from(other.offset.seconds());
        self.local.duration_since(other.local).cmp(&SignedDuration::from_secs(ahead))
    }
}

impl FromStr for DateTime {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = || {
            let (day, clock, offset) = rfc3339::date_time(text)?;
            Some(Self::new(to_date(day)?.to_datetime(to_time(clock)?), Offset::from_seconds(offset).ok()?))
        };
        read().ok_or_else(|| FormatError::new(rfc3339::DATE_TIME, text))
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(day) = from_date(self.local.date()) else { return Err(fmt::Error) };
        rfc3339::write_date_time(f, day, from_time(self.local.time()), self.offset.seconds())
    }
}

/// A day (RFC 3339, `full-date`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub civil::Date);

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date)
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        date.0
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
    pub time: civil::Time,
    /// The offset from UTC.
    pub offset: Option<Offset>,
}

impl From<civil::Time> for Time {
    fn from(time: civil::Time) -> Self {
        Self { time, offset: None }
    }
}

impl FromStr for Time {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = || {
            let (clock, offset) = rfc3339::time(text)?;
            let offset = offset.map(Offset::from_seconds).transpose().ok()?;
            Some(Self { time: to_time(clock)?, offset })
        };
        read().ok_or_else(|| FormatError::new(rfc3339::TIME, text))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write_time(f, from_time(self.time), self.offset.map(Offset::seconds))
    }
}

/// A span of time (RFC 3339, appendix A; ISO 8601): `P1DT12H`.
///
/// Two are equal when all their units are: a day is not 24 hours.
#[derive(Clone, Copy, Debug)]
pub struct Duration(pub Span);

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.0.fieldwise() == other.0
    }
}

impl Eq for Duration {}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        Self(span)
    }
}

impl FromStr for Duration {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = SpanParser::new().parse_span(text);
        read.map(Self).map_err(|_| FormatError::new("a span of time such as P1DT12H (ISO 8601)", text))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

pub(super) fn to_date(day: Day) -> Option<civil::Date> {
    civil::Date::new(i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?).ok()
}

pub(super) fn to_time(clock: Clock) -> Option<civil::Time> {
    let small = |number: u8| i8::try_from(number).ok();
    let nanosecond = i32::try_from(clock.nanosecond).ok()?;
    civil::Time::new(small(clock.hour)?, small(clock.minute)?, small(clock.second)?, nanosecond).ok()
}

/// The numbers of a day; RFC 3339 has none for those before the year 0.
pub(super) fn from_date(date: civil::Date) -> Option<Day> {
    let year = u16::try_from(date.year()).ok()?;
    Some(Day { year, month: date.month().unsigned_abs(), day: date.day().unsigned_abs() })
}

pub(super) fn from_time(time: civil::Time) -> Clock {
    Clock {
        hour: time.hour().unsigned_abs(),
        minute: time.minute().unsigned_abs(),
        second: time.second().unsigned_abs(),
        nanosecond: time.subsec_nanosecond().unsigned_abs(),
    }
}

impl Input<DateTime> for Timestamp {
    fn give(self) -> DateTime {
        self.into()
    }
}

impl Input<DateTime> for &Zoned {
    fn give(self) -> DateTime {
        self.into()
    }
}

impl Input<Date> for civil::Date {
    fn give(self) -> Date {
        self.into()
    }
}

impl Input<Time> for civil::Time {
    fn give(self) -> Time {
        self.into()
    }
}

impl Input<Duration> for Span {
    fn give(self) -> Duration {
        self.into()
    }
}
