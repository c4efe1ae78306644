//! In: clients with a token. Out: nothing that shows it, and nothing sent without one.

use crate::clients::{Sent, TOKEN, asynchronous, blocking, both, example, settings, wait};
use crate::servers;
use std::fmt::Debug;
use voximplant_client::{Client, Error, InProcess, Token, blocking as sync};

fn shows_nothing(value: &impl Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains(TOKEN) && !text.contains("s3cret"), "{text}");
    }
}

#[test]
fn debug_of_what_a_user_holds() {
    let url = "http://127.0.0.1:9";
    shows_nothing(&Token::new(TOKEN));
    shows_nothing(&settings(Client::builder(), url));
    shows_nothing(&asynchronous(url));
    shows_nothing(&blocking(url));
    shows_nothing(&asynchronous(url).sms());
    let request = example(asynchronous(url).sms());
    shows_nothing(&request);
    shows_nothing(&request.request());
    shows_nothing(&request.send());
}

#[test]
fn debug_of_what_a_transport_gets() {
    let transport = InProcess::new(|request: http::Request<_>| {
        assert_eq!(request.headers()["authorization"], format!("Bearer {TOKEN}"));
        shows_nothing(&request);
        http::Response::new("{}".into())
    });
    let client = sync::Client::builder().auth(Token::new(TOKEN)).transport(transport).build().unwrap();
    example(client.sms()).send().unwrap();
}

#[test]
fn errors_show_none() {
    let refused = servers::json(r#"{"error":{"code":100,"msg":"Authorization failed"}}"#);
    let status = servers::answering(503, &[], "busy");
    let decode = servers::json(r#"{"result":"1"}"#);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let urls = [refused.url(""), status.url(""), decode.url(""), format!("http://{nobody}")];
    for sent in urls.iter().flat_map(|url| both(url)).map(|(_, sent)| sent) {
        let error = sent.unwrap_err();
        shows_nothing(&error);
        assert!(!error.to_string().contains("s3cret"), "{error}");
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(error) = cause {
            shows_nothing(&error);
            assert!(!error.to_string().contains("s3cret"), "{error}");
            cause = error.source();
        }
    }
}

#[test]
fn without_a_token_nothing_is_sent() {
    fn check(sent: Sent) {
        let error = sent.unwrap_err();
        let Error::Credential(missing) = &error else { panic!("{error:?}") };
        assert_eq!(missing.scheme(), "JwtAuth");
        let text = error.to_string();
        assert!(text.starts_with("nothing was sent: ") && text.contains(".auth(..)"), "{text}");
    }
    let server = servers::json("{}");
    let url = server.url("");
    let client = Client::builder().base_url(&url).build().unwrap();
    check(wait(async { example(client.sms()).send().await }));
    check(example(sync::Client::builder().base_url(&url).build().unwrap().sms()).send());
    assert!(server.requests().is_empty());
}
