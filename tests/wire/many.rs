//! In: one client and many calls at once. Out: each call's own answer.

use crate::clients::{message, settings, wait};
use crate::servers;
use std::collections::BTreeSet;
use voximplant_client::{Client, Token, blocking};

const CALLS: usize = 200;

/// The text of a call, and the segments that it takes: each answer shows whose it is.
fn text(call: usize) -> (String, i64) {
    let segments = call % 4 + 1;
    let length = if segments == 1 { 160 } else { segments * 153 };
    ("x".repeat(length), segments.try_into().unwrap())
}

#[test]
fn two_hundred_calls_share_a_client() {
    let (server, url, token) = servers::voximplant();
    let client = settings(Client::builder(), &url).auth(Token::new(token)).build().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let calls: Vec<_> = (0..CALLS)
        .map(|call| {
            let client = client.clone();
            runtime.spawn(async move {
                let (text, segments) = text(call);
                let sent = message(client.sms(), &text).send().await.unwrap();
                assert_eq!(sent.fragments_count, Some(segments));
                sent.message_id.unwrap()
            })
        })
        .collect();
    let ids: BTreeSet<_> = calls.into_iter().map(|call| wait(call).unwrap()).collect();
    assert_eq!(ids.len(), CALLS);
    assert_eq!(server.requests().len(), CALLS);
}

#[test]
fn threads_share_a_blocking_client() {
    let (server, url, token) = servers::voximplant();
    let client = settings(blocking::Client::builder(), &url).auth(Token::new(token)).build().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let client = client.clone();
            scope.spawn(move || {
                for call in 0..25 {
                    let (text, segments) = text(thread + call);
                    assert_eq!(message(client.sms(), &text).send().unwrap().fragments_count, Some(segments));
                }
            });
        }
    });
    assert_eq!(server.requests().len(), CALLS);
}
