//! In: successful answers that are not what was promised. Out: errors that say what is wrong and where.

use crate::runtime::{Error, decode};
use crate::server::{answer, both};
use bytes::Bytes;
use http::{Response, StatusCode};

fn refused(media: &str, body: &str, path: Option<&str>, message: &str) {
    for sent in both(&answer("200 OK", media, body)) {
        let error = sent.unwrap_err();
        let Error::Decode(inner) = &error else { panic!("{error:?}") };
        assert_eq!((inner.path(), error.path()), (path, path), "{error}");
        assert!(inner.message().contains(message), "{error}");
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.body().unwrap(), body.as_bytes());
        assert_eq!(error.request_id(), Some("r-7"));
        let text = error.to_string();
        assert!(text.len() < 800 && !text.contains(char::is_control), "{text}");
    }
}

#[test]
fn the_path_leads_to_the_wrong_value() {
    let json = "application/json";
    refused(json, r#"{"items": [{"score": 1}, {"score": "high"}]}"#, Some("$.items[1].score"), "expected f64");
    refused(json, r#"{"items": [{}]}"#, Some("$.items[0]"), "missing field `score`");
    refused(json, r#"{"message_id": "12"}"#, Some("$.message_id"), "invalid type: string \"12\", expected i64");
    refused(json, "7", Some("$"), "expected an object");
}

#[test]
fn what_is_no_json_is_said_to_be_none() {
    let json = "application/json";
    refused(json, r#"{"message_id": 1} x"#, None, "trailing characters");
    refused(json, "", None, "expected JSON, got an empty body");
    refused("text/html", "<html>\n</html>", None, "expected JSON, got text/html: expected value at line 1 column 1");
    let long = format!(r#"{{"message_id": "{}"}}"#, "x\\n".repeat(5000));
    refused(json, &long, Some("$.message_id"), "invalid type");
}

#[test]
fn what_breaks_off_is_said_to_break_off_there() {
    let json = "application/json";
    refused(json, r#"{"items": [{"score": 1}, {"score": "#, Some("$.items[1].score"), "EOF while parsing");
    refused(json, r#"{"items": [{"score": 1}, {"sco"#, Some("$.items[1]"), "EOF while parsing");
    refused(json, r#"{"message_id": 1"#, Some("$.message_id"), "EOF while parsing");
}

#[test]
fn the_text_of_an_error() {
    let error = decode::json::<Vec<i64>>(Response::new(Bytes::from_static(b"[1,true]"))).unwrap_err();
    let text = "the server has acted, but its response cannot be decoded at $[1]: invalid type: boolean `true`, expected i64 \
                (HTTP 200, no content type, 8 bytes: [1,true])";
    assert_eq!(error.to_string(), text);
}

#[test]
fn keys_that_are_no_words_are_quoted() {
    type Map = std::collections::BTreeMap<String, std::collections::BTreeMap<String, i64>>;
    let body = Bytes::from_static(br#"{"a b": {"c-d": null}}"#);
    let error = decode::json::<Map>(Response::new(body)).unwrap_err();
    assert_eq!(error.path(), Some(r#"$["a b"].c-d"#));
}

#[test]
fn each_line_is_a_value() {
    let lines = |body: &'static str| decode::lines::<Option<i64>>(Response::new(Bytes::from_static(body.as_bytes())));
    assert_eq!(lines("1\r\n\nnull\n 3").unwrap(), [Some(1), None, Some(3)]);
    assert_eq!(lines("").unwrap(), []);
    for (body, message) in [("1\n\ntrue\n", "expected i64"), ("1\n{\n", "EOF"), ("1\n2 3", "trailing characters")] {
        let error = lines(body).unwrap_err();
        assert_eq!((error.path(), error.body().unwrap().as_ref()), (Some("$[1]"), body.as_bytes()), "{error}");
        assert!(body == "1\n{\n" || error.to_string().contains(message), "{error}");
    }
    type Maps = std::collections::BTreeMap<String, i64>;
    let error = decode::lines::<Maps>(Response::new(Bytes::from_static(b"{}\n{\"a\":true}"))).unwrap_err();
    assert_eq!(error.path(), Some("$[1].a"));
}

#[test]
fn a_text_is_read_by_its_encoding() {
    let text = |media: &str, body: &[u8]| {
        decode::text(Response::builder().header("content-type", media).body(Bytes::copy_from_slice(body)).unwrap())
    };
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>";
    for media in ["text/plain; charset=iso-8859-1", "text/plain;format=flowed; Charset=\"ISO-8859-1\""] {
        assert_eq!(text(media, b"caf\xe9").unwrap(), "caf\u{e9}", "{media}");
    }
    assert!(text("application/xml", latin).unwrap().ends_with("<a>\u{e9}</a>"));
    // What HTTP says goes before what the text says.
    assert!(text("application/xml; charset=utf-8", latin).is_err());
    let utf8 = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\u{e9}</a>";
    assert_eq!(text("text/xml", utf8.as_bytes()).unwrap(), utf8);
    assert!(text("text/plain; charset=utf-16", b"\xff\xfea\0").unwrap_err().body().is_some());
}

#[test]
fn the_other_successes() {
    let response = |body: &'static [u8]| Response::new(Bytes::from_static(body));
    assert_eq!(decode::optional_json::<i64>(response(b"")).unwrap(), None);
    assert_eq!(decode::optional_json::<i64>(response(b" 7 ")).unwrap(), Some(7));
    assert_eq!(decode::text(response("é".as_bytes())).unwrap(), "é");
    assert!(decode::text(response(b"\xff")).unwrap_err().to_string().contains("expected UTF-8 text"));
    assert_eq!(decode::bytes(response(b"\xff")).unwrap(), b"\xff"[..]);
    decode::nothing(response(b"<html>")).unwrap();
    assert_eq!(decode::raw(response(b"x")).unwrap().body(), "x");
}
