//! In: calls of every outcome, with the feature `tracing`. Out: their spans and events, which hold no value and no secret.
//! It is a program of its own: whoever subscribes hears of all calls in it.
#![allow(missing_docs, dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "wire/clients.rs"]
mod clients;
#[path = "wire/servers.rs"]
mod servers;

use clients::{TOKEN, both_with};
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use voximplant_client::{Retry, Token};

/// Keeps each span as a text, with an event in its line, in the order of their beginning.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<String>>>);

struct Line<'l>(&'l mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Kept {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        of.target().starts_with("voximplant_client")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut lines = self.0.lock().unwrap();
        let mut line = span.metadata().name().to_owned();
        span.record(&mut Line(&mut line));
        lines.push(line);
        Id::from_u64(lines.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let place = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Line(&mut self.0.lock().unwrap()[place]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut lines = self.0.lock().unwrap();
        let mut line = format!("  {}", event.metadata().level());
        event.record(&mut Line(&mut line));
        lines.push(line);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What is said while something is done; one thing is done at a time.
fn said_while<T>(done: impl FnOnce() -> T) -> Vec<String> {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock();
    let kept = KEPT.get_or_init(|| {
        let kept = Kept::default();
        tracing::subscriber::set_global_default(kept.clone()).unwrap();
        kept
    });
    done();
    std::mem::take(&mut *kept.0.lock().unwrap())
}

/// What both clients say while they call a server, which has to be the same.
fn traced(url: &str) -> String {
    let retry = || Retry::times(1).first_wait(Duration::from_millis(1));
    let said = said_while(|| both_with(url, |b| b.retry(retry()), |b| b.retry(retry())));
    let (one, other) = said.split_at(said.len() / 2);
    let without_wait = |lines: &[String]| {
        let cut = |line: &String| line.split(" wait_ms=").next().unwrap().to_owned();
        lines.iter().map(cut).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(without_wait(one), without_wait(other));
    without_wait(one)
}

#[test]
fn a_span_for_each_call_and_an_event_for_each_repetition() {
    let span = |url: &str, rest: &str| {
        let port = url.rsplit(':').next().unwrap();
        format!(
            "call operation=\"send-sms-message\" otel.kind=\"client\" http.request.method=\"POST\" \
             server.address=\"127.0.0.1\" server.port={port} url.template=\"/SendSmsMessage\"{rest}"
        )
    };
    let server = servers::json(r#"{"result":1}"#);
    let expected = " http.response.status_code=200 http.request.resend_count=0";
    assert_eq!(traced(&server.url("")), span(&server.url(""), expected));

    let server = servers::answering(503, &[], "s3cret of the server");
    let expected = " http.response.status_code=503 http.request.resend_count=1 error.type=\"status\"\n  WARN \
        message=the request is sent again http.response.status_code=503 attempts=1";
    assert_eq!(traced(&server.url("")), span(&server.url(""), expected));

    let server = servers::json(r#"{"error":{"code":100,"msg":"s3cret"}}"#);
    let expected = " http.response.status_code=200 http.request.resend_count=0 error.type=\"api\"";
    assert_eq!(traced(&server.url("")), span(&server.url(""), expected));

    let server = servers::json(r#"{"result":"s3cret"}"#);
    let said = traced(&server.url(""));
    let event = "  WARN message=the answer is not as it is described operation=\"send-sms-message\" \
        http.response.status_code=200 error.type=\"decode\"";
    assert!(said.ends_with(event), "{said}");

    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let said = traced(&format!("http://{nobody}"));
    assert!(said.contains(" http.request.resend_count=1 error.type=\"connect\"\n  WARN"), "{said}");
}

#[test]
fn nothing_secret_is_traced() {
    let said = said_while(|| {
        for (status, body) in [(401, TOKEN.to_owned()), (200, format!(r#"{{"{TOKEN}": {{"a": "#)), (200, TOKEN.into())]
        {
            let server = servers::answering(status, &[("set-cookie", "a=s3cret"), ("content-encoding", TOKEN)], &body);
            drop(both_with(&server.url("/base"), |b| b.auth(Token::new(TOKEN)), |b| b.header("x-key", "s3cret")));
        }
    })
    .join("\n");
    assert!(!said.is_empty() && !said.contains("s3cret") && !said.contains("4474433"), "{said}");
}
