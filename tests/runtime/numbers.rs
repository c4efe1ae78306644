//! In: integers as some servers write them, `1.0` and `1e2`, and floats that JSON does not have. Out: that the former are
//! read wherever an integer is described, and the latter are never sent as null.

use crate::formats::lenient::Lenient;
use crate::probe::{self, Probe, read_by_both};
use crate::runtime::numbers::integers;
use crate::runtime::{self, Call, Caller, Error, Style, decode, number_enum, object, one_of, response};
use crate::server::wait;
use bytes::Bytes;
use http::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::TcpListener;

number_enum! {
    pub enum Level;
    Low = 1,
}

one_of! {
    pub enum Count;
    Integer(i32) = [Form::Integer],
    Text(String) = [Form::Text],
}

one_of! {
    pub enum Part;
    Button(Part1) = [Form::Object(&["type"], &[("type", &["1"])], &["type", "wide"], &[])],
    Row(Part1) = [Form::Object(&["type"], &[("type", &["2"])], &["type", "wide"], &[])],
}

object! {
    pub struct Part1;
    [required]
    type_: i64 = "type",
    [optional]
    wide: i128,
}

object! {
    pub struct Numbers;
    [required]
    small: u8,
    [optional]
    plain: i64,
    wide: i128,
    wider: u128,
    float: f64,
    items: Vec<i32>,
    map: BTreeMap<String, Vec<Option<u64>>>,
    level: Level,
    count: Count,
    part: Part,
    lenient: Lenient<i64>,
    text: String,
    any: Value,
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    decode::json(http::Response::new(Bytes::from(text.to_owned())))
}

#[test]
fn integers_are_written_in_many_ways() {
    for (number, digits) in [
        ("1.0", "1"),
        ("-1.000", "-1"),
        ("1e2", "100"),
        ("1E+2", "100"),
        ("1.5e1", "15"),
        ("100e-2", "1"),
        ("0.001e3", "1"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("0e999999999999999999999", "0"),
        ("18446744073709551617.0", "18446744073709551617"),
        ("3.40282366920938463463374607431768211455e38", "340282366920938463463374607431768211455"),
    ] {
        let text = integers(format!("[{number} ,\"1.0 \\\" 1.0\",{number}]").as_bytes()).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), format!("[{digits} ,\"1.0 \\\" 1.0\",{digits}]"), "{number}");
    }
    for other in [
        "1",
        "0",
        "-1",
        "1.5",
        "1e-1",
        "0.1e0",
        "1e40",
        "1e999999999999999999999",
        "1e-999999999999999999999",
        "01.0",
        "1.",
        "1.e1",
        ".0",
        "1e",
        "1e+",
        "--1.0",
        "1.0.0",
        "\"1.0\"",
        "\"1.0",
        "",
    ] {
        assert_eq!(integers(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn integers_are_read_wherever_they_are_described() {
    let text = r#"{"small": 1.0, "plain": -0, "wide": -1.8446744073709551617e19, "wider": 1e2, "float": 2.5,
        "items": [1e2, -0.0, 3], "map": {"a": [1.0, null]}, "level": 1.0, "count": 7.0,
        "part": {"type": 2.0, "wide": 5.0}, "lenient": 4.0, "text": "1.0", "any": {"a": 1.5}}"#;
    let numbers: Numbers = read(text).unwrap();
    assert_eq!((numbers.small, numbers.plain, numbers.wider), (1, Some(0), Some(100)));
    assert_eq!(numbers.wide, Some(-18_446_744_073_709_551_617));
    assert_eq!((numbers.items, numbers.float), (Some(vec![100, 0, 3]), Some(2.5)));
    assert_eq!(numbers.map.unwrap()["a"], [Some(1), None]);
    assert_eq!((numbers.level, numbers.count), (Some(Level::Low), Some(Count::Integer(7))));
    assert_eq!(numbers.part, Some(Part::Row(Part1 { type_: 2, wide: Some(5) })));
    assert_eq!(numbers.lenient.unwrap().get(), Some(&4));
    assert_eq!((numbers.text.as_deref(), numbers.any), (Some("1.0"), Some(json!({"a": 1.5}))));
    assert_eq!(read::<i64>("1e2").unwrap(), 100);
    assert_eq!(read::<Vec<u128>>("[1.0]").unwrap(), [1]);
}

#[test]
fn both_clients_read_them_from_a_socket() {
    const TEXT: &str =
        r#"{"small": 1.0, "plain": 1e2, "wide": -0, "level": 1.0, "count": 7.0, "part": {"type": 2.0, "wide": 5.0}}"#;
    for numbers in read_by_both::<Numbers>(TEXT) {
        let numbers = numbers.unwrap();
        assert_eq!((numbers.small, numbers.plain, numbers.wide), (1, Some(100), Some(0)));
        assert_eq!((numbers.level, numbers.count), (Some(Level::Low), Some(Count::Integer(7))));
        assert_eq!(numbers.part, Some(Part::Row(Part1 { type_: 2, wide: Some(5) })));
    }
    for numbers in read_by_both::<Numbers>(r#"{"small": 1.0, "wide": 1.5}"#) {
        let error = numbers.unwrap_err();
        assert_eq!(error.path(), Some("$.wide"));
        assert!(error.to_string().contains("expected an integer"), "{error}");
    }
}

#[test]
fn unions_read_them_without_a_second_reading() {
    assert_eq!(serde_json::from_str::<Count>("7.0").unwrap(), Count::Integer(7));
    assert_eq!(serde_json::from_str::<Count>("-0").unwrap(), Count::Integer(0));
    assert_eq!(serde_json::from_str::<Count>("7.5").unwrap(), Count::Unknown(json!(7.5)));
    assert!(matches!(serde_json::from_str(r#"{"type": 1.0}"#).unwrap(), Part::Button(_)));
    assert_eq!(serde_json::from_str::<Count>("1e300").unwrap(), Count::Unknown(json!(1e300)));
}

#[test]
fn what_is_no_integer_is_an_error_at_its_place() {
    for (text, path) in [
        (r#"{"small": 1.0, "wide": 1.5}"#, "$.wide"),
        (r#"{"small": 1.0, "items": [1.0, 2.5]}"#, "$.items[1]"),
        (r#"{"small": 256.0}"#, "$.small"),
        (r#"{"small": 1.0, "wide": true}"#, "$.wide"),
        (r#"{"small": 1.0, "part": {"type": 1, "wide": "1.0"}}"#, "$.part.wide"),
    ] {
        let error = read::<Numbers>(text).unwrap_err();
        assert_eq!(error.path(), Some(path), "{error}");
        assert_eq!(error.body().map(|body| &body[..]), Some(text.as_bytes()), "the body stays as it came");
    }
}

#[test]
fn headers_and_lines_have_them_too() {
    let headers =
        |value: &str| [(http::HeaderName::from_static("count"), value.parse().unwrap())].into_iter().collect();
    assert_eq!(response::simple::<i64>(&headers("1.0"), "count"), Some(1));
    assert_eq!(response::simple::<i64>(&headers("-0"), "count"), Some(0));
    assert_eq!(response::simple::<i64>(&headers("1.5"), "count"), None);
    assert_eq!(response::simple::<u128>(&headers("340282366920938463463374607431768211455"), "count"), Some(u128::MAX));
    assert_eq!(response::simple::<Vec<i64>>(&headers("1.0, 2e1,3"), "count"), Some(vec![1, 20, 3]));
    assert_eq!(response::simple::<Vec<String>>(&headers("1.0, a"), "count"), Some(vec!["1.0".into(), "a".into()]));
    assert_eq!(response::simple::<String>(&headers("1.0"), "count"), Some("1.0".to_owned()));
    assert_eq!(response::simple::<f64>(&headers("1.0"), "count"), Some(1.0));
    assert_eq!(response::simple::<bool>(&headers("true"), "count"), Some(true));
    assert_eq!(response::json::<Vec<i64>>(&headers("[1.0]"), "count"), Some(vec![1]));
    let lines = http::Response::new(Bytes::from_static(b"1.0\n2e0\n"));
    assert_eq!(decode::lines::<i64>(lines).unwrap(), [1, 2]);
}

object! {
    pub struct Floats;
    [optional]
    float: f64,
    half: f32,
    items: Vec<f64>,
    [nullable]
    maybe: Option<f64>,
}

#[test]
fn floats_that_json_does_not_have_are_not_sent() {
    let none = || Floats { float: None, half: None, items: None, maybe: None };
    let bad = [
        Floats { float: Some(f64::NAN), ..none() },
        Floats { half: Some(f32::NEG_INFINITY), ..none() },
        Floats { items: Some(vec![1.0, f64::INFINITY]), ..none() },
        Floats { maybe: Some(Some(f64::NAN)), ..none() },
    ];
    let call = || Call::new(Method::POST, "/a");
    for body in bad {
        let body = Some(body);
        for (error, at) in [
            (call().json("application/json", &body), "the body: "),
            (call().form("application/x-www-form-urlencoded", &[], &body), "the body: "),
            (call().multipart("multipart/form-data", &[], &[], &body), "the body: "),
            (call().query("filter", Style::DeepObject, true, &body), "query parameter `filter`: "),
            (call().query("filter", Style::Json, true, &body), "query parameter `filter`: "),
        ] {
            let Err(Error::Request(error)) = error else { panic!("{body:?} would be sent") };
            let error = error.to_string();
            assert!(error.contains(at) && error.contains("is not a number that JSON has"), "{error}");
        }
    }
    let number = f64::NAN;
    assert!(call().path("id", Style::Simple, false, &number).is_err());
    assert!(call().query("id", Style::Form, true, &vec![number]).is_err());
    assert!(call().header("id", false, &number).is_err());
    assert!(call().header_json("id", &number).is_err());
    assert!(call().cookie("id", false, &number).is_err());
    assert!(call().field("id", Style::Form, true, &number).is_err());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let operation = || {
        Probe(|| {
            let mut call = Call::new(Method::POST, "/a");
            call.json("application/json", &Some(f64::NAN))?;
            Ok(call)
        })
    };
    let by_async = probe::async_builder().base_url(&url).build().unwrap();
    let by_blocking = probe::builder().base_url(&url).build().unwrap();
    for sent in [wait(by_async.send(operation())), by_blocking.send(operation())] {
        assert!(matches!(sent, Err(Error::Request(_))), "{sent:?}");
    }
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock, "nothing is sent");
    // What is null may be sent as it was.
    let body = Some(Floats { float: Some(1.5), maybe: Some(None), ..none() });
    call().json("application/json", &body).unwrap();
}
