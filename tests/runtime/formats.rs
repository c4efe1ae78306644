//! In: texts of a known form, as the standards and real servers write them. Out: what the types of `formats/` read and
//! write, where a wrong one is said to be, and how a parameter spells them.

use crate::formats::{base64::Base64, chrono, jiff, lenient::Lenient, sql_chrono, sql_jiff, sql_time, time};
use crate::probe::{path, query};
use crate::runtime::{Error, Secret, Style, decode};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Reads a JSON string and writes it again; `None` if it is refused.
fn again<T: DeserializeOwned + Serialize>(text: &str) -> Option<String> {
    let value: T = serde_json::from_value(json!(text)).ok()?;
    Some(serde_json::to_value(&value).unwrap().as_str().unwrap().to_owned())
}

/// All libraries read and write an instant alike.
#[track_caller]
fn instant(text: &str, written: Option<&str>) {
    for again in [again::<jiff::DateTime>(text), again::<time::DateTime>(text)] {
        assert_eq!(again.as_deref(), written, "{text}");
    }
}

#[test]
fn what_rfc_3339_allows_is_read_and_kept() {
    for text in [
        "1985-04-12T23:20:50.52Z",
        "1996-12-19T16:39:57-08:00",
        "1937-01-01T12:00:27.87+00:20",
        "2024-02-29T00:00:00.123456789Z",
        // What servers send for "never" and "not yet".
        "9999-12-31T23:59:59.9999999Z",
        "0001-01-01T00:00:00Z",
        "0000-01-01T00:00:00+23:59",
    ] {
        instant(text, Some(text));
        let own = again::<::chrono::DateTime<::chrono::FixedOffset>>(text).unwrap();
        let same = |text: &str| text.parse::<jiff::DateTime>().unwrap();
        assert_eq!(same(&own), same(text), "chrono's own type: {own}");
    }
}

#[test]
fn other_spellings_of_an_instant_are_read() {
    for text in [
        "2024-01-01t00:00:00z",
        "2024-01-01 00:00:00Z",
        "2024-01-01T00:00:00.000Z",
        "2024-01-01T00:00Z",
        "2024-01-01T00:00:00,0+00:00",
        "2024-01-01T00:00:00-00:00",
        "2024-01-01T00:00:00+0000",
        "2024-01-01T00:00:00+00",
    ] {
        instant(text, Some("2024-01-01T00:00:00Z"));
    }
    instant("2024-06-30T23:59:60Z", Some("2024-06-30T23:59:59Z"));
    instant("2024-01-01T00:00:00.1234567891Z", Some("2024-01-01T00:00:00.123456789Z"));
}

#[test]
fn what_says_no_instant_is_refused() {
    for text in [
        "",
        "2024-01-01T00:00:00",
        "2024-01-01",
        "2024-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:61Z",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00+24:00",
        "2024-01-01T00:00:00+00:60",
        "2024-01-01T00:00:00Z ",
        "2024-1-1T00:00:00Z",
        "24-01-01T00:00:00Z",
        "٢٠٢٤-01-01T00:00:00Z",
        "2024-01-01T0é:00:00Z",
        "1704067200",
    ] {
        instant(text, None);
    }
}

#[test]
fn days_and_times_of_day() {
    for (text, date) in [("2024-02-29", true), ("2023-02-29", false), ("20240229", false), ("2024-02-29T00:00", false)]
    {
        let written = date.then(|| text.to_owned());
        assert_eq!((again::<jiff::Date>(text), again::<time::Date>(text)), (written.clone(), written), "{text}");
        assert_eq!(again::<::chrono::NaiveDate>(text).is_some(), date, "{text}");
    }
    for (text, written) in [
        ("10:20:30", Some("10:20:30")),
        ("10:20:30.250Z", Some("10:20:30.25Z")),
        ("10:20:30-08:00", Some("10:20:30-08:00")),
        ("10:20", Some("10:20:00")),
        ("24:00:00", None),
        ("T10:20", None),
        ("2024-01-01T10:20:30", None),
    ] {
        for again in [again::<jiff::Time>(text), again::<chrono::Time>(text), again::<time::Time>(text)] {
            assert_eq!(again.as_deref(), written, "{text}");
        }
    }
}

#[test]
fn spans_of_time() {
    for text in ["P1Y2M10DT2H30M", "P2W", "-P1D", "PT90000S", "PT36H", "PT0.5S", "PT0S"] {
        assert_eq!(again::<jiff::Duration>(text).as_deref(), Some(text));
    }
    assert_eq!(again::<jiff::Duration>("P0D").as_deref(), Some("PT0S"));
    for text in ["", "P", "2h 30m", "1", "P1.5D", "P1S"] {
        assert_eq!(again::<jiff::Duration>(text), None, "{text}");
    }
    let of = |text: &str| text.parse::<jiff::Duration>().unwrap();
    assert!(of("PT60M") == of("PT60M") && of("PT60M") != of("PT1H"));
}

#[test]
fn instants_compare_and_convert() {
    let of = |text: &str| text.parse::<jiff::DateTime>().unwrap();
    assert_eq!(of("2024-01-01T00:00:00Z"), of("2024-01-01T02:00:00+02:00"));
    assert!(of("2024-01-01T00:00:00-01:00") > of("2024-01-01T00:30:00Z"));
    let instant: ::jiff::Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(of("2024-01-01T02:00:00+02:00").timestamp(), instant);
    assert_eq!(jiff::DateTime::from(instant).to_string(), "2024-01-01T00:00:00Z");
    assert_eq!(of("9999-12-31T23:59:59Z").timestamp(), ::jiff::Timestamp::MAX);
}

#[test]
fn base64_is_rfc_4648s_standard_alphabet() {
    for (text, bytes) in [("", &b""[..]), ("Zg==", b"f"), ("Zm8=", b"fo"), ("+/+/", &[251, 255, 191])] {
        let read: Base64 = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(read.0, bytes);
        assert_eq!(serde_json::to_value(read).unwrap(), json!(text));
    }
    assert_eq!(again::<Base64>("Zg").as_deref(), Some("Zg=="));
    assert_eq!(again::<Base64>("Zm9v\r\nYmFy\n").as_deref(), Some("Zm9vYmFy"));
    for text in ["Zh==", "-_-_", "Z", "Zm 9v", "=Zg="] {
        assert_eq!(again::<Base64>(text), None, "{text}");
    }
}

#[test]
fn a_secret_is_sent_but_not_shown() {
    let secret = Secret::from("hunter2");
    assert_eq!(serde_json::to_value(&secret).unwrap(), json!("hunter2"));
    assert_eq!(serde_json::from_value::<Secret>(json!("hunter2")).unwrap(), secret);
    assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "[redacted] Some([redacted])");
    assert_eq!(secret.expose(), "hunter2");
}

#[track_caller]
fn spelt(name: &'static str, explode: bool, value: &impl Serialize, expected: &str) {
    assert_eq!(query(name, Style::Form, explode, value).unwrap().as_deref(), Some(expected));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Message {
    id: Lenient<i64>,
    sent: Option<jiff::DateTime>,
    day: Option<jiff::Date>,
    key: Option<uuid::Uuid>,
    data: Option<Base64>,
    from: Option<std::net::Ipv4Addr>,
    wei: Option<i128>,
}

fn decoded(body: &Value) -> Result<Vec<Message>, Error> {
    decode::json(http::Response::new(Bytes::from(body.to_string())))
}

#[test]
fn a_wrong_value_is_located() {
    for (member, value, expected) in [
        ("sent", json!("2024-01-01T00:00:00"), "expected an instant such as 2024-12-31T23:59:58Z, with its offset"),
        ("sent", json!(1704067200), "invalid type: integer `1704067200`, expected a string"),
        ("day", json!("01/02/2024"), "expected a date such as 2024-12-31 (RFC 3339), got \"01/02/2024\""),
        ("key", json!("42"), "UUID parsing failed"),
        ("data", json!("?"), "expected Base64 (RFC 4648, section 4)"),
        ("from", json!("1.2.3"), "invalid IPv4 address syntax"),
    ] {
        let error = decoded(&json!([{"id": 1}, {"id": 2, member: value}])).unwrap_err();
        assert_eq!(error.path(), Some(format!("$[1].{member}").as_str()), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn a_number_in_the_place_of_text_is_text() {
    let text: Lenient<String> = serde_json::from_str("12.5").unwrap();
    assert_eq!((text.get().map(String::as_str), text.other()), (Some("12.5"), Some(&json!(12.5))));
    assert_eq!(serde_json::to_string(&text).unwrap(), "12.5");
    let list: Lenient<String> = serde_json::from_str("[1]").unwrap();
    assert_eq!(list, Lenient::Other(json!([1])));
}

#[test]
fn a_number_that_is_text_as_well_is_kept_as_it_came() {
    use crate::formats::numeric::Numeric;
    for (text, number) in [("7", Some(7)), ("\"7\"", Some(7)), ("\"seven\"", None), ("1.5", None)] {
        let numeric: Numeric = serde_json::from_str(text).unwrap();
        assert_eq!(numeric.as_i64(), number);
        assert_eq!(serde_json::to_string(&numeric).unwrap(), text);
    }
    assert_eq!(Numeric::from(f64::INFINITY), Numeric::Text("Infinity".into()));
    assert!(serde_json::from_str::<Numeric>("true").is_err());
}

#[test]
fn a_lenient_value_is_kept_as_it_came() {
    let sent = json!([{"id": 7}, {"id": "17"}, {"id": "a"}, {"id": null}, {"id": {"b": [1.5]}}, {"id": 2.5}]);
    let read = decoded(&sent).unwrap();
    let ids: Vec<_> = read.iter().map(|message| (message.id.get().copied(), message.id.parse())).collect();
    let other = (None, None);
    assert_eq!(ids, [(Some(7), Some(7)), (None, Some(17)), other, other, other, other]);
    assert_eq!(read[1].id.other(), Some(&json!("17")));
    let written: Vec<_> = read.iter().map(|message| serde_json::to_value(&message.id).unwrap()).collect();
    assert_eq!(Value::Array(written), Value::Array(sent.as_array().unwrap().iter().map(|m| m["id"].clone()).collect()));
    assert_eq!(Lenient::from(3), Lenient::Typed(3));
}

#[test]
fn whole_numbers_beyond_64_bits_keep_their_digits() {
    for digits in ["18446744073709551617", "-170141183460469231731687303715884105728"] {
        let body = format!("[{{\"id\":1,\"wei\":{digits}}}]");
        let read: Vec<Message> = decode::json(http::Response::new(Bytes::from(body))).unwrap();
        assert!(serde_json::to_string(&read).unwrap().contains(&format!("\"wei\":{digits}")));
        spelt("wei", true, &read[0].wei, &format!("wei={digits}"));
    }
    // A value in hand holds 64 bits: what is larger is an error, never another number.
    assert!(serde_json::to_value(u128::MAX).is_err());
    assert!(serde_json::from_value::<u128>(serde_json::from_str("18446744073709551617").unwrap()).is_err());
}

#[test]
fn parameters_spell_them_as_json_does() {
    let instant: jiff::DateTime = "2024-01-01T02:00:00+02:00".parse().unwrap();
    spelt("at", true, &Some(instant), "at=2024-01-01T02%3A00%3A00%2B02%3A00");
    let days = ["2024-01-01", "2024-01-02"].map(|day| day.parse::<time::Date>().unwrap());
    spelt("days", false, &days, "days=2024-01-01,2024-01-02");
    spelt("data", true, &Base64(vec![251, 255]), "data=%2B%2F8%3D");
    spelt("id", true, &Lenient::<i64>::Other(json!("x y")), "id=x%20y");
    spelt("pin", true, &Secret::new("1&2"), "pin=1%262");
    let id: uuid::Uuid = "67E55044-10B1-426F-9247-BB680E5FE0C8".parse().unwrap();
    assert_eq!(path("id", Style::Simple, false, &id).unwrap(), "67e55044-10b1-426f-9247-bb680e5fe0c8");
}

/// All libraries read and write an instant of SQL alike.
#[track_caller]
fn sql(text: &str, written: Option<&str>) {
    let all = [
        again::<sql_jiff::SqlDateTime>(text),
        again::<sql_chrono::SqlDateTime>(text),
        again::<sql_time::SqlDateTime>(text),
    ];
    for again in all {
        assert_eq!(again.as_deref(), written, "{text}");
    }
}

#[test]
fn instants_are_read_and_written_as_sql_does() {
    for text in ["2019-03-11 21:00:00", "2024-02-29 00:00:00.5", "9999-12-31 23:59:59", "0000-01-01 00:00:00"] {
        sql(text, Some(text));
    }
    // Other spellings of the same.
    for text in ["2019-03-11T21:00:00", "2019-03-11 21:00", "2019-03-11T23:00:00+02:00", "2019-03-11 21:00:00Z"] {
        sql(text, Some("2019-03-11 21:00:00"));
    }
    for text in ["", "0000-00-00 00:00:00", "2019-02-29 00:00:00", "2019-03-11", "11.03.2019 21:00", "1552338000"] {
        sql(text, None);
    }
    // What no four digits can say.
    sql("0000-01-01 00:00:00+01:00", None);
    sql("9999-12-31 23:59:59-01:00", None);
}

#[test]
fn instants_of_sql_are_made_of_those_of_libraries_in_whole_seconds() {
    let written = "2019-03-11 21:00:00";
    let of_jiff: ::jiff::Timestamp = "2019-03-11T23:00:00.999+02:00".parse().unwrap();
    assert_eq!(sql_jiff::SqlDateTime::from(of_jiff).to_string(), written);
    assert_eq!(written.parse::<sql_jiff::SqlDateTime>().unwrap().timestamp(), "2019-03-11T21:00:00Z".parse().unwrap());
    let of_chrono = ::chrono::DateTime::from_timestamp(1_552_338_000, 999_000_000).unwrap();
    assert_eq!(sql_chrono::SqlDateTime::from(of_chrono).to_string(), written);
    assert_eq!(written.parse::<sql_chrono::SqlDateTime>().unwrap().utc().timestamp(), 1_552_338_000);
    let of_time = ::time::OffsetDateTime::from_unix_timestamp_nanos(1_552_338_000_999_000_000).unwrap();
    assert_eq!(sql_time::SqlDateTime::from(of_time).to_string(), written);
    assert_eq!(written.parse::<sql_time::SqlDateTime>().unwrap().utc().unix_timestamp(), 1_552_338_000);
}
