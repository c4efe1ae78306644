//! In: seconds since 1970. Out: dates as the API writes them, `yyyy-MM-dd HH:mm:ss` in UTC, and the way back.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::time::{SystemTime, UNIX_EPOCH};

const FORMAT: &str = "%Y-%m-%d %H:%M:%S";

/// A time as the API writes it; one that no calendar has is the first of 1970.
pub(crate) fn write(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    time.strftime(FORMAT).to_string()
}

/// A time that is written so, with nothing left out.
pub(crate) fn read(text: &str) -> Option<i64> {
    let date = DateTime::strptime(FORMAT, text).ok()?;
    let seconds = date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
    // The parser is lenient about digits and spaces; the API's format is not.
    (write(seconds) == text).then_some(seconds)
}

/// This machine's clock, in seconds since 1970.
pub(crate) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().try_into().unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_both_ways() {
        assert_eq!(write(1_552_338_000), "2019-03-11 21:00:00");
        assert_eq!(read("2019-03-11 21:00:00"), Some(1_552_338_000));
        for other in
            ["2019-03-11", "2019-03-11T21:00:00", "2019-03-11 21:00", "2019-3-11 21:00:00", "2019-02-29 00:00:00"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
