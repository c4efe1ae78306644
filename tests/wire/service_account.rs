//! In: the key of a service account, and the local server, which checks the tokens signed with it. Out: over real sockets,
//! by both clients, which tokens are sent, when another one is signed, and what is said where none helps.

#[path = "service_account/files.rs"]
mod files;

use crate::clients::{Sent, both_with, example, settings, wait};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use std::collections::BTreeSet;
use voximplant_client::types::ErrorCode;
use voximplant_client::{Client, ServiceAccount, blocking};
use voximplant_server::{Account, Key, Next, Options, PKCS1, PKCS8, VoximplantServer};

/// A `credentials.json` with this account and key.
fn credentials(account: Value, key: &str) -> String {
    serde_json::json!({
        "account_email": "me@example.com", "account_id": account, "key_id": Key::default().id, "private_key": key,
        "new": [1],
    })
    .to_string()
}

/// A server whose clock is so many seconds ahead of this machine's, and whose account has two child accounts.
fn start(ahead: i64) -> VoximplantServer {
    let children = [22, 333].map(|id| Account { id, ..Account::default() });
    VoximplantServer::start(Options { children: children.into(), clock_ahead: ahead, ..Options::default() }).unwrap()
}

/// A server that tells so many calls this error, whatever they ask for.
fn refusing(ahead: i64, code: u16, calls: usize) -> VoximplantServer {
    let server = start(ahead);
    (0..calls).for_each(|_| server.next(Next::Error(code)));
    server
}

/// The tokens that came, in their order.
fn tokens(server: &VoximplantServer) -> Vec<String> {
    let headers = server.requests().into_iter().map(|request| request.authorization.unwrap());
    headers.map(|header| header.strip_prefix("Bearer ").unwrap().to_owned()).collect()
}

/// Header and claims of a token.
fn read(token: &str) -> (Value, Value) {
    let parts: Vec<_> = token.split('.').take(2).map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
    let [header, claims] = parts.try_into().unwrap();
    (serde_json::from_slice(&header).unwrap(), serde_json::from_slice(&claims).unwrap())
}

fn account() -> ServiceAccount {
    ServiceAccount::from_json(&credentials(1.into(), PKCS8)).unwrap()
}

/// What both clients make of the example, each with a credential of its own.
fn both(server: &VoximplantServer) -> [(&'static str, Sent); 2] {
    both_with(&server.base_url(), |b| b.auth(account()), |b| b.auth(account()))
}

#[test]
fn a_token_is_signed_as_the_vendor_asks() {
    for text in [
        credentials(1.into(), PKCS8),
        credentials("1".into(), PKCS1),
        credentials(1.into(), &PKCS8.replace('\n', "\r\n")),
    ] {
        let server = start(0);
        let account = ServiceAccount::from_json(&text).unwrap();
        let before = server.now();
        for (client, sent) in both_with(&server.base_url(), |b| b.auth(account.clone()), |b| b.auth(account.clone())) {
            assert_eq!(sent.unwrap().result, Some(1), "{client}");
        }
        let [one, other] = tokens(&server).try_into().unwrap();
        assert_eq!(one, other, "clones share the token");
        let (header, claims) = read(&one);
        assert_eq!(header, serde_json::json!({ "alg": "RS256", "typ": "JWT", "kid": Key::default().id }));
        assert_eq!(claims["iss"], "1");
        let from = claims["iat"].as_i64().unwrap();
        assert!((before - 5..=server.now() - 5).contains(&from), "{claims}");
        assert_eq!(claims["exp"].as_i64().unwrap() - from, 65, "{claims}");
    }
    let account = account();
    assert_eq!((account.account_id(), account.key_id()), ("1", &*Key::default().id));
    assert_eq!(account.account_email(), Some("me@example.com"));
}

#[test]
fn many_calls_at_once_send_one_token() {
    let server = start(0);
    let client = settings(Client::builder(), &server.base_url()).auth(account()).build().unwrap();
    wait(async {
        let calls: Vec<_> = (0..40).map(|_| tokio::spawn(example(client.sms()).send())).collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap().result, Some(1));
        }
    });
    assert_eq!(tokens(&server).len(), 40);
    assert_eq!(BTreeSet::from_iter(tokens(&server)).len(), 1);
}

#[test]
fn a_parent_acts_for_its_children() {
    let server = start(0);
    let parent = account();
    let child = parent.for_account(22);
    assert_eq!((child.account_id(), child.key_id()), ("22", &*Key::default().id));
    for account in [parent.clone(), child, parent.for_account(333)] {
        let client = settings(blocking::Client::builder(), &server.base_url()).auth(account).build().unwrap();
        assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
    }
    let issuers: Vec<_> = tokens(&server).iter().map(|token| read(token).1["iss"].clone()).collect();
    assert_eq!(issuers, ["1", "22", "333"]);
}

/// A clock that is wrong, either way: the token is signed again by the server's clock, and so is the next one.
#[test]
fn a_token_is_signed_by_the_servers_clock_where_this_one_is_wrong() {
    for ahead in [-3600, -120, 120, 3600] {
        let server = start(ahead);
        for blocks in [false, true] {
            let sent: [Sent; 2] = if blocks {
                let client = settings(blocking::Client::builder(), &server.base_url()).auth(account()).build().unwrap();
                [example(client.sms()).send(), example(client.sms()).send()]
            } else {
                let client = settings(Client::builder(), &server.base_url()).auth(account()).build().unwrap();
                wait(async { [example(client.sms()).send().await, example(client.sms()).send().await] })
            };
            assert!(sent.iter().all(|sent| sent.as_ref().unwrap().result == Some(1)), "{ahead} {blocks}");
        }
        // Of each client the first request is refused; it is sent again, and the next one needs that no more.
        assert_eq!(server.messages().len(), 4, "{ahead}");
        for tokens in tokens(&server).chunks(3) {
            let [refused, again, next] = tokens else { panic!("{ahead}: {tokens:?}") };
            assert!(refused != again && again == next, "{ahead}: {tokens:?}");
            let from = |token| read(token).1["iat"].as_i64().unwrap();
            assert!((from(again) - from(refused) - ahead).abs() <= 2, "{ahead}: by the server's clock");
        }
    }
}

#[test]
fn an_expired_token_is_signed_anew_once() {
    let server = start(0);
    let client = settings(blocking::Client::builder(), &server.base_url()).auth(account()).build().unwrap();
    assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
    // As if this machine had slept, or its clock had been set back.
    server.change(|options| options.clock_ahead = 90);
    assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
    assert_eq!((server.requests().len(), server.messages().len()), (3, 2));
    let tokens = tokens(&server);
    assert!(tokens[0] == tokens[1] && tokens[1] != tokens[2], "the second is refused");
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.target == requests[0].target), "the same message: {requests:?}");
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
        let server = refusing(ahead, code, 4);
        for (client, sent) in both(&server) {
            let error = sent.unwrap_err();
            assert_eq!(ErrorCode::of(&error), Some(ErrorCode::from(i64::from(code))), "{client}");
            let text = error.to_string();
            assert!(text.starts_with(&format!("the API answered with error {code}: ")), "{text}");
            assert!(text.contains(&format!("(HTTP 200); {start}")) && text.ends_with(end), "{text}");
        }
        assert_eq!(server.requests().len(), 4, "twice by each client");
        assert!(server.messages().is_empty());
    }
}

/// A wrong clock was told with code 100, too, which a missing role has as well.
#[test]
fn a_failed_authorization_is_tried_again_where_the_clocks_differ() {
    for ahead in [-120, 120] {
        let server = refusing(ahead, 100, 1);
        let client = settings(blocking::Client::builder(), &server.base_url()).auth(account()).build().unwrap();
        assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
        assert_eq!((server.requests().len(), server.messages().len()), (2, 1));
        // By the server's clock, it is not the clock.
        server.next(Next::Error(100));
        let text = example(client.sms()).send().unwrap_err().to_string();
        assert!(text.ends_with("(HTTP 200)"), "{text}");
        assert_eq!(server.requests().len(), 3);
    }
}

#[test]
fn another_refusal_is_not_sent_again_and_says_nothing_of_clocks() {
    for (code, ahead) in [(100, 0), (447, -120), (454, -120)] {
        let server = refusing(ahead, code, 2);
        for (client, sent) in both(&server) {
            let text = sent.unwrap_err().to_string();
            assert!(text.ends_with("(HTTP 200)"), "{client}: {text}");
        }
        assert_eq!(server.requests().len(), 2, "{code}");
    }
}

#[test]
fn nothing_shows_key_or_token() {
    let server = refusing(0, 456, 2);
    let account = account();
    let client = settings(blocking::Client::builder(), &server.base_url()).auth(account.clone()).build().unwrap();
    let error = example(client.sms()).send().unwrap_err();
    let shown = format!("{account:?} {account:#?} {client:?} {error} {error:?} {error:#?}");
    assert!(shown.contains(&Key::default().id), "{shown}");
    for line in PKCS8.lines().filter(|line| !line.starts_with("-----")) {
        assert!(!shown.contains(line), "{shown}");
    }
    let tokens = tokens(&server);
    assert!(tokens.len() == 2 && tokens.iter().flat_map(|token| token.split('.')).all(|part| !shown.contains(part)));
}
