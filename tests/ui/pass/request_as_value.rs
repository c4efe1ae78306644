//! A request that is looked at and not sent, and an answer that came by other means.

use bytes::Bytes;
use voximplant_client::{Error, InProcess, blocking};

fn main() -> Result<(), Error> {
    let nowhere = InProcess::new(|_| unreachable!("nothing is sent"));
    let client = blocking::Client::builder().base_url("https://example.com/api").transport(nowhere).build()?;
    let message =
        client.sms().send_sms_message().source("447443332211").destination("447443332212").sms_body("a+b & ü");

    let request = message.request()?;
    assert_eq!(request.method(), http::Method::POST);
    assert_eq!(
        request.uri(),
        "https://example.com/api/SendSmsMessage?source=447443332211&destination=447443332212&sms_body=a%2Bb%20%26%20%C3%BC"
    );
    // Credentials are added when it is sent.
    assert!(!request.headers().contains_key("authorization"));

    let answer = message.decode(http::Response::new(Bytes::from_static(br#"{"result": 1}"#)))?;
    assert_eq!(answer.result, Some(1));
    Ok(())
}
