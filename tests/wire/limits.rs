//! In: the local server when it is too much, too often or too late. Out: which calls the client makes again by itself, and
//! what its errors say of the others.

use crate::clients::{Sent, example, message, settings, wait};
use crate::servers;
use std::time::Duration;
use voximplant_client::types::ErrorCode;
use voximplant_client::{Client, Error, Retry, blocking};
use voximplant_server::{Next, Options, Rate, TooMany, VoximplantServer};

fn start(options: Options) -> VoximplantServer {
    VoximplantServer::start(options).unwrap()
}

fn asynchronous(server: &VoximplantServer, retry: Retry) -> Client {
    settings(Client::builder(), &server.base_url()).auth(servers::account(server)).retry(retry).build().unwrap()
}

fn blocking(server: &VoximplantServer, retry: Retry) -> blocking::Client {
    settings(blocking::Client::builder(), &server.base_url())
        .auth(servers::account(server))
        .retry(retry)
        .build()
        .unwrap()
}

/// What each client makes of the example, with its name.
fn both(server: &VoximplantServer, retry: Retry) -> [(&'static str, Sent); 2] {
    let client = asynchronous(server, retry);
    let one = wait(async { example(client.sms()).send().await });
    [("async", one), ("blocking", example(blocking(server, retry).sms()).send())]
}

#[test]
fn too_many_requests_are_made_again() {
    for body in [TooMany::Json, TooMany::Plain] {
        let server = start(Options::default());
        for count in 1..=2 {
            server.next(Next::TooMany { body, retry_after: Some(0) });
            let client = blocking(&server, Retry::default());
            assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
            server.next(Next::TooMany { body, retry_after: None });
            let client = asynchronous(&server, Retry::default());
            assert_eq!(wait(async { example(client.sms()).send().await }).unwrap().result, Some(1));
            assert_eq!((server.requests().len(), server.messages().len()), (4 * count, 2 * count), "{body:?}");
        }
    }
}

#[test]
fn too_many_requests_are_an_error_where_they_stay_too_many() {
    for body in [TooMany::Json, TooMany::Plain] {
        let server = start(Options::default());
        (0..2).for_each(|_| server.next(Next::TooMany { body, retry_after: Some(7) }));
        for (client, sent) in both(&server, Retry::never()) {
            let error = sent.unwrap_err();
            assert_eq!(error.status().unwrap(), 429, "{client}");
            assert!(error.is_retryable() && !error.is_timeout(), "{client}: {error:?}");
            assert_eq!(error.retry_after(), Some(Duration::from_secs(7)), "{client}");
            let code = (body == TooMany::Json).then_some(ErrorCode::from(340));
            assert_eq!(ErrorCode::of(&error), code, "{client}");
        }
        assert_eq!((server.requests().len(), server.messages().len()), (2, 0));
    }
}

#[test]
fn calls_at_once_are_made_again_until_there_is_room() {
    let server = start(Options { parallel: Some(1), delay: Duration::from_millis(200), ..Options::default() });
    let client = asynchronous(&server, Retry::times(10).longest_wait(Duration::from_millis(500)));
    wait(async {
        let calls = ["one", "two"].map(|text| tokio::spawn(message(client.sms(), text).send()));
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap().result, Some(1));
        }
    });
    assert!(server.requests().len() > 2, "one was refused first");
    assert_eq!(server.messages().len(), 2);
}

#[test]
fn a_rate_that_is_exceeded_is_said_and_left_to_the_caller() {
    let server = start(Options { rate: Some(Rate { calls: 1, seconds: 60 }), ..Options::default() });
    assert_eq!(example(blocking(&server, Retry::default()).sms()).send().unwrap().result, Some(1));
    refused(&server, 340);
    server.change(|options| options.clock_ahead = 60);
    assert_eq!(example(blocking(&server, Retry::default()).sms()).send().unwrap().result, Some(1), "later");
}

#[test]
fn the_same_message_again_is_said_and_left_to_the_caller() {
    let server = start(Options { same_operation: Some(60), ..Options::default() });
    let client = blocking(&server, Retry::default());
    assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
    refused(&server, 515);
    assert_eq!(message(client.sms(), "Another").send().unwrap().result, Some(1));
}

/// The next calls of both clients get this code, and are made once each.
fn refused(server: &VoximplantServer, code: i64) {
    for (client, sent) in both(server, Retry::default()) {
        let error = sent.unwrap_err();
        assert!(matches!(error, Error::Api(_)) && error.is_retryable(), "{client}: {error:?}");
        assert_eq!((error.status().unwrap().as_u16(), ErrorCode::of(&error)), (200, Some(ErrorCode::from(code))));
    }
    assert_eq!((server.requests().len(), server.messages().len()), (3, 1), "{code}");
}

#[test]
fn a_message_is_not_sent_again_after_a_timeout() {
    let server = start(Options { delay: Duration::from_secs(30), ..Options::default() });
    let short = Duration::from_millis(300);
    let client = settings(Client::builder(), &server.base_url()).auth(servers::account(&server));
    let client = client.retry(Retry::default()).timeout(short).build().unwrap();
    let one = wait(async { example(client.sms()).send().await });
    let client = settings(blocking::Client::builder(), &server.base_url()).auth(servers::account(&server));
    let client = client.retry(Retry::default()).timeout(short).build().unwrap();
    for (client, sent) in [("async", one), ("blocking", example(client.sms()).send())] {
        let error = sent.unwrap_err();
        assert!(error.is_timeout() && !error.is_retryable(), "{client}: {error:?}");
    }
    assert_eq!((server.requests().len(), server.messages().len()), (2, 2), "each was sent and paid once");
}
