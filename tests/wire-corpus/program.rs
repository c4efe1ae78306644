//! In: lines of JSON, each with an operation's index and its inputs. Out: a line of JSON for each: what the call gave.
//!
//! It is no part of this package: it stands before the operations in each program that is compiled with a client.

use sample::{Body, Error, Limits, Password, Retry, Token, TransportError, blocking};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;

type Client = blocking::Client;
type Given = Result<Value, Value>;
type Operation = fn(&Client, &mut Inputs) -> Given;

/// The values to send, by setter.
struct Inputs(Map<String, Value>);

impl Inputs {
    fn optional<T: DeserializeOwned>(&mut self, setter: &str) -> Result<Option<T>, Value> {
        let read = |value| serde_json::from_value(value);
        let refused = |error| json!({"refused": setter, "message": format!("{error}")});
        self.0.remove(setter).map(read).transpose().map_err(refused)
    }

    fn bytes(&mut self, setter: &str) -> Result<Option<Body>, Value> {
        let text: Option<String> = self.optional(setter)?;
        Ok(text.map(body))
    }

    /// A variant's name, and its value.
    fn variant(&mut self, setter: &str) -> Result<Option<(String, Value)>, Value> {
        self.optional(setter)
    }
}

fn missing(setter: &str) -> Value {
    json!({"refused": setter, "message": "it is not given"})
}

/// Bytes come as a string of characters up to `ÿ`.
fn body(text: String) -> Body {
    Body::from(text.chars().map(|each| each as u8).collect::<Vec<_>>())
}

/// What a variant holds.
fn inner<T: DeserializeOwned>(value: Value) -> Result<T, Value> {
    serde_json::from_value(value).map_err(|error| json!({"refused": "body", "message": format!("{error}")}))
}

/// What an operation declares for an error.
type Declared = fn(&Error) -> Option<Given>;

fn failed(error: Error, declared: Declared) -> Value {
    let status = error.status().map(|status| status.as_u16());
    let is_status = matches!(error, Error::Status(..));
    let declared = declared(&error).map(|given| match given {
        Ok(value) => json!({ "gives": value }),
        Err(error) => json!({ "fails": error }),
    });
    json!({"status": status.filter(|_| is_status), "message": error.to_string(), "declared": declared})
}

/// The declared error as its variant holds it.
fn one<T>(declared: Option<Result<T, Error>>, give: fn(T) -> Given) -> Option<Given> {
    Some(declared?.map_err(|error| Value::String(error.to_string())).and_then(give))
}

fn none(_: &Error) -> Option<Given> {
    None
}

fn encoded<T: Serialize>(value: T) -> Given {
    serde_json::to_value(value).map_err(|error| json!({"message": format!("encode: {error}")}))
}

fn value<T: Serialize>(output: Result<T, Error>, declared: Declared) -> Given {
    encoded(output.map_err(|error| failed(error, declared))?)
}

fn several<T>(output: Result<T, Error>, declared: Declared, give: fn(T) -> Given) -> Given {
    give(output.map_err(|error| failed(error, declared))?)
}

fn nothing(output: Result<(), Error>, declared: Declared) -> Given {
    output.map(|()| Value::Null).map_err(|error| failed(error, declared))
}

fn latin(bytes: &[u8]) -> Value {
    Value::String(bytes.iter().map(|byte| char::from(*byte)).collect())
}

fn octets(output: Result<bytes::Bytes, Error>, declared: Declared) -> Given {
    output.map(|bytes| latin(&bytes)).map_err(|error| failed(error, declared))
}

fn whole(output: Result<http::Response<bytes::Bytes>, Error>, declared: Declared) -> Given {
    output.map(|answer| latin(answer.body())).map_err(|error| failed(error, declared))
}

/// HTTP/1.1 over one connection (RFC 9112).
struct Wire(Mutex<Option<BufReader<TcpStream>>>);

impl blocking::Transport for Wire {
    fn send(&self, request: http::Request<Body>, _: Limits) -> Result<http::Response<Body>, TransportError> {
        let mut kept = self.0.lock().unwrap();
        let answer = exchange(&mut kept, &request);
        if answer.is_err() {
            *kept = None;
        }
        answer.map_err(|error| TransportError::new(sample::Failure::Other, error))
    }
}

fn exchange(
    kept: &mut Option<BufReader<TcpStream>>,
    request: &http::Request<Body>,
) -> std::io::Result<http::Response<Body>> {
    let authority = request.uri().authority().unwrap().as_str();
    let target = request.uri().path_and_query().unwrap().as_str();
    let mut head = format!("{} {target} HTTP/1.1\r\nhost: {authority}\r\n", request.method()).into_bytes();
    for (name, value) in request.headers() {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    let body = request.body().as_bytes().unwrap();
    if !body.is_empty() && !request.headers().contains_key("content-length") {
        head.extend(format!("content-length: {}\r\n", body.len()).into_bytes());
    }
    let stream = match kept {
        Some(stream) => stream,
        none => none.insert(BufReader::new(TcpStream::connect(authority)?)),
    };
    stream.get_ref().set_read_timeout(Some(std::time::Duration::from_secs(20)))?;
    head.extend(b"\r\n");
    head.extend_from_slice(body);
    stream.get_mut().write_all(&head)?;
    read(stream, request.method())
}

fn read(stream: &mut BufReader<TcpStream>, method: &http::Method) -> std::io::Result<http::Response<Body>> {
    let wrong = || std::io::Error::other("the answer is not HTTP");
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        stream.read_until(b'\n', &mut line)?;
        match line.strip_suffix(b"\r\n") {
            Some([]) => break,
            Some(line) => lines.push(line.to_vec()),
            None => return Err(wrong()),
        }
    }
    let status = lines.first().and_then(|line| std::str::from_utf8(line.get(9..12)?).ok()?.parse().ok());
    let status: u16 = status.ok_or_else(wrong)?;
    let mut answer = http::Response::builder().status(status);
    let mut length = 0;
    for line in &lines[1..] {
        let colon = line.iter().position(|byte| *byte == b':').ok_or_else(wrong)?;
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            length = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()).ok_or_else(wrong)?;
        }
        answer = answer.header(name, value);
    }
    let has_body = *method != http::Method::HEAD && !matches!(status, 204 | 304);
    let mut body = vec![0; if has_body { length } else { 0 }];
    stream.read_exact(&mut body)?;
    answer.body(Body::from(body)).map_err(std::io::Error::other)
}

fn main() {
    std::thread::Builder::new().stack_size(64 << 20).spawn(serve).unwrap().join().unwrap();
}

fn serve() {
    let base = std::env::args().nth(1).unwrap();
    let wire = Wire(Mutex::new(None));
    let mut builder = Client::builder().base_url(base).retry(Retry::never()).transport(wire);
    // A credential that nothing can send is an error.
    if HAS_SCHEMES {
        builder = builder.auth(Token::new(TOKEN));
    }
    for scheme in BASIC {
        builder = builder.auth_for(*scheme, Password::new(USER, PASSWORD));
    }
    let client = builder.build().unwrap();
    for line in std::io::stdin().lock().lines() {
        let (index, inputs): (usize, _) = serde_json::from_str(&line.unwrap()).unwrap();
        let answer = match OPERATIONS[index](&client, &mut Inputs(inputs)) {
            Ok(value) => json!({ "gives": value }),
            Err(error) => json!({ "fails": error }),
        };
        println!("{answer}");
    }
}
