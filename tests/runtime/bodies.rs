//! In: forms and files, sent by both clients over real sockets. Out: proof that a server that reads them by other
//! libraries gets what was given.

use crate::multipart::read;
use crate::probe::{self, Probe, async_builder, builder};
use crate::runtime::{self, Body, Call, Caller, Error, File, Input, Style};
use crate::server::wait;
use axum::Router;
use bytes::Bytes;
use http::{Method, Request};
use oasmith_tests::loopback::Loopback;
use serde_json::json;
use std::collections::BTreeMap;

/// The requests that reach a server when both clients send what a function writes.
fn received(write: impl Fn(&mut Call) -> Result<(), Error> + Copy) -> Vec<Request<Bytes>> {
    let server = Loopback::start(Router::new().fallback(|| async {})).unwrap();
    let probe = || {
        Probe(move || {
            let mut call = Call::new(Method::POST, "/form");
            write(&mut call).map(|()| call)
        })
    };
    let client = async_builder().base_url(server.url("")).build().unwrap();
    wait(async { client.send(probe()).await }).unwrap();
    builder().base_url(server.url("")).build().unwrap().send(probe()).unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    requests
}

#[test]
fn forms_arrive() {
    let value = json!({"name": "a & b=ü", "tags": ["x", "y"], "filter": {"from": [1, 2]}, "none": null});
    let requests = received(|call| {
        call.form("application/x-www-form-urlencoded", &[(Style::DeepObject, true, &["filter"])], &Some(&value))
    });
    for request in requests {
        assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
        let text = "name=a+%26+b%3D%C3%BC&tags=x&tags=y&filter%5Bfrom%5D%5B0%5D=1&filter%5Bfrom%5D%5B1%5D=2";
        assert_eq!(request.headers()["content-length"], text.len().to_string().as_str());
        assert_eq!(request.body(), text);
        let read: Vec<_> = form_urlencoded::parse(request.body()).map(|(_, value)| value).collect();
        assert_eq!(read, ["a & b=ü", "x", "y", "1", "2"]);
    }
}

#[test]
fn files_arrive() {
    let content: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let file = File::new(content.clone()).with_name("ü.bin");
    let value = BTreeMap::from([("file", file), ("text", File::from("-----"))]);
    let requests = received(|call| call.multipart("multipart/form-data", &[], &[], &Some(&value)));
    for request in requests {
        let parts = read(request.headers()["content-type"].to_str().unwrap(), request.body());
        let [(name, file, media, bytes), (other, ..)] = parts.as_slice() else { panic!("{parts:?}") };
        assert_eq!((name.as_str(), file.as_deref(), other.as_str()), ("file", Some("ü.bin"), "text"));
        assert_eq!((media.as_deref(), &bytes[..]), (Some("application/octet-stream"), content.as_slice()));
    }
}

runtime::choice! {
    /// One of several.
    pub enum AnyBody;
    Json(BTreeMap<String, i64>) from BTreeMap<String, i64> = json("application/json"),
    Form(BTreeMap<String, i64>) = form("application/x-www-form-urlencoded", &[(Style::Json, false, &["b"])]),
    Text(String) from String = text("text/plain"),
    /// Or `image/jpeg`.
    Bytes(Body) from Body = raw("image/png"),
}

#[test]
fn the_caller_chooses_the_media_type() {
    let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    let given: [(AnyBody, &str, &str); 6] = [
        (map.clone().give(), "application/json", r#"{"a":1,"b":2}"#),
        (AnyBody::Form(map), "application/x-www-form-urlencoded", "a=1&b=2"),
        ("plain".to_owned().give(), "text/plain", "plain"),
        // Without a word about it, text is ASCII (RFC 6657).
        ("ü".to_owned().give(), "text/plain; charset=utf-8", "ü"),
        (Body::from("a").give(), "image/png", "a"),
        (Body::from("a").with_content_type("image/jpeg").give(), "image/jpeg", "a"),
    ];
    for (body, media, text) in given {
        let body = Some(body);
        for request in received(|call| call.choice(&body)) {
            assert_eq!(
                (request.headers()["content-type"].to_str().unwrap(), &request.body()[..]),
                (media, text.as_bytes())
            );
        }
    }
    for request in received(|call| call.choice(&None::<AnyBody>)) {
        assert!(request.body().is_empty() && !request.headers().contains_key("content-type"));
    }
}

#[test]
fn a_body_of_a_range_says_what_it_is() {
    let raw = |body: Body| {
        move |call: &mut Call| {
            call.raw("image/*, video/*", &Some(body.clone()))?;
            Ok(())
        }
    };
    for media in ["image/png", "Video/MP4; codecs=av01"] {
        let body = Body::from("a").with_content_type(media);
        for request in received(&raw(body)) {
            assert_eq!(request.headers()["content-type"], media);
        }
    }
    for (body, says) in [(Body::from("a"), "nothing"), (Body::from("a").with_content_type("text/html"), "text/html")] {
        let error = probe::request("/pictures", raw(body)).unwrap_err().to_string();
        assert!(error.starts_with("nothing was sent: the body has to say which image/*, video/* it is"), "{error}");
        assert!(error.ends_with(&format!("it says {says}")), "{error}");
    }
}
