//! In: requests. Out: their bytes as a server gets them, and what an independent reader finds in them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server that keeps the bytes of each request, connection by connection.
pub struct Recorder {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Recorder {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, requests) = (listener.local_addr().unwrap(), Arc::<Mutex<Vec<_>>>::default());
        let kept = requests.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                kept.lock().unwrap().push(request(&mut stream));
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            }
        });
        Self { address, requests }
    }

    pub fn take(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *self.requests.lock().unwrap())
    }
}

/// All bytes up to the end of a request, and what came with them.
fn request(stream: &mut TcpStream) -> Vec<u8> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let (mut bytes, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
    loop {
        if let Some((head, body)) = split(&bytes) {
            let head = String::from_utf8_lossy(head).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return bytes;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return bytes,
            Ok(length) => bytes.extend_from_slice(&buffer[..length]),
        }
    }
}

fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((&bytes[..end], &bytes[end + 4..]))
}

/// A request as an independent reader has it.
pub struct Raw {
    pub line: String,
    pub method: String,
    pub target: String,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Raw {
    pub fn of(bytes: &[u8]) -> Self {
        let (head, body) = split(bytes).expect("a whole request");
        let head = std::str::from_utf8(head).expect("no bytes beyond ASCII that are not UTF-8");
        assert!(head.is_ascii(), "{head}");
        let mut lines = head.split("\r\n");
        let line = lines.next().unwrap().to_owned();
        let words: Vec<_> = line.split(' ').collect();
        let [method, target, "HTTP/1.1"] = words[..] else { panic!("request line {line:?}") };
        let headers = lines.map(|line| {
            assert!(line.bytes().all(|byte| byte == b'\t' || (b' '..0x7f).contains(&byte)), "{line:?}");
            let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("header {line:?}"));
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{line:?}");
            (name.to_ascii_lowercase(), value.trim_matches([' ', '\t']).to_owned())
        });
        let raw = Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: headers.collect(),
            body: body.to_owned(),
            line: line.clone(),
        };
        let length = raw.header("content-length").map_or(0, |length| length.parse().unwrap());
        assert_eq!(raw.body.len(), length, "nothing but one request");
        raw
    }

    /// The one header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter().filter(|(known, _)| known == name);
        let first = all.next().map(|(_, value)| value.as_str());
        assert!(all.next().is_none(), "several `{name}`");
        first
    }

    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// What stands behind this name in the query, which holds nothing else.
    pub fn query(&self, name: &str) -> String {
        let (_, query) = self.target.split_once('?').unwrap();
        plain(query.strip_prefix(&format!("{name}=")).unwrap())
    }
}

/// A text that was percent-encoded, and holds no delimiter of a URL or of a cookie.
pub fn plain(text: &str) -> String {
    assert!(!text.contains(['/', '?', '#', '&', '=', ';', ' ', '+', '\\']), "{text}");
    percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned()
}
