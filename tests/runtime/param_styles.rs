//! In: the table of parameters that stands beside the workspace. Out: what reaches a server on loopback, byte for byte, for
//! every row: as the standard says where it does, and otherwise what each library's row is, or why it is not.

use crate::probe::{Probe, async_builder, builder};
use crate::runtime::{Call, Caller, Client, Error, blocking};
use crate::server::wait;
use crate::style::{corpus, style};
use axum::Router;
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use oasmith_tests::loopback::Loopback;
use serde_json::Value;

/// A server and both clients of it.
struct Wire {
    server: Loopback,
    one: Client,
    other: blocking::Client,
}

impl Wire {
    fn new() -> Self {
        let server = Loopback::start(Router::new().fallback(|| async { StatusCode::NO_CONTENT })).unwrap();
        let (url, retry) = (server.url(""), crate::runtime::Retry::never);
        let one = async_builder().base_url(&url).retry(retry()).build().unwrap();
        Self { one, other: builder().base_url(&url).retry(retry()).build().unwrap(), server }
    }

    /// What reaches the server, by both clients.
    fn send(&self, write: &dyn Fn() -> Result<Call, Error>) -> Result<[Request<Bytes>; 2], Error> {
        let before = self.server.requests().len();
        wait(self.one.clone().send(Probe(write)))?;
        self.other.clone().send(Probe(write))?;
        Ok(<[_; 2]>::try_from(self.server.requests().split_off(before)).unwrap())
    }

    /// The text where the parameter of a row is sent; `None` when nothing is.
    fn spell(&self, row: &Value) -> Result<Option<String>, Error> {
        let leak = |text: &str| -> &'static str { text.to_owned().leak() };
        let name = leak(row["name"].as_str().unwrap());
        let explode = row["explode"].as_bool().unwrap_or_default();
        let style = row["style"].as_str().map_or(crate::runtime::Style::Json, style);
        let (value, location) = (&row["value"], row["location"].as_str().unwrap());
        let path = leak(&if location == "path" { format!("/{{{name}}}") } else { "/x".to_owned() });
        let sent = self.send(&|| {
            let mut call = Call::new(Method::GET, path);
            match location {
                "path" => call.path(name, style, explode, value),
                "query" if row["allow_reserved"] == true => call.query_reserved(name, style, explode, value),
                "query" => call.query(name, style, explode, value),
                "header" if style == crate::runtime::Style::Json => call.header_json(name, value),
                "header" => call.header(name, explode, value),
                "cookie" if style == crate::runtime::Style::Json => call.cookie_json(name, value),
                _ => call.cookie(name, explode, value),
            }?;
            Ok(call)
        })?;
        let header = |request: &Request<Bytes>, name: &str| {
            request.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
        };
        let [one, other] = sent.each_ref().map(|request| match location {
            "path" => Some(request.uri().path()[1..].to_owned()),
            "query" => request.uri().query().map(str::to_owned),
            "header" => header(request, name),
            _ => header(request, "cookie"),
        });
        assert_eq!(one, other, "both clients send the same: {row}");
        Ok(one)
    }
}

/// Rows of libraries that the client does not follow, each with the reason.
const NOT_FOLLOWED: &[(&str, &str)] = &[
    ("the style `label` without explode has commas (OpenAPI 3.0.4)", "rd-016 rd-018 sw-011 sw-018"),
    (
        "delimiters that no URL may hold are percent-encoded: `|`, space, `[`, `]` (RFC 3986)",
        "go-055 go-067 go-080 go-082 go-114 go-123 sw-048",
    ),
    ("with `allowReserved`, what no query may hold is encoded, and so is `'`", "sw-029 sw-041 sw-047 sw-049 sw-060"),
    (
        "a text is sent as it is: it is no JSON, and no percent in it is an encoding",
        "rd-002 rd-032 rd-034 sw-036 sw-037 sw-038 sw-039 sw-051 sw-055 sw-056 sw-057 sw-058",
    ),
    ("a cookie is as OpenAPI 3.2.0 tables it", "sw-076 sw-077 sw-078 sw-079 sw-080 sw-081"),
    ("no value makes a segment of a path that servers collapse", "rd-012 rd-013 rd-020 rd-021"),
    ("null is not sent, and in a list it is refused", "rd-072 rd-073 rd-126 rd-127"),
    ("a parameter with `content` is of its media type", "rd-088 rd-089 rd-090 rd-115 rd-133"),
    ("an empty header is sent", "rd-101 rd-102"),
    ("HTTP trims the space around a header's value (RFC 9110, section 5.5)", "sw-065"),
    (
        "the standard leaves it open: a scalar, and what explodes, is as in the style `form`",
        "go-053 go-054 go-057 go-058 go-059 go-060 go-061 go-062 go-063 go-064 go-065 go-066 go-069 go-070 go-071 go-072 go-073 go-074 go-075 go-076 rd-044 rd-045 rd-046 rd-047 rd-050 rd-052 rd-053 rd-054 rd-055 rd-056 rd-059 rd-061",
    ),
    (
        "the standard leaves it open: `deepObject` ignores explode, and takes lists and scalars as forms do",
        "go-077 go-078 go-079 go-081 go-083 go-084 go-085 go-086 go-087 go-088 rd-062 rd-063 rd-064 rd-065 rd-066 rd-067 rd-068 rd-071",
    ),
];

#[test]
fn every_row_of_the_standard_reaches_a_server_as_it_says() {
    let Some(file) = corpus("cases.json") else { return };
    let wire = Wire::new();
    let (mut followed, mut refused, mut open) = (0, 0, 0);
    for row in file["cases"].as_array().unwrap().iter().filter(|row| row["source"] == "oas-spec") {
        let (sent, location) = (wire.spell(row), row["location"].as_str().unwrap());
        match row["expected"].as_str() {
            // Nothing is lost of what the standard leaves open: each part of the value is sent.
            None => {
                let sent = decoded(&sent.unwrap().unwrap_or_default());
                let parts = ["blue", "black", "brown", "R", "100", "G", "200", "B", "150"];
                let there = parts.iter().filter(|part| row["value"].to_string().contains(**part));
                assert!(there.into_iter().all(|part| sent.contains(part)), "{row}: {sent}");
                open += 1;
            }
            // Deliberate: null is not sent, and no value may make a segment that servers collapse.
            Some(_) if row["value"].is_null() => refused += usize::from(sent.is_err() || sent.unwrap().is_none()),
            Some("" | ".") if location == "path" => refused += usize::from(sent.is_err()),
            Some(expected) => {
                assert_eq!(sent.unwrap().as_deref(), Some(expected), "{row}");
                followed += 1;
            }
        }
    }
    assert_eq!((followed, refused, open), (39, 14, 24));
}

/// What a query, path or cookie says when its percents are decoded: rows that were read from pairs are not encoded.
fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

#[test]
fn rows_of_libraries_are_followed_where_the_standard_allows_it() {
    let Some(file) = corpus("cases.json") else { return };
    let wire = Wire::new();
    let mut others = Vec::new();
    for row in file["cases"].as_array().unwrap().iter().filter(|row| row["source"] != "oas-spec") {
        let sent = wire.spell(row);
        let agrees = match (row["expected_kind"].as_str().unwrap(), &sent) {
            ("wire", Ok(Some(text))) if row["expected_form"] == "har-pairs" => {
                decoded(text) == decoded(row["expected"].as_str().unwrap())
            }
            ("wire", Ok(Some(text))) => row["expected"] == *text.as_str(),
            ("omitted", Ok(None)) | ("error", Err(_)) => true,
            _ => false,
        };
        others.extend((!agrees).then(|| row["id"].as_str().unwrap().to_owned()));
    }
    let mut known: Vec<_> = NOT_FOLLOWED.iter().flat_map(|(_, ids)| ids.split(' ')).map(str::to_owned).collect();
    known.sort();
    others.sort();
    assert_eq!(others, known);
}
