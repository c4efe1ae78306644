//! In: what a server does on each of its connections. Out: that server, and the requests that it got, as they came.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a server does next on a connection. At the end it hangs up.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    Pause(Duration),
    /// Until the other side has gone.
    Wait,
    Do(Arc<dyn Fn() + Send + Sync>),
    /// As much as the client takes; counts the bytes.
    Flood(Arc<Mutex<usize>>),
}

pub fn send(text: impl AsRef<[u8]>) -> Step {
    Step::Send(text.as_ref().to_vec())
}

/// A piece of a chunked body.
pub fn chunk(text: &str) -> Step {
    send(format!("{:x}\r\n{text}\r\n", text.len()))
}

/// The head of an answer with a chunked body.
pub fn head(media: &str) -> Step {
    send(format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nTransfer-Encoding: chunked\r\n\r\n"))
}

/// The end of a chunked body.
pub fn end() -> Step {
    send("0\r\n\r\n")
}

pub struct Script {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
    gone: Arc<Mutex<usize>>,
}

impl Script {
    /// A server with one connection after the other.
    pub fn new(connections: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (requests, gone) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(0)));
        let (kept, left) = (requests.clone(), gone.clone());
        std::thread::spawn(move || {
            for steps in connections {
                let (mut stream, _) = listener.accept().unwrap();
                let Some(request) = request(&mut stream) else { continue };
                kept.lock().unwrap().push(request);
                for step in steps {
                    match step {
                        Step::Send(bytes) => drop(stream.write_all(&bytes)),
                        Step::Pause(time) => std::thread::sleep(time),
                        Step::Do(act) => act(),
                        Step::Wait => {
                            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                            if stream.read(&mut [0; 1]).is_ok_and(|length| length == 0) {
                                *left.lock().unwrap() += 1;
                            }
                        }
                        Step::Flood(sent) => {
                            stream.set_write_timeout(Some(Duration::from_millis(300))).unwrap();
                            while let Ok(length) = stream.write(&[b'x'; 65536]) {
                                *sent.lock().unwrap() += length;
                            }
                        }
                    }
                }
            }
        });
        Self { url, requests, gone }
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// How many clients hung up while the server waited.
    pub fn gone(&self) -> usize {
        *self.gone.lock().unwrap()
    }
}

/// A request with its body, chunked or not.
fn request(stream: &mut TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let (mut request, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
    loop {
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            let chunked = head.contains("transfer-encoding: chunked");
            if if chunked { body.ends_with("0\r\n\r\n") } else { body.len() >= length } {
                return Some(text.into_owned());
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
}

/// The body of a request, put together of its chunks.
pub fn body(request: &str) -> String {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    if !head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
        return body.to_owned();
    }
    let (mut whole, mut rest) = (String::new(), body);
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        whole.push_str(&after[..size]);
        rest = &after[size + 2..];
        if size == 0 {
            break;
        }
    }
    whole
}
