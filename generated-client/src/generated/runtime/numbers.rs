//! In: JSON text in which a server wrote an integer with a fraction of zero or an exponent: `1.0`, `1e2`, `-0`. Out: the
//! value that is asked for.
//!
//! JSON Schema knows no such difference: a number without a fraction is an integer (JSON Schema 2020-12, validation,
//! section 6.1.1). serde_json does, so text that cannot be decoded is read once more with these numbers as their digits.
//! Text that can be decoded costs nothing.

use super::located;
use serde::de::{DeserializeOwned, IgnoredAny};

/// The longest integer, in digits: that of 128 bits.
const LONGEST: usize = 39;

/// Why text cannot be decoded.
#[derive(Debug)]
pub(crate) struct Misread {
    pub(crate) error: serde_json::Error,
    /// The text in which the error is, where that is not the one that came.
    text: Option<Vec<u8>>,
}

impl Misread {
    /// Whether the text is JSON up to the error: then it has a path.
    pub(crate) fn is_json(&self, json: &[u8]) -> bool {
        self.error.is_data() || self.error.is_eof() || is_valid(json)
    }

    /// The path of the error in the text that came, and what is wrong there.
    pub(crate) fn locate(&self, json: &[u8]) -> (String, String) {
        let (path, message) = located::locate(self.text.as_deref().unwrap_or(json), &self.error);
        // Of 128 bits serde_json reads the digits, and then wonders what comes after them.
        let is_cut = message.starts_with("expected `,`") || message == "trailing characters";
        (path, if is_cut && is_valid(json) { "invalid type: number, expected an integer".to_owned() } else { message })
    }
}

/// Whether all of a text is JSON. What is passed over is not checked to be UTF-8.
fn is_valid(json: &[u8]) -> bool {
    std::str::from_utf8(json).is_ok_and(|json| serde_json::from_str::<IgnoredAny>(json).is_ok())
}

/// Decodes JSON.
///
/// # Errors
/// When the text is not JSON, or another JSON than the type's.
pub(crate) fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Misread> {
    serde_json::from_slice(json).or_else(|error| match integers(json) {
        None => Err(Misread { error, text: None }),
        Some(text) => serde_json::from_slice(&text).map_err(|error| Misread { error, text: Some(text) }),
    })
}

/// The integer that a float is. Beyond 53 bits a float stands for several of them.
#[allow(clippy::cast_possible_truncation)] // It is whole, and in range.
pub(crate) fn whole(float: f64) -> Option<i64> {
    (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i64)
}

/// The same JSON, each integer written as its digits; `None` if it is so already. What is not JSON stays so.
pub(crate) fn integers(json: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let (mut at, mut copied) = (0, 0);
    while let Some(byte) = json.get(at) {
        let end = match byte {
            b'"' => located::string_end(json, at),
            b'-' | b'0'..=b'9' => {
                let end = number_end(json, at);
                if let Some(digits) = digits(&json[at..end]) {
                    text.extend_from_slice(&json[copied..at]);
                    text.extend_from_slice(digits.as_bytes());
                    copied = end;
                }
                end
            }
            _ => at + 1,
        };
        at = end;
    }
    (copied > 0).then(|| {
        text.extend_from_slice(&json[copied..]);
        text
    })
}

/// The place after a number that begins here.
fn number_end(json: &[u8], start: usize) -> usize {
    let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    json[start..].iter().position(|byte| !is_part(byte)).map_or(json.len(), |length| start + length)
}

/// The digits of a number (RFC 8259, section 6) that is an integer and is not written as one.
fn digits(number: &[u8]) -> Option<String> {
    let number = std::str::from_utf8(number).ok()?;
    let (sign, absolute) = number.strip_prefix('-').map_or(("", number), |absolute| ("-", absolute));
    let (mantissa, exponent) = absolute.split_once(['e', 'E']).unwrap_or((absolute, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = are_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && are_digits(fraction)
        && are_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    if !is_number || (whole == absolute && number != "-0") {
        return None;
    }
    let all = format!("{whole}{fraction}");
    let leading = all.len() - all.trim_start_matches('0').len();
    let significant = all.trim_matches('0');
    // Zero is an integer whatever its exponent.
    if significant.is_empty() {
        return Some("0".to_owned());
    }
    let point = i64::try_from(whole.len()).ok()?.checked_add(exponent.parse().ok()?)?;
    let length = usize::try_from(point).ok()?.checked_sub(leading)?;
    (significant.len() <= length && length <= LONGEST).then(|| format!("{sign}{significant:0<length$}"))
}
