//! In: instants as SQL writes them. Out: a type around that of the package `chrono`.

use super::super::runtime::Input;
use super::chrono::{from_time, to_time};
use super::rfc3339::Day;
use super::sql;
use super::text::{FormatError, as_text};
use ::chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use std::fmt;
use std::str::FromStr;

as_text! { SqlDateTime }

/// An instant that is written as SQL does, in UTC: `2024-12-31 23:59:58`. One that is made of a `DateTime<Utc>` has whole
/// seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlDateTime(NaiveDateTime);

impl SqlDateTime {
    /// The instant.
    pub fn utc(&self) -> DateTime<Utc> {
        self.0.and_utc()
    }
}

impl From<DateTime<Utc>> for SqlDateTime {
    fn from(instant: DateTime<Utc>) -> Self {
        let whole = DateTime::from_timestamp(instant.timestamp(), 0).unwrap_or(instant);
        Self(whole.naive_utc())
    }
}

impl From<SqlDateTime> for DateTime<Utc> {
    fn from(value: SqlDateTime) -> Self {
        value.utc()
    }
}

impl FromStr for SqlDateTime {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = || {
            let (Day { year, month, day }, clock, ahead) = sql::read(text)?;
            let local = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?.and_time(to_time(clock)?);
            local
                .checked_sub_signed(TimeDelta::seconds(ahead.into()))
                .filter(|utc| (0..=9999).contains(&utc.year()))
                .map(Self)
        };
        read().ok_or_else(|| FormatError::new(sql::SQL, text))
    }
}

impl fmt::Display for SqlDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let small = |number: u32| u8::try_from(number).map_err(|_| fmt::Error);
        let year = u16::try_from(self.0.year()).ok().filter(|year| *year < 10_000).ok_or(fmt::Error)?;
        let day = Day { year, month: small(self.0.month())?, day: small(self.0.day())? };
        sql::write(f, day, from_time(self.0.time())?)
    }
}

impl Input<SqlDateTime> for DateTime<Utc> {
    fn give(self) -> SqlDateTime {
        self.into()
    }
}
