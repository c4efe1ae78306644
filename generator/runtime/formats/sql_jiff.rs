//! In: instants as SQL writes them. Out: a type around that of the package `jiff`.

use super::super::runtime::Input;
use super::jiff::{from_date, from_time, to_date, to_time};
use super::sql;
use super::text::{FormatError, as_text};
use ::jiff::civil;
use ::jiff::tz::Offset;
use ::jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::str::FromStr;

as_text! { SqlDateTime }

/// An instant that is written as SQL does, in UTC: `2024-12-31 23:59:58`. One that is made of a `Timestamp` has whole
/// seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlDateTime(civil::DateTime);

impl SqlDateTime {
    /// The instant. The last day of the year 9999 is more than a `Timestamp` holds and gives `Timestamp::MAX`.
    pub fn timestamp(&self) -> Timestamp {
        Offset::UTC.to_timestamp(self.0).unwrap_or(Timestamp::MAX)
    }

    /// What a clock shows in UTC.
    pub fn utc(&self) -> civil::DateTime {
        self.0
    }
}

impl From<Timestamp> for SqlDateTime {
    fn from(instant: Timestamp) -> Self {
        let utc = Offset::UTC.to_datetime(instant);
        Self(utc.date().at(utc.hour(), utc.minute(), utc.second(), 0))
    }
}

impl From<SqlDateTime> for Timestamp {
    fn from(value: SqlDateTime) -> Self {
        value.timestamp()
    }
}

impl FromStr for SqlDateTime {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = || {
            let (day, clock, ahead) = sql::read(text)?;
            let local = to_date(day)?.to_datetime(to_time(clock)?);
            local
                .checked_sub(SignedDuration::from_secs(ahead.into()))
                .ok()
                .filter(|utc| (0..=9999).contains(&utc.year()))
                .map(Self)
        };
        read().ok_or_else(|| FormatError::new(sql::SQL, text))
    }
}

impl fmt::Display for SqlDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sql::write(f, from_date(self.0.date()).ok_or(fmt::Error)?, from_time(self.0.time()))
    }
}

impl Input<SqlDateTime> for Timestamp {
    fn give(self) -> SqlDateTime {
        self.into()
    }
}
