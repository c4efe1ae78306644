//! In: bodies that are streams, over real sockets. Out: what arrives, and what is never sent twice.

use crate::probe::{self, Probe};
use crate::runtime::{Body, Call, Caller, Client, Error, Failure, File, InProcess, Retry, blocking};
use crate::script::{Script, Step, body, send};
use crate::server::wait;
use bytes::Bytes;
use futures_core::Stream;
use http::{Method, Response};
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::time::Duration;

/// An iterator as a stream.
pub struct Iter<I>(pub I);

impl<I: Iterator + Unpin> Stream for Iter<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}

fn pieces(pieces: &'static [&'static str]) -> Body {
    Body::stream(Iter(pieces.iter().copied().map(Ok::<_, io::Error>)))
}

/// An operation that sends this body.
fn post(body: Body) -> Probe<impl Fn() -> Result<Call, Error>> {
    Probe(move || {
        let mut call = Call::new(Method::POST, "/x");
        call.raw("text/plain", &Some(body.clone()))?;
        Ok(call)
    })
}

fn answer(status: &str) -> Vec<Step> {
    vec![send(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nRetry-After: 0\r\nConnection: close\r\n\r\n"))]
}

fn one(url: &str) -> Client {
    probe::async_builder().base_url(url).timeout(Duration::from_secs(20)).build().unwrap()
}

fn two(url: &str) -> blocking::Client {
    probe::builder().base_url(url).timeout(Duration::from_secs(20)).build().unwrap()
}

type Sent = Result<Response<Bytes>, Error>;

/// What both clients make of a body, and what the server gets.
fn both(body: impl Fn() -> Body, connections: &[Vec<Step>]) -> [(Sent, Vec<String>); 2] {
    let [a, b] = [(); 2].map(|()| Script::new(connections.to_vec()));
    let sent = wait(async { one(&a.url).send(post(body())).await });
    [(sent, a.requests()), (two(&b.url).send(post(body())), b.requests())]
}

#[test]
fn a_stream_of_unknown_length_is_sent_in_chunks() {
    let bodies: [fn() -> Body; 2] =
        [|| pieces(&["ab", "", "cde"]), || Body::reader(io::Cursor::new("ab").chain(io::Cursor::new("cde")))];
    for made in bodies {
        for (sent, requests) in both(made, &[answer("200 OK")]) {
            sent.unwrap();
            assert!(requests[0].to_ascii_lowercase().contains("transfer-encoding: chunked"), "{requests:?}");
            assert!(!requests[0].to_ascii_lowercase().contains("content-length"), "{requests:?}");
            assert_eq!(body(&requests[0]), "abcde");
        }
    }
}

#[test]
fn a_stream_of_known_length_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("five");
    std::fs::write(&path, "abcde").unwrap();
    let bodies: [&dyn Fn() -> Body; 3] =
        [&|| pieces(&["ab", "cde"]).with_length(5), &|| Body::reader(io::Cursor::new("abcde")).with_length(5), &|| {
            Body::from_path(&path).unwrap()
        }];
    for made in bodies {
        for (sent, requests) in both(made, &[answer("200 OK")]) {
            sent.unwrap();
            assert!(requests[0].to_ascii_lowercase().contains("content-length: 5\r\n"), "{requests:?}");
            assert!(requests[0].ends_with("\r\n\r\nabcde"), "{requests:?}");
        }
    }
}

#[test]
fn a_body_that_breaks_or_lies_is_the_callers_error() {
    let bodies: [fn() -> Body; 4] = [
        || Body::stream(Iter([Ok("ab"), Err(io::Error::other("the disk is gone"))].into_iter())),
        || Body::reader(io::Cursor::new("ab").chain(Broken)),
        || pieces(&["abc"]).with_length(2),
        || pieces(&["abc"]).with_length(4),
    ];
    for (index, made) in bodies.into_iter().enumerate() {
        for (sent, _) in both(made, &[answer("200 OK")]) {
            let error = sent.unwrap_err();
            let Error::Transport(transport) = &error else { panic!("{index}: {error:?}") };
            assert_eq!(transport.failure(), Failure::RequestBody, "{index}: {error:?}");
            assert!(!error.is_retryable());
            let why = ["the disk is gone", "the disk is gone", "longer than it says", "shorter than it says"][index];
            assert!(error.to_string().contains(why), "{index}: {error}");
        }
    }
}

struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[test]
fn a_stream_is_never_sent_twice() {
    let busy = || [answer("503 Busy"), answer("200 OK")];
    for (sent, requests) in both(|| pieces(&["a"]), &busy()) {
        assert_eq!(sent.unwrap_err().status().unwrap(), 503);
        assert_eq!(requests.len(), 1);
    }
    for (sent, requests) in both(|| Body::repeatable(|| pieces(&["a"])), &busy()) {
        sent.unwrap();
        assert_eq!(requests.iter().map(|request| body(request)).collect::<Vec<_>>(), ["a", "a"]);
    }
    // Nothing of it was read where there was no connection.
    let body = pieces(&["a"]);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = probe::builder().base_url(format!("http://{free}")).retry(Retry::never()).build().unwrap();
    assert!(client.send(post(body.clone())).unwrap_err().is_connect());
    assert!(body.is_ready());
}

#[test]
fn a_second_use_of_a_stream_is_refused_before_it_is_sent() {
    let body = pieces(&["a"]);
    let client = probe::builder().transport(InProcess::new(|_| Response::new(Body::empty()))).build().unwrap();
    let request = client.request(&post(body.clone())).unwrap();
    assert_eq!(request.body().length(), None);
    client.clone().send(post(body.clone())).unwrap();
    let error = client.send(post(body)).unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(error.to_string().contains("sent before"), "{error}");
    // The request that was made before is the same stream.
    let mut body = request.into_body();
    assert!(body.read(&mut [0; 9]).unwrap_err().to_string().contains("read before"));
}

#[test]
fn a_reader_does_not_block_asynchronous_code() {
    struct Fed(mpsc::Receiver<&'static str>);
    impl Read for Fed {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Ok(text) = self.0.recv() else { return Ok(0) };
            buffer[..text.len()].copy_from_slice(text.as_bytes());
            Ok(text.len())
        }
    }
    let server = Script::new(vec![answer("200 OK")]);
    let (feed, fed) = mpsc::channel();
    // One thread: the reader waits for what this thread does while it is read.
    wait(async {
        let client = one(&server.url);
        let feeding = async {
            for text in ["one ", "two ", "three"] {
                tokio::time::sleep(Duration::from_millis(20)).await;
                feed.send(text).unwrap();
            }
            drop(feed);
        };
        let (sent, ()) = tokio::join!(async { client.send(post(Body::reader(Fed(fed)))).await }, feeding);
        sent.unwrap();
    });
    assert_eq!(body(&server.requests()[0]), "one two three");
}

/// A stream of which nothing ever comes.
struct Stalled;

impl Stream for Stalled {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}

#[test]
fn a_body_that_stands_still_is_a_timeout() {
    let (ended, end) = mpsc::channel();
    std::thread::spawn(move || {
        let short = Duration::from_millis(300);
        let [a, b] = [(); 2].map(|()| Script::new(vec![vec![]]));
        let by_async = probe::async_builder().base_url(&a.url).timeout(short).build().unwrap();
        let by_async = wait(async { by_async.send(post(Body::stream(Stalled))).await });
        let by_blocking = probe::builder().base_url(&b.url).timeout(short).build().unwrap();
        ended.send([by_async, by_blocking.send(post(Body::stream(Stalled)))]).unwrap();
    });
    for sent in end.recv_timeout(Duration::from_secs(10)).expect("both clients give up") {
        let error = sent.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(error.to_string().matches("within the timeout").count(), 1, "{error}");
    }
}

struct Panicking;

impl Read for Panicking {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("on purpose: the reader gives up")
    }
}

#[test]
fn a_reader_that_panics_is_an_error_of_the_body() {
    let server = Script::new(vec![vec![]]);
    let client = probe::async_builder().base_url(&server.url).timeout(Duration::from_secs(5)).build().unwrap();
    let error = wait(async { client.send(post(Body::reader(Panicking))).await.unwrap_err() });
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert_eq!(transport.failure(), Failure::RequestBody, "{error:?}");
    assert!(error.to_string().ends_with("the reader panicked"), "{error}");
}

#[derive(serde::Serialize)]
struct Upload {
    title: &'static str,
    file: File,
}

#[test]
fn a_file_of_a_form_is_read_while_it_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.txt");
    let content = "0123456789".repeat(20_000);
    std::fs::write(&path, &content).unwrap();
    let files: [(&dyn Fn() -> File, bool); 2] = [
        (&|| File::from_path(&path).unwrap().with_content_type("text/x"), true),
        (&|| File::new(Body::reader(std::fs::File::open(&path).unwrap())).with_name("scan.txt"), false),
    ];
    for (file, has_length) in files {
        let operation = |file: File| {
            Probe(move || {
                let mut call = Call::new(Method::POST, "/x");
                let form = Some(Upload { title: "t", file: file.clone() });
                call.multipart("multipart/form-data", &[], &[], &form)?;
                Ok(call)
            })
        };
        let [a, b] = [(); 2].map(|()| Script::new(vec![answer("200 OK")]));
        wait(async { one(&a.url).send(operation(file())).await }).unwrap();
        two(&b.url).send(operation(file())).unwrap();
        for request in [&a.requests()[0], &b.requests()[0]] {
            let head = request.split_once("\r\n\r\n").unwrap().0.to_ascii_lowercase();
            assert_eq!(head.contains("content-length: "), has_length, "{head}");
            let media = head.lines().find_map(|line| line.strip_prefix("content-type: ")).unwrap();
            let parts = crate::multipart::read(media, body(request).as_bytes());
            let [(.., title), (_, name, _, bytes)] = &parts[..] else { panic!("{} parts", parts.len()) };
            assert_eq!((&title[..], name.as_deref(), &bytes[..]), (&b"t"[..], Some("scan.txt"), content.as_bytes()));
        }
    }
}

#[test]
fn a_body_is_what_others_take_for_one() {
    fn is_body<T: http_body::Body<Data = Bytes> + Stream + Read + Send + Sync + Unpin + 'static>(body: T) -> T {
        body
    }
    let body = is_body(pieces(&["ab", "cde"]).with_length(5));
    assert_eq!(http_body::Body::size_hint(&body).exact(), Some(5));
    assert_eq!(format!("{body:?}, {:?}", pieces(&[])), "Body(5 bytes), Body(a stream)");
    let mut text = String::new();
    body.clone().read_to_string(&mut text).unwrap();
    assert_eq!(text, "abcde");
    assert!(!body.is_ready());
}
