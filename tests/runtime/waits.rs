//! In: what has to be waited for. Out: for how long the client waits, and on how many threads.

use crate::probe::async_builder;
use crate::runtime::{Body, Caller, Error, InProcess, Retry, Wait, block_on, blocking};
use crate::script::{Script, chunk, end, head};
use crate::server::wait;
use crate::streaming::{operation, stream, two};
use crate::streams::{Events, retry};
use bytes::Bytes;
use http::{Method, Response};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How many threads this process has, where that can be seen.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}

/// A call that is answered at once, and asked to come back after so many seconds.
fn busy(seconds: &'static str) -> impl Future<Output = Result<Response<Bytes>, Error>> + Send {
    let answer = move |_| Response::builder().status(503).header("Retry-After", seconds).body(Body::empty()).unwrap();
    let client = async_builder().retry(Retry::times(1)).transport(InProcess::new(answer)).build().unwrap();
    client.send(operation(Method::GET))
}

#[test]
fn many_waits_need_no_thread_each() {
    let (before, begin) = (threads(), Instant::now());
    wait(async {
        let calls: Vec<_> = (0..600).map(|_| tokio::spawn(busy("2"))).collect();
        tokio::time::sleep(Duration::from_millis(800)).await;
        assert!(threads() < before + 300, "{before} threads, then {}", threads());
        for call in calls {
            call.await.unwrap().unwrap_err();
        }
    });
    assert!(begin.elapsed() >= Duration::from_secs(2), "no wait was skipped: {:?}", begin.elapsed());
}

#[test]
fn a_wait_that_is_given_up_leaves_no_thread_behind() {
    let before = threads();
    wait(async {
        for _ in 0..600 {
            tokio::time::timeout(Duration::from_millis(1), busy("30")).await.unwrap_err();
        }
    });
    assert!(threads() < before + 300, "{before} threads, then {}", threads());
}

#[test]
fn the_shortest_wait_ends_first() {
    let long = std::thread::spawn(|| block_on(Wait::new(Duration::from_secs(2))));
    std::thread::sleep(Duration::from_millis(200));
    let begin = Instant::now();
    block_on(Wait::new(Duration::from_millis(50))).unwrap();
    let waited = begin.elapsed();
    assert!(waited >= Duration::from_millis(50) && waited < Duration::from_secs(1), "{waited:?}");
    long.join().unwrap().unwrap();
}

#[test]
fn the_server_says_when_to_connect_again() {
    for (asked, least, most) in [(1, 0, 1500), (700, 700, 2200)] {
        let media = "text/event-stream";
        let server = Script::new(vec![
            vec![head(media), chunk(&format!("retry: {asked}\ndata: 1\n\n"))],
            vec![head(media), chunk("data: 2\n\n"), end()],
        ]);
        let mut events: Events<blocking::Client, Value> =
            two(&server.url).exchange(operation(Method::GET), stream(Events::json)).unwrap();
        events.next().unwrap().unwrap();
        let begin = Instant::now();
        assert_eq!(events.next().unwrap().unwrap().data, json!(2));
        let waited = begin.elapsed();
        let range = Duration::from_millis(least)..Duration::from_millis(most);
        assert!(range.contains(&waited), "retry: {asked}, waited {waited:?}");
    }
}

#[test]
fn a_server_cannot_ask_to_wait_for_ever() {
    assert_eq!(retry("retry: 20\n"), Some(Duration::from_millis(20)));
    for forever in ["retry: 3600001\n", "retry: 18446744073709551615\n", "retry: 99999999999999999999999\n"] {
        assert_eq!(retry(forever), Some(Duration::from_secs(3600)), "{forever}");
    }
}
