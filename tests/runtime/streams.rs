//! In: answers that come bit by bit. Out: what both clients give meanwhile: bytes, events, items.

use crate::probe::{self, Probe};
use crate::runtime::{
    Body, Call, Caller, Client, Error, Failure, InProcess, Operation, Read as How, Token, blocking, decode,
};
use crate::script::{Script, Step, chunk, end, head, send};
use crate::server::wait;
use crate::streams::{Event, Events, Items};
use crate::uploads::Iter;
use bytes::Bytes;
use http::{Method, Response};
use serde_json::{Value, json};
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(300);

fn one(url: &str) -> Client {
    probe::async_builder().base_url(url).timeout(SHORT).max_body(64).build().unwrap()
}

pub fn two(url: &str) -> blocking::Client {
    probe::builder().base_url(url).timeout(SHORT).max_body(64).build().unwrap()
}

pub fn operation(method: Method) -> Probe<impl Fn() -> Result<Call, Error>> {
    Probe(move || Ok(Call::new(method.clone(), "/x")))
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::Transport(error) => error.failure(),
        other => panic!("{other}"),
    }
}

/// All that a download gives, on both clients, and the error at its end.
fn downloads(steps: &[Step], limit: u64) -> [(String, Option<Error>); 2] {
    let [a, b] = [(); 2].map(|()| Script::new(vec![steps.to_vec()]));
    let mut first = (String::new(), None);
    wait(async {
        let mut body = one(&a.url).download(operation(Method::GET)).await.unwrap().body.limit(limit);
        while let Some(bytes) = body.next().await {
            match bytes {
                Ok(bytes) => first.0.push_str(std::str::from_utf8(&bytes).unwrap()),
                Err(error) => first.1 = Some(error),
            }
        }
    });
    let mut body = two(&b.url).download(operation(Method::GET)).unwrap().body.limit(limit);
    let mut second = (String::new(), None);
    if let Err(error) = body.read_to_string(&mut second.0) {
        second.1 = Some(error.downcast().unwrap());
    }
    [first, second]
}

#[test]
fn a_download_may_take_its_time_but_not_stand_still() {
    let pause = || Step::Pause(SHORT / 2);
    let slow: Vec<_> = (0..5).flat_map(|_| [pause(), chunk(&"x".repeat(50))]).collect();
    let steps: Vec<_> = [head("text/plain")].into_iter().chain(slow).chain([end()]).collect();
    for (text, error) in downloads(&steps, 1000) {
        assert!(error.is_none(), "{error:?}");
        assert_eq!(text.len(), 250, "more than `max_body`, and longer than `timeout`");
    }
    let begin = Instant::now();
    for (text, error) in downloads(&[head("text/plain"), chunk("abc"), Step::Wait], 1000) {
        assert_eq!((text.as_str(), failure(error.as_ref().unwrap())), ("abc", Failure::Timeout));
        assert_eq!(error.unwrap().status().unwrap(), 200);
    }
    assert!(begin.elapsed() < 10 * SHORT);
}

#[test]
fn a_download_that_is_too_large_or_breaks_off_is_an_error_at_that_place() {
    let steps = [head("text/plain"), chunk("abc"), Step::Pause(SHORT / 5), chunk("defg"), end()];
    for (text, error) in downloads(&steps, 6) {
        assert_eq!((text.as_str(), failure(error.as_ref().unwrap())), ("abc", Failure::TooLarge));
        assert_eq!(error.unwrap().headers().unwrap()["content-type"], "text/plain");
    }
    let whole = [head("text/plain"), chunk("abc"), end()];
    for (text, error) in downloads(&whole, 3) {
        assert!(text == "abc" && error.is_none());
    }
    let short = send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
    for steps in [vec![head("text/plain"), chunk("abc")], vec![short]] {
        for (text, error) in downloads(&steps, 1000) {
            assert_eq!((text.as_str(), failure(&error.unwrap())), ("abc", Failure::Body));
        }
    }
}

#[test]
fn the_headers_of_a_download_have_to_come_in_time() {
    let [a, b] = [(); 2].map(|()| Script::new(vec![vec![Step::Wait]]));
    let errors = [
        wait(async { one(&a.url).download(operation(Method::POST)).await.unwrap_err() }),
        two(&b.url).download(operation(Method::POST)).unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_timeout(), "{error:?}");
    }
}

#[test]
fn bytes_come_before_the_end_and_no_more_than_are_read() {
    for blocks in [false, true] {
        let (seen, sent) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(0)));
        let wanted = seen.clone();
        let until_seen = Step::Do(Arc::new(move || {
            let begin = Instant::now();
            while !wanted.load(Ordering::SeqCst) && begin.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(Duration::from_millis(5));
            }
        }));
        let head = send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfirst");
        let server = Script::new(vec![vec![head, until_seen, Step::Flood(sent.clone())]]);
        let client = probe::async_builder().base_url(&server.url).build().unwrap();
        let begin = Instant::now();
        let rest = if blocks {
            let client = probe::builder().base_url(&server.url).build().unwrap();
            let mut body = client.download(operation(Method::GET)).unwrap().body;
            let mut first = [0; 5];
            body.read_exact(&mut first).unwrap();
            assert_eq!(&first, b"first");
            seen.store(true, Ordering::SeqCst);
            std::thread::sleep(Duration::from_secs(1));
            let rest = *sent.lock().unwrap();
            drop(body);
            rest
        } else {
            wait(async {
                let mut body = client.download(operation(Method::GET)).await.unwrap().body;
                assert_eq!(body.next().await.unwrap().unwrap(), "first");
                seen.store(true, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_secs(1)).await;
                *sent.lock().unwrap()
            })
        };
        assert!(begin.elapsed() < Duration::from_secs(5), "the first bytes came before the server went on");
        assert!(rest < 16 << 20, "{rest} bytes left the server, though nobody read them");
    }
}

#[test]
fn what_is_dropped_is_cancelled() {
    let server = Script::new(vec![vec![head("text/plain"), chunk("a"), Step::Wait], vec![Step::Wait]]);
    wait(async {
        let client = one(&server.url);
        let mut body = client.clone().download(operation(Method::GET)).await.unwrap().body;
        assert_eq!(body.next().await.unwrap().unwrap(), "a");
        drop(body);
        let pending = client.send(operation(Method::GET));
        assert!(tokio::time::timeout(SHORT / 3, pending).await.is_err());
        tokio::time::sleep(SHORT).await;
    });
    std::thread::sleep(SHORT);
    assert_eq!((server.requests().len(), server.gone()), (2, 2), "the server saw both of them go");
}

/// What both clients make of events of JSON that come in these pieces.
fn events(pieces: &[&[u8]]) -> [Vec<Result<Event<Value>, Error>>; 2] {
    let pieces: Vec<Vec<u8>> = pieces.iter().map(|piece| piece.to_vec()).collect();
    let answer = move |_| {
        let body = Body::stream(Iter(pieces.clone().into_iter().map(Ok::<_, io::Error>)));
        let mut response = Response::new(body);
        response.headers_mut().insert("content-type", "text/event-stream; charset=utf-8".parse().unwrap());
        response
    };
    let client = probe::async_builder().transport(InProcess::new(answer.clone())).max_body(64).build().unwrap();
    let mut first = Vec::new();
    wait(async {
        let mut events = client.exchange(operation(Method::GET), stream(Events::json)).await.unwrap();
        while let Some(event) = events.next().await {
            first.push(event);
        }
    });
    let client = probe::builder().transport(InProcess::new(answer)).max_body(64).build().unwrap();
    [first, client.exchange(operation(Method::GET), stream(Events::json)).unwrap().collect()]
}

pub fn stream<T>(make: fn(crate::runtime::Opened) -> Result<T, Error>) -> How<T> {
    How::Stream(Some("text/event-stream"), make)
}

/// An event in short: its name, its id and its data.
fn short(event: &Result<Event<Value>, Error>) -> (String, Option<String>, Value) {
    let event = event.as_ref().unwrap();
    (event.event.clone(), event.id.clone(), event.data.clone())
}

#[test]
fn events_are_read_by_the_standard_whatever_the_pieces() {
    let text = "\u{feff}: a comment\nid: 1\nevent: add\ndata: {\"a\":\ndata:1}\r\n\r\ndata:  2\rid\r\r\
                unknown: x\nretry: 5\nretry: x\n\nid: a\0b\ndata\ndata: 3\n\nevent: lost\n\ndata: \"\u{e9}\"\n\ndata: 4\n";
    let named = |name: &str, id: Option<&str>, data: Value| (name.to_owned(), id.map(str::to_owned), data);
    let expected = [
        named("add", Some("1"), json!({"a": 1})),
        named("message", None, json!(2)),
        named("message", None, json!(3)),
        named("message", None, json!("\u{e9}")),
    ];
    let text = text.as_bytes();
    for border in 0..=text.len() {
        for events in events(&[&text[..border], &text[border..]]) {
            assert_eq!(events.iter().map(short).collect::<Vec<_>>(), expected, "cut at {border}");
        }
    }
    let bytes: Vec<_> = text.chunks(1).collect();
    for events in events(&bytes) {
        assert_eq!(events.iter().map(short).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn an_event_that_is_wrong_does_not_end_the_stream() {
    let large = format!("data: {}\ndata: 1\n\n", "7".repeat(80));
    let many = format!("{}\n", "data: 12345678\n".repeat(20));
    let text = format!("data: 1\n\ndata: {{\"a\":[}}\n\n{large}{many}data: 2\n\ndata: [DONE]\n\ndata: 3\n\n");
    for events in events(&[text.as_bytes()]) {
        let [first, wrong, large, many, last] = &events[..] else { panic!("{events:?}") };
        assert_eq!((short(first).2, short(last).2), (json!(1), json!(2)));
        let wrong = wrong.as_ref().unwrap_err();
        assert_eq!((wrong.status().unwrap().as_u16(), wrong.body().unwrap().as_ref()), (200, &b"{\"a\":[}"[..]));
        for error in [large, many] {
            assert_eq!(failure(error.as_ref().unwrap_err()), Failure::TooLarge);
        }
    }
}

fn broken_events() -> Vec<Vec<Step>> {
    let media = "text/event-stream";
    vec![
        vec![head(media), chunk("retry: 20\nid: 7\ndata: 1\n\ndata: lost")],
        // Nobody answers the second time.
        vec![],
        vec![head(media), chunk("data: 2\n\n"), end()],
    ]
}

#[test]
fn events_go_on_where_the_connection_broke() {
    for blocks in [false, true] {
        let server = Script::new(broken_events());
        let data: Vec<Value> = if blocks {
            let events = two(&server.url).exchange(operation(Method::GET), stream(Events::json)).unwrap();
            events.map(|event: Result<Event<Value>, _>| event.unwrap().data).collect()
        } else {
            wait(async {
                let mut events: Events<_, Value> =
                    one(&server.url).exchange(operation(Method::GET), stream(Events::json)).await.unwrap();
                let mut data = Vec::new();
                while let Some(event) = events.next().await {
                    data.push(event.unwrap().data);
                }
                assert_eq!(events.last_id(), Some("7"));
                data
            })
        };
        assert_eq!(data, [json!(1), json!(2)]);
        let ids: Vec<_> = server.requests().iter().map(|request| request.contains("last-event-id: 7\r\n")).collect();
        assert_eq!(ids, [false, true, true], "{blocks}: {:?}", server.requests());
    }
}

#[test]
fn only_what_is_safe_is_asked_for_again() {
    let server = Script::new(broken_events());
    let events = two(&server.url).exchange(operation(Method::POST), stream(Events::json)).unwrap();
    let items: Vec<Result<Event<Value>, Error>> = events.collect();
    assert_eq!(items.len(), 2);
    assert_eq!(failure(items[1].as_ref().unwrap_err()), Failure::Body);
    assert_eq!(server.requests().len(), 1);
    // An error status ends it, too, and so does an end.
    let media = "text/event-stream";
    let refused = send("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
    let server = Script::new(vec![vec![head(media), chunk("retry: 1\ndata: 1\n\n")], vec![refused]]);
    let events = two(&server.url).exchange(operation(Method::GET), stream(Events::json)).unwrap();
    let items: Vec<Result<Event<Value>, Error>> = events.collect();
    let error = items[1].as_ref().unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.body().unwrap().as_ref()), (404, &b"gone"[..]));
    assert_eq!(items.len(), 2);
    let server =
        Script::new(vec![vec![head(media), chunk("data: 1\n\n")], vec![send("HTTP/1.1 204 No Content\r\n\r\n")]]);
    let events = two(&server.url).exchange(operation(Method::GET), stream(Events::json)).unwrap();
    assert_eq!(events.reconnect(1).filter_map(|event: Result<Event<Value>, _>| event.ok()).count(), 1);
}

#[test]
fn what_is_no_stream_of_events_is_an_error_at_once() {
    for (header, value, says) in [
        ("content-type", "application/json", "expected text/event-stream, got application/json"),
        ("content-encoding", "gzip", "it is compressed, `Content-Encoding: gzip`"),
    ] {
        let answer = move |_| Response::builder().header(header, value).body(Body::from("{\"error\":1}")).unwrap();
        let client = probe::builder().transport(InProcess::new(answer)).build().unwrap();
        let error =
            client.exchange(operation(Method::GET), stream(Events::<blocking::Client, Value>::json)).unwrap_err();
        assert!(matches!(error, Error::Decode(_)) && error.to_string().contains(says), "{error}");
        assert_eq!(error.body().unwrap(), "{\"error\":1}");
    }
}

/// An operation that sends a secret.
struct Guarded;

impl Operation for Guarded {
    type Output = Response<Bytes>;
    type Headers = ();
    const ID: &'static str = "guarded";
    const SECURITY: &'static [&'static [&'static str]] = &[&["bearer"]];

    fn call(&self) -> Result<Call, Error> {
        Ok(Call::new(Method::GET, "/x"))
    }

    fn decode(response: Response<Bytes>) -> Result<Self::Output, Error> {
        decode::raw(response)
    }
}

#[test]
fn what_a_stream_repeats_of_a_secret_is_in_no_message() {
    let client = |media: &'static str, text: &'static str| {
        let answer = move |_| {
            let body = Body::stream(Iter([Ok::<_, io::Error>(text)].into_iter()));
            Response::builder().header("content-type", media).body(body).unwrap()
        };
        let builder = probe::builder().auth(Token::new("tok/en-s3cret"));
        builder.transport(InProcess::new(answer)).build().unwrap()
    };
    let events = client("text/event-stream", "data: \"tok/en-s3cret\"\n\n").exchange(Guarded, stream(Events::json));
    let mut events: Events<blocking::Client, i64> = events.unwrap();
    let read = How::Stream(Some("application/x-ndjson"), Items::json);
    let items = client("application/x-ndjson", "\"tok/en-s3cret\"\n").exchange(Guarded, read);
    let mut items: Items<blocking::Client, i64> = items.unwrap();
    for error in [events.next().unwrap().unwrap_err(), items.next().unwrap().unwrap_err()] {
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("s3cret") && shown.contains("[redacted]"), "{shown}");
    }
}

#[test]
fn a_limit_of_nothing_lets_nothing_through() {
    let answer = |_| {
        let body = Body::stream(Iter(["data: 1", "2\n\n"].map(Ok::<_, io::Error>).into_iter()));
        Response::builder().header("content-type", "text/event-stream").body(body).unwrap()
    };
    let client = probe::builder().max_body(0).transport(InProcess::new(answer)).build().unwrap();
    let events: Events<blocking::Client, Value> =
        client.exchange(operation(Method::GET), stream(Events::json)).unwrap();
    let all: Vec<_> = events.collect();
    assert!(matches!(&all[..], [Err(error)] if failure(error) == Failure::TooLarge), "{all:?}");
}

#[test]
fn items_come_one_by_one() {
    let lines = "{\"a\":1}\r\n\n 2 \nwrong\n\"three\"".to_owned();
    let records = "\u{1e}{\"a\":\n1}\n\u{1e}2\n\u{1e}wrong\n\u{1e}\"three\"\n".to_owned();
    for (media, text) in [("application/x-ndjson", lines), ("application/json-seq", records)] {
        for border in 0..=text.len() {
            let pieces = [text[..border].to_owned(), text[border..].to_owned()];
            let answer = move |_| {
                let body = Body::stream(Iter(pieces.clone().into_iter().map(Ok::<_, io::Error>)));
                Response::builder().header("content-type", media).body(body).unwrap()
            };
            let client = probe::builder().transport(InProcess::new(answer)).build().unwrap();
            let read = How::Stream(Some("application/x-ndjson, application/json-seq"), Items::json);
            let items: Vec<Result<Value, Error>> = client.exchange(operation(Method::GET), read).unwrap().collect();
            let [one, two, wrong, three] = &items[..] else { panic!("{border}: {items:?}") };
            let values = [one, two, three].map(|item| item.as_ref().unwrap().clone());
            assert_eq!(values, [json!({"a": 1}), json!(2), json!("three")], "{border}");
            let wrong = wrong.as_ref().unwrap_err();
            assert!(wrong.path().unwrap().starts_with("$[2]"), "{wrong}");
        }
    }
}

#[test]
fn items_that_break_off_or_are_too_large_say_so() {
    let media = "application/x-ndjson";
    let large = format!("\"{}\"\n", "x".repeat(80));
    let server = Script::new(vec![vec![head(media), chunk("1\n"), chunk(&large), chunk("2\n3")]]);
    let read = How::Stream(Some(media), Items::json);
    let items: Vec<Result<Value, Error>> = two(&server.url).exchange(operation(Method::GET), read).unwrap().collect();
    let [one, large, two, broken] = &items[..] else { panic!("{items:?}") };
    assert_eq!((one.as_ref().unwrap(), two.as_ref().unwrap()), (&json!(1), &json!(2)));
    assert_eq!(failure(large.as_ref().unwrap_err()), Failure::TooLarge);
    assert_eq!(failure(broken.as_ref().unwrap_err()), Failure::Body, "3 may be the beginning of 30");
}
