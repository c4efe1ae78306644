//! In: the format, pattern and lengths of a string. Out: a string that fits.

use super::draw::Drawing;
use super::flat::Flat;
use rand::distr::Distribution;
use serde_json::Value;

/// Values of formats that the validator judges (JSON Schema Validation 2020-12, section 7.3).
const JUDGED: [(&str, &[&str]); 17] = [
    (
        "date-time",
        &[
            "2024-02-29T12:30:45Z",
            "2026-11-22T00:00:00+02:00",
            "1999-12-31T23:59:59.123Z",
            "2020-01-01T10:00:00.5-07:30",
        ],
    ),
    ("date", &["2024-02-29", "1970-01-01", "2026-12-31"]),
    ("time", &["12:30:45Z", "23:59:59.25Z", "00:00:00+01:00"]),
    ("duration", &["P1DT2H", "PT30M", "P3W"]),
    ("email", &["ada@example.com", "a.b+c@mail.example.org"]),
    ("hostname", &["example.com", "a-1.example.org"]),
    ("ipv4", &["192.0.2.1", "127.0.0.1"]),
    ("ipv6", &["2001:db8::1", "::1"]),
    ("uri", &["https://example.com/a?b=c#d", "urn:isbn:0451450523"]),
    ("uri-reference", &["/a/b", "https://example.com/"]),
    ("iri", &["https://example.com/ä"]),
    ("iri-reference", &["/ä"]),
    ("uri-template", &["/users/{id}"]),
    ("uuid", &["3fa85f64-5717-4562-b3fc-2c963f66afa6", "00000000-0000-4000-8000-000000000000"]),
    ("json-pointer", &["/a/b", ""]),
    ("relative-json-pointer", &["1/a"]),
    ("regex", &["^a+$"]),
];

/// Values of others (OpenAPI Format Registry).
const OTHERS: [(&str, &[&str]); 13] = [
    ("idn-email", &["ada@example.com", "grüße@example.org"]),
    ("idn-hostname", &["example.com"]),
    ("ip", &["192.0.2.1", "::1"]),
    ("url", &["https://example.com/", "http://example.org/a"]),
    ("byte", &["aGVsbG8=", "", "/+8="]),
    ("base64", &["aGVsbG8=", "AQID"]),
    ("base64url", &["aGVsbG8"]),
    ("decimal", &["12.50", "0", "-3.1415"]),
    ("int64", &["9007199254740993", "0"]),
    ("int32", &["7"]),
    ("uint64", &["18446744073709551615", "0"]),
    ("double", &["1.5"]),
    ("float", &["1.5"]),
];

/// Words that are easily spoilt on the way.
const WORDS: [&str; 10] =
    ["", "text", "two words", "größe", "quote \" and \\", "line\nbreak", "null", "true", "12", "\u{1F600} \u{0}\u{7f}"];

/// A string; `None` if it cannot be found out what fits.
pub(super) fn string(drawing: &mut Drawing<'_>, flat: &Flat) -> Option<String> {
    let limit = |name: &str| flat.get(name).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
    let (shortest, longest) = (limit("minLength").unwrap_or(0), limit("maxLength").unwrap_or(usize::MAX));
    let fits = |text: &String| (shortest..=longest).contains(&text.chars().count());
    let format = format(flat);
    if let Some(pattern) = flat.get("pattern").and_then(Value::as_str) {
        return (0..8).find_map(|_| of_pattern(drawing, pattern).filter(fits));
    }
    let named = |(name, _): &&(&str, _)| *name == format;
    let judged = JUDGED.iter().find(named);
    if let Some((_, values)) = judged.or_else(|| OTHERS.iter().find(named)) {
        let values: Vec<_> = values.iter().map(|value| (*value).to_owned()).filter(fits).collect();
        if !values.is_empty() {
            return Some(values[drawing.below(values.len())].clone());
        }
        if judged.is_some() {
            return None;
        }
    }
    let word = WORDS[drawing.below(WORDS.len())].to_owned();
    if fits(&word) {
        return Some(word);
    }
    let length = shortest.max(1).min(longest).min(10_000);
    Some("a".repeat(length))
}

/// The format. Of the encodings, which say the same (JSON Schema Validation 2020-12, section 8.3), only Base64 becomes a
/// type of its own.
fn format(flat: &Flat) -> &str {
    let text = |name: &str| flat.get(name).and_then(Value::as_str);
    let encoding = text("contentEncoding").filter(|encoding| *encoding == "base64");
    text("format").or(encoding).unwrap_or_default()
}

/// A string that matches a pattern from begin to end.
pub(super) fn of_pattern(drawing: &mut Drawing<'_>, pattern: &str) -> Option<String> {
    let bare = without_anchors(pattern);
    // Digits and letters of ECMA-262 are those of ASCII.
    let bare = bare.replace(r"\d", "[0-9]").replace(r"\w", "[0-9A-Za-z_]");
    let regex = rand_regex::Regex::compile(&bare, 8).ok()?;
    let text: Result<String, _> = regex.sample(&mut drawing.rng);
    text.ok()
}

/// Anchors are of no use to a string that matches from begin to end.
fn without_anchors(pattern: &str) -> String {
    let (mut bare, mut is_escaped, mut in_class) = (String::new(), false, false);
    for character in pattern.chars() {
        if is_escaped || in_class || !matches!(character, '^' | '$') {
            bare.push(character);
        }
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::{JUDGED, OTHERS, without_anchors};
    use crate::schema::{Deviation, Drawing, Habit};
    use serde_json::{Value, json};

    /// What is drawn of a schema with many seeds.
    fn drawn(schema: &Value) -> Vec<String> {
        let habit = Habit { optional: 0.5, null: 0.0, deviation: Deviation::None };
        let drawn = (0..200).filter_map(|seed| Drawing::draw(&Value::Null, schema, seed, habit));
        drawn.map(|(value, _)| value.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn an_encoding_is_drawn_where_there_is_no_format() {
        let is_base64 = |text: &String| {
            text.len().is_multiple_of(4) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
        };
        assert!(drawn(&json!({"type": "string", "contentEncoding": "base64"})).iter().all(is_base64));
        assert!(!drawn(&json!({"type": "string", "contentEncoding": "binary"})).iter().all(is_base64));
        let both = json!({"type": "string", "contentEncoding": "base64", "format": "uuid"});
        assert!(drawn(&both).iter().all(|text| text.len() == 36));
    }

    #[test]
    fn anchors_are_told_from_characters() {
        assert_eq!(without_anchors(r"^[^$]+\$$|^$"), r"[^$]+\$|");
    }

    #[test]
    fn values_fit_their_formats() {
        let validator = |format: &str| {
            let schema = json!({ "type": "string", "format": format });
            jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
        };
        for (format, values) in JUDGED {
            let validator = validator(format);
            assert!(values.iter().all(|value| validator.is_valid(&json!(value))), "{format}");
            assert!(!validator.is_valid(&json!(" (%{")), "{format}");
        }
        assert!(OTHERS.iter().all(|(format, _)| validator(format).is_valid(&json!(" (%{"))));
    }

    #[test]
    fn nothing_is_drawn_where_lengths_forbid_the_format() {
        let schema = |format: &str| json!({"type": "string", "format": format, "minLength": 24, "maxLength": 24});
        assert_eq!(drawn(&schema("uuid")), Vec::<String>::new());
        assert_eq!(drawn(&schema("decimal")).len(), 200);
        assert!(drawn(&schema("date-time")).iter().all(|text| text.len() == 24));
    }
}
