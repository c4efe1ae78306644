//! In: attempts that fail. Out: which of them are made again, by both clients.

use crate::probe::{Probe, async_builder, builder};
use crate::runtime::{
    Body, Boxed, Call, Caller, Client, Error, Failure, InProcess, Limits, Retry, Transport, TransportError, blocking,
};
use crate::script::{Script, send};
use http::{Method, Request, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Fails every attempt in the same way, and counts them.
#[derive(Clone)]
struct Failing {
    outcome: fn() -> Result<Response<Body>, TransportError>,
    attempts: Arc<AtomicU32>,
}

impl Failing {
    fn new(outcome: fn() -> Result<Response<Body>, TransportError>) -> Self {
        Self { outcome, attempts: Arc::default() }
    }

    fn attempt(&self) -> Result<Response<Body>, TransportError> {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        (self.outcome)()
    }

    fn taken(&self) -> u32 {
        self.attempts.swap(0, Ordering::Relaxed)
    }
}

impl Transport for Failing {
    fn send(&self, _: Request<Body>, _: Limits) -> Boxed<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async { self.attempt() })
    }
}

impl blocking::Transport for Failing {
    fn send(&self, _: Request<Body>, _: Limits) -> Result<Response<Body>, TransportError> {
        self.attempt()
    }
}

fn quick() -> Retry {
    Retry::default().first_wait(Duration::from_millis(2))
}

fn probe(method: Method, key: bool) -> Probe<impl Fn() -> Result<Call, Error>> {
    Probe(move || {
        let mut call = Call::new(method.clone(), "/");
        if key {
            call.header("Idempotency-Key", false, &"k-1")?;
        }
        Ok(call)
    })
}

/// How many attempts each client makes, and its error.
fn attempts(method: Method, key: bool, retry: Retry, outcome: fn() -> Result<Response<Body>, TransportError>) -> u32 {
    let transport = Failing::new(outcome);
    let client = builder().retry(retry).transport(transport.clone()).build().unwrap();
    client.send(probe(method.clone(), key)).unwrap_err();
    let by_blocking = transport.taken();
    let client = async_builder().retry(retry).transport(transport.clone()).build().unwrap();
    crate::server::wait(async { client.send(probe(method, key)).await }).unwrap_err();
    assert_eq!(by_blocking, transport.taken(), "both clients do the same");
    by_blocking
}

fn status(code: u16) -> Result<Response<Body>, TransportError> {
    Ok(Response::builder().status(code).body(Body::empty()).unwrap())
}

#[test]
fn only_what_is_safe_is_repeated() {
    let busy =
        [(|| status(429)) as fn() -> _, || status(503), || Err(TransportError::new(Failure::Connect, "refused"))];
    for outcome in busy {
        assert_eq!(attempts(Method::GET, false, quick(), outcome), 3);
        assert_eq!(attempts(Method::POST, false, quick(), outcome), 3);
    }
    let unclear = [
        (|| status(500)) as fn() -> _,
        || status(502),
        || status(504),
        || Err(TransportError::timeout()),
        || Err(TransportError::new(Failure::Body, "reset")),
        || Err(TransportError::new(Failure::Closed, "reset")),
    ];
    for outcome in unclear {
        for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS] {
            assert_eq!(attempts(method, false, quick(), outcome), 3);
        }
        for method in [Method::POST, Method::PATCH] {
            assert_eq!(attempts(method.clone(), false, quick(), outcome), 1);
            assert_eq!(attempts(method.clone(), true, quick(), outcome), 3, "it has an idempotency key");
            let all = quick().unsafe_methods(true);
            assert_eq!(attempts(method, false, all, outcome), 3, "the user says so");
        }
    }
}

/// The same key for all requests says nothing of one.
#[test]
fn a_key_that_every_request_has_is_none() {
    let transport = Failing::new(|| status(500));
    let keyed = builder().header("Idempotency-Key", "k").retry(quick()).transport(transport.clone()).build().unwrap();
    keyed.send(probe(Method::POST, false)).unwrap_err();
    assert_eq!(transport.taken(), 1);
}

#[test]
fn where_the_server_hangs_up_only_what_is_safe_is_repeated() {
    let ok = || vec![send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")];
    for silent in [vec![], vec![send("HTTP/1.1 200 OK\r\nContent-Le")]] {
        for (method, repeated) in [(Method::GET, true), (Method::PUT, true), (Method::POST, false)] {
            let [one, two] = [(); 2].map(|()| Script::new(vec![silent.clone(), ok()]));
            let client = async_builder().retry(quick()).base_url(&one.url).build().unwrap();
            let by_async = crate::server::wait(async { client.send(probe(method.clone(), false)).await });
            let client = builder().retry(quick()).base_url(&two.url).build().unwrap();
            for (sent, server) in [(by_async, one), (client.send(probe(method.clone(), false)), two)] {
                assert_eq!(server.requests().len(), if repeated { 2 } else { 1 });
                match sent {
                    Err(Error::Transport(error)) if !repeated => {
                        assert_eq!(error.failure(), Failure::Closed, "{error:?}")
                    }
                    sent => assert!(repeated && sent.is_ok(), "{method}: {sent:?}"),
                }
            }
        }
    }
}

#[test]
fn what_will_not_change_is_not_repeated() {
    let settled = [
        (|| status(400)) as fn() -> _,
        || status(401),
        || status(404),
        || status(501),
        || Err(TransportError::too_large()),
        || Err(TransportError::new(Failure::Other, "no certificate")),
    ];
    for outcome in settled {
        assert_eq!(attempts(Method::GET, true, quick(), outcome), 1);
    }
    assert_eq!(attempts(Method::GET, false, Retry::never(), || status(503)), 1);
    let often = Retry::times(5).first_wait(Duration::from_millis(2));
    assert_eq!(attempts(Method::GET, false, often, || status(503)), 6);
}

/// Says when to come back, in seconds or at a date: its own clock is a quarter of a century behind.
fn after(when: &str) -> Result<Response<Body>, TransportError> {
    let answer = Response::builder().status(503).header("Date", "Fri, 31 Dec 1999 23:59:00 GMT");
    Ok(answer.header("Retry-After", when).body(Body::empty()).unwrap())
}

#[test]
fn the_server_says_how_long_to_wait() {
    let slow = Retry::default().first_wait(Duration::from_secs(20));
    let start = Instant::now();
    assert_eq!(attempts(Method::GET, false, slow, || after("0")), 3, "at once");
    assert_eq!(attempts(Method::GET, false, slow, || after("31")), 1, "longer than the longest wait");
    assert_eq!(attempts(Method::GET, false, slow, || after("Fri, 31 Dec 1999 23:59:00 GMT")), 3, "at once");
    assert_eq!(attempts(Method::GET, false, slow, || after("Fri, 31 Dec 1999 23:59:31 GMT")), 1, "longer than that");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_wait_without_end_is_no_wait() {
    let patient = Retry::default().longest_wait(Duration::MAX);
    let transport = Failing::new(|| {
        // A second more than there is room for.
        std::thread::sleep(Duration::from_millis(1010));
        after("18446744073709551615")
    });
    let client = builder().retry(patient).total_timeout(Duration::from_secs(20)).transport(transport.clone());
    let error = client.build().unwrap().send(probe(Method::GET, false)).unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), transport.taken()), (503, 1));
}

#[test]
fn waits_grow() {
    let retry = Retry::times(3).first_wait(Duration::from_millis(40));
    let start = Instant::now();
    attempts(Method::GET, false, retry, || status(503));
    // Two clients, each 40, 80 and 160 ms, of which at least half.
    let taken = start.elapsed();
    assert!(taken >= Duration::from_millis(280), "{taken:?}");
}

/// Many that fail at once do not come back at once.
#[test]
fn waits_differ() {
    let waits: std::collections::BTreeSet<_> = (0..5)
        .map(|_| {
            let start = Instant::now();
            let client = builder().retry(Retry::times(1).first_wait(Duration::from_millis(200)));
            client
                .transport(Failing::new(|| status(503)))
                .build()
                .unwrap()
                .send(probe(Method::GET, false))
                .unwrap_err();
            start.elapsed().as_millis() / 5
        })
        .collect();
    assert!(waits.len() > 1, "five waits between 100 and 200 ms are not within 5 ms: {waits:?}");
}

#[test]
fn all_attempts_end_in_time() {
    let transport = Failing::new(|| status(503));
    let retry = Retry::times(1000).first_wait(Duration::from_millis(10));
    let client = builder().retry(retry).total_timeout(Duration::from_millis(100)).transport(transport.clone());
    let start = Instant::now();
    let error = client.build().unwrap().send(probe(Method::GET, false)).unwrap_err();
    assert_eq!(error.status().unwrap(), 503, "the last answer is kept");
    assert!(start.elapsed() < Duration::from_secs(5) && transport.taken() < 20);
}

#[test]
fn the_second_answer_is_as_good_as_the_first() {
    let count = Arc::new(AtomicU32::new(0));
    let answers = || {
        let count = count.clone();
        InProcess::new(move |request: Request<Body>| {
            assert_eq!(request.headers()["authorization"], "Bearer t");
            let busy = count.fetch_add(1, Ordering::Relaxed).is_multiple_of(2);
            Response::builder().status(if busy { 503 } else { 200 }).body(Body::from("{}")).unwrap()
        })
    };
    let token = || crate::runtime::Token::new("t");
    let client: blocking::Client = builder()
        .retry(quick())
        .header("authorization", "Bearer t")
        .auth(token())
        .transport(answers())
        .build()
        .unwrap();
    assert_eq!(client.send(probe(Method::GET, false)).unwrap().status(), 200);
    let client: Client =
        async_builder().retry(quick()).header("authorization", "Bearer t").transport(answers()).build().unwrap();
    let sent = crate::server::wait(async { client.send(probe(Method::GET, false)).await });
    assert_eq!(sent.unwrap().status(), 200);
    assert_eq!(count.load(Ordering::Relaxed), 4);
}
