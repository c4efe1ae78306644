//! In: strings with a format and lengths. Out: the format gone where no value of it has such a length.

use super::Members;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::Value;

/// How many characters the values of a format have at least and at the most, of those that become more than strings
/// (RFC 3339, RFC 9562, RFC 791, RFC 4291).
const FORMATS: [(&str, u64, u64); 6] = [
    ("date-time", 20, u64::MAX),
    ("date", 10, 10),
    ("time", 9, u64::MAX),
    ("uuid", 36, 36),
    ("ipv4", 7, 15),
    ("ipv6", 2, 45),
];

/// `format: uuid, maxLength: 24` -> `maxLength: 24`. A server that sends a length that was written down is right, and a
/// format that says otherwise was meant loosely.
pub(super) fn format_length(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let written = members.get("format").and_then(Value::as_str);
    let Some((name, least, most)) = FORMATS.into_iter().find(|(name, ..)| written == Some(name)) else { return };
    let limit = |keyword: &str| members.get(keyword).and_then(Value::as_u64);
    let (shortest, longest) = (limit("minLength").unwrap_or(0), limit("maxLength").unwrap_or(u64::MAX));
    if shortest > most || longest < least {
        sink.report(&at.join("format"), Problem::FormatLength { format: name });
        members.shift_remove("format");
    }
}
