//! In: instants as SQL writes them. Out: a type around that of the package `time`.

use super::super::runtime::Input;
use super::sql;
use super::text::{FormatError, as_text};
use super::time::{from_date, from_time, to_date, to_time};
use ::time::{Duration, OffsetDateTime, PrimitiveDateTime, UtcOffset};
use std::fmt;
use std::str::FromStr;

as_text! { SqlDateTime }

/// An instant that is written as SQL does, in UTC: `2024-12-31 23:59:58`. One that is made of an `OffsetDateTime` has whole
/// seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlDateTime(PrimitiveDateTime);

impl SqlDateTime {
    /// The instant.
    pub fn utc(&self) -> OffsetDateTime {
        self.0.assume_utc()
    }
}

impl From<OffsetDateTime> for SqlDateTime {
    fn from(instant: OffsetDateTime) -> Self {
        // Beyond the last year there is nothing: the instant is taken as it is written.
        let utc = instant.checked_to_offset(UtcOffset::UTC).unwrap_or(instant);
        let whole = utc.time().replace_nanosecond(0).unwrap_or(utc.time());
        Self(PrimitiveDateTime::new(utc.date(), whole))
    }
}

impl From<SqlDateTime> for OffsetDateTime {
    fn from(value: SqlDateTime) -> Self {
        value.utc()
    }
}

impl FromStr for SqlDateTime {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let read = || {
            let (day, clock, ahead) = sql::read(text)?;
            let local = PrimitiveDateTime::new(to_date(day)?, to_time(clock)?);
            local.checked_sub(Duration::seconds(ahead.into())).filter(|utc| (0..=9999).contains(&utc.year())).map(Self)
        };
        read().ok_or_else(|| FormatError::new(sql::SQL, text))
    }
}

impl fmt::Display for SqlDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sql::write(f, from_date(self.0.date()).ok_or(fmt::Error)?, from_time(self.0.time()))
    }
}

impl Input<SqlDateTime> for OffsetDateTime {
    fn give(self) -> SqlDateTime {
        self.into()
    }
}
