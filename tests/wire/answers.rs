//! In: answers of status 200. Out: typed values, and errors that say where an answer is wrong.

use crate::clients::{asynchronous, blocking, both, example, wait};
use crate::servers;
use voximplant_client::Error;

#[test]
fn an_answer_is_a_typed_value() {
    let server = servers::json(r#"{"result":1,"message_id":1001,"fragments_count":2}"#);
    for (client, sent) in both(&server.url("")) {
        let sent = sent.unwrap();
        assert_eq!((sent.result, sent.message_id, sent.fragments_count), (Some(1), Some(1001), Some(2)), "{client}");
    }
}

#[test]
fn the_status_and_the_headers_are_there_for_who_asks() {
    let server = servers::answering(200, &[("x-left", "7")], r#"{"message_id":1001}"#);
    let (one, two) = (asynchronous(&server.url("")), blocking(&server.url("")));
    let one = wait(async { example(one.sms()).send_response().await });
    for sent in [one, example(two.sms()).send_response()] {
        let sent = sent.unwrap();
        assert_eq!((sent.status.as_u16(), sent.body.message_id), (200, Some(1001)));
        assert_eq!(sent.headers["x-left"], "7");
    }
}

#[test]
fn what_the_vendor_adds_breaks_nothing() {
    let server = servers::json(r#"{"new":{"a":[1,{"b":null}]},"result":1,"transaction_id":7,"":"","errors":[]}"#);
    for (client, sent) in both(&server.url("")) {
        let sent = sent.unwrap();
        assert_eq!((sent.result, sent.message_id, sent.fragments_count), (Some(1), None, None), "{client}");
    }
}

#[test]
fn what_is_missing_is_none() {
    for body in ["{}", r#"{"result":null,"message_id":null,"fragments_count":null,"error":null}"#] {
        let server = servers::json(body);
        for (client, sent) in both(&server.url("")) {
            let sent = sent.unwrap();
            assert_eq!((sent.result, sent.message_id, sent.fragments_count), (None, None, None), "{client}: {body}");
        }
    }
}

#[test]
fn numbers_keep_all_their_digits() {
    let (big, low) = (i64::MAX, i64::MIN);
    let server = servers::json(&format!(r#"{{"message_id":{big},"result":{low}}}"#));
    for (client, sent) in both(&server.url("")) {
        let sent = sent.unwrap();
        assert_eq!((sent.message_id, sent.result), (Some(big), Some(low)), "{client}");
    }
}

#[test]
fn a_wrong_type_is_named_by_its_path() {
    let cases = [
        (r#"{"result":1,"message_id":"1001"}"#, Some("$.message_id"), "expected i64"),
        (r#"{"message_id":9223372036854775808}"#, Some("$.message_id"), "expected i64"),
        (r#"{"message_id":1.5}"#, Some("$.message_id"), "expected i64"),
        (r#"{"fragments_count":{"a":1}}"#, Some("$.fragments_count"), "expected i64"),
        (r#"{"result":1,"result":2}"#, Some("$.result"), "this member is there twice"),
        (r#""sent""#, Some("$"), "expected an object"),
        ("null", Some("$"), "expected an object"),
        ("{} {}", None, "trailing characters"),
    ];
    for (body, path, message) in cases {
        let server = servers::json(body);
        for (client, sent) in both(&server.url("")) {
            check(client, sent.unwrap_err(), body, path, message);
        }
    }
}

#[test]
fn an_answer_that_is_cut_short_is_named_by_the_path_where_it_ends() {
    let cases = [
        (r#"{"result":1,"message_id":"#, Some("$.message_id")),
        (r#"{"result":1,"message_id":-"#, Some("$.message_id")),
        (r#"{"result":1,"message_id":10"#, Some("$.message_id")),
        (r#"{"result":1"#, Some("$.result")),
        (r#"{"result":1,"mess"#, Some("$.result")),
        ("{", Some("$")),
    ];
    for (body, path) in cases {
        let server = servers::json(body);
        for (client, sent) in both(&server.url("")) {
            check(client, sent.unwrap_err(), body, path, "EOF while parsing");
        }
    }
}

#[test]
fn an_answer_that_is_no_json_is_kept() {
    for (body, message) in [("", "got an empty body"), ("<html>Maintenance</html>", "got text/html")] {
        let server = servers::answering(200, &[("content-type", "text/html")], body);
        for (client, sent) in both(&server.url("")) {
            check(client, sent.unwrap_err(), body, None, message);
        }
    }
}

/// Whether the error tells all that is known of the answer.
fn check(client: &str, error: Error, body: &str, path: Option<&str>, message: &str) {
    assert!(matches!(error, Error::Decode(_)), "{client}: {error:?}");
    assert_eq!(error.path(), path, "{client}: {error}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body().unwrap(), body);
    assert!(error.headers().unwrap().contains_key("content-type"));
    assert!(!error.is_retryable());
    let text = error.to_string();
    assert!(text.contains(message) && text.contains("HTTP 200"), "{client}: {text}");
    assert!(path.is_none_or(|path| text.contains(path)) && !text.contains('\n'), "{client}: {text}");
}
