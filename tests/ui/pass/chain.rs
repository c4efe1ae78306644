//! The whole chain on both clients, the answer given in this process.

use http::{Request, Response};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use voximplant_client::types::SendSmsMessageResponse;
use voximplant_client::{Body, Client, Error, InProcess, Token, blocking};

fn answer(request: Request<Body>) -> Response<Body> {
    let query = "source=447443332211&destination=447443332212&sms_body=Test%20message&store_body=true";
    assert_eq!(request.uri().query(), Some(query));
    assert_eq!(request.headers()["authorization"], "Bearer secret");
    Response::new(Body::from(r#"{"result": 1, "message_id": 2, "fragments_count": 1}"#))
}

async fn asynchronous() -> Result<SendSmsMessageResponse, Error> {
    let client = Client::builder().auth(Token::new("secret")).transport(InProcess::new(answer)).build()?;
    client
        .sms()
        .send_sms_message()
        .source("447443332211")
        .destination("447443332212")
        .sms_body("Test message")
        .store_body(true)
        .send()
        .await
}

fn main() -> Result<(), Error> {
    let client = blocking::Client::builder().auth(Token::new("secret")).transport(InProcess::new(answer)).build()?;
    let sent = client
        .sms()
        .send_sms_message()
        .source("447443332211")
        .destination("447443332212")
        .sms_body("Test message")
        .store_body(true)
        .send()?;
    assert_eq!(sent.message_id, Some(2));

    let Poll::Ready(again) = pin!(asynchronous()).poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("an answer from this process is there at once");
    };
    assert_eq!(again?, sent);
    Ok(())
}
