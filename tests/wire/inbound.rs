//! In: requests such as Voximplant sends, by hand and by the local server, to the server of the example. Out: which messages
//! it takes, and what it answers.

use crate::clients::{example, settings, wait};
use crate::servers;
use oasmith_tests::loopback::Loopback;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use voximplant_client::inbound::{A2pSmsDelivery, CallbackKey, Callbacks, Event, InboundSms};
use voximplant_client::{Lenient, blocking};
use voximplant_server::{Nested, Told, VoximplantServer};

#[allow(dead_code)]
#[path = "../../generated-client/examples/receive_sms.rs"]
mod example;

/// What `printf %s salt1key42 | md5sum` prints.
const HASH: &str = "d3bcfa7999fffbe62cf0b1c09ba67409";

static TAKEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn take(sms: &InboundSms) {
    let text = format!("{} to {}: {}", sms.source_number, sms.destination_number, sms.sms_body);
    TAKEN.lock().unwrap().push(text);
}

fn body(hash: &str, sms: &str) -> String {
    format!(
        r#"{{"callbacks":[{{"callback_id":42,"type":"sms_inbound","account_id":1,"hash":"{hash}","account_name":"a",
            "balance":1.5,"sms_inbound":{sms}}}]}}"#
    )
}

#[test]
fn a_message_that_comes_in_is_taken_once() {
    let server = Loopback::start(example::router(CallbackKey::new("salt", "key"), take)).unwrap();
    let post = |body: String| {
        let url = server.url("/voximplant");
        wait(async { reqwest::Client::new().post(url).body(body).send().await.unwrap().status().as_u16() })
    };
    let sms = r#"{"source_number":"447443332211","destination_number":"447443332212","sms_body":"Hi"}"#;
    let other_hash = HASH.replace(|c: char| c.is_ascii_digit(), "0");
    assert_eq!(post(body(&other_hash, sms)), 403);
    assert_eq!(post("{}".to_owned()), 400);
    assert!(TAKEN.lock().unwrap().is_empty());

    // As the SDKs have it; then the same again, as another program found it.
    assert_eq!(post(body(HASH, &format!(r#"{{"sms_inbound":{sms}}}"#))), 200);
    assert_eq!(post(body(HASH, sms)), 200);
    assert_eq!(*TAKEN.lock().unwrap(), ["447443332211 to 447443332212: Hi"]);
}

/// Whom the local server tells.
fn told_at(url: String, nested: Nested) -> voximplant_server::Callbacks {
    voximplant_server::Callbacks { url, account_salt: "salt".to_owned(), api_key: "key".to_owned(), nested }
}

/// Waits until so many callbacks were answered.
fn told(server: &VoximplantServer, count: usize) -> Vec<Told> {
    let begun = Instant::now();
    while server.told().len() < count {
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", server.told());
        std::thread::sleep(Duration::from_millis(10));
    }
    server.told()
}

static CAME_IN: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn came_in(sms: &InboundSms) {
    CAME_IN.lock().unwrap().push(format!("{} {}", sms.source_number, sms.sms_body));
}

/// From a message that the client sends, through the API, to the server of the example.
#[test]
fn a_message_to_a_number_of_ones_own_comes_in() {
    let example_server = Loopback::start(example::router(CallbackKey::new("salt", "key"), came_in)).unwrap();
    let (server, url, _) = servers::voximplant();
    let client = settings(blocking::Client::builder(), &url).auth(servers::account(&server)).build().unwrap();
    for (nested, text) in [(Nested::Once, "one; \u{41f}\u{440}"), (Nested::Twice, "two \u{1f41f}")] {
        server.change(|options| options.callbacks = Some(told_at(example_server.url("/voximplant"), nested)));
        example(client.sms()).destination("447443332211").sms_body(text).send().unwrap();
    }
    assert!(server.receive("15551234567", "447443332211", "three").is_some());
    assert!(server.receive("15551234567", "447443332210", "SMS is disabled there").is_none());
    let statuses: Vec<_> = told(&server, 3).into_iter().map(|told| told.status).collect();
    assert_eq!(statuses, [Some(200); 3]);
    let mut taken = CAME_IN.lock().unwrap().clone();
    taken.sort();
    let expected = ["15551234567 three", "447443332211 one; \u{41f}\u{440}", "447443332211 two \u{1f41f}"];
    assert_eq!(taken, expected);

    let history: Vec<_> = client.sms().get_sms_history().direction("IN").items().map(Result::unwrap).collect();
    let sources = history.iter().map(|entry| entry.source_number.as_ref().and_then(Lenient::parse));
    assert_eq!(sources.flatten().collect::<Vec<_>>(), ["447443332211", "447443332211", "15551234567"]);
}

/// What became of a message to many is told, too.
#[test]
fn a_delivery_is_told() {
    let (server, url, _) = servers::voximplant();
    let nobody = Loopback::start(axum::Router::new()).unwrap();
    server.change(|options| options.callbacks = Some(told_at(nobody.url("/"), Nested::Twice)));
    let client = settings(blocking::Client::builder(), &url).auth(servers::account(&server)).build().unwrap();
    let numbers = vec!["447443332212".to_owned(), "447443332213".to_owned()];
    client.sms().a2p_send_sms().src_number("447443332211").dst_numbers(numbers).text("a").send().unwrap();
    let key = CallbackKey::new("salt", "key");
    let mut found = Vec::new();
    for told in told(&server, 2) {
        assert_eq!(told.status, Some(404));
        let [callback] = &Callbacks::decode(told.body.to_string().as_bytes()).unwrap().callbacks[..] else { panic!() };
        assert!(key.accepts(callback) && !CallbackKey::new("salt", "other").accepts(callback));
        let Event::A2pSmsDelivery(A2pSmsDelivery { status, destination_numbers, .. }) = &callback.event else {
            panic!()
        };
        found.push(format!("{} {status}", destination_numbers.as_deref().unwrap()));
    }
    found.sort();
    assert_eq!(found, ["447443332212 DELIVERED", "447443332213 FAILED"]);
}
