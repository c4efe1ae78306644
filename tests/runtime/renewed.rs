//! In: many calls that need a token at once, some of which are given up, not polled, or fail. Out: how often the token
//! server is asked, and that no call waits for another that stands still.

use crate::oauth::{API, Get};
use crate::runtime::{
    Body, Boxed, Builder, Caller, Client, ClientCredentials, Error, Limits, Retry, Transport, TransportError, blocking,
};
use crate::server::wait;
use http::{Request, Response};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A token server that takes its time; the API itself answers at once, with the token that it was sent.
#[derive(Clone)]
struct Slow {
    time: Duration,
    /// What it does with the request of this number.
    answer: fn(usize) -> String,
    asked: Arc<AtomicUsize>,
}

impl Slow {
    fn new(answer: fn(usize) -> String) -> Self {
        Self { time: Duration::from_millis(500), answer, asked: Arc::default() }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    fn client(&self) -> Client {
        builder::<Client>(credentials()).transport(self.clone()).build().unwrap()
    }

    fn blocking(&self) -> blocking::Client {
        builder::<blocking::Client>(credentials()).transport(self.clone()).build().unwrap()
    }

    /// The number of a request for a token, or else the token that it carries.
    fn number(&self, request: &Request<Body>) -> Result<usize, String> {
        match request.headers()["authorization"].to_str().unwrap() {
            token if token.starts_with("Bearer ") => Err(token.to_owned()),
            _ => Ok(self.asked.fetch_add(1, Ordering::Relaxed) + 1),
        }
    }
}

impl Transport for Slow {
    fn send(&self, request: Request<Body>, _: Limits) -> Boxed<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            match self.number(&request) {
                Err(token) => Ok(Response::new(token.into())),
                Ok(number) => {
                    let _alive = self.asked.clone();
                    tokio::time::sleep(self.time).await;
                    Ok(Response::new((self.answer)(number).into()))
                }
            }
        })
    }
}

impl blocking::Transport for Slow {
    fn send(&self, request: Request<Body>, _: Limits) -> Result<Response<Body>, TransportError> {
        let answer = self.number(&request).map(|number| {
            std::thread::sleep(self.time);
            (self.answer)(number)
        });
        Ok(Response::new(answer.unwrap_or_else(|token| token).into()))
    }
}

fn credentials() -> ClientCredentials {
    ClientCredentials::new("me", "s3cret")
}

fn builder<C: Caller>(credentials: ClientCredentials) -> Builder<C> {
    Builder::new(&API).retry(Retry::never()).auth(credentials)
}

fn lasting(number: usize) -> String {
    format!(r#"{{"access_token": "t{number}", "expires_in": 3600}}"#)
}

/// Fails a test that hangs.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(10), future).await.expect("it hangs")
}

fn is_missing(error: &Error) -> bool {
    matches!(error, Error::Credential(_)) && error.to_string().contains("no `access_token`")
}

#[test]
fn a_call_that_nobody_polls_holds_up_no_other() {
    let slow = Slow::new(lasting);
    let client = slow.client();
    wait(async {
        let mut first = pin!(client.clone().send(Get));
        tokio::time::timeout(Duration::from_millis(50), &mut first).await.unwrap_err();
        // As in a loop over `buffered(10)` whose body sends by the same client: `first` lives, and is not polled.
        assert_eq!(soon(client.clone().send(Get)).await.unwrap(), "Bearer t1");
        assert_eq!(soon(first).await.unwrap(), "Bearer t1");
    });
    assert_eq!(slow.asked(), 1);
}

#[test]
fn a_call_that_is_given_up_leaves_its_fetch_to_others() {
    let slow = Slow::new(lasting);
    let client = slow.client();
    wait(async {
        let first = tokio::spawn(client.clone().send(Get));
        tokio::time::sleep(Duration::from_millis(50)).await;
        let others: Vec<_> = (0..5).map(|_| tokio::spawn(client.clone().send(Get))).collect();
        tokio::time::sleep(Duration::from_millis(50)).await;
        first.abort();
        for other in others {
            assert_eq!(soon(other).await.unwrap().unwrap(), "Bearer t1");
        }
    });
    assert_eq!(slow.asked(), 1);
}

#[test]
fn a_fetch_that_nobody_waits_for_ends_and_the_next_call_fetches() {
    let slow = Slow::new(lasting);
    let client = slow.client();
    wait(async {
        tokio::time::timeout(Duration::from_millis(50), client.clone().send(Get)).await.unwrap_err();
        assert_eq!(Arc::strong_count(&slow.asked), 2, "the fetch is gone: only the test and the client have it");
        assert_eq!(soon(client.send(Get)).await.unwrap(), "Bearer t2");
    });
    assert_eq!(slow.asked(), 2);
}

#[test]
fn calls_that_wait_together_fail_together() {
    let slow = Slow::new(|_| "{}".to_owned());
    let client = slow.client();
    let start = Instant::now();
    wait(async {
        let calls: Vec<_> = (0..30).map(|_| tokio::spawn(client.clone().send(Get))).collect();
        for call in calls {
            assert!(is_missing(&call.await.unwrap().unwrap_err()));
        }
        assert_eq!(slow.asked(), 1);
        assert!(is_missing(&client.send(Get).await.unwrap_err()));
    });
    assert_eq!(slow.asked(), 2, "a failure is not kept");
    let client = slow.blocking();
    std::thread::scope(|scope| {
        let calls: Vec<_> = (0..30).map(|_| scope.spawn(|| client.clone().send(Get).unwrap_err())).collect();
        assert!(calls.into_iter().all(|call| is_missing(&call.join().unwrap())));
    });
    assert_eq!(slow.asked(), 3);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_fetch_that_panics_leaves_nobody_waiting() {
    let slow = Slow::new(|number| if number == 1 { panic!("so it goes") } else { lasting(number) });
    let client = slow.client();
    wait(async {
        let calls: Vec<_> = (0..5).map(|_| tokio::spawn(client.clone().send(Get))).collect();
        let mut panicked = 0;
        for call in calls {
            match soon(call).await {
                Ok(sent) => assert!(matches!(sent, Err(Error::Credential(_)))),
                Err(_) => panicked += 1,
            }
        }
        assert_eq!(panicked, 1);
        assert_eq!(soon(client.send(Get)).await.unwrap(), "Bearer t2");
    });
}

#[test]
fn a_client_on_many_threads_fetches_once() {
    let slow = Slow::new(lasting);
    let client = slow.client();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(soon(async {
        let calls: Vec<_> = (0..500).map(|_| tokio::spawn(client.clone().send(Get))).collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap(), "Bearer t1");
        }
    }));
    assert_eq!(slow.asked(), 1);
}

/// A token server whose answer takes many polls.
struct Restless;

impl Transport for Restless {
    fn send(&self, request: Request<Body>, _: Limits) -> Boxed<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            if request.method() == "GET" {
                return Ok(Response::new("sent".into()));
            }
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            Ok(Response::new(r#"{"access_token": "t", "expires_in": 0}"#.into()))
        })
    }
}

#[test]
fn no_call_is_forgotten_where_many_threads_drive_and_give_up() {
    let client = builder::<Client>(credentials()).transport(Restless).build().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(soon(async {
        for _ in 0..200 {
            let kept: Vec<_> = (0..8).map(|_| tokio::spawn(client.clone().send(Get))).collect();
            // Each is polled once or more, lives on unpolled, and is dropped at the end.
            let mut idle: Vec<_> = (0..8).map(|_| client.clone().send(Get)).collect();
            for one in &mut idle {
                let _ = std::future::poll_fn(|context| std::task::Poll::Ready(pin!(&mut *one).poll(context))).await;
            }
            for call in kept {
                assert_eq!(call.await.unwrap().unwrap(), "sent");
            }
        }
    }));
}

#[test]
fn clients_of_one_credential_share_the_token_but_no_thread() {
    let slow = Slow::new(lasting);
    let credentials = credentials();
    let client = builder::<Client>(credentials.clone()).transport(slow.clone()).build().unwrap();
    let blocking = builder::<blocking::Client>(credentials).transport(slow.clone()).build().unwrap();
    wait(async {
        let mut first = pin!(client.clone().send(Get));
        tokio::time::timeout(Duration::from_millis(50), &mut first).await.unwrap_err();
        // It may not drive what belongs to an asynchronous runtime.
        assert_eq!(std::thread::spawn(move || blocking.send(Get)).join().unwrap().unwrap(), "Bearer t2");
        assert_eq!(soon(first).await.unwrap(), "Bearer t1");
        let kept = client.send(Get).await.unwrap();
        assert!(["Bearer t1", "Bearer t2"].contains(&kept.as_str()), "{kept}");
    });
    assert_eq!(slow.asked(), 2);
}

#[test]
fn a_short_token_is_renewed_in_the_last_tenth_of_its_time() {
    let slow = Slow::new(|number| format!(r#"{{"access_token": "t{number}", "expires_in": 2}}"#));
    let client = Slow { time: Duration::ZERO, ..slow }.blocking();
    let start = Instant::now();
    assert_eq!(client.clone().send(Get).unwrap(), "Bearer t1");
    std::thread::sleep(Duration::from_millis(1000));
    let sent = client.clone().send(Get).unwrap();
    assert!(sent == "Bearer t1" || start.elapsed() > Duration::from_millis(1700), "not before that");
    std::thread::sleep(Duration::from_millis(850));
    assert_ne!(client.send(Get).unwrap(), "Bearer t1", "its end is 150 ms away");
}

#[test]
fn a_token_that_cannot_be_sent_is_not_kept() {
    let slow = Slow::new(|number| {
        let unsent = ["", r"s3cret-token\n", "s3cret-token\u{e9}", r"s3cret-token\u0000"];
        match unsent.get(number - 1) {
            Some(token) => format!(r#"{{"access_token":"{token}","expires_in":3600}}"#),
            None => lasting(number),
        }
    });
    let client = Slow { time: Duration::ZERO, ..slow }.blocking();
    for _ in 0..4 {
        let error = client.clone().send(Get).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(matches!(error, Error::Credential(_)) && !shown.contains("s3cret"), "{shown}");
        assert!(shown.contains("`access_token`"), "{shown}");
    }
    assert_eq!(client.send(Get).unwrap(), "Bearer t5");
}

/// An API that takes its time to refuse the first token, and whose further tokens take theirs.
#[derive(Clone)]
struct Refusing(Slow);

impl Transport for Refusing {
    fn send(&self, request: Request<Body>, _: Limits) -> Boxed<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let number = self.0.number(&request);
            let is_first = matches!(number, Ok(1));
            let is_refused = request.headers()["authorization"] == "Bearer t1";
            if is_refused || number.is_ok() && !is_first {
                tokio::time::sleep(self.0.time).await;
            }
            Ok(match number {
                Ok(number) => Response::new((self.0.answer)(number).into()),
                Err(_) if is_refused => Response::builder().status(401).body(Body::empty()).unwrap(),
                Err(token) => Response::new(token.into()),
            })
        })
    }
}

#[test]
fn a_call_whose_time_is_over_cuts_no_fetch_of_others() {
    let slow = Slow { time: Duration::from_millis(1000), ..Slow::new(lasting) };
    let client = builder::<Client>(credentials()).total_timeout(Duration::from_millis(1500));
    let client = client.transport(Refusing(slow.clone())).build().unwrap();
    wait(async {
        let first = tokio::spawn(client.clone().send(Get));
        tokio::time::sleep(Duration::from_millis(1200)).await;
        // The first has begun to fetch, and has 300 ms left.
        let second = tokio::spawn(client.send(Get));
        let error = first.await.unwrap().unwrap_err();
        assert_eq!(error.status().unwrap(), 401, "the server's answer says more");
        assert_eq!(second.await.unwrap().unwrap(), "Bearer t2");
    });
    assert_eq!(slow.asked(), 2);
}
