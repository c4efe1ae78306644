//! In: a `MockTransport` and what a test expects of it. Out: the answers that both clients get from it, and what it says of
//! calls that did not come as expected.

use crate::clients::{Sent, TOKEN, example, settings, wait};
use http::{Method, Response, StatusCode};
use voximplant_client::operations::sms::{A2pSendSms, SendSmsMessage};
use voximplant_client::types::SendSmsMessageResponse;
use voximplant_client::{Client, ClientCredentials, Error, Failure, MockTransport, Retry, blocking};

fn sent(id: i64) -> SendSmsMessageResponse {
    SendSmsMessageResponse::builder().result(1).message_id(id).build()
}

/// What each client makes of the example, one after the other.
fn both(mock: &MockTransport) -> [Sent; 2] {
    let url = "https://api.example.com/v1";
    let client = settings(Client::builder(), url).transport(mock.clone()).build().unwrap();
    let one = wait(async { example(client.sms()).send().await });
    let client = settings(blocking::Client::builder(), url).transport(mock.clone()).build().unwrap();
    [one, example(client.sms()).send()]
}

#[test]
fn an_operation_is_expected_by_its_type_and_answered_with_a_value() {
    let mock = MockTransport::new();
    mock.expect::<SendSmsMessage>().answer(sent(7));
    mock.expect::<SendSmsMessage>().answer(sent(8));
    let ids = both(&mock).map(|sent| sent.unwrap().message_id);
    assert_eq!(ids, [Some(7), Some(8)]);
    mock.finish();

    let received = mock.received::<SendSmsMessage>();
    assert_eq!(received.len(), 2);
    for request in received {
        assert_eq!((request.method(), request.uri().path()), (&Method::POST, "/v1/SendSmsMessage"));
        let pairs = [("source", "447443332211"), ("destination", "447443332212"), ("sms_body", "Test message")];
        assert_eq!(request.query(), pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(request.headers()["authorization"], format!("Bearer {TOKEN}"));
        assert!(request.body().is_empty() && request.json().is_null());
        let shown = format!("{request:?}");
        assert!(shown.contains("/v1/SendSmsMessage?source=447443332211") && !shown.contains(TOKEN), "{shown}");
    }
}

#[test]
fn the_fields_of_a_form_are_seen() {
    let mock = MockTransport::new();
    mock.expect::<A2pSendSms>().respond(Response::new("{}"));
    let client =
        settings(blocking::Client::builder(), "https://api.example.com/v1").transport(mock.clone()).build().unwrap();
    let numbers = vec!["1".to_owned(), "2".to_owned()];
    client.sms().a2p_send_sms().src_number("a+b").dst_numbers(numbers).text("x y").send().unwrap();
    let pairs = [("src_number", "a+b"), ("dst_numbers", "1;2"), ("text", "x y")];
    let received = mock.received::<A2pSendSms>();
    assert_eq!(received[0].form(), pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(received[0].query().is_empty());
}

#[test]
fn raw_answers_statuses_and_failures() {
    let mock = MockTransport::new();
    mock.expect::<SendSmsMessage>().times(2).respond(Response::new(r#"{"error":{"code":100,"msg":"no"}}"#));
    for sent in both(&mock) {
        let Err(Error::Api(error)) = sent else { panic!("{sent:?}") };
        assert_eq!(error.code(), Some(100));
    }
    mock.expect::<SendSmsMessage>().any_times().status(StatusCode::IM_A_TEAPOT).answer(sent(7));
    assert!(both(&mock).iter().all(|sent| sent.as_ref().unwrap_err().status() == Some(StatusCode::IM_A_TEAPOT)));
    assert_eq!(mock.complaints(), [""; 0]);

    let mock = MockTransport::new();
    mock.expect::<SendSmsMessage>().times(2).fail(Failure::Timeout);
    assert!(both(&mock).iter().all(|sent| sent.as_ref().unwrap_err().is_timeout()));
    mock.expect::<SendSmsMessage>().times(2).respond_with(|request| {
        let text = request.query().pop().unwrap().1;
        Ok(Response::new(format!(r#"{{"message_id":{}}}"#, text.len()).into()))
    });
    assert_eq!(both(&mock).map(|sent| sent.unwrap().message_id), [Some(12), Some(12)]);
    mock.finish();
}

#[test]
fn a_call_that_nothing_expects_fails_and_says_what_is_expected() {
    let mock = MockTransport::new();
    mock.expect_request(Method::POST, "/oauth/token").times(3).respond(Response::new("{}"));
    for sent in both(&mock) {
        let text = sent.unwrap_err().to_string();
        let expected = "the request failed: called and not expected: \
            `send-sms-message` (POST /SendSmsMessage); expected: POST /oauth/token, 3 times";
        assert_eq!(text, expected);
    }
    let called = "called and not expected: `send-sms-message` (POST /SendSmsMessage)";
    let complaints = mock.complaints();
    assert_eq!(complaints, [called, called, "expected and not called: POST /oauth/token, 3 times"]);
    let panic = std::panic::catch_unwind(|| mock.finish()).unwrap_err();
    assert_eq!(*panic.downcast::<String>().unwrap(), format!("MockTransport: {}", complaints.join("; ")));
}

#[test]
fn unmet_expectations_are_told_but_never_by_a_panic_in_drop() {
    let mock = MockTransport::new();
    mock.expect::<SendSmsMessage>().answer(sent(1));
    assert_eq!(mock.complaints(), ["expected and not called: `send-sms-message` (POST /SendSmsMessage)"]);
    assert_eq!(format!("{mock:?}"), r#"MockTransport { expected: ["`send-sms-message` (POST /SendSmsMessage)"], .. }"#);
    drop(mock);
}

#[test]
fn each_attempt_is_a_call() {
    let mock = MockTransport::new();
    mock.expect::<SendSmsMessage>().respond(Response::builder().status(503).body("").unwrap());
    mock.expect::<SendSmsMessage>().answer(sent(9));
    let retry = Retry::times(1).first_wait(std::time::Duration::ZERO);
    let settings = settings(blocking::Client::builder(), "https://api.example.com").retry(retry);
    let client = settings.transport(mock.clone()).build().unwrap();
    assert_eq!(example(client.sms()).send().unwrap().message_id, Some(9));
    mock.finish();
}

#[test]
fn in_order_the_next_expected_call_is_the_only_one() {
    let mock = MockTransport::in_order();
    mock.expect_request(Method::POST, "/token").respond(Response::new(r#"{"access_token":"t","expires_in":60}"#));
    mock.expect::<SendSmsMessage>().answer(sent(1));
    let url = "https://api.example.com";
    let early = settings(blocking::Client::builder(), url).transport(mock.clone()).build().unwrap();
    let error = example(early.sms()).send().unwrap_err().to_string();
    assert!(error.ends_with("expected: POST /token or `send-sms-message` (POST /SendSmsMessage)"), "{error}");

    let token = ClientCredentials::new("me", "s3cret").token_url("https://auth.example.com/token");
    let late = settings(blocking::Client::builder(), url).auth(token).transport(mock.clone()).build().unwrap();
    assert_eq!(example(late.sms()).send().unwrap().message_id, Some(1));
    assert_eq!(mock.requests()[2].headers()["authorization"], "Bearer t");
}
