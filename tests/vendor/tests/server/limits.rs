//! In: too many calls, slow answers, and faults on order. Out: what callers see of them.

use crate::http::{Caller, DESTINATION, SOURCE};
use std::thread;
use std::time::{Duration, Instant};
use voximplant_server::{Next, Options, Rate, TooMany};

/// Waits until a call has been carried out, which is answered later.
fn wait_for_a_message(caller: &Caller) {
    let started = Instant::now();
    while caller.server.messages().is_empty() {
        assert!(started.elapsed() < Duration::from_secs(20));
        thread::yield_now();
    }
}

#[test]
fn too_many_calls_at_once_get_a_429() {
    let delay = Duration::from_secs(2);
    let caller = Caller::new(Options { parallel: Some(1), delay, ..Options::default() });
    thread::scope(|scope| {
        let first = scope.spawn(|| caller.example().code());
        wait_for_a_message(&caller);
        let refused = caller.example();
        assert_eq!((refused.status, &*refused.media), (429, "application/json"));
        assert_eq!(refused.faults(), [(340, String::new())]);
        caller.server.change(|options| options.too_many = TooMany::Plain);
        let refused = caller.example();
        assert_eq!((refused.status, &*refused.bytes), (429, &b"too many concurrent requests\n"[..]));
        assert_eq!(first.join().unwrap(), 0);
    });
    caller.server.change(|options| options.delay = Duration::ZERO);
    assert_eq!(caller.example().code(), 0, "there is room again");
    assert_eq!(caller.server.messages().len(), 2);
}

#[test]
fn too_many_calls_in_a_while_get_340() {
    let rate = Some(Rate { calls: 2, seconds: 60 });
    let caller = Caller::new(Options { rate, ..Options::default() });
    let codes = || [caller.example(), caller.example(), caller.example()].map(|answer| answer.code());
    assert_eq!(codes(), [0, 0, 340]);
    caller.server.change(|options| options.clock_ahead = 60);
    assert_eq!(codes(), [0, 0, 340]);
}

#[test]
fn the_same_message_soon_again_gets_515() {
    let caller = Caller::new(Options { same_operation: Some(60), ..Options::default() });
    let send = |text| {
        caller.call("SendSmsMessage", &[("source", SOURCE), ("destination", DESTINATION), ("sms_body", text)]).code()
    };
    assert_eq!([send("a"), send("a"), send("b")], [0, 515, 0]);
    caller.server.change(|options| options.unreachable.push(DESTINATION.to_owned()));
    assert_eq!([send("c"), send("c")], [385, 385], "what was not sent may be tried again");
    caller.server.change(|options| options.unreachable.clear());
    caller.server.change(|options| options.clock_ahead = 60);
    assert_eq!(send("a"), 0);
}

#[test]
fn the_next_call_gets_what_was_ordered() {
    let caller = Caller::default();
    caller.server.next(Next::Error(456));
    caller.server.next(Next::Error(7777));
    caller.server.next(Next::TooMany { body: TooMany::Json, retry_after: Some(3) });
    caller.server.next(Next::TooMany { body: TooMany::Plain, retry_after: None });
    let page = Next::Answer { status: 502, content_type: "text/html".to_owned(), body: b"<h1>".to_vec() };
    caller.server.next(page);
    assert_eq!(caller.get("/NoCommand").status, 404, "which is not a call");
    let expired = caller.example();
    assert_eq!((expired.code(), &expired.json()["error"]["msg"]), (456, &"The token has expired.".into()));
    assert_eq!(caller.example().code(), 7777);
    let limited = caller.example();
    assert_eq!((limited.status, limited.retry_after.as_deref()), (429, Some("3")));
    assert_eq!(limited.faults(), [(340, String::new())]);
    let limited = caller.example();
    assert_eq!(
        (limited.status, limited.retry_after, &*limited.bytes),
        (429, None, &b"too many concurrent requests\n"[..])
    );
    let page = caller.example();
    assert_eq!((page.status, &*page.media, &*page.bytes), (502, "text/html", &b"<h1>"[..]));
    assert!(caller.server.messages().is_empty());
    assert_eq!(caller.example().code(), 0);
    assert_eq!(caller.server.requests().len(), 7);
}

#[test]
fn a_late_answer_is_of_a_call_that_was_carried_out() {
    let caller = Caller::default();
    let late = Duration::from_millis(300);
    caller.server.next(Next::Late(late));
    let started = Instant::now();
    thread::scope(|scope| {
        let call = scope.spawn(|| caller.example().code());
        wait_for_a_message(&caller);
        assert_eq!(call.join().unwrap(), 0);
    });
    assert!(started.elapsed() >= late);
    caller.server.change(|options| options.delay = late);
    let started = Instant::now();
    assert_eq!(caller.call("GetSmsHistory", &[]).code(), 0);
    assert!(started.elapsed() >= late);
}
