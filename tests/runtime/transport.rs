//! In: answers over real sockets. Out: what both clients send and what they make of slow, large and broken answers.

use crate::probe::{self, Probe};
use crate::runtime::{Body, Call, Caller, Client, Error, Failure, InProcess, Retry, Token, Ureq};
use crate::server::{Server, Settings, answer, base, both, both_with, by_async, by_blocking, wait};
use http::{Method, Response, StatusCode};
use std::time::Duration;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout};

const OK: &str = r#"{"message_id": 9007199254740993}"#;

fn failure(error: &Error) -> Failure {
    match error {
        Error::Transport(error) => error.failure(),
        other => panic!("{other}"),
    }
}

#[test]
fn a_request_carries_query_token_and_headers() {
    for (request, sent) in both_with(&Settings::default(), &answer("200 OK", "application/json", OK), Duration::ZERO) {
        assert_eq!(sent.unwrap().message_id, Some(9_007_199_254_740_993));
        let target = "POST /SendSmsMessage?source=%2B44%207&destination=b%26c%3Dd&store_body=true HTTP/1.1\r\n";
        assert!(request.starts_with(target), "{request}");
        let request = request.to_ascii_lowercase();
        for line in ["authorization: bearer s3cret", "accept: application/json", "user-agent: oasmith-tests/0.1.0"] {
            assert_eq!(request.matches(line).count(), 1, "{line} in {request}");
        }
    }
}

#[test]
fn a_post_without_a_body_says_so() {
    for (request, _) in both_with(&Settings::default(), &answer("200 OK", "application/json", OK), Duration::ZERO) {
        let request = request.to_ascii_lowercase();
        assert_eq!(request.matches("content-length: 0\r\n").count(), 1, "{request}");
        assert!(!request.contains("transfer-encoding"), "{request}");
    }
}

#[test]
fn methods_and_bodies_go_out_as_written() {
    let cases = [
        (Method::GET, None, None),
        (Method::HEAD, None, None),
        (Method::DELETE, None, None),
        (Method::OPTIONS, None, None),
        (Method::POST, None, Some("content-length: 0")),
        (Method::PUT, None, Some("content-length: 0")),
        (Method::PATCH, None, Some("content-length: 0")),
        (Method::PUT, Some("text"), Some("content-length: 4")),
        (Method::DELETE, Some("text"), Some("content-length: 4")),
        (Method::GET, Some("text"), Some("content-length: 4")),
    ];
    for (method, body, length) in cases {
        let operation = || {
            Probe(|| {
                let mut call = Call::new(method.clone(), "/x");
                call.raw("text/plain", &body.map(Body::from))?;
                Ok(call)
            })
        };
        let blank = "HTTP/1.1 204 No Content\r\n\r\n";
        let [one, two] = [(); 2].map(|()| Server::new(blank.into(), Duration::ZERO));
        wait(async { base(probe::async_builder(), &one.url).send(operation()).await }).unwrap();
        base(probe::builder(), &two.url).send(operation()).unwrap();
        for request in [one.request(), two.request()] {
            assert!(request.starts_with(&format!("{method} /x HTTP/1.1\r\n")), "{request}");
            assert!(request.ends_with(&format!("\r\n\r\n{}", body.unwrap_or_default())), "{request}");
            let lengths: Vec<_> = request
                .lines()
                .map(str::to_ascii_lowercase)
                .filter(|line| line.starts_with("content-length"))
                .collect();
            assert_eq!(lengths, Vec::from_iter(length.map(str::to_owned)), "{request}");
        }
    }
}

#[test]
fn a_boundary_goes_out_with_its_body() {
    const FORM: &str = "--frontier\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--frontier--\r\n";
    let operation = || {
        Probe(|| {
            let body = Body::from(FORM).with_content_type("multipart/form-data; boundary=frontier");
            let mut call = Call::new(Method::POST, "/x");
            call.raw("multipart/form-data", &Some(body))?;
            Ok(call)
        })
    };
    let blank = "HTTP/1.1 204 No Content\r\n\r\n";
    let [one, two] = [(); 2].map(|()| Server::new(blank.into(), Duration::ZERO));
    wait(async { base(probe::async_builder(), &one.url).send(operation()).await }).unwrap();
    base(probe::builder(), &two.url).send(operation()).unwrap();
    for request in [one.request(), two.request()] {
        let lines: Vec<_> =
            request.lines().filter(|line| line.to_ascii_lowercase().starts_with("content-type:")).collect();
        let [line] = lines[..] else { panic!("{request}") };
        assert_eq!(line.split_once(": ").unwrap().1, "multipart/form-data; boundary=frontier");
        assert!(request.ends_with(FORM), "{request}");
    }
}

#[test]
fn a_slow_answer_is_a_timeout() {
    let settings = Settings { timeout: Duration::from_millis(150), ..Settings::default() };
    for (_, sent) in both_with(&settings, &answer("200 OK", "application/json", OK), Duration::from_millis(600)) {
        let error = sent.unwrap_err();
        assert!(error.is_timeout() && !error.is_retryable() && !error.is_connect(), "{error:?}");
        assert!(error.to_string().starts_with("no whole answer within the timeout"), "{error}");
    }
}

#[test]
fn a_refused_connection_is_said() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for send in [by_async, by_blocking] {
        let error = send(&format!("http://{free}"), &Settings::default()).unwrap_err();
        assert!(error.is_connect() && error.is_retryable() && error.status().is_none(), "{error:?}");
        assert!(error.to_string().starts_with("no connection to the server: "), "{error}");
        assert!(error.to_string().contains("refused"), "{error}");
    }
}

#[test]
fn a_host_that_does_not_exist_is_no_connection() {
    for send in [by_async, by_blocking] {
        let error = send("http://nowhere.invalid", &Settings::default()).unwrap_err();
        assert!(error.is_connect(), "{error:?}");
    }
}

#[test]
fn a_body_may_be_as_large_as_allowed_and_no_larger() {
    let exact = Settings { max_body: OK.len(), ..Settings::default() };
    let chunked = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{OK}\r\n0\r\n\r\n", OK.len());
    for answer in [answer("200 OK", "application/json", OK), chunked.into_bytes()] {
        for (_, sent) in both_with(&exact, &answer, Duration::ZERO) {
            sent.unwrap();
        }
        let less = Settings { max_body: OK.len() - 1, ..Settings::default() };
        for (_, sent) in both_with(&less, &answer, Duration::ZERO) {
            let error = sent.unwrap_err();
            assert_eq!(failure(&error), Failure::TooLarge, "{error:?}");
            assert!(error.status() == Some(StatusCode::OK) && !error.is_retryable());
            assert!(error.body().is_some_and(|body| body == &OK[..OK.len() - 1]), "{error:?}");
        }
    }
}

#[test]
fn an_answer_that_breaks_off_is_not_decoded() {
    for sent in both(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{}") {
        let error = sent.unwrap_err();
        assert_eq!(failure(&error), Failure::Body, "{error:?}");
        assert_eq!(error.headers().unwrap()["content-type"], "application/json");
        assert_eq!(error.body().unwrap(), "{}");
        assert!(error.to_string().ends_with("(HTTP 200, application/json, 2 bytes: {})"), "{error}");
    }
}

#[test]
fn a_redirect_is_an_answer() {
    for sent in both(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n") {
        let error = sent.unwrap_err();
        assert!(matches!(error, Error::Status(_)), "{error:?}");
        assert_eq!(error.status(), Some(StatusCode::FOUND));
        assert_eq!(error.headers().unwrap()["location"], "http://127.0.0.1:1/");
    }
}

#[test]
fn a_transport_can_be_a_closure() {
    let transport = InProcess::new(|request: http::Request<Body>| {
        assert_eq!(request.headers()["authorization"], "Bearer t");
        assert!(request.headers()["authorization"].is_sensitive());
        Response::new(OK.into())
    });
    let client = Client::builder().auth(Token::new("t")).transport(transport).build().unwrap();
    let pending = client.sms().send_sms_message().source("a").destination("b").send();
    fn may_move_between_threads<T: Send + 'static>(value: T) -> T {
        value
    }
    assert_eq!(wait(may_move_between_threads(pending)).unwrap().message_id, Some(9_007_199_254_740_993));
}

#[test]
fn an_answer_got_by_other_means_is_decoded() {
    let transport = InProcess::new(|_| panic!("nothing is to be sent"));
    let client = Client::builder().transport(transport).build().unwrap();
    let request = client.sms().send_sms_message().source("a").destination("b");
    let value = request.request().unwrap();
    assert_eq!(value.uri(), "https://api.example.com/platform_api/SendSmsMessage?source=a&destination=b");
    assert!(!value.headers().contains_key("authorization"));
    assert_eq!(request.decode(Response::new(OK.into())).unwrap().message_id, Some(9_007_199_254_740_993));
}

/// A connection on which the network goes away once the request is written, as it does without a route.
#[derive(Debug)]
struct Lost(LazyBuffers);

#[derive(Debug)]
struct Losing;

impl Connector for Losing {
    type Out = Lost;

    fn connect(&self, _: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Lost>, ureq::Error> {
        Ok(Some(Lost(LazyBuffers::new(1024, 1024))))
    }
}

impl ureq::unversioned::transport::Transport for Lost {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.0
    }

    fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        Err(std::io::Error::from(std::io::ErrorKind::HostUnreachable).into())
    }

    fn is_open(&mut self) -> bool {
        true
    }
}

#[test]
fn a_host_that_goes_away_after_the_request_may_have_acted() {
    let agent = ureq::Agent::with_parts(ureq::config::Config::default(), Losing, DefaultResolver::default());
    let client = probe::builder().base_url("http://127.0.0.1:9").transport(Ureq::from(agent)).retry(Retry::never());
    let error = client.build().unwrap().send(Probe(|| Ok(Call::new(Method::POST, "/x")))).unwrap_err();
    assert_eq!(failure(&error), Failure::Closed, "{error:?}");
    assert!(!error.is_connect() && !error.is_retryable());
}
