//! In: servers that do not answer. Out: errors that say in which way, and whether it is worth trying again.

use crate::clients::{Sent, both, both_with, example, settings};
use crate::servers::{self, End};
use oasmith_tests::loopback::Loopback;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use voximplant_client::{Client, Error, Failure, Retry};

const SHORT: Duration = Duration::from_millis(150);

/// What both clients make of a server, when they have little time.
fn hurried(url: &str) -> [(&'static str, Sent); 2] {
    both_with(url, |builder| builder.timeout(SHORT), |builder| builder.timeout(SHORT))
}

fn failure(client: &str, error: &Error) -> Failure {
    match error {
        Error::Transport(error) => error.failure(),
        other => panic!("{client}: {other:?}"),
    }
}

#[test]
fn a_server_that_takes_its_time_is_a_timeout() {
    let server = servers::slow(200, &[], "{}", Duration::from_secs(60));
    let start = Instant::now();
    for (client, sent) in hurried(&server.url("")) {
        let error = sent.unwrap_err();
        assert_eq!(failure(client, &error), Failure::Timeout, "{error}");
        assert!(error.status().is_none() && error.body().is_none(), "{client}: no answer came: {error:?}");
        assert!(error.is_timeout() && !error.is_connect());
        assert!(!error.is_retryable(), "{client}: the server may have sent the message");
    }
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(server.requests().len(), 2, "no client tries again by itself");
}

#[test]
fn a_body_that_never_ends_is_a_timeout() {
    let address = servers::broken(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"result\":1", End::Open);
    for (client, sent) in hurried(&format!("http://{address}")) {
        let error = sent.unwrap_err();
        assert_eq!(failure(client, &error), Failure::Timeout);
        assert_eq!(error.body().unwrap(), "{\"result\":1", "{client}: what came is kept");
    }
}

#[test]
fn an_answer_that_drips_is_a_timeout() {
    for head in [&b"HTTP/1.1 200 OK\r\nX: "[..], b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"] {
        let address = servers::dripping(head, Duration::from_millis(20));
        let start = Instant::now();
        for (client, sent) in hurried(&format!("http://{address}")) {
            let error = sent.unwrap_err();
            assert_eq!(failure(client, &error), Failure::Timeout, "{client}: no byte keeps the call alive: {error:?}");
        }
        assert!(start.elapsed() < 10 * SHORT, "{:?}", start.elapsed());
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let other = servers::json("{}");
    for status in [301, 302, 303, 307, 308] {
        let location = other.url("/SendSmsMessage");
        let server = servers::answering(status, &[("location", &location)], "elsewhere");
        for (client, sent) in both(&server.url("")) {
            let error = sent.unwrap_err();
            assert!(matches!(error, Error::Status(_)) && !error.is_retryable(), "{client}: {error:?}");
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(error.headers().unwrap()["location"], location, "{client}: the caller may follow it");
            assert_eq!(error.body().unwrap(), "elsewhere");
        }
        assert_eq!(server.requests().len(), 2);
    }
    assert!(other.requests().is_empty(), "the token went to another host");
}

#[test]
fn what_is_compressed_unasked_is_named() {
    // Nothing in it is JSON.
    let body = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 4, 0];
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let address = servers::broken([head.as_bytes(), &body].concat().leak(), End::Closed);
    for (client, sent) in both(&format!("http://{address}")) {
        let error = sent.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{client}: {error:?}");
        assert!(error.to_string().contains("it is compressed, `Content-Encoding: gzip`"), "{client}: {error}");
        assert_eq!(error.body().unwrap(), &body[..], "{client}");
    }
    let server = servers::json("{}");
    for (client, sent) in both(&server.url("")) {
        assert!(sent.is_ok(), "{client}");
    }
    for request in server.requests() {
        assert!(!request.headers().contains_key("accept-encoding"), "what is not understood is not asked for");
    }
}

#[test]
fn a_body_that_is_longer_than_it_says_ends_where_it_says() {
    let bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"result\":1}{\"result\":2}";
    let address = servers::broken(bytes, End::Closed);
    for (client, sent) in both(&format!("http://{address}")) {
        assert_eq!(sent.unwrap().result, Some(1), "{client}");
    }
}

#[test]
fn what_is_no_json_is_an_error_with_its_first_bytes() {
    let bodies: [(&str, &[u8], &str); 4] = [
        ("text/html", b"<html>Sorry</html>", "expected JSON, got text/html"),
        ("application/json", b"{\"result\":\"\xff\"}", "invalid unicode"),
        ("application/json", b"{\"result\":1,\"mess", "EOF while parsing"),
        ("application/json", b"", "got an empty body"),
    ];
    for (media, body, says) in bodies {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n", body.len());
        let address = servers::broken([head.as_bytes(), body].concat().leak(), End::Closed);
        for (client, sent) in both(&format!("http://{address}")) {
            let error = sent.unwrap_err();
            assert!(matches!(error, Error::Decode(_)) && error.to_string().contains(says), "{client}: {error}");
            assert_eq!(error.status().unwrap(), 200);
            assert_eq!(
                (&error.headers().unwrap()["content-type"], &error.body().unwrap()[..]),
                (&media.parse().unwrap(), body)
            );
        }
    }
}

#[test]
fn nobody_there_is_no_connection() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (client, sent) in both(&format!("http://{address}")) {
        let error = sent.unwrap_err();
        assert_eq!(failure(client, &error), Failure::Connect);
        assert!(error.is_connect() && error.is_retryable() && !error.is_timeout());
        assert!(error.to_string().contains("refused"), "{client}: {error}");
    }
}

#[test]
fn an_answer_that_breaks_off_is_no_answer() {
    let heads: [&[u8]; 2] = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"result\":1}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n{\"result\":1}\r\n",
    ];
    for bytes in heads {
        for end in [End::Closed, End::Half, End::Reset] {
            let address = servers::broken(bytes, end);
            for (client, sent) in both(&format!("http://{address}")) {
                let error = sent.unwrap_err();
                assert_eq!(failure(client, &error), Failure::Body, "{end:?}: {error}");
                assert_eq!(error.status().unwrap(), 200, "{client}");
                assert_eq!(error.body().unwrap(), "{\"result\":1}", "{client}: what came is kept");
                assert!(!error.is_retryable(), "{client}: the server may have sent the message");
            }
        }
    }
}

#[test]
fn no_answer_at_all_is_no_answer() {
    for end in [End::Closed, End::Half, End::Reset] {
        let address = servers::broken(b"", end);
        for (client, sent) in both(&format!("http://{address}")) {
            let error = sent.unwrap_err();
            assert_eq!(failure(client, &error), Failure::Closed, "{end:?}: {error:?}");
            assert!(
                !error.is_connect() && !error.is_retryable(),
                "{client}: the server has got the message: {error:?}"
            );
        }
    }
}

#[test]
fn an_answer_may_not_be_larger_than_allowed() {
    let body = format!(r#"{{"result":1,"padding":"{}"}}"#, "x".repeat(10_000));
    let server = servers::json(&body);
    let limit = body.len();
    for (client, sent) in both_with(&server.url(""), |b| b.max_body(limit), |b| b.max_body(limit)) {
        assert_eq!(sent.unwrap().result, Some(1), "{client}");
    }
    for (client, sent) in both_with(&server.url(""), |b| b.max_body(limit - 1), |b| b.max_body(limit - 1)) {
        let error = sent.unwrap_err();
        assert_eq!(failure(client, &error), Failure::TooLarge);
        assert!(error.body().unwrap().starts_with(b"{\"result\":1,\"padding\":\"xxx"), "{client}");
    }
}

#[test]
fn a_busy_server_is_asked_again() {
    let count = Arc::new(AtomicU32::new(0));
    let counted = count.clone();
    let answer = move || {
        let busy = counted.fetch_add(1, Ordering::Relaxed) % 3 < 2;
        async move {
            let answer = if busy { (503, "wait") } else { (200, r#"{"result": 1, "message_id": 1}"#) };
            (axum::http::StatusCode::from_u16(answer.0).unwrap(), [("retry-after", "0")], answer.1)
        }
    };
    let server = Loopback::start(axum::Router::new().fallback(answer)).unwrap();
    let retry = Retry::default();
    for (client, sent) in both_with(&server.url(""), |builder| builder.retry(retry), |builder| builder.retry(retry)) {
        assert!(sent.is_ok(), "{client}: {sent:?}");
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 6);
    for request in &requests {
        assert_eq!(request.uri(), requests[0].uri());
        assert_eq!(request.headers()["authorization"], requests[0].headers()["authorization"]);
    }
}

#[test]
fn without_a_tokio_runtime_it_is_an_error_and_no_panic() {
    let client = settings(Client::builder(), "http://127.0.0.1:9").build().unwrap();
    let mut sent = std::pin::pin!(example(client.sms()).send());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = sent.as_mut().poll(&mut context) else { panic!("it should fail at once") };
    assert!(format!("{error:?}").contains("it needs a Tokio runtime"), "{error:?}");
}
