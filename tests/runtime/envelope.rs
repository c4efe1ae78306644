//! In: answers of every status. Out: which of them are errors, and all that the error keeps.

use crate::answers::ENVELOPED;
use crate::probe::Probe;
use crate::runtime::{Builder, Call, Caller, Client, Error, Fault, Read, blocking};
use crate::script::{Script, Step, chunk, head};
use crate::server::{answer, both, wait};
use crate::streams::Items;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

const AUTH: &str = r#"{"error": {"code": 100, "msg": "Authorization failed"},
    "errors": [{"code": 100, "msg": "Authorization failed"}, {"code": "200x", "msg": "No\nmoney", "field": "source"}]}"#;

fn api(error: &Error) -> &crate::runtime::ApiError {
    match error {
        Error::Api(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn an_error_inside_a_200_is_an_error() {
    for sent in both(&answer("200 OK", "application/json; charset=utf-8", AUTH)) {
        let error = sent.unwrap_err();
        let found = api(&error);
        assert_eq!((found.code(), found.message()), (Some(100), Some("Authorization failed")));
        assert_eq!(error.to_string(), "the API answered with error 100: Authorization failed (HTTP 200, 2 errors)");
        assert_eq!(found.errors().len(), 2);
        let other = &found.errors()[1];
        assert_eq!((other.code(), other.code_text().as_deref()), (None, Some("200x")));
        assert_eq!(other.raw()["field"], "source");
        assert_eq!(other.code_value(), &json!("200x"));
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.body().unwrap(), AUTH.as_bytes());
        assert_eq!(error.request_id(), Some("r-7"));
        assert!(!error.is_retryable());
    }
}

#[test]
fn the_envelope_goes_before_the_status() {
    let bodies = [r#"{"error": {"code": "100"}}"#, r#"{"error": {"code": 100.0}}"#, r#"{"error": {"code": 1e2}}"#];
    for sent in bodies.into_iter().flat_map(|body| both(&answer("401 Unauthorized", "application/json", body))) {
        let error = sent.unwrap_err();
        assert_eq!(api(&error).code(), Some(100));
        assert_eq!(api(&error).errors().iter().filter_map(Fault::code).collect::<Vec<_>>(), [100]);
        assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
        assert_eq!(error.to_string(), "the API answered with error 100: it says no more (HTTP 401)");
    }
}

#[test]
fn a_server_that_misnames_json_is_understood() {
    for head in ["Content-Type: text/html\r\n", "Content-Type: application/problem+json\r\n", ""] {
        let body = r#"{"error": "down\u001b[0m"}"#;
        let answer = format!("HTTP/1.1 200 OK\r\n{head}Content-Length: {}\r\n\r\n{body}", body.len());
        for sent in both(answer.as_bytes()) {
            let error = sent.unwrap_err();
            assert_eq!(api(&error).message(), Some("down\u{1b}[0m"));
            assert_eq!(error.to_string(), "the API answered with error: down\\u{1b}[0m (HTTP 200)");
        }
    }
}

#[test]
fn null_is_no_error() {
    for sent in both(&answer("200 OK", "application/json", r#"{"error": null, "message_id": 1}"#)) {
        assert_eq!(sent.unwrap().message_id, Some(1));
    }
}

#[test]
fn a_status_without_an_envelope_is_a_status_error() {
    for (status, body) in [("401 Unauthorized", r#"{"oops": 1}"#), ("401 Unauthorized", r#"{"error": {"#)] {
        for sent in both(&answer(status, "application/json", body)) {
            let error = sent.unwrap_err();
            assert!(matches!(error, Error::Status(_)), "{error:?}");
            assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
            assert_eq!(error.body().unwrap(), body.as_bytes());
        }
    }
}

#[test]
fn an_html_page_is_quoted_on_one_line() {
    let page = format!("<html>\n<body>\u{1b}[31m {}</body>", "é".repeat(300));
    for sent in both(&answer("500 Internal Server Error", "text/html", &page)) {
        let error = sent.unwrap_err();
        assert!(!error.is_retryable(), "it may have acted");
        let text = error.to_string();
        assert!(
            text.starts_with("the server answered 500 Internal Server Error (text/html, 626 bytes: <html>\\n<body>"),
            "{text}"
        );
        assert!(text.len() < 300 && !text.contains(char::is_control), "{text}");
        assert!(text.ends_with("é..)"), "{text}");
        assert_eq!(error.body().unwrap(), page.as_bytes());
        assert!(!format!("{error:?}").contains("r-7"), "{error:?}");
    }
}

#[test]
fn the_server_may_say_when_to_come_back() {
    // RFC 9110, sections 5.6.7 and 10.2.3: seconds, or a date in one of three forms.
    let cases = [
        ("7", Some(7)),
        ("Fri, 31 Dec 1999 23:59:59 GMT", Some(30)),
        ("Friday, 31-Dec-99 23:59:59 GMT", Some(30)),
        ("Fri Dec 31 23:59:59 1999", Some(30)),
        ("Fri, 31 Dec 1999 20:00:00 GMT", Some(0)),
        ("soon", None),
        ("-1", None),
    ];
    for (value, expected) in cases {
        let expected = expected.map(Duration::from_secs);
        let date = "Date: Fri, 31 Dec 1999 23:59:29 GMT";
        let head = format!("HTTP/1.1 429 Too Many Requests\r\nRetry-After: {value}\r\n{date}");
        let answer = format!("{head}\r\nContent-Length: 0\r\n\r\n");
        for sent in both(answer.as_bytes()) {
            let error = sent.unwrap_err();
            assert_eq!(error.retry_after(), expected, "{value}");
            assert!(error.is_retryable());
            assert_eq!(error.to_string(), "the server answered 429 Too Many Requests (no content type, empty)");
        }
    }
}

#[test]
fn lines_that_never_end_come_one_by_one_beside_an_envelope() {
    let limit = Duration::from_millis(500);
    for media in ["application/x-ndjson", "application/jsonl", "application/json-seq"] {
        let steps = || Script::new(vec![vec![head(media), chunk("{\"title\":1}\n"), chunk("2\n"), Step::Wait]]);
        let operation = || Probe(|| Ok(Call::new(Method::GET, "/lines")));
        let [one, two] = [steps(), steps()];
        let client = Builder::<Client>::new(&ENVELOPED).base_url(&one.url).timeout(limit).build().unwrap();
        let first: Value = wait(async {
            let read = Read::Stream(Some(media), Items::json);
            let mut items: Items<Client, Value> = client.exchange(operation(), read).await.unwrap();
            items.next().await.unwrap().unwrap()
        });
        let client = Builder::<blocking::Client>::new(&ENVELOPED).base_url(&two.url).timeout(limit).build().unwrap();
        let read = Read::Stream(Some(media), Items::json);
        let mut items: Items<blocking::Client, Value> = client.exchange(operation(), read).unwrap();
        assert_eq!([first, items.next().unwrap().unwrap()], [json!({"title": 1}), json!({"title": 1})], "{media}");
    }
}
