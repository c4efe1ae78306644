//! In: every kind of secret that a request is sent with, every escape in which a server may repeat it, and every place of
//! an error in which its words stand. Out: proof, by decoders of its own, that nothing shows the secret or a part of it.

use crate::pages::{Kind as By, Paged, Pages, Rule, Slot};
use crate::runtime::{
    Api, Body, Builder, Call, Caller, Cause, ClientCredentials, Declared, Envelope, Error, Failure, Limits, Operation,
    Password, Placement, Read, Reader, Retry, Scheme, Secret, Style, Token, TransportError, blocking, decode,
};
use crate::streams::{Events, Items};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::{fmt, io};

pub static API: Api = Api {
    user_agent: "probe/1",
    server: Some("https://api.example.com/v1/"),
    own_servers: false,
    schemes: &[
        Scheme { name: "bearer", placement: Placement::Bearer, token_url: Some("/oauth") },
        Scheme { name: "basic", placement: Placement::Basic, token_url: None },
        Scheme { name: "header", placement: Placement::Header("X-Api-Key"), token_url: None },
        Scheme { name: "query", placement: Placement::Query("key"), token_url: None },
        Scheme { name: "cookie", placement: Placement::Cookie("sid"), token_url: None },
    ],
    envelope: Some(Envelope {
        error: "/error",
        code: Some("/error/code"),
        message: Some("/error/message"),
        errors: None,
        refused: &[],
        retryable: &[],
    }),
};

const SCHEMES: [&[&[&str]]; 6] = [&[], &[&["bearer"]], &[&["basic"]], &[&["header"]], &[&["query"]], &[&["cookie"]]];

/// How the secret is sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Bearer,
    Basic,
    KeyInHeader,
    KeyInQuery,
    KeyInCookie,
    Fetched,
    DefaultBearer,
    DefaultBasic,
    DefaultKey,
    DefaultCookie,
    Path,
    Query,
    Header,
    Cookie,
    Json,
    Tagged,
    Form,
    Field,
    Multipart,
}

pub const KINDS: [Kind; 19] = [
    Kind::Bearer,
    Kind::Basic,
    Kind::KeyInHeader,
    Kind::KeyInQuery,
    Kind::KeyInCookie,
    Kind::Fetched,
    Kind::DefaultBearer,
    Kind::DefaultBasic,
    Kind::DefaultKey,
    Kind::DefaultCookie,
    Kind::Path,
    Kind::Query,
    Kind::Header,
    Kind::Cookie,
    Kind::Json,
    Kind::Tagged,
    Kind::Form,
    Kind::Field,
    Kind::Multipart,
];

impl Kind {
    /// Whether it stands in a header as it is, and so is of ASCII.
    pub fn is_ascii(self) -> bool {
        matches!(
            self,
            Kind::Bearer | Kind::KeyInHeader | Kind::Fetched | Kind::DefaultBearer | Kind::DefaultKey | Kind::Header
        )
    }
}

#[derive(Serialize)]
struct Account {
    name: &'static str,
    keys: Vec<BTreeMap<&'static str, Option<Secret>>>,
}

/// A variant of a union whose member that tells it apart is written beside it.
struct Tagged<T>(T);

impl<T: Serialize> Serialize for Tagged<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::runtime::one_of::write_tagged(&self.0, "kind", "account", serializer)
    }
}

/// An operation that sends the secret.
#[derive(Clone)]
pub struct Sending<const S: usize> {
    pub kind: Kind,
    pub secret: String,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
pub struct Shape {
    x: i64,
    kind: Option<Known>,
}

#[derive(Debug, Deserialize)]
enum Known {
    Cat,
}

impl<const S: usize> Operation for Sending<S> {
    type Output = BTreeMap<String, Shape>;
    type Headers = ();
    const ID: &'static str = "sending";
    const SECURITY: &'static [&'static [&'static str]] = SCHEMES[S];

    fn call(&self) -> Result<Call, Error> {
        let template = if self.kind == Kind::Path { "/{id}" } else { "/x" };
        let mut call = Call::new(Method::PUT, template);
        let secret = || Some(Secret::new(&self.secret));
        let account = || Account { name: "no secret", keys: vec![[("a", None), ("b", secret())].into()] };
        let pairs = || Some(BTreeMap::from([("password", secret())]));
        match self.kind {
            Kind::Path => call.path("id", Style::Simple, false, &secret())?,
            Kind::Query => call.query("q", Style::Form, true, &vec![secret()])?,
            Kind::Header => call.header("X-Password", false, &secret())?,
            Kind::Cookie => call.cookie("c", false, &secret())?,
            Kind::Json => call.json("application/json", &Some(account()))?,
            Kind::Tagged => call.json("application/json", &Some(vec![Tagged(account())]))?,
            Kind::Form => call.form("application/x-www-form-urlencoded", &[], &pairs())?,
            Kind::Field => call.field("f", Style::Form, true, &secret())?,
            Kind::Multipart => call.multipart("multipart/form-data", &[], &[], &pairs())?,
            _ => {}
        }
        Ok(call)
    }

    fn decode(response: Response<Bytes>) -> Result<Self::Output, Error> {
        decode::json(response)
    }
}

impl<const S: usize> Paged for Sending<S> {
    type Item = ();
    const RULE: Rule = Rule { kind: By::Link, more: None, items: "" };

    fn slot(&mut self) -> Option<&mut dyn Slot> {
        None
    }

    fn list(_: Self::Output) -> Vec<()> {
        Vec::new()
    }
}

/// What an operation declares for status 404.
#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Problem {
    x: i64,
}

impl Declared for Problem {
    fn reader(_: &Response<Bytes>) -> Option<Reader<Self>> {
        Some(decode::json)
    }
}

/// Where in an error the words of the server stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    Body,
    BodyCut,
    Name,
    Value,
    Variant,
    NotJson,
    ContentType,
    ContentEncoding,
    HeaderName,
    Code,
    Message,
    Declared,
    BrokenOff,
    Cause,
    Event,
    Line,
    Link,
}

pub const PLACES: [Place; 17] = [
    Place::Body,
    Place::BodyCut,
    Place::Name,
    Place::Value,
    Place::Variant,
    Place::NotJson,
    Place::ContentType,
    Place::ContentEncoding,
    Place::HeaderName,
    Place::Code,
    Place::Message,
    Place::Declared,
    Place::BrokenOff,
    Place::Cause,
    Place::Event,
    Place::Line,
    Place::Link,
];

/// An error whose own cause says why.
#[derive(Debug)]
struct Outer(io::Error);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("outer")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The answer that has these words in its place; `None` where they cannot stand there.
fn answer(place: Place, words: &str) -> Option<Result<Response<Body>, TransportError>> {
    let json = |value: serde_json::Value| value.to_string();
    // A host that ends in a number is an IPv4 address (URL Standard, section 3.5).
    let is_number = words.rsplit('.').next().is_some_and(|label| label.starts_with(|c: char| c.is_ascii_digit()));
    let is_host = words.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)) && !is_number;
    let header = HeaderValue::from_bytes(words.as_bytes()).ok().filter(|value| value.to_str().is_ok());
    let plain = Response::builder().header("content-type", "text/plain");
    let of_json = || Response::builder().header("content-type", "application/json");
    let response = match place {
        Place::Body => plain.status(400).body(format!("no {words}, sorry").into()),
        // The excerpt ends within it.
        Place::BodyCut => {
            plain.status(400).body(format!("{}{words}", "-".repeat(200 - words.len().min(160) / 2)).into())
        }
        Place::Name => of_json().body(json(serde_json::json!({ words: { "x": "y" } })).into()),
        Place::Value => of_json().body(json(serde_json::json!({ "a": { "x": words } })).into()),
        Place::Variant => of_json().body(json(serde_json::json!({ "a": { "x": 1, "kind": words } })).into()),
        Place::NotJson => of_json().body(format!("{{\"a\": {words}").into()),
        Place::ContentType => Response::builder().header("content-type", header?).body("<".into()),
        Place::ContentEncoding => plain.header("content-encoding", header?).body("<".into()),
        Place::HeaderName => plain.status(400).header(http::HeaderName::try_from(words).ok()?, "x").body("".into()),
        Place::Code => of_json().body(json(serde_json::json!({ "error": { "code": words } })).into()),
        Place::Message => of_json().body(json(serde_json::json!({ "error": { "code": 7, "message": words } })).into()),
        Place::Declared => of_json().status(404).body(json(serde_json::json!({ "x": words })).into()),
        Place::BrokenOff => {
            let parts = [Ok(Bytes::from(words.to_owned())), Err(io::Error::other(format!("after {words}")))];
            plain.body(Body::stream(crate::uploads::Iter(parts.into_iter())))
        }
        Place::Cause => {
            let cause: Cause = Outer(io::Error::other(format!("https://there/x?key={words}"))).into();
            return Some(Err(TransportError::new(Failure::Other, cause)));
        }
        Place::Event => Response::builder()
            .header("content-type", "text/event-stream")
            .body(format!("data: {}\n\n", json(serde_json::json!({ words: { "x": words } }))).into()),
        Place::Line => Response::builder()
            .header("content-type", "application/jsonl")
            .body(format!("{}\n", json(serde_json::json!({ words: { "x": words } }))).into()),
        Place::Link if !is_host => return None,
        Place::Link => of_json()
            .header("link", HeaderValue::try_from(format!("<https://{words}/2>; rel=\"next\"")).ok()?)
            .body("{}".into()),
    };
    Some(Ok(response.unwrap()))
}

/// A transport that answers so, once a token was had.
pub struct Answering<F>(pub F);

impl<F: Fn(&Request<Body>) -> Result<Response<Body>, TransportError> + Send + Sync + 'static> blocking::Transport
    for Answering<F>
{
    fn send(&self, request: Request<Body>, _: Limits) -> Result<Response<Body>, TransportError> {
        (self.0)(&request)
    }
}

/// The error of a call that sends the secret so and gets these words there.
pub fn error(kind: Kind, secret: &str, place: Place, words: &str) -> Option<Error> {
    answer(place, words)?.ok();
    let (words, token) = (words.to_owned(), serde_json::json!({ "access_token": secret }).to_string());
    let transport = Answering(move |request: &Request<Body>| match request.uri().path() {
        "/oauth" => Ok(Response::new(token.clone().into())),
        _ => answer(place, &words).unwrap(),
    });
    let builder: Builder<blocking::Client> =
        Builder::<blocking::Client>::new(&API).retry(Retry::never()).transport(transport);
    let pair = |secret: &str| base64(format!("me:{secret}").as_bytes());
    let builder = match kind {
        Kind::Basic => builder.auth(Password::new("me", secret)),
        Kind::Fetched => builder.auth(ClientCredentials::new("me", "another s3cret")),
        Kind::DefaultBearer => builder.header("Authorization", format!("Bearer {secret}")),
        Kind::DefaultBasic => builder.header("Authorization", format!("Basic {}", pair(secret))),
        Kind::DefaultKey => builder.header("X-Api-Key", secret),
        Kind::DefaultCookie => {
            let value = percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC);
            builder.header("Cookie", format!("theme=light; sid={value}"))
        }
        _ => builder.auth(Token::new(secret)),
    };
    let client = builder.build().unwrap();
    Some(match kind {
        Kind::Bearer | Kind::Fetched | Kind::DefaultBearer => failed::<1>(client, kind, secret, place),
        Kind::Basic | Kind::DefaultBasic => failed::<2>(client, kind, secret, place),
        Kind::KeyInHeader | Kind::DefaultKey => failed::<3>(client, kind, secret, place),
        Kind::KeyInQuery => failed::<4>(client, kind, secret, place),
        Kind::KeyInCookie => failed::<5>(client, kind, secret, place),
        _ => failed::<0>(client, kind, secret, place),
    })
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn failed<const S: usize>(client: blocking::Client, kind: Kind, secret: &str, place: Place) -> Error {
    let operation = Sending::<S> { kind, secret: secret.to_owned() };
    match place {
        Place::Event => {
            let make = Events::<blocking::Client, BTreeMap<String, Shape>>::json;
            client
                .exchange(operation, Read::Stream(Some("text/event-stream"), make))
                .unwrap()
                .next()
                .unwrap()
                .unwrap_err()
        }
        Place::Line => {
            let make = Items::<blocking::Client, BTreeMap<String, Shape>>::json;
            client
                .exchange(operation, Read::Stream(Some("application/jsonl"), make))
                .unwrap()
                .next()
                .unwrap()
                .unwrap_err()
        }
        Place::Link => {
            let mut pages = Pages::new(client, operation);
            pages.next().unwrap().unwrap();
            pages.next().unwrap().unwrap_err()
        }
        Place::Declared => client.send(operation).unwrap_err().declared::<Problem>().unwrap().unwrap_err(),
        _ => client.send(operation).unwrap_err(),
    }
}

/// All that is shown of an error and its causes.
pub fn shown(error: &(dyn std::error::Error + 'static)) -> String {
    let mut all = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        all += &format!("{error}\n{error:?}\n{error:#?}\n");
        if let Some(Error::Api(error)) = error.downcast_ref() {
            all += &format!("{} {:?}\n", error.main(), error.errors());
        }
        if let Some(Error::Decode(error)) = error.downcast_ref() {
            all += &format!("{:?} {}\n", error.path(), error.message());
        }
        next = error.source();
    }
    all
}
