//! In: messages. Out: what reaches the server, byte for byte.

use crate::clients::{TOKEN, asynchronous, blocking, both, example, message, wait};
use crate::servers;
use std::collections::BTreeMap;
use voximplant_client::{Client, Token, blocking as sync};

const OK: &str = r#"{"result":1}"#;

#[test]
fn the_request_is_as_described_and_has_nothing_else() {
    let server = servers::json(OK);
    for (client, sent) in both(&server.url("/platform_api")) {
        assert_eq!(sent.unwrap().result, Some(1), "{client}");
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.method(), "POST");
        let uri = "/platform_api/SendSmsMessage?source=447443332211&destination=447443332212&sms_body=Test%20message";
        assert_eq!(request.uri(), uri);
        assert_eq!(request.version(), http::Version::HTTP_11);
        assert!(request.body().is_empty());
        let headers: Vec<_> =
            request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        let unique: BTreeMap<_, _> = headers.iter().copied().collect();
        assert_eq!(headers.len(), unique.len(), "{headers:?}");
        let bearer = format!("Bearer {TOKEN}");
        let host = server.address().to_string();
        let expected = [
            ("accept", "application/json"),
            ("authorization", &bearer),
            ("content-length", "0"),
            ("host", &host),
            ("user-agent", concat!("voximplant-client/", env!("CARGO_PKG_VERSION"))),
        ];
        assert_eq!(unique, BTreeMap::from(expected));
    }
}

#[test]
fn texts_are_encoded_so_that_no_server_reads_them_otherwise() {
    let unreserved = "azAZ09-._~";
    let cases = [
        ("", ""),
        (" ", "%20"),
        ("1 + 1 = 2", "1%20%2B%201%20%3D%202"),
        ("a&b=c", "a%26b%3Dc"),
        ("100%", "100%25"),
        ("%20", "%2520"),
        ("#1?", "%231%3F"),
        ("a/b:c;d,e@f", "a%2Fb%3Ac%3Bd%2Ce%40f"),
        ("\"'<>[]{}|\\^`!$()*", "%22%27%3C%3E%5B%5D%7B%7D%7C%5C%5E%60%21%24%28%29%2A"),
        ("a\r\n\tb\0", "a%0D%0A%09b%00"),
        ("Grüße, Ölaf", "Gr%C3%BC%C3%9Fe%2C%20%C3%96laf"),
        ("тест", "%D1%82%D0%B5%D1%81%D1%82"),
        ("你好", "%E4%BD%A0%E5%A5%BD"),
        ("😀", "%F0%9F%98%80"),
        // Letter and accent stay apart: no form of Unicode is made of another.
        ("e\u{301}", "e%CC%81"),
        (unreserved, unreserved),
    ];
    let server = servers::json(OK);
    let url = server.url("");
    let (one, two) = (asynchronous(&url), blocking(&url));
    for (text, encoded) in cases {
        wait(async { message(one.sms(), text).send().await }).unwrap();
        message(two.sms(), text).send().unwrap();
        for request in server.requests().split_off(server.requests().len() - 2) {
            let query = request.uri().query().unwrap();
            assert_eq!(query.rsplit_once('=').unwrap().1, encoded, "{text:?}");
            let (name, value) = form_urlencoded::parse(query.as_bytes()).last().unwrap();
            assert_eq!((&*name, &*value), ("sms_body", text));
        }
    }
}

#[test]
fn an_optional_parameter_is_sent_when_it_is_set() {
    let server = servers::json(OK);
    let client = blocking(&server.url(""));
    for set in [true, false] {
        example(client.sms()).store_body(set).send().unwrap();
        let query = server.requests().pop().unwrap().uri().query().unwrap().to_owned();
        assert!(query.ends_with(&format!("&sms_body=Test%20message&store_body={set}")), "{query}");
    }
    // The last one counts.
    example(client.sms()).store_body(true).store_body(false).source("1").send().unwrap();
    let query = server.requests().pop().unwrap().uri().query().unwrap().to_owned();
    assert_eq!(query, "source=1&destination=447443332212&sms_body=Test%20message&store_body=false");
}

#[test]
fn the_longest_text_fits_into_the_url() {
    let (server, url, token) = servers::voximplant();
    let text = "😀".repeat(765);
    let client = sync::Client::builder().base_url(&url).auth(Token::new(&token)).build().unwrap();
    let sent = message(client.sms(), &text).send().unwrap();
    assert_eq!(sent.fragments_count, Some(24));
    let client = Client::builder().base_url(&url).auth(Token::new(&token)).build().unwrap();
    let sent = wait(async { message(client.sms(), &text).send().await }).unwrap();
    assert_eq!(sent.fragments_count, Some(24));
    assert!(server.requests()[0].target.len() > 9_000);
}

#[test]
fn the_request_as_a_value_is_the_request_that_is_sent() {
    let server = servers::json(OK);
    let url = server.url("/v2/");
    let one = example(asynchronous(&url).sms()).store_body(true);
    let two = example(blocking(&url).sms()).store_body(true);
    let values = [one.request().unwrap(), two.request().unwrap()];
    assert!(server.requests().is_empty(), "a value sends nothing");
    wait(async { one.send().await }).unwrap();
    two.send().unwrap();
    for (value, mut sent) in values.into_iter().zip(server.requests()) {
        assert_eq!(value.method(), sent.method());
        assert_eq!(value.uri().to_string(), server.url(&sent.uri().to_string()));
        assert_eq!(value.body().as_bytes().unwrap(), sent.body());
        sent.headers_mut().remove("host").unwrap();
        sent.headers_mut().remove("authorization").unwrap();
        assert_eq!(value.headers(), sent.headers());
    }
}

#[test]
fn the_vendors_server_is_the_default() {
    let client = Client::builder().build().unwrap();
    let request = example(client.sms()).request().unwrap();
    let url = "https://api.voximplant.com/platform_api/SendSmsMessage?\
               source=447443332211&destination=447443332212&sms_body=Test%20message";
    assert_eq!(request.uri(), url);
    assert!(!request.headers().contains_key("authorization"));
}

#[test]
fn settings_go_out_with_every_request() {
    let server = servers::json(OK);
    let client = crate::clients::settings(sync::Client::builder(), &server.url(""))
        .user_agent("shop/2")
        .header("X-Trace", "t-1")
        .build()
        .unwrap();
    example(client.sms()).send().unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.headers()["user-agent"], "shop/2");
    assert_eq!(request.headers()["x-trace"], "t-1");
}
