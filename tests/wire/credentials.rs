//! In: credentials and servers that refuse them. Out: over real sockets, what both clients send again, and where they send
//! nothing.

use crate::clients::{Sent, both_with, example, settings, wait};
use crate::servers;
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use oasmith_tests::loopback::Loopback;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use voximplant_client::{
    Boxed, Cause, Client, ClientCredentials, Credential, Error, InProcess, Refusal, Secret, Token, blocking,
};

/// A server that gives the tokens `t1`, `t2` .. and takes only the one of this number.
fn platform(good: usize) -> Loopback {
    let given = Arc::new(AtomicUsize::new(0));
    let token = async move || {
        let number = given.fetch_add(1, Ordering::Relaxed) + 1;
        // Long enough for many calls to be refused before there is another token.
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        format!(r#"{{"access_token":"t{number}","expires_in":3600}}"#)
    };
    let send = async move |headers: HeaderMap| -> Response {
        match headers["authorization"] == format!("Bearer t{good}") {
            true => r#"{"result":1}"#.into_response(),
            false => StatusCode::UNAUTHORIZED.into_response(),
        }
    };
    Loopback::start(Router::new().route("/token", post(token)).route("/SendSmsMessage", post(send))).unwrap()
}

fn machine(server: &Loopback) -> ClientCredentials {
    ClientCredentials::new("me", "s3cret-of-me").token_url(server.url("/token"))
}

fn paths(server: &Loopback) -> Vec<String> {
    server.requests().iter().map(|request| request.uri().path().to_owned()).collect()
}

#[test]
fn a_refused_token_is_renewed_and_the_request_sent_again() {
    for blocks in [false, true] {
        let server = platform(2);
        let url = server.url("");
        let sent: Sent = if blocks {
            let client = settings(blocking::Client::builder(), &url).auth(machine(&server)).build().unwrap();
            example(client.sms()).send()
        } else {
            let client = settings(Client::builder(), &url).auth(machine(&server)).build().unwrap();
            wait(async { example(client.sms()).send().await })
        };
        assert_eq!(sent.unwrap().result, Some(1));
        assert_eq!(paths(&server), ["/token", "/SendSmsMessage", "/token", "/SendSmsMessage"]);
        let queries: Vec<_> = server.requests().iter().filter_map(|one| one.uri().query().map(str::to_owned)).collect();
        assert_eq!(queries[0], queries[1], "the same request, with another token");
    }
}

#[test]
fn what_is_refused_twice_is_the_answer() {
    let server = platform(99);
    let sent = both_with(&server.url(""), |b| b.auth(machine(&server)), |b| b.auth(machine(&server)));
    for (client, sent) in sent {
        assert_eq!(sent.unwrap_err().status(), Some(StatusCode::UNAUTHORIZED), "{client}");
    }
    assert_eq!(paths(&server).iter().filter(|path| *path == "/SendSmsMessage").count(), 4, "two for each client");
}

#[test]
fn many_refused_calls_fetch_one_token() {
    let server = platform(2);
    let client = settings(Client::builder(), &server.url("")).auth(machine(&server)).build().unwrap();
    wait(async {
        let calls: Vec<_> = (0..40).map(|_| tokio::spawn(example(client.sms()).send())).collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap().result, Some(1));
        }
    });
    assert_eq!(paths(&server).iter().filter(|path| *path == "/token").count(), 2);
}

#[test]
fn a_fixed_token_is_not_sent_again() {
    let server = platform(1);
    let bad = |_| Token::new("wrong");
    for (client, sent) in both_with(&server.url(""), |b| b.auth(bad(())), |b| b.auth(bad(()))) {
        assert_eq!(sent.unwrap_err().status(), Some(StatusCode::UNAUTHORIZED), "{client}");
    }
    assert_eq!(paths(&server).len(), 2);
}

/// A credential of the user's own, with another secret each time that one is refused.
#[derive(Debug, Default)]
struct Counter(AtomicUsize);

impl Credential for Counter {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        let number = self.0.load(Ordering::Relaxed);
        Box::pin(std::future::ready(match number {
            0 | 1 => Ok(Secret::new(format!("t{number}"))),
            _ => Err("no more".into()),
        }))
    }

    fn refused(&self, secret: &Secret, refusal: &Refusal) -> bool {
        assert_eq!((refusal.status(), refusal.code()), (StatusCode::UNAUTHORIZED, None));
        assert_eq!(secret.expose(), format!("t{}", self.0.fetch_add(1, Ordering::Relaxed)));
        true
    }

    fn advice(&self, refusal: &Refusal) -> Option<String> {
        Some(format!("after {}, ask\nfor a key", refusal.status().as_u16()))
    }
}

#[test]
fn any_credential_may_have_another_secret() {
    let server = platform(1);
    for (client, sent) in both_with(&server.url(""), |b| b.auth(Counter::default()), |b| b.auth(Counter::default())) {
        assert_eq!(sent.unwrap().result, Some(1), "{client}");
    }
    assert_eq!(paths(&server).len(), 4);
    // Where it has none, the server's answer stays.
    let server = platform(7);
    let counter = || Counter(AtomicUsize::new(1));
    for (client, sent) in both_with(&server.url(""), |b| b.auth(counter()), |b| b.auth(counter())) {
        let error = sent.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED), "{client}");
        assert!(error.to_string().ends_with("; after 401, ask\\nfor a key"), "{client}: {error}");
    }
    assert_eq!(paths(&server).len(), 2);
}

#[test]
fn no_credential_follows_a_redirect_to_another_host() {
    let other = servers::json(r#"{"result":1}"#);
    for status in [301, 302, 303, 307, 308] {
        let server = servers::answering(status, &[("location", &other.url("/SendSmsMessage"))], "");
        for (client, sent) in both_with(&server.url(""), |b| b, |b| b) {
            assert_eq!(sent.unwrap_err().status().unwrap().as_u16(), status, "{client}");
        }
    }
    assert!(other.requests().is_empty());
}

#[test]
fn what_a_server_repeats_of_a_secret_is_in_no_message() {
    let echo = |status: u16, body: &'static str| {
        InProcess::new(move |request: http::Request<_>| {
            let header = request.headers()["authorization"].to_str().unwrap();
            let body = body.replace("{}", header.trim_start_matches("Bearer "));
            http::Response::builder().status(status).body(body.into()).unwrap()
        })
    };
    let long = format!("{}{{}}", "x".repeat(190)).leak();
    for (status, body) in [
        (401, "the key {} is not known"),
        (401, long as &str),
        (200, r#"{"result":"{}"}"#),
        (200, r#"{"error":{"code":1,"msg":"bad token {}"}}"#),
    ] {
        let client = blocking::Client::builder().auth(Token::new("tok/en-s3cret")).transport(echo(status, body));
        let error = example(client.build().unwrap().sms()).send().unwrap_err();
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains("s3cret") && !shown.contains("tok/en"), "{shown}");
        assert!(body.len() > 100 || shown.contains("[redacted]"), "{shown}");
        let body = std::str::from_utf8(error.body().unwrap()).unwrap();
        assert!(body.contains("tok/en-s3cret"), "the body itself is as it came");
        assert!(!matches!(error, Error::Transport(_)));
    }
}
