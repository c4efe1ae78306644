//! In: a token server that fails half-way. Out: over real sockets, what both clients say, and when.

use crate::oauth::{API, Get};
use crate::runtime::{Builder, Caller, Client, ClientCredentials, Error, Retry, blocking};
use crate::script::{Script, Step, send};
use crate::server::wait;
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(300);

/// Settings of a client whose tokens come from there.
fn settings<C: Caller>(server: &Script) -> Builder<C> {
    let credentials = ClientCredentials::new("me", "s3cret").token_url(format!("{}/token", server.url));
    Builder::new(&API).base_url(&server.url).retry(Retry::never()).auth(credentials)
}

/// Why the call of each client fails, where the token server does this.
fn errors(
    steps: &[Step],
    a: impl Fn(Builder<Client>) -> Builder<Client>,
    b: impl Fn(Builder<blocking::Client>) -> Builder<blocking::Client>,
) -> [Error; 2] {
    let server = Script::new(vec![steps.to_vec()]);
    let client = a(settings(&server)).build().unwrap();
    let one = wait(client.send(Get)).unwrap_err();
    let server = Script::new(vec![steps.to_vec()]);
    [one, b(settings(&server)).build().unwrap().send(Get).unwrap_err()]
}

#[test]
fn no_error_shows_a_part_of_a_token() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n";
    let steps = [send(format!(r#"{head}{{"access_token":"eyJtoken.x.y","expires_in":"#))];
    let broken = errors(&steps, |b| b, |b| b);
    let large = errors(&steps, |b| b.max_body(40), |b| b.max_body(40));
    for (error, why) in broken.iter().map(|one| (one, "broke off")).chain(large.iter().map(|one| (one, "larger"))) {
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(matches!(error, Error::Credential(_)) && shown.contains(why), "{shown}");
        assert!(!shown.contains("eyJ"), "{shown}");
    }
}

#[test]
fn a_silent_token_server_has_no_more_time_than_the_call() {
    let start = Instant::now();
    let total = errors(&[Step::Wait], |b| b.total_timeout(SHORT), |b| b.total_timeout(SHORT));
    let lifted =
        errors(&[Step::Wait], |b| b.timeout(None).total_timeout(SHORT), |b| b.timeout(None).total_timeout(SHORT));
    let each = errors(&[Step::Wait], |b| b.timeout(SHORT), |b| b.timeout(SHORT));
    for error in total.into_iter().chain(lifted).chain(each) {
        assert!(matches!(error, Error::Credential(_)) && error.is_timeout(), "{error:?}");
        assert!(!error.is_connect() && !error.is_retryable(), "{error:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_slow_token_has_no_more_time_than_the_call() {
    // Its headers come in time.
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{";
    let start = Instant::now();
    for error in errors(&[send(head), Step::Wait], |b| b.total_timeout(SHORT), |b| b.total_timeout(SHORT)) {
        assert!(matches!(error, Error::Credential(_)) && error.is_timeout(), "{error:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_token_server_that_is_not_there_is_said_so() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let credentials = ClientCredentials::new("me", "s3cret").token_url(format!("http://{free}/token"));
    let client: blocking::Client = Builder::new(&API).retry(Retry::never()).auth(credentials.clone()).build().unwrap();
    let other: Client = Builder::new(&API).retry(Retry::never()).auth(credentials).build().unwrap();
    for error in [client.send(Get).unwrap_err(), wait(other.send(Get)).unwrap_err()] {
        assert!(matches!(error, Error::Credential(_)) && error.is_connect() && error.is_retryable(), "{error:?}");
    }
}
