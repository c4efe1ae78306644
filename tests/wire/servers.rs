//! In: an answer. Out: a server that gives it to every request.

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use oasmith_tests::loopback::Loopback;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use voximplant_client::ServiceAccount;
use voximplant_server::{Options, VoximplantServer};

/// A server that always answers so, after a while.
pub fn slow(status: u16, headers: &[(&'static str, &str)], body: &str, wait: Duration) -> Loopback {
    let mut answer = Response::new(body.to_owned());
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    for (name, value) in headers {
        answer.headers_mut().append(*name, value.parse().unwrap());
    }
    let answer = move || {
        let answer = answer.clone();
        async move {
            tokio::time::sleep(wait).await;
            answer.map(Body::from)
        }
    };
    Loopback::start(Router::new().fallback(answer)).unwrap()
}

/// A server that always answers so.
pub fn answering(status: u16, headers: &[(&'static str, &str)], body: &str) -> Loopback {
    slow(status, headers, body, Duration::ZERO)
}

/// A server that always answers with this JSON and status 200.
pub fn json(body: &str) -> Loopback {
    answering(200, &[("content-type", "application/json")], body)
}

/// The vendor's API in small, and the base URL and a token of an account.
pub fn voximplant() -> (VoximplantServer, String, String) {
    let server = VoximplantServer::start(Options::default()).unwrap();
    let (url, token) = (server.base_url(), server.token().unwrap());
    (server, url, token)
}

/// The key of its account, as its users have it.
pub fn account(server: &VoximplantServer) -> ServiceAccount {
    ServiceAccount::from_json(&server.credentials_json().unwrap()).unwrap()
}

/// How a connection ends.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// Properly (FIN).
    Closed,
    /// At once (RST).
    Reset,
    /// On the server's side only.
    Half,
    /// Not at all.
    Open,
}

/// A server that reads a request's head, writes these bytes as they are, and then ends the connection so.
pub fn broken(bytes: &'static [u8], end: End) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        crate::clients::wait(async {
            listener.set_nonblocking(true).unwrap();
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            // Both clients call once.
            for _ in 0..2 {
                serve(listener.accept().await.unwrap().0, bytes, end).await;
            }
        });
    });
    address
}

async fn read_head(stream: &mut TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
}

async fn serve(mut stream: TcpStream, bytes: &[u8], end: End) {
    read_head(&mut stream).await;
    stream.write_all(bytes).await.unwrap();
    match end {
        End::Closed => {}
        End::Reset => {
            // A reset overtakes what is still on its way: let the client read first.
            tokio::time::sleep(Duration::from_millis(250)).await;
            stream.set_zero_linger().unwrap();
        }
        End::Half => {
            stream.shutdown().await.unwrap();
            drop(stream.read_u8().await);
        }
        // Until the client gives up.
        End::Open => drop(stream.read_u8().await),
    }
}

/// A server that reads a request's head, and then writes these bytes one by one, with a pause after each, for ever.
pub fn dripping(head: &'static [u8], pause: Duration) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        crate::clients::wait(async {
            listener.set_nonblocking(true).unwrap();
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            for _ in 0..2 {
                let mut stream = listener.accept().await.unwrap().0;
                read_head(&mut stream).await;
                let mut bytes = head.iter().copied().chain(std::iter::repeat(b' '));
                while stream.write_all(&[bytes.next().unwrap()]).await.is_ok() {
                    tokio::time::sleep(pause).await;
                }
            }
        });
    });
    address
}
