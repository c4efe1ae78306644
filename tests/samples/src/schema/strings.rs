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
            // For "never" and "not yet".
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
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

/// Characters that are easily spoilt: those of JSON, of addresses, of other scripts, and those that nobody sees.
const CHARACTERS: [char; 22] = [
    '"',
    '\\',
    '/',
    '\n',
    '\r',
    '\t',
    '\0',
    '\u{7f}',
    '\u{2028}',
    '\u{feff}',
    '\u{301}',
    '&',
    '%',
    '+',
    '#',
    '{',
    'ä',
    'ß',
    'я',
    'ع',
    '字',
    '\u{1F600}',
];

/// How much longer than it must be a random text gets.
const LONGER: usize = 16;

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
        let listed = (!values.is_empty()).then(|| values[drawing.below(values.len())].clone());
        let random = random(drawing, format, shortest, longest).filter(fits);
        let value = if drawing.chance(0.7) { random.or(listed) } else { listed.or(random) };
        if value.is_some() || judged.is_some() {
            return value;
        }
    }
    let word = WORDS[drawing.below(WORDS.len())].to_owned();
    if drawing.chance(0.5) && fits(&word) {
        return Some(word);
    }
    Some(text(drawing, shortest, longest))
}

/// A random text.
fn text(drawing: &mut Drawing<'_>, shortest: usize, longest: usize) -> String {
    let longer = longest.saturating_sub(shortest).min(LONGER);
    let length = (shortest + drawing.below(longer + 1)).min(10_000);
    let mut text = String::new();
    for _ in 0..length {
        let character = match drawing.chance(0.7) {
            true => char::from(b' ' + digit(drawing, 95)),
            false => CHARACTERS[drawing.below(CHARACTERS.len())],
        };
        text.push(character);
    }
    text
}

/// A random value of a format, where that is easily had.
fn random(drawing: &mut Drawing<'_>, format: &str, shortest: usize, longest: usize) -> Option<String> {
    const DOMAIN: &str = "@example.com";
    const HOST: &str = ".example.com";
    const START: &str = "https://example.com/";
    let beside = |drawing: &mut Drawing<'_>, fixed: &str| {
        name(drawing, shortest.saturating_sub(fixed.len()), longest.saturating_sub(fixed.len()))
    };
    Some(match format {
        "date" => date(drawing),
        "date-time" => date(drawing) + &time(drawing),
        "uuid" => {
            let bytes: Vec<_> = (0..16).map(|_| format!("{:02x}", drawing.below(256))).collect();
            [0..4, 4..6, 6..8, 8..10, 10..16].map(|range| bytes[range].concat()).join("-")
        }
        "ipv4" => [0; 4].map(|_| drawing.below(256).to_string()).join("."),
        "email" | "idn-email" => beside(drawing, DOMAIN) + DOMAIN,
        "hostname" | "idn-hostname" => beside(drawing, HOST) + HOST,
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" | "uri-template" => {
            START.to_owned() + &beside(drawing, START)
        }
        "byte" | "base64" => base64(drawing, shortest, longest)?,
        _ => return None,
    })
}

/// Small letters.
fn name(drawing: &mut Drawing<'_>, shortest: usize, longest: usize) -> String {
    let shortest = shortest.max(1);
    let length = shortest + drawing.below(longest.saturating_sub(shortest).min(LONGER) + 1);
    (0..length.min(10_000)).map(|_| char::from(b'a' + digit(drawing, 26))).collect()
}

/// A number below `end`.
fn digit(drawing: &mut Drawing<'_>, end: u8) -> u8 {
    u8::try_from(drawing.below(usize::from(end))).unwrap_or_default()
}

/// A date that is an instant for jiff at whatever time and offset.
fn date(drawing: &mut Drawing<'_>) -> String {
    let (year, day) = (1 + drawing.below(9998), drawing.below(365));
    let first = jiff::civil::Date::new(i16::try_from(year).unwrap_or(1), 1, 1).unwrap_or_default();
    first.saturating_add(jiff::Span::new().days(i64::try_from(day).unwrap_or_default())).to_string()
}

/// The rest of a date-time (RFC 3339, section 5.6).
fn time(drawing: &mut Drawing<'_>) -> String {
    let [hour, minute, second] = [24, 60, 60].map(|end| digit(drawing, end));
    let fraction: String = (0..drawing.below(10)).map(|_| char::from(b'0' + digit(drawing, 10))).collect();
    let point = if fraction.is_empty() { "" } else { "." };
    let offset = match drawing.below(3) {
        0 => "Z".to_owned(),
        sign => format!("{}{:02}:{:02}", ["+", "-"][sign - 1], drawing.below(24), drawing.below(60)),
    };
    format!("T{hour:02}:{minute:02}:{second:02}{point}{fraction}{offset}")
}

/// Base64 (RFC 4648, section 4), padded, with zeros for the bits that belong to no byte.
fn base64(drawing: &mut Drawing<'_>, shortest: usize, longest: usize) -> Option<String> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (fewest, most) = (shortest.div_ceil(4), (longest / 4).min(2500));
    let groups = fewest + drawing.below(most.checked_sub(fewest)?.min(6) + 1);
    let padding = if groups == 0 { 0 } else { drawing.below(3) };
    let mut sign = |end: u8, step: u8| char::from(ALPHABET[usize::from(digit(drawing, end) * step)]);
    let mut text: String = (0..(groups * 4).saturating_sub(1 + padding)).map(|_| sign(64, 1)).collect();
    if groups > 0 {
        text.push([sign(64, 1), sign(16, 4), sign(4, 16)][padding]);
    }
    Some(text + &"=".repeat(padding))
}

/// The format. Of the encodings, which say as much (JSON Schema Validation 2020-12, section 8.3), only Base64 becomes a
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
    use std::collections::BTreeSet;

    /// What is drawn of a schema with many seeds.
    fn drawn(schema: &Value) -> Vec<String> {
        let habit = Habit { optional: 0.5, null: 0.0, deviation: Deviation::None };
        let drawn = (0..200).filter_map(|seed| Drawing::draw(&Value::Null, schema, seed, habit));
        drawn.map(|(value, _)| value.as_str().unwrap().to_owned()).collect()
    }

    fn variety(schema: &Value) -> usize {
        drawn(schema).into_iter().collect::<BTreeSet<_>>().len()
    }

    #[test]
    fn there_are_many_strings() {
        for format in ["date", "date-time", "uuid", "ipv4", "email", "hostname", "uri", "byte", "password"] {
            let schema = json!({"type": "string", "format": format});
            assert!(variety(&schema) > 60, "{format}");
            let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
            let wrong: Vec<_> = drawn(&schema).into_iter().filter(|text| !validator.is_valid(&json!(text))).collect();
            assert_eq!(wrong, Vec::<String>::new());
        }
        let schema = json!({"type": "string", "minLength": 3, "maxLength": 5});
        assert!(variety(&schema) > 60);
        assert!(drawn(&schema).iter().all(|text| (3..=5).contains(&text.chars().count())));
        assert_eq!(drawn(&schema), drawn(&schema));
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
        assert!(drawn(&schema("byte")).iter().all(|text| !text.contains(' ') && text.len() == 24));
        assert!(["email", "hostname", "uri"].iter().all(|format| drawn(&schema(format)).len() == 200));
        assert!(drawn(&schema("date-time")).iter().all(|text| text.len() == 24));
    }
}
