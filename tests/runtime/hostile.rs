//! In: hostile texts in every place of a request that a text may stand in. Out: that, by both transports, either nothing is
//! sent and the error names the place, or one request arrives where it should, in which an independent reading finds the text.

use crate::multipart::{Part, read as parts};
use crate::probe::{API, async_builder, builder};
use crate::recorder::{Raw, Recorder, plain};
use crate::runtime::{
    self, Builder, Call, Caller, Error, File, Operation, Password, Reqwest, Retry, Server, Style, Token, Ureq, decode,
};
use bytes::Bytes;
use http::{Method, Response};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Path,
    PathBehindDot,
    Query,
    ReservedQuery,
    Header,
    Cookie,
    PartName,
    FileName,
    PartContent,
    PartHeader,
    PartText,
    HostVariable,
    PortVariable,
    PathVariable,
    Bearer,
    BasicUser,
    BasicPassword,
    KeyInHeader,
    KeyInQuery,
    KeyInCookie,
    DefaultHeader,
    BaseHost,
    BaseEnd,
    BasePath,
    BaseUrl,
}

use Place::*;

#[rustfmt::skip]
const PLACES: [Place; 25] = [
    Path, PathBehindDot, Query, ReservedQuery, Header, Cookie, PartName, FileName, PartContent, PartHeader, PartText,
    HostVariable, PortVariable, PathVariable, Bearer, BasicUser, BasicPassword, KeyInHeader, KeyInQuery, KeyInCookie,
    DefaultHeader, BaseHost, BaseEnd, BasePath, BaseUrl,
];

fn texts(other: SocketAddr) -> Vec<String> {
    let port = other.port();
    #[rustfmt::skip]
    let fixed = [
        "plain", "\r\n", "a\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1\r\n", "a\nb", "a\rb", "\0", "a\0b", "..", ".", "...",
        "%2e%2e", "%2E", ".%2e", "%2e", "%2F", "a%2f..%2fb", "/", "a/b", "/..", "../..", "\\", "a\\b", "\\\\evil",
        "?", "a?b", "#", "a#b", "@", "u@h", "u:p@h", ":", ":80", "[::1]", "[", "]", "127.0.0.1:80", "localhost:",
        "localhost", "//evil", "http://evil/", " ", " a", "a ", "a b", "\t", "a\tb", "é", "日本語", "😀", "a\u{3002}b",
        "\u{ff0e}\u{ff0e}", "\u{ff0f}", "\u{ff21}", "\u{2100}", "%00", "%0d%0a", "%zz", "%", "%%", "a%", "%2", "",
        "'", ";", "a;b", "&", "a&b=c", "=", "\"", "a\"b", "`", "<>", "{id}", "{", "}", "|", "^", "~", "+", "a+b", "*",
        ",", "$", "!", "()", "\u{2028}", "\u{2029}", "\u{202e}", "\u{feff}", "\u{7f}", "\u{85}", "\u{1b}[0m", "xn--a",
        "0x7f.1", "1.", "null", "-", "--", "\u{301}",
    ];
    let own = [
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        format!("@127.0.0.1:{port}"),
        format!("//127.0.0.1:{port}/"),
        format!("\\\\127.0.0.1:{port}\\"),
        format!("http://127.0.0.1:{port}/"),
        format!("1:{port}"),
        format!("1:{port}/"),
        format!("1:{port}#"),
        "x".repeat(10_000),
        "x".repeat(70_000),
        "é".repeat(5_000),
    ];
    fixed.map(str::to_owned).into_iter().chain(own).collect()
}

/// A server with one variable.
struct Host(String, String);

impl Server for Host {
    fn url(&self) -> Result<String, Error> {
        let variable =
            runtime::server::Variable { name: "v", given: Some(self.1.as_str()), default: Some("-"), listed: &[] };
        runtime::server::url(&self.0, &[variable])
    }
}

/// A client for this place, at the server with this port.
fn client<C: Caller>(place: Place, text: &str, port: u16, builder: Builder<C>) -> Result<C, Error> {
    let base = format!("http://127.0.0.1:{port}/base");
    let server = |template: &str| Host(template.replace("PORT", &port.to_string()), text.to_owned());
    let builder = builder.retry(Retry::never()).timeout(Duration::from_secs(10));
    match place {
        HostVariable => builder.server(server("http://127.0.0.{v}:PORT/base")),
        PortVariable => builder.server(server("http://127.0.0.1:{v}/base")),
        PathVariable => builder.server(server("http://127.0.0.1:PORT/base/{v}")),
        BaseHost => builder.base_url(format!("http://127.0.0.{text}:{port}/base")),
        BaseEnd => builder.base_url(format!("http://127.0.0.1:{port}{text}")),
        BasePath => builder.base_url(format!("{base}/{text}")),
        BaseUrl => builder.base_url(text),
        Bearer => builder.base_url(base).auth_for("bearer", Token::new(text)),
        BasicUser => builder.base_url(base).auth_for("basic", Password::new(text, "p")),
        BasicPassword => builder.base_url(base).auth_for("basic", Password::new("u", text)),
        KeyInHeader => builder.base_url(base).auth_for("header", Token::new(text)),
        KeyInQuery => builder.base_url(base).auth_for("query", Token::new(text)),
        KeyInCookie => builder.base_url(base).auth_for("cookie", Token::new(text)),
        DefaultHeader => builder.base_url(base).header("X-Text", text),
        _ => builder.base_url(base),
    }
    .build()
}

/// An operation with this of the security schemes.
struct Op<const SCHEME: usize>(Place, String);

impl<const SCHEME: usize> Operation for Op<SCHEME> {
    type Output = Response<Bytes>;
    type Headers = ();
    const ID: &'static str = "hostile";
    const SECURITY: &'static [&'static [&'static str]] =
        [&[] as &[&[&str]], &[&["bearer"]], &[&["basic"]], &[&["header"]], &[&["query"]], &[&["cookie"]]][SCHEME];

    fn call(&self) -> Result<Call, Error> {
        let Self(place, text) = self;
        let mut call = Call::new(
            Method::POST,
            match place {
                Path => "/a/{id}/z",
                PathBehindDot => "/a/%2e{id}/z",
                _ => "/a",
            },
        );
        let file = |file: File| BTreeMap::from([("file", file)]);
        let mut form = |form: BTreeMap<&str, File>| call.multipart("multipart/form-data", &[], &[], &Some(form));
        match place {
            Path | PathBehindDot => call.path("id", Style::Simple, false, text)?,
            Query => call.query("q", Style::Form, true, text)?,
            ReservedQuery => call.query_reserved("q", Style::Form, true, text)?,
            Header => call.header("X-Text", false, text)?,
            Cookie => call.cookie("c", true, text)?,
            PartName => form(BTreeMap::from([(text.as_str(), File::from("x"))]))?,
            FileName => form(file(File::from("x").with_name(text)))?,
            PartContent => form(file(File::from(text.as_str())))?,
            PartHeader => form(file(File::from("x").with_header("X-Text", text)))?,
            PartText => call.multipart("multipart/form-data", &[], &[], &Some(BTreeMap::from([("t", text)])))?,
            _ => {}
        }
        Ok(call)
    }

    fn decode(response: Response<Bytes>) -> Result<Self::Output, Error> {
        decode::raw(response)
    }
}

fn send<C: Caller>(client: C, place: Place, text: &str) -> C::Sent<Response<Bytes>> {
    let text = text.to_owned();
    match place {
        Bearer => client.send(Op::<1>(place, text)),
        BasicUser | BasicPassword => client.send(Op::<2>(place, text)),
        KeyInHeader => client.send(Op::<3>(place, text)),
        KeyInQuery => client.send(Op::<4>(place, text)),
        KeyInCookie => client.send(Op::<5>(place, text)),
        _ => client.send(Op::<0>(place, text)),
    }
}

/// What the error of a place names.
fn named(place: Place) -> &'static [&'static str] {
    match place {
        Path | PathBehindDot => &["path parameter `id`", "the URL: it is longer"],
        Query | ReservedQuery => &["query parameter `q`", "the URL: it is longer"],
        Header => &["header `X-Text`"],
        Cookie => &["cookie `c`"],
        PartName => &["body"],
        FileName | PartContent | PartHeader => &["`file`"],
        PartText => &["`t`"],
        HostVariable | PortVariable | PathVariable => &["server variable `v`", "base URL: "],
        Bearer => &["credential for `bearer`"],
        BasicUser | BasicPassword => &["credential for `basic`"],
        KeyInHeader => &["credential for `header`"],
        KeyInQuery => &["credential for `query`"],
        KeyInCookie => &["credential for `cookie`"],
        DefaultHeader => &["header `X-Text`"],
        BaseHost | BaseEnd | BasePath | BaseUrl => &["base URL: ", "the URL: it is longer"],
    }
}

/// The text that an independent reader finds, and the header that it stands in, if it does.
fn found(place: Place, raw: &Raw, text: &str) -> (String, Option<&'static str>) {
    let file = || -> (Part, &[u8]) {
        let parts = parts(raw.header("content-type").unwrap(), &raw.body);
        let [part] = &parts[..] else { panic!("{} parts", parts.len()) };
        (part.clone(), &raw.body)
    };
    // As HTML has it.
    let name = |text: String| text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    let header = |name: &'static str| raw.header(name).unwrap_or_else(|| panic!("no `{name}`")).to_owned();
    let basic = || {
        let pair = base64(header("authorization").strip_prefix("Basic ").unwrap());
        let (user, password) = pair.split_once(':').unwrap();
        (user.to_owned(), password.to_owned())
    };
    let expected_path = match place {
        Path | PathBehindDot => None,
        PathVariable | BasePath | BaseEnd => None,
        _ => Some("/base/a"),
    };
    assert!(expected_path.is_none_or(|path| raw.path() == path), "{}", raw.target);
    let is_in_query = matches!(place, Query | ReservedQuery | KeyInQuery);
    assert_eq!(raw.target.contains('?'), is_in_query, "{}", raw.target);
    let segments: Vec<_> = raw.path().split('/').collect();
    match place {
        Path | PathBehindDot => {
            let ["", "base", "a", id, "z"] = segments[..] else { panic!("{}", raw.target) };
            let id = plain(id);
            let id = if place == Path { id } else { id.strip_prefix('.').unwrap().to_owned() };
            (id, None)
        }
        Query => (raw.query("q"), None),
        KeyInQuery => (raw.query("key"), None),
        ReservedQuery => {
            // What is percent-encoded in the text stays so.
            let (_, query) = raw.target.split_once("?q=").unwrap();
            let decode = |text: &str| percent_encoding::percent_decode_str(text).collect::<Vec<_>>();
            assert_eq!(decode(query), decode(text), "{query}");
            (text.to_owned(), None)
        }
        Header | DefaultHeader => (header("x-text"), Some("x-text")),
        KeyInHeader => (header("x-api-key"), Some("x-api-key")),
        Cookie => (plain(header("cookie").strip_prefix("c=").unwrap()), Some("cookie")),
        KeyInCookie => (plain(header("cookie").strip_prefix("sid=").unwrap()), Some("cookie")),
        Bearer => (header("authorization").strip_prefix("Bearer ").unwrap().to_owned(), Some("authorization")),
        BasicUser => (basic().0, Some("authorization")),
        BasicPassword => (basic().1, Some("authorization")),
        PartName => (name(file().0.0), None),
        FileName => (name(file().0.1.unwrap()), None),
        PartContent | PartText => (String::from_utf8(file().0.3.to_vec()).unwrap(), None),
        PartHeader => {
            let body = String::from_utf8(file().1.to_vec()).unwrap();
            let head = body.split("\r\n\r\n").next().unwrap();
            let value = head.lines().find_map(|line| line.strip_prefix("X-Text:")).unwrap();
            (value.trim_matches([' ', '\t']).to_owned(), None)
        }
        PathVariable => {
            let path = raw.path().strip_prefix("/base/").and_then(|path| path.strip_suffix("/a"));
            let path = path.unwrap_or_else(|| if raw.path() == "/base/a" { "" } else { panic!("{}", raw.target) });
            let text = percent_encoding::percent_decode_str(path).decode_utf8().unwrap().into_owned();
            assert!(!path.contains(['?', '#', '\\']), "{path}");
            (text, None)
        }
        // A URL's own text: as it is.
        BasePath => (
            raw.path().strip_prefix("/base/").unwrap().strip_suffix("a").unwrap().trim_end_matches('/').to_owned(),
            None,
        ),
        BaseEnd => (raw.path().strip_suffix("/a").unwrap().to_owned(), None),
        HostVariable | PortVariable | BaseHost | BaseUrl => panic!("{place:?}: {text:?} led to {}", raw.target),
    }
}

fn base64(text: &str) -> String {
    use ::base64::Engine;
    String::from_utf8(::base64::engine::general_purpose::STANDARD.decode(text).unwrap()).unwrap()
}

/// The two servers, one for each transport, and what both clients have in common.
struct Bench {
    runtime: tokio::runtime::Runtime,
    reqwest: Arc<Reqwest>,
    ureq: Arc<Ureq>,
    servers: [Recorder; 2],
}

impl Bench {
    /// Whether the text arrived.
    fn try_cell(&self, place: Place, text: &str) -> bool {
        let [one, two] = &self.servers;
        let by_async = client(place, text, one.address.port(), async_builder().transport(self.reqwest.clone()))
            .and_then(|client| self.runtime.block_on(async { send(client, place, text).await }));
        let by_blocking = client(place, text, two.address.port(), builder().transport(self.ureq.clone()))
            .and_then(|client| send(client, place, text));
        let (at_one, at_two) = (one.take(), two.take());
        assert_eq!(by_async.is_ok(), by_blocking.is_ok(), "{by_async:?} {by_blocking:?}");
        for (sent, requests) in [(&by_async, &at_one), (&by_blocking, &at_two)] {
            let Err(error) = sent else {
                assert_eq!(requests.len(), 1);
                continue;
            };
            assert!(requests.is_empty(), "{error}");
            let error = error.to_string();
            let is_named = named(place).iter().any(|name| error.contains(name));
            // A part of a host that is none by the DNS.
            let is_unknown = matches!(place, HostVariable | BaseHost) && error.starts_with("no connection");
            assert!((is_named && error.starts_with("nothing was sent: ")) || is_unknown, "{error}");
            // The name of a part is no secret.
            assert!(
                text.len() < 12 || place == PartName || !error.contains(text),
                "the error repeats the text: {error}"
            );
        }
        if by_async.is_err() {
            return false;
        }
        let [a, b] = [&at_one[0], &at_two[0]].map(|bytes| Raw::of(bytes));
        for (raw, server) in [(&a, one), (&b, two)] {
            let (read, header) = found(place, raw, text);
            let expected = match place {
                // Slashes at the end of a base URL are one with that of the path.
                PathVariable | BasePath | BaseEnd => text.trim_end_matches('/'),
                _ => text,
            };
            assert_eq!(read, expected);
            assert_eq!(raw.header("host"), Some(&*server.address.to_string()));
            assert_eq!(raw.method, "POST");
            header.into_iter().for_each(|header| assert_eq!(a.header(header), b.header(header)));
        }
        assert_eq!(a.line, b.line);
        true
    }
}

#[test]
fn every_hostile_text_in_every_place_arrives_as_it_is_or_not_at_all() {
    assert_eq!(API.schemes.len(), 5);
    let bench = Bench {
        runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
        reqwest: Arc::new(Reqwest::new().unwrap()),
        ureq: Arc::new(Ureq::new()),
        servers: [Recorder::new(), Recorder::new()],
    };
    let other = Recorder::new();
    let mut wrong = Vec::new();
    for place in PLACES {
        let mut arrived = 0;
        // A base URL is the user's own: what is one leads where it says.
        let is_own = |text: &String| match place {
            BaseUrl => text.starts_with("http://"),
            BaseHost => text.starts_with("1:") && text.ends_with('/'),
            _ => false,
        };
        for text in texts(other.address).iter().filter(|text| !is_own(text)) {
            let cell = || format!("{place:?} {:?}", text.chars().take(40).collect::<String>());
            match catch_unwind(AssertUnwindSafe(|| bench.try_cell(place, text))) {
                Ok(true) => arrived += 1,
                Ok(false) => {}
                Err(_) => wrong.push(cell()),
            }
        }
        // A host takes none of them, each other place some.
        let is_host = matches!(place, HostVariable | PortVariable | BaseHost | BaseUrl);
        assert_eq!(arrived == 0, is_host, "{place:?}: {arrived}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(other.take().is_empty(), "a text led to another server");
}

#[test]
fn a_harmless_text_in_a_host_arrives() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = Recorder::new();
    let port = server.address.port();
    let cases = [
        (HostVariable, "1".to_owned()),
        (PortVariable, port.to_string()),
        (BaseHost, "1".to_owned()),
        (BaseUrl, format!("http://127.0.0.1:{port}/base")),
    ];
    for (place, text) in cases {
        let by_async = client(place, &text, port, async_builder()).unwrap();
        runtime.block_on(async { send(by_async, place, &text).await }).unwrap();
        send(client(place, &text, port, builder()).unwrap(), place, &text).unwrap();
        let requests = server.take();
        assert_eq!(requests.len(), 2);
        for request in requests {
            assert_eq!(Raw::of(&request).line, "POST /base/a HTTP/1.1", "{place:?}");
        }
    }
}
