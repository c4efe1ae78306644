//! In: the bytes of an answer. Out: a server on loopback that gives them once, and the request that it got.

use crate::runtime::{Builder, Client, Error, Retry, Token, blocking};
use crate::sample::types::SendSmsMessageResponse;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;

/// An answer with a `Content-Length`.
pub fn answer(status: &str, media: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: {media}\r\nX-Request-Id: r-7\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// A server for one request; it waits that long before it answers.
pub struct Server {
    pub url: String,
    request: JoinHandle<String>,
}

impl Server {
    pub fn new(answer: Vec<u8>, wait: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let request = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            let mut buffer = [0; 4096];
            while !complete(&request) {
                let read = stream.read(&mut buffer).unwrap();
                assert_ne!(read, 0, "the client hung up");
                request.extend_from_slice(&buffer[..read]);
            }
            std::thread::sleep(wait);
            // The client may have gone by now.
            let _ = stream.write_all(&answer);
            String::from_utf8(request).unwrap()
        });
        Self { url, request }
    }

    /// The request, as it came.
    pub fn request(self) -> String {
        self.request.join().unwrap()
    }
}

fn complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

/// Runs a future to its end.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Settings that both clients have.
pub struct Settings {
    pub timeout: Duration,
    pub max_body: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(20), max_body: 1 << 20 }
    }
}

type Sent = Result<SendSmsMessageResponse, Error>;

/// Sends the sample's request by the asynchronous client.
pub fn by_async(url: &str, settings: &Settings) -> Sent {
    let client = Client::builder().base_url(url).auth(Token::new("s3cret")).retry(Retry::never());
    let client = client.timeout(settings.timeout).max_body(settings.max_body).build().unwrap();
    let request = client.sms().send_sms_message().source("+44 7").destination("b&c=d").store_body(true);
    wait(async { request.send().await })
}

/// Sends the sample's request by the blocking client.
pub fn by_blocking(url: &str, settings: &Settings) -> Sent {
    let client = blocking::Client::builder().base_url(url).auth(Token::new("s3cret")).retry(Retry::never());
    let client = client.timeout(settings.timeout).max_body(settings.max_body).build().unwrap();
    client.sms().send_sms_message().source("+44 7").destination("b&c=d").store_body(true).send()
}

/// What both clients make of an answer, each with the request that the server got.
pub fn both_with(settings: &Settings, answer: &[u8], delay: Duration) -> [(String, Sent); 2] {
    [by_async, by_blocking].map(|send| {
        let server = Server::new(answer.to_vec(), delay);
        let sent = send(&server.url, settings);
        (server.request(), sent)
    })
}

/// What both clients make of an answer.
pub fn both(answer: &[u8]) -> [Sent; 2] {
    both_with(&Settings::default(), answer, Duration::ZERO).map(|(_, sent)| sent)
}

/// Settings of both clients can be built by one function.
pub fn base<C: crate::runtime::Caller>(builder: Builder<C>, url: &str) -> C {
    builder.base_url(url).build().unwrap()
}
