//! In: the client that is generated from `rivals/spec.yaml`, kept in `rivals/generated` and compiled here. Out: proof, over
//! real sockets and by both clients, of what other generators get wrong: what is sent, byte for byte, and what is made of
//! the answers.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::all)]

/// As in a generated crate.
#[allow(dead_code, unused_imports, unused_macros, non_camel_case_types)]
mod rivals {
    #[rustfmt::skip]
    #[path = "generated/client.rs"]
    pub mod client;
    #[rustfmt::skip]
    #[path = "generated/operations/mod.rs"]
    pub mod operations;
    #[rustfmt::skip]
    #[path = "generated/required.rs"]
    pub mod required;
    #[path = "../../generator/runtime/mod.rs"]
    pub mod runtime;
    #[rustfmt::skip]
    #[path = "generated/types/mod.rs"]
    pub mod types;
}

use axum::Router;
use axum::extract::Request as Incoming;
use axum::http::Response;
use bytes::Bytes;
use oasmith::source::Source;
use oasmith::{Input, Options};
use oasmith_tests::harness::{Files, Run, compare, root};
use oasmith_tests::loopback::Loopback;
use rivals::operations::untagged::{StartJobError, StartJobSuccess};
use rivals::runtime::{Body, Boxed, Builder, Error, Limits, Password, Token, Transport, TransportError};
use rivals::runtime::{Caller, Client, Reqwest, Retry, Ureq, blocking};
use rivals::types;

#[test]
fn the_code_is_that_of_today() {
    let folder = root().join("tests/rivals");
    let text = std::fs::read_to_string(folder.join("spec.yaml")).unwrap();
    let input = Input { documents: vec![Source { name: "spec.yaml".to_owned(), text }], ..Input::default() };
    let run = Run::with(input, Options { package: "rivals".to_owned(), ..Options::default() });
    let code = run.files().into_iter().filter_map(|(path, text)| {
        let path = path.strip_prefix("src/generated/")?;
        (path != "mod.rs" && !path.starts_with("runtime/")).then(|| (path.to_owned(), text))
    });
    compare(&folder.join("generated"), &code.collect::<Files>());
}

/// A server that answers by the path alone.
fn server() -> Loopback {
    Loopback::start(Router::new().fallback(async |request: Incoming| {
        let (status, body) = match request.headers().get("x-answer").map(|value| value.to_str().unwrap()) {
            Some(answer) => {
                answer.split_once(' ').map(|(status, body)| (status.parse().unwrap(), body.to_owned())).unwrap()
            }
            None => (204, String::new()),
        };
        let answer = Response::builder().status(status).header("content-type", "application/json");
        answer.body(axum::body::Body::from(body)).unwrap()
    }))
    .unwrap()
}

/// Sends what goes to the description's server to loopback, and leaves all else as it is.
struct Diverted<T>(T, std::net::SocketAddr);

impl<T> Diverted<T> {
    fn divert(&self, request: &mut http::Request<Body>) {
        let url = request.uri().to_string();
        let path = url.strip_prefix("https://api.example.com").unwrap();
        *request.uri_mut() = format!("http://{}{path}", self.1).parse().unwrap();
    }
}

impl<T: Transport> Transport for Diverted<T> {
    fn send(
        &self,
        mut request: http::Request<Body>,
        limits: Limits,
    ) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        self.divert(&mut request);
        self.0.send(request, limits)
    }
}

impl<T: blocking::Transport> blocking::Transport for Diverted<T> {
    fn send(&self, mut request: http::Request<Body>, limits: Limits) -> Result<http::Response<Body>, TransportError> {
        self.divert(&mut request);
        self.0.send(request, limits)
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn asynchronous(server: &Loopback, settings: impl Fn(Builder<Client>) -> Builder<Client>) -> Client {
    let builder = settings(Client::builder().retry(Retry::never()));
    builder.transport(Diverted(Reqwest::new().unwrap(), server.address())).build().unwrap()
}

fn synchronous(
    server: &Loopback,
    settings: impl Fn(Builder<blocking::Client>) -> Builder<blocking::Client>,
) -> blocking::Client {
    let builder = settings(blocking::Client::builder().retry(Retry::never()));
    builder.transport(Diverted(Ureq::new(), server.address())).build().unwrap()
}

/// The results of one call by both clients, and the requests that reached the server.
macro_rules! both {
    ($settings:expr, |$client:ident| $request:expr) => {{
        let server = server();
        let $client = asynchronous(&server, $settings);
        let one = wait(async { $request.send().await });
        let $client = synchronous(&server, $settings);
        let other = $request.send();
        let requests = server.requests();
        assert!(requests.len() < 3);
        [(one, requests.first().cloned()), (other, requests.get(1).cloned())]
    }};
}

type Sent = http::Request<Bytes>;

/// The request of a call that succeeds.
fn request<T: std::fmt::Debug>((sent, request): (Result<T, Error>, Option<Sent>)) -> Sent {
    sent.unwrap();
    request.unwrap()
}

#[test]
fn parameters_are_sent_as_described_and_in_the_order_of_the_description() {
    let filter = || types::Filter::builder().from("a b").to("c&d").build();
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    let calls = both!(|b| b, |client| client
        .list_things()
        .zone("../x/y")
        .a("last")
        .bars(list(&["p", "r"]))
        .empty("")
        .filter(filter())
        .ids(list(&["i,j", "k"]))
        .raw("a/b?c:d")
        .semicolons(vec![1, 2])
        .session("s;1")
        .words(list(&["v", "x"]))
        .x_trace("t-1")
        .z("first"));
    for request in calls.map(request) {
        let expected = "/base/things/..%2Fx%2Fy?z=first&ids=i%2Cj,k&bars=p%7Cr&filter%5Bfrom%5D=a%20b&filter%5Bto%5D=c%26d\
            &words=v%20x&a=last&raw=a/b?c:d&empty=&semicolons=1%3B2";
        assert_eq!(request.uri().to_string(), expected);
        assert_eq!(request.headers()["x-trace"], "t-1");
        assert_eq!(request.headers()["cookie"], "session=s%3B1");
    }
}

#[test]
fn an_item_that_a_server_would_read_as_two_is_refused_before_anything_is_sent() {
    let list = |item: &str| vec![item.to_owned(), "r".to_owned()];
    let bars = both!(|b| b, |client| client.list_things().zone("z").x_trace("t").bars(list("p|q")));
    let words = both!(|b| b, |client| client.list_things().zone("z").x_trace("t").words(list("v w")));
    for (sent, request) in bars.into_iter().chain(words) {
        let error = sent.unwrap_err();
        assert!(matches!(error, Error::Request(_)) && request.is_none());
        assert!(error.to_string().contains("would read as two"), "{error}");
    }
}

#[test]
fn a_path_value_that_names_no_segment_is_refused_before_anything_is_sent() {
    for value in ["", ".", ".."] {
        for (sent, request) in both!(|b| b, |client| client.list_things().zone(value).x_trace("t")) {
            assert!(matches!(sent, Err(Error::Request(_))) && request.is_none());
        }
    }
}

#[test]
fn nothing_is_sent_that_nobody_asked_for() {
    for request in both!(|b| b, |client| client.list_things().zone("z").x_trace("t")).map(request) {
        let mut names: Vec<_> = request.headers().keys().map(|name| name.as_str().to_owned()).collect();
        names
            .retain(|name| !["host", "accept", "user-agent", "accept-encoding", "connection"].contains(&name.as_str()));
        assert_eq!(names, ["x-trace"], "{request:?}");
        assert!(request.uri().query().is_none() && request.body().is_empty());
    }
}

#[test]
fn two_successes_are_told_apart_by_status() {
    for (status, body) in [(200, r#"{"result":"r"}"#), (202, r#"{"place":3}"#), (206, "other")] {
        let value = format!("{status} {body}");
        for (sent, _) in both!(|b| b.header("x-answer", value.clone()), |client| client.start_job()) {
            match (status, sent.unwrap()) {
                (200, StartJobSuccess::Ok(done)) => assert_eq!(done.result.as_deref(), Some("r")),
                (202, StartJobSuccess::Accepted(queued)) => assert_eq!(queued.place, Some(3)),
                (206, StartJobSuccess::Other(answer)) => assert_eq!(answer.body, "other"),
                (_, other) => panic!("{status}: {other:?}"),
            }
        }
    }
}

#[test]
fn two_errors_are_told_apart_by_status() {
    for (status, body) in [(404, r#"{"what":"w"}"#), (422, r#"{"field":"f"}"#)] {
        let value = format!("{status} {body}");
        for (sent, _) in both!(|b| b.header("x-answer", value.clone()), |client| client.start_job()) {
            let error = sent.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), status);
            match (status, error.declared::<StartJobError>().unwrap().unwrap()) {
                (404, StartJobError::NotFound(missing)) => assert_eq!(missing.what.as_deref(), Some("w")),
                (422, StartJobError::UnprocessableContent(invalid)) => assert_eq!(invalid.field.as_deref(), Some("f")),
                (_, other) => panic!("{status}: {other:?}"),
            }
        }
    }
}

#[test]
fn forms_bytes_and_vendor_json_are_sent_as_their_media_types() {
    let form = || types::Form::builder().name("a b").tags(vec!["x,y".to_owned(), "z".to_owned()]).build();
    for request in both!(|b| b, |client| client.post_form().body(form())).map(request) {
        assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
        let pairs: Vec<_> = form_urlencoded::parse(request.body()).into_owned().collect();
        let expected = [("name", "a b"), ("tags", "x,y"), ("tags", "z")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    let bytes: &'static [u8] = &[0, 255, 10, 13];
    for request in both!(|b| b, |client| client.put_bytes().body(bytes)).map(request) {
        assert_eq!(request.headers()["content-type"], "application/octet-stream");
        assert_eq!(request.body().as_ref(), bytes);
    }
    let answer = r#"201 {"title":"t"}"#;
    let article = || types::Article::builder().title("t").build();
    for (sent, request) in both!(|b| b.header("x-answer", answer), |client| client.post_article().body(article())) {
        assert_eq!(sent.unwrap().title, "t");
        let request = request.unwrap();
        assert_eq!(request.headers()["content-type"], "application/vnd.api+json");
        assert_eq!(request.headers()["accept"], "application/vnd.api+json");
        assert_eq!(request.body(), r#"{"title":"t"}"#);
    }
}

/// Where a request has which secret: `x-key`, `authorization`, `cookie` and the query.
fn secrets(request: &Sent) -> [Option<String>; 4] {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    [header("x-key"), header("authorization"), header("cookie"), request.uri().query().map(str::to_owned)]
}

fn keys<C: Caller>(builder: Builder<C>) -> Builder<C> {
    builder
        .auth_for("inHeader", Token::new("k h"))
        .auth_for("inQuery", Token::new("k/q"))
        .auth_for("inCookie", Token::new("k;c"))
        .auth_for("bearer", Token::new("tok"))
        .auth_for("basic", Password::new("me", "pass"))
        .auth_for("digest", Token::new("Digest username=\"me\""))
        .auth_for("identity", Token::new("id-tok"))
}

/// A call whose secrets are these, and no others, whichever client sends it.
macro_rules! carries {
    ($settings:expr, $call:ident, $expected:expr) => {
        for request in both!($settings, |client| client.$call()).map(request) {
            assert_eq!(secrets(&request), $expected.map(|text: &str| Some(text.to_owned()).filter(|it| it != "")));
        }
    };
}

#[test]
fn each_security_scheme_has_its_secret_in_its_place() {
    carries!(keys, by_header, ["k h", "", "", ""]);
    carries!(keys, by_query, ["", "", "", "key=k%2Fq"]);
    carries!(keys, by_cookie, ["", "", "sid=k%3Bc", ""]);
    carries!(keys, by_bearer, ["", "Bearer tok", "", ""]);
    carries!(keys, by_basic, ["", "Basic bWU6cGFzcw==", "", ""]);
    carries!(keys, by_digest, ["", "Digest username=\"me\"", "", ""]);
    carries!(keys, by_identity, ["", "Bearer id-tok", "", ""]);
}

#[test]
fn requirements_are_and_or_optional_inherited_and_overridden() {
    carries!(keys, by_all, ["k h", "", "", "key=k%2Fq"]);
    carries!(keys, by_any, ["", "Basic bWU6cGFzcw==", "", ""]);
    carries!(keys, by_choice, ["", "Bearer tok", "", ""]);
    carries!(keys, by_nothing, ["", "", "", ""]);
    carries!(keys, by_default, ["k h", "", "", ""]);
    // Without the first alternative's credential it is the second; without any, the optional ones send none.
    carries!(|b| b.auth_for("bearer", Token::new("tok")), by_any, ["", "Bearer tok", "", ""]);
    carries!(|b| b, by_choice, ["", "", "", ""]);
    carries!(|b| b, by_default, ["", "", "", ""]);
    for (sent, request) in both!(|b| b.auth_for("inHeader", Token::new("k")), |client| client.by_all()) {
        assert!(matches!(sent, Err(Error::Credential(_))) && request.is_none());
    }
}
