//! In: the key of a service account, and servers that check the tokens signed with it. Out: over real sockets, by both
//! clients, which tokens are sent, when another one is signed, and what is said where none helps.

#[path = "service_account/files.rs"]
mod files;
#[path = "service_account/platform.rs"]
mod platform;

use crate::clients::{Sent, both_with, example, settings, wait};
use platform::{Platform, now};
use std::collections::BTreeSet;
use voximplant_client::types::ErrorCode;
use voximplant_client::{Client, ServiceAccount, blocking};

const PKCS8: &str = include_str!("keys/test-only-pkcs8.pem");
const PKCS1: &str = include_str!("keys/test-only-pkcs1.pem");

/// A `credentials.json` with this account and key.
fn credentials(account: serde_json::Value, key: &str) -> String {
    serde_json::json!({
        "account_email": "me@example.com", "account_id": account, "key_id": "key-7", "private_key": key, "new": [1],
    })
    .to_string()
}

fn account() -> ServiceAccount {
    ServiceAccount::from_json(&credentials(1.into(), PKCS8)).unwrap()
}

/// What both clients make of the example, each with a credential of its own.
fn both(platform: &Platform) -> [(&'static str, Sent); 2] {
    both_with(&platform.url(), |b| b.auth(account()), |b| b.auth(account()))
}

#[test]
fn a_token_is_signed_as_the_vendor_asks() {
    for text in [
        credentials(1.into(), PKCS8),
        credentials("1".into(), PKCS1),
        credentials(1.into(), &PKCS8.replace('\n', "\r\n")),
    ] {
        let platform = Platform::start();
        let account = ServiceAccount::from_json(&text).unwrap();
        let before = now();
        for (client, sent) in both_with(&platform.url(), |b| b.auth(account.clone()), |b| b.auth(account.clone())) {
            assert_eq!(sent.unwrap().result, Some(1), "{client}");
        }
        let [one, other] = platform.tokens().try_into().unwrap();
        assert_eq!(one, other, "clones share the token");
        let (header, claims) = platform::read(&one);
        assert_eq!(header, serde_json::json!({ "alg": "RS256", "typ": "JWT", "kid": "key-7" }));
        assert_eq!(claims["iss"], "1");
        let from = claims["iat"].as_i64().unwrap();
        assert!((before - 5..=now() - 5).contains(&from), "{claims}");
        assert_eq!(claims["exp"].as_i64().unwrap() - from, 65, "{claims}");
    }
    let account = account();
    assert_eq!((account.account_id(), account.key_id()), ("1", "key-7"));
    assert_eq!(account.account_email(), Some("me@example.com"));
}

#[test]
fn many_calls_at_once_send_one_token() {
    let platform = Platform::start();
    let client = settings(Client::builder(), &platform.url()).auth(account()).build().unwrap();
    wait(async {
        let calls: Vec<_> = (0..40).map(|_| tokio::spawn(example(client.sms()).send())).collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap().result, Some(1));
        }
    });
    assert_eq!(platform.tokens().len(), 40);
    assert_eq!(BTreeSet::from_iter(platform.tokens()).len(), 1);
}

#[test]
fn a_parent_acts_for_its_children() {
    let platform = Platform::start();
    let parent = account();
    let child = parent.for_account(22);
    assert_eq!((child.account_id(), child.key_id()), ("22", "key-7"));
    for account in [parent.clone(), child, parent.for_account("333")] {
        let client = settings(blocking::Client::builder(), &platform.url()).auth(account).build().unwrap();
        assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
    }
    let issuers: Vec<_> = platform.tokens().iter().map(|token| platform::read(token).1["iss"].clone()).collect();
    assert_eq!(issuers, ["1", "22", "333"]);
}

/// A clock that is wrong, either way: the token is signed again by the server's clock, and so is the next one.
#[test]
fn a_token_is_signed_by_the_servers_clock_where_this_one_is_wrong() {
    for ahead in [-3600, -120, 120, 3600] {
        let platform = Platform::start();
        platform.set_clock(ahead);
        for blocks in [false, true] {
            let sent: [Sent; 2] = if blocks {
                let client = settings(blocking::Client::builder(), &platform.url()).auth(account()).build().unwrap();
                [example(client.sms()).send(), example(client.sms()).send()]
            } else {
                let client = settings(Client::builder(), &platform.url()).auth(account()).build().unwrap();
                wait(async { [example(client.sms()).send().await, example(client.sms()).send().await] })
            };
            assert!(sent.iter().all(|sent| sent.as_ref().unwrap().result == Some(1)), "{ahead} {blocks}");
        }
        let refused = if ahead < 0 { 455 } else { 456 };
        assert_eq!(platform.answers(), [refused, 0, 0, refused, 0, 0], "{ahead}");
    }
}

#[test]
fn an_expired_token_is_signed_anew_once() {
    let platform = Platform::start();
    let client = settings(blocking::Client::builder(), &platform.url()).auth(account()).build().unwrap();
    assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
    // As if this machine had slept, or its clock had been set back.
    platform.set_clock(90);
    assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
    assert_eq!(platform.answers(), [0, 456, 0]);
    let queries = platform.queries();
    assert!(queries.iter().all(|query| *query == queries[0]), "the same message: {queries:?}");
}

#[test]
fn where_no_token_helps_the_message_says_that_the_clock_is_off() {
    let cases = [
        (455, -120, "this machine's clock is 12", " s ahead of the server's: set it, for example by NTP"),
        (456, 120, "this machine's clock is 1", " s behind the server's: set it, for example by NTP"),
        (455, 0, "this machine's clock seems to be ahead", ": set it, for example by NTP"),
        (456, 0, "this machine's clock seems to be behind", ": set it, for example by NTP"),
    ];
    for (code, ahead, start, end) in cases {
        let platform = Platform::start();
        platform.set_clock(ahead);
        platform.refuse(code);
        for (client, sent) in both(&platform) {
            let error = sent.unwrap_err();
            assert_eq!(ErrorCode::of(&error), Some(ErrorCode::from(code)), "{client}");
            let text = error.to_string();
            assert!(text.starts_with(&format!("the API answered with error {code}: ")), "{text}");
            assert!(text.contains(&format!("(HTTP 200); {start}")) && text.ends_with(end), "{text}");
        }
        assert_eq!(platform.answers(), [code; 4], "twice by each client");
    }
}

#[test]
fn another_refusal_is_not_sent_again_and_says_nothing_of_clocks() {
    for code in [100, 447, 454] {
        let platform = Platform::start();
        platform.set_clock(-120);
        platform.refuse(code);
        for (client, sent) in both(&platform) {
            let text = sent.unwrap_err().to_string();
            assert!(text.ends_with("(HTTP 200)"), "{client}: {text}");
        }
        assert_eq!(platform.answers(), [code; 2]);
    }
}

#[test]
fn nothing_shows_key_or_token() {
    let platform = Platform::start();
    platform.refuse(456);
    let account = account();
    let client = settings(blocking::Client::builder(), &platform.url()).auth(account.clone()).build().unwrap();
    let error = example(client.sms()).send().unwrap_err();
    let shown = format!("{account:?} {account:#?} {client:?} {error} {error:?} {error:#?}");
    assert!(shown.contains("key-7"), "{shown}");
    for line in PKCS8.lines().filter(|line| !line.starts_with("-----")) {
        assert!(!shown.contains(line), "{shown}");
    }
    let tokens = platform.tokens();
    assert!(!tokens.is_empty() && tokens.iter().flat_map(|token| token.split('.')).all(|part| !shown.contains(part)));
}
