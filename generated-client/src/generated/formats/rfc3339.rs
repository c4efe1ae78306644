//! In: the text of a date or a time. Out: its numbers, and back: the one reader and writer for all libraries of dates.
//!
//! Reads RFC 3339 (section 5.6), and of ISO 8601 what servers are known to send: no seconds (Java), an offset without a
//! colon or without minutes (Python, C), a space or small letters, a comma before the fraction. Digits after the ninth
//! of a fraction are dropped; a leap second is the second before it. A date-time without an offset is none: it says no
//! instant. Writes RFC 3339, with no zeros at the end of a fraction.

use std::fmt::{self, Write};

/// A day that may not exist, such as 30 February.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// A time of day that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    pub(super) nanosecond: u32,
}

/// `2024-12-31`.
pub(super) fn date(text: &str) -> Option<Day> {
    let mut rest = text;
    let day = read_date(&mut rest)?;
    rest.is_empty().then_some(day)
}

/// `23:59:58.5`, and the seconds by which it is ahead of UTC, where that is said.
pub(super) fn time(text: &str) -> Option<(Clock, Option<i32>)> {
    let mut rest = text;
    let clock = read_clock(&mut rest)?;
    let offset = if rest.is_empty() { None } else { Some(read_offset(rest)?) };
    Some((clock, offset))
}

/// `2024-12-31T23:59:58.5+02:00`.
pub(super) fn date_time(text: &str) -> Option<(Day, Clock, i32)> {
    let mut rest = text;
    let day = read_date(&mut rest)?;
    rest = rest.strip_prefix(['T', 't', ' '])?;
    let clock = read_clock(&mut rest)?;
    Some((day, clock, read_offset(rest)?))
}

fn read_date(rest: &mut &str) -> Option<Day> {
    let year = digits(rest, 4)?;
    *rest = rest.strip_prefix('-')?;
    let month = two(rest)?;
    *rest = rest.strip_prefix('-')?;
    Some(Day { year: u16::try_from(year).ok()?, month, day: two(rest)? })
}

fn read_clock(rest: &mut &str) -> Option<Clock> {
    let hour = two(rest)?;
    *rest = rest.strip_prefix(':')?;
    let mut clock = Clock { hour, minute: two(rest)?, second: 0, nanosecond: 0 };
    if let Some(after) = rest.strip_prefix(':') {
        *rest = after;
        clock.second = two(rest)?;
        if let Some(after) = rest.strip_prefix(['.', ',']) {
            let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
            let fraction: String = after[..end].chars().chain("000000000".chars()).take(9).collect();
            clock.nanosecond = fraction.parse().ok().filter(|_| end > 0)?;
            *rest = &after[end..];
        }
    }
    if clock.second == 60 {
        clock.second = 59;
    }
    (clock.hour < 24 && clock.minute < 60 && clock.second < 60).then_some(clock)
}

fn read_offset(text: &str) -> Option<i32> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let hours = two(&mut rest)?;
    let minutes = if rest.is_empty() {
        0
    } else {
        rest = rest.strip_prefix(':').unwrap_or(rest);
        two(&mut rest)?
    };
    let valid = rest.is_empty() && hours < 24 && minutes < 60;
    valid.then(|| sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60))
}

fn two(rest: &mut &str) -> Option<u8> {
    digits(rest, 2).and_then(|number| u8::try_from(number).ok())
}

/// A number of so many digits.
fn digits(rest: &mut &str, count: usize) -> Option<u32> {
    let (number, after) = rest.split_at_checked(count)?;
    *rest = after;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok())?
}

/// Writes a day.
pub(super) fn write_date(f: &mut fmt::Formatter<'_>, day: Day) -> fmt::Result {
    write!(f, "{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

/// Writes a time of day, and the seconds by which it is ahead of UTC.
pub(super) fn write_time(f: &mut fmt::Formatter<'_>, clock: Clock, offset: Option<i32>) -> fmt::Result {
    write!(f, "{:02}:{:02}:{:02}", clock.hour, clock.minute, clock.second)?;
    if clock.nanosecond > 0 {
        let fraction = format!("{:09}", clock.nanosecond);
        write!(f, ".{}", fraction.trim_end_matches('0'))?;
    }
    match offset {
        None => Ok(()),
        Some(0) => f.write_char('Z'),
        Some(offset) => {
            // RFC 3339 has no seconds in an offset.
            let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs() / 60);
            write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
    }
}

/// Writes an instant.
pub(super) fn write_date_time(f: &mut fmt::Formatter<'_>, day: Day, clock: Clock, offset: i32) -> fmt::Result {
    write_date(f, day)?;
    f.write_char('T')?;
    write_time(f, clock, Some(offset))
}

/// What is expected of a text, for messages.
pub(super) const DATE: &str = "a date such as 2024-12-31 (RFC 3339)";
pub(super) const TIME: &str = "a time of day such as 23:59:58 or 23:59:58+02:00 (RFC 3339)";
pub(super) const DATE_TIME: &str = "an instant such as 2024-12-31T23:59:58Z, with its offset (RFC 3339)";
