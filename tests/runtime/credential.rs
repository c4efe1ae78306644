//! In: credentials and what operations ask for. Out: where each secret goes, what is missing, and that none is shown.

use crate::probe::{async_builder, builder};
use crate::runtime::{
    Body, Boxed, Builder, Call, Caller, Cause, Client, Credential, Error, InProcess, Operation, Password, Secret,
    Token, blocking, decode,
};
use bytes::Bytes;
use http::{Method, Request, Response};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// An operation that asks for these schemes.
macro_rules! asks {
    ($name:ident, $security:expr) => {
        struct $name;
        impl Operation for $name {
            type Output = Response<Bytes>;
            type Headers = ();
            const ID: &'static str = stringify!($name);
            const SECURITY: &'static [&'static [&'static str]] = $security;
            fn call(&self) -> Result<Call, Error> {
                let mut call = Call::new(Method::GET, "/x");
                call.cookie("a", true, &1)?;
                Ok(call)
            }
            fn decode(response: Response<Bytes>) -> Result<Self::Output, Error> {
                decode::raw(response)
            }
        }
    };
}

asks!(Bearer, &[&["bearer"]]);
asks!(Basic, &[&["basic"]]);
asks!(InHeader, &[&["header"]]);
asks!(InQuery, &[&["query"]]);
asks!(InCookie, &[&["cookie"]]);
asks!(Either, &[&["header", "query"], &["bearer"]]);
asks!(Optional, &[&[], &["bearer"]]);
asks!(Unknown, &[&["mutual"]]);
asks!(Open, &[]);

/// The request that reaches the transport.
fn sent<O: Operation>(builder: Builder<blocking::Client>, operation: O) -> Result<Request<Body>, Error> {
    let seen = Arc::new(Mutex::new(None));
    let keep = Arc::clone(&seen);
    let transport = InProcess::new(move |request| {
        *keep.lock().unwrap() = Some(request);
        Response::new(Body::empty())
    });
    builder.transport(transport).build()?.send(operation)?;
    Ok(seen.lock().unwrap().take().unwrap())
}

fn token() -> Builder<blocking::Client> {
    builder().auth(Token::new("s3 cret"))
}

#[test]
fn each_placement() {
    assert_eq!(sent(token(), Bearer).unwrap().headers()["authorization"], "Bearer s3 cret");
    assert_eq!(sent(token(), InHeader).unwrap().headers()["x-api-key"], "s3 cret");
    assert_eq!(sent(token(), InQuery).unwrap().uri(), "https://api.example.com/v1/x?key=s3%20cret");
    assert_eq!(sent(token(), InCookie).unwrap().headers()["cookie"], "a=1; sid=s3%20cret");
    let headers = sent(token(), Bearer).unwrap().headers().clone();
    assert!(headers["authorization"].is_sensitive());
    assert!(sent(token(), Open).unwrap().headers().get("authorization").is_none());
}

#[test]
fn a_password_is_encoded_as_rfc_7617_has_it() {
    let basic = |user: &str, password: &str| sent(builder().auth(Password::new(user, password)), Basic);
    let pair = basic("Aladdin", "open sesame").unwrap();
    assert_eq!(pair.headers()["authorization"], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(basic("test", "123\u{a3}").unwrap().headers()["authorization"], "Basic dGVzdDoxMjPCow==");
    assert_eq!(basic("", "").unwrap().headers()["authorization"], "Basic Og==");
    assert!(basic("a:b", "c").unwrap_err().to_string().contains("colon"));
}

#[test]
fn the_first_alternative_that_is_satisfied_is_used() {
    let bearer = builder().auth_for("bearer", Token::new("b"));
    let request = sent(bearer, Either).unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer b");
    let all = builder().auth(Token::new("all")).auth_for("query", Token::new("q"));
    let request = sent(all, Either).unwrap();
    assert_eq!((&request.headers()["x-api-key"], request.uri().query()), (&"all".parse().unwrap(), Some("key=q")));
    assert!(!request.headers().contains_key("authorization"));
}

#[test]
fn an_optional_credential_is_sent_when_it_is_there() {
    assert!(!sent(builder(), Optional).unwrap().headers().contains_key("authorization"));
    assert_eq!(sent(token(), Optional).unwrap().headers()["authorization"], "Bearer s3 cret");
}

#[test]
fn a_missing_credential_is_named_before_anything_is_sent() {
    fn check(error: Error, scheme: &str) {
        let Error::Credential(inner) = &error else { panic!("{error:?}") };
        assert_eq!(inner.scheme(), scheme);
        assert!(error.to_string().contains("Client::builder().auth(..)"), "{error}");
    }
    check(sent(builder(), Bearer).unwrap_err(), "bearer");
    check(sent(builder().auth_for("header", Token::new("h")), Either).unwrap_err(), "query");
    check(sent(token(), Unknown).unwrap_err(), "mutual");
    let client = async_builder().transport(InProcess::new(|_| panic!("sent"))).build().unwrap();
    check(crate::server::wait(client.send(Bearer)).unwrap_err(), "bearer");
}

#[test]
fn a_default_header_is_a_credential_too() {
    let mine = || builder().header("Authorization", "Bearer mine");
    assert_eq!(sent(mine(), Bearer).unwrap().headers()["authorization"], "Bearer mine");
    let request = sent(mine().auth(Token::new("given")), Bearer).unwrap();
    assert_eq!(request.headers().get_all("authorization").iter().collect::<Vec<_>>(), ["Bearer given"]);
}

#[test]
fn what_is_given_by_hand_is_a_credential() {
    let cookie = || builder().header("Cookie", "b=2; sid=mine");
    let request = sent(cookie(), InCookie).unwrap();
    assert_eq!(request.headers()["cookie"], "b=2; sid=mine; a=1");
    // Whoever logs in by a cookie knows what the server wants.
    for request in
        [sent(cookie(), Bearer), sent(cookie(), Either), sent(builder().header("authorization", "x"), InQuery)]
    {
        request.unwrap();
    }
    sent(builder().header("X-Api-Key", "mine"), InHeader).unwrap();
    assert!(matches!(sent(builder().header("X-Api-Key", "mine"), Bearer), Err(Error::Credential(_))));
    // That of an input has its place, too.
    struct Given;
    impl Operation for Given {
        type Output = Response<Bytes>;
        type Headers = ();
        const ID: &'static str = "given";
        const SECURITY: &'static [&'static [&'static str]] = &[&["header", "query", "cookie"]];
        fn call(&self) -> Result<Call, Error> {
            let mut call = Call::new(Method::GET, "/x");
            call.header("X-Api-Key", false, &"h")?;
            call.query("key", super::style::style("form"), true, &"q")?;
            call.cookie("sid", true, &"c")?;
            Ok(call)
        }
        fn decode(response: Response<Bytes>) -> Result<Self::Output, Error> {
            decode::raw(response)
        }
    }
    sent(builder(), Given).unwrap();
}

#[test]
fn an_anonymous_client_calls_without_what_is_missing() {
    for request in [sent(builder().anonymous(), Bearer), sent(builder().anonymous(), InQuery)] {
        let request = request.unwrap();
        assert!(!request.headers().contains_key("authorization") && request.uri().query().is_none());
    }
    let some = || builder().anonymous().auth_for("header", Token::new("h"));
    assert_eq!(sent(some(), InHeader).unwrap().headers()["x-api-key"], "h");
    assert!(
        !sent(some(), Either).unwrap().headers().contains_key("x-api-key"),
        "half of an alternative proves nothing"
    );
}

#[test]
fn a_credential_for_an_unknown_scheme_is_refused() {
    let error = builder().auth_for("oauth", Token::new("s3cret")).build().unwrap_err();
    assert!(error.to_string().contains("`.auth_for(\"oauth\", ..)`"), "{error}");
    assert!(error.to_string().contains("bearer, basic, header, query, cookie"), "{error}");
}

#[test]
fn a_secret_that_does_not_fit_is_not_shown() {
    for secret in ["", "s3cret\n", "s3cret\u{e9}"] {
        let error = sent(builder().auth(Token::new(secret)), Bearer).unwrap_err();
        assert!(matches!(error, Error::Credential(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    }
}

/// A credential that has to be fetched, from another thread.
#[derive(Debug)]
struct Fetched;

impl Credential for Fetched {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        Box::pin(async {
            let (sender, receiver) = tokio::sync::oneshot::channel();
            std::thread::spawn(move || {
                std::thread::sleep(std::time::Duration::from_millis(50));
                let _ = sender.send(Secret::new("late"));
            });
            Ok(receiver.await?)
        })
    }
}

#[derive(Debug)]
struct Failing;

impl Credential for Failing {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        Box::pin(async { Err("the key file is gone".into()) })
    }
}

#[test]
fn a_credential_may_take_its_time_or_fail() {
    assert_eq!(sent(builder().auth(Fetched), Bearer).unwrap().headers()["authorization"], "Bearer late");
    let error = sent(builder().auth(Failing), Bearer).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nothing was sent: credential for `bearer`: it could not be had: the key file is gone"
    );
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the key file is gone");
}

/// A credential that never comes.
#[derive(Debug)]
struct Never;

impl Credential for Never {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_credential_has_the_time_of_an_attempt_and_no_more_than_the_calls() {
    let (start, short) = (Instant::now(), Duration::from_millis(200));
    let answer = || InProcess::new(|_| panic!("sent"));
    let each = builder().timeout(short).auth(Never).transport(answer()).build().unwrap().send(Bearer);
    let total = builder().timeout(None).total_timeout(short).auth(Never).transport(answer()).build().unwrap();
    let client = async_builder().total_timeout(short).auth(Never).transport(answer()).build().unwrap();
    for sent in [each, total.send(Bearer), crate::server::wait(client.send(Bearer))] {
        let error = sent.unwrap_err();
        assert!(matches!(error, Error::Credential(_)) && error.is_timeout(), "{error:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

/// A credential that gives `1`, `2` .. up to this number, and then fails.
#[derive(Debug)]
struct Counting(u32, AtomicU32);

impl Credential for Counting {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        let number = self.1.fetch_add(1, Ordering::Relaxed) + 1;
        let secret = if number > self.0 { Err("no more".into()) } else { Ok(Secret::new(number.to_string())) };
        Box::pin(std::future::ready(secret))
    }
}

#[test]
fn a_secret_is_asked_for_again_after_each_wait() {
    // What the attempts of both clients carry, and the status at the end.
    let sent = |last: u32| {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let transport = || {
            let seen = seen.clone();
            InProcess::new(move |request: Request<Body>| {
                seen.lock().unwrap().push(request.headers()["authorization"].to_str().unwrap().to_owned());
                Response::builder().status(503).header("retry-after", "0").body(Body::empty()).unwrap()
            })
        };
        let credential = || Counting(last, AtomicU32::default());
        let client = builder().auth(credential()).transport(transport()).build().unwrap();
        assert_eq!(client.send(Bearer).unwrap_err().status().unwrap(), 503);
        let client = async_builder().auth(credential()).transport(transport()).build().unwrap();
        assert_eq!(crate::server::wait(client.send(Bearer)).unwrap_err().status().unwrap(), 503);
        let seen = seen.lock().unwrap();
        seen.join(", ")
    };
    assert_eq!(sent(9), "Bearer 1, Bearer 2, Bearer 3, Bearer 1, Bearer 2, Bearer 3");
    assert_eq!(sent(2), "Bearer 1, Bearer 2, Bearer 1, Bearer 2", "where there is none, the answer says more");
}

#[test]
fn debug_shows_no_secret() {
    let settings = || {
        let transport = InProcess::new(|_| Response::new(Body::from("{}")));
        Client::builder().header("X-Key", "s3cret-1").auth(Token::new("s3cret-2")).transport(transport)
    };
    let client = settings().build().unwrap();
    let request = client.sms().send_sms_message().source("a").destination("b");
    let password = Password::new("user", "s3cret-3");
    let shown = format!(
        "{:?} {client:?} {:?} {request:?} {:?} {password:?} {:?} {:?} {:?}",
        settings(),
        client.sms(),
        request.request().unwrap(),
        Token::new("s3cret-4"),
        Secret::new("s3cret-5"),
        request.clone().send(),
    );
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(shown.contains("https://api.example.com/platform_api"), "{shown}");
    let sent = format!("{:?}", sent(token(), Bearer).unwrap());
    assert!(!sent.contains("s3 cret"), "{sent}");
}

#[test]
fn no_error_shows_the_secret_in_a_url() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{free}");
    let client = async_builder().base_url(&url).auth(Token::new("s3cret")).build().unwrap();
    let blocking = builder().base_url(&url).auth(Token::new("s3cret")).build().unwrap();
    let errors = [crate::server::wait(client.send(InQuery)).unwrap_err(), blocking.send(InQuery).unwrap_err()];
    for error in errors {
        assert!(error.is_connect(), "{error:?}");
        assert!(!format!("{error} {error:?} {error:#?}").contains("s3cret"), "{error:?}");
    }
}

#[test]
fn errors_are_small_and_may_move_between_threads() {
    fn shared<T: Send + Sync + 'static>() -> usize {
        size_of::<T>()
    }
    assert!(shared::<Error>() <= 16);
    shared::<Client>();
    shared::<blocking::Client>();
}
