//! In: a token server. Out: when it is asked, for what, and what is made of its answers.

use crate::probe::builder;
use crate::runtime::{
    Api, Body, Builder, Call, Caller, Client, ClientCredentials, Error, InProcess, Operation, Placement, Retry, Scheme,
    blocking, decode,
};
use crate::server::wait;
use bytes::Bytes;
use http::{Method, Request, Response};
use std::sync::{Arc, Mutex};

pub static API: Api = Api {
    user_agent: "x/1",
    server: Some("https://api.example.com/v1"),
    own_servers: false,
    schemes: &[
        Scheme { name: "oauth", placement: Placement::Bearer, token_url: Some("/oauth/token?a=b") },
        Scheme { name: "other", placement: Placement::Header("X-Token"), token_url: Some("/oauth/token?other") },
    ],
    envelope: None,
};

/// An operation that asks for these schemes.
macro_rules! asks {
    ($name:ident, $($scheme:literal),*) => {
        #[derive(Clone)]
        pub struct $name;

        impl Operation for $name {
            type Output = String;
            type Headers = ();
            const ID: &'static str = stringify!($name);
            const SECURITY: &'static [&'static [&'static str]] = &[&[$($scheme),*]];

            fn call(&self) -> Result<Call, Error> {
                Ok(Call::new(Method::GET, "/x"))
            }

            fn decode(response: Response<Bytes>) -> Result<String, Error> {
                decode::text(response)
            }
        }
    };
}

asks!(Get, "oauth");
asks!(Both, "oauth", "other");

/// The requests to the token server; the API itself answers with the token that it was sent.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<Request<Body>>>>);

impl Asked {
    fn transport(
        &self,
        status: u16,
        answer: &'static str,
    ) -> InProcess<impl Fn(Request<Body>) -> Response<Body> + use<>> {
        let asked = self.clone();
        InProcess::new(move |request: Request<Body>| {
            if request.uri().path() != "/oauth/token" {
                let sent = ["authorization", "x-token"].map(|name| request.headers().get(name));
                let token = sent.into_iter().flatten().map(|value| value.to_str().unwrap()).collect::<Vec<_>>();
                return Response::new(token.join(", ").into());
            }
            let mut all = asked.0.lock().unwrap();
            all.push(request);
            let answer = answer.replace("{n}", &all.len().to_string());
            Response::builder().status(status).body(answer.into()).unwrap()
        })
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

const LASTING: &str = r#"{"access_token": "t{n}", "token_type": "bearer", "expires_in": 3600}"#;

fn client(asked: &Asked, status: u16, answer: &'static str, credentials: ClientCredentials) -> blocking::Client {
    let transport = asked.transport(status, answer);
    Builder::<blocking::Client>::new(&API).retry(Retry::never()).auth(credentials).transport(transport).build().unwrap()
}

fn credentials() -> ClientCredentials {
    ClientCredentials::new("me & you", "s3cret:/")
}

#[test]
fn a_token_is_fetched_once_and_kept() {
    let asked = Asked::default();
    let client = client(&asked, 200, LASTING, credentials());
    for _ in 0..3 {
        assert_eq!(client.clone().send(Get).unwrap(), "Bearer t1");
    }
    let requests = asked.0.lock().unwrap();
    let [request] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!(request.uri(), "https://api.example.com/oauth/token?a=b");
    assert_eq!(request.method(), Method::POST);
    // RFC 6749, section 2.3.1: both are encoded before they are joined.
    assert_eq!(request.headers()["authorization"], "Basic bWUlMjAlMjYlMjB5b3U6czNjcmV0JTNBJTJG");
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.body().as_bytes().unwrap(), "grant_type=client_credentials");
}

#[test]
fn many_calls_at_once_fetch_one_token() {
    let asked = Asked::default();
    let transport = asked.transport(200, LASTING);
    let client = Builder::<Client>::new(&API).auth(credentials()).transport(transport).build().unwrap();
    wait(async {
        let calls: Vec<_> = (0..50).map(|_| tokio::spawn(client.clone().send(Get))).collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap(), "Bearer t1");
        }
    });
    let client = self::client(&asked, 200, LASTING, credentials());
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| client.clone().send(Get).unwrap());
        }
    });
    assert_eq!(asked.count(), 2, "one for each credential");
}

#[test]
fn a_token_is_renewed_before_it_ends() {
    let asked = Asked::default();
    let client = client(&asked, 200, r#"{"access_token": "t{n}", "expires_in": "0"}"#, credentials());
    assert_eq!(client.clone().send(Get).unwrap(), "Bearer t1");
    assert_eq!(client.send(Get).unwrap(), "Bearer t2");
}

#[test]
fn a_token_may_last_longer_than_any_clock_goes() {
    for answer in [
        r#"{"access_token": "t{n}", "expires_in": 18446744073709551615}"#,
        r#"{"access_token": "t{n}", "expires_in": 9223372036854775807}"#,
        r#"{"access_token": "t{n}", "expires_in": "18446744073709551615"}"#,
    ] {
        let client = client(&Asked::default(), 200, answer, credentials());
        assert_eq!(client.clone().send(Get).unwrap(), "Bearer t1");
        assert_eq!(client.send(Get).unwrap(), "Bearer t1");
    }
}

#[test]
fn name_secret_and_scope_may_stand_in_the_body() {
    let asked = Asked::default();
    let url = "https://login.example.com/oauth/token";
    let credentials = credentials().scope("read write").in_body().token_url(url);
    client(&asked, 200, LASTING, credentials).send(Get).unwrap();
    let requests = asked.0.lock().unwrap();
    assert_eq!(requests[0].uri(), url);
    assert!(!requests[0].headers().contains_key("authorization"));
    let form = "grant_type=client_credentials&scope=read%20write&client_id=me%20%26%20you&client_secret=s3cret%3A%2F";
    assert_eq!(requests[0].body().as_bytes().unwrap(), form);
}

#[test]
fn what_stands_in_the_way_is_said() {
    for (status, answer, expected) in [
        (
            401,
            r#"{"error": "invalid_client", "error_description": "who?\u001b"}"#,
            "401 Unauthorized: invalid_client: who?",
        ),
        (500, "<html>", "the token server answered 500 Internal Server Error"),
        (200, r#"{"token": 1}"#, "no `access_token`"),
    ] {
        let asked = Asked::default();
        let client = client(&asked, status, answer, credentials());
        let error = client.clone().send(Get).unwrap_err();
        assert!(matches!(error, Error::Credential(_)), "{error:?}");
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!format!("{error} {error:?} {client:?} {:?}", credentials()).contains("s3cret"), "{error:?}");
        client.send(Get).unwrap_err();
        assert_eq!(asked.count(), 2, "a failure is not kept");
    }
    let error = builder().auth(credentials()).transport(InProcess::new(|_| Response::new(Body::empty()))).build();
    assert!(error.is_ok(), "a scheme without a token server is only found when it is used");
}

#[test]
fn what_a_token_server_repeats_of_the_secret_is_not_said() {
    for spelt in [
        "s3cret:/",
        "s3cret%3A%2F",
        // As the header had it: both encoded before they are joined.
        "bWUlMjAlMjYlMjB5b3U6czNjcmV0JTNBJTJG",
        // `me & you:s3cret:/`, as RFC 7617 would have it.
        "bWUgJiB5b3U6czNjcmV0Oi8=",
        "czNjcmV0Oi8=",
    ] {
        let answer = format!(r#"{{"error": "invalid_client", "error_description": "not {spelt}, {spelt}"}}"#);
        let client = client(&Asked::default(), 401, answer.leak(), credentials());
        let error = client.send(Get).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("invalid_client: not [redacted], [redacted]") && !shown.contains(spelt), "{shown}");
    }
}

#[test]
fn each_token_server_has_a_token_of_its_own() {
    let asked = Asked::default();
    let client = client(&asked, 200, LASTING, credentials());
    for _ in 0..2 {
        assert_eq!(client.clone().send(Both).unwrap(), "Bearer t1, t2");
    }
    let urls: Vec<_> =
        asked.0.lock().unwrap().iter().map(|request| request.uri().query().unwrap().to_owned()).collect();
    assert_eq!(urls, ["a=b", "other"]);
}

#[test]
fn a_clone_with_other_settings_has_a_token_of_its_own() {
    let (asked, first) = (Asked::default(), credentials());
    let token = |credentials: &ClientCredentials| client(&asked, 200, LASTING, credentials.clone()).send(Get).unwrap();
    assert_eq!(token(&first), "Bearer t1");
    let second = first.clone().scope("admin");
    assert_eq!(token(&second), "Bearer t2");
    let third = second.clone().token_url("https://login.example.com/oauth/token");
    assert_eq!(token(&third), "Bearer t3");
    assert_eq!([&first, &second, &third].map(token), ["Bearer t1", "Bearer t2", "Bearer t3"]);
}
