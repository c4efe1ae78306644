//! In: requests such as Voximplant sends, to the server of the example. Out: which messages it takes, and what it answers.

use crate::clients::wait;
use oasmith_tests::loopback::Loopback;
use std::sync::Mutex;
use voximplant_client::inbound::{CallbackKey, InboundSms};

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
