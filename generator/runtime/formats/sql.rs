//! In: an instant as SQL writes it, without an offset: `2024-12-31 23:59:58`. Out: its numbers, and back: the one reader and
//! writer for all libraries of dates. It is in UTC, which the description says elsewhere, in words.

use super::rfc3339::{self, Clock, Day};
use std::fmt::{self, Write};

/// Reads RFC 3339, too, whose offset says no less: the numbers, and the seconds by which they are ahead of UTC.
pub(super) fn read(text: &str) -> Option<(Day, Clock, i32)> {
    rfc3339::date_time(&format!("{text}Z")).or_else(|| rfc3339::date_time(text))
}

/// Writes an instant in UTC.
pub(super) fn write(f: &mut fmt::Formatter<'_>, day: Day, clock: Clock) -> fmt::Result {
    rfc3339::write_date(f, day)?;
    f.write_char(' ')?;
    rfc3339::write_time(f, clock, None)
}

/// What is expected of a text, for messages.
pub(super) const SQL: &str = "an instant such as 2024-12-31 23:59:58, in UTC";
