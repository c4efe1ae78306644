//! In: servers that a description names, with variables. Out: where requests go when one of them is chosen, and that no
//! value leads elsewhere.

use crate::probe::{builder, request_by};
use crate::runtime::{self, Builder, Server, blocking, operation, server, text_enum};
use http::Method;

server! {
    /// All kinds of variables.
    pub struct Production;
    "https://{region}.example.com:{port}/{version}";
    /// The region.
    region: ProductionRegion = "region" or "eu",
    port: String = "port" or "443",
    version: String = "version" or "v1",
}

server! {
    pub struct Account;
    "https://{account}.example.com";
    account: String = "account",
}

server! {
    pub struct Anywhere;
    "{protocol}://{host}{base}";
    protocol: String = "protocol" or "https",
    host: String = "host" or "localhost:8008",
    base: String = "base" or "/_api",
}

text_enum! {
    pub enum ProductionRegion;
    Eu = "eu",
    Us = "us",
}

operation! {
    pub struct Upload, UploadInputs;
    POST "/uploads" "upload";
    server "https://uploads.example.com" or server;
    answer nothing -> ();
}

fn url(builder: Builder<blocking::Client>) -> String {
    request_by(builder, Method::GET, "/pets", |_| Ok(())).unwrap().uri().to_string()
}

#[test]
fn a_chosen_server_goes_before_the_first_and_a_base_url_before_both() {
    assert_eq!(url(builder().server(Production::new())), "https://eu.example.com/v1/pets");
    let us = || Production::new().region(ProductionRegion::Us).version("v2/beta");
    assert_eq!(url(builder().server(us())), "https://us.example.com/v2/beta/pets");
    assert_eq!(
        url(builder().server(Production::new().region("ap").port("8443"))),
        "https://ap.example.com:8443/v1/pets"
    );
    assert_eq!(url(builder().server(us()).base_url("http://h")), "http://h/pets");
    assert_eq!(url(builder().server(Anywhere::new().host("[::1]:1"))), "https://[::1]:1/_api/pets");
}

/// Why a server has no URL, or which it has; an error shows nothing of the value.
fn tried(server: &impl Server, value: &str) -> Result<String, String> {
    server.url().map_err(|error| {
        let error = error.to_string();
        assert!(error.starts_with("nothing was sent: server variable `"), "{error}");
        assert!(value.len() < 4 || !error.contains(value), "{error}");
        error
    })
}

#[test]
fn a_value_cannot_leave_its_part_of_the_host() {
    let hosts = [
        "evil.com/",
        "evil.com#",
        "evil.com?",
        "me@evil.com",
        "evil.com\\",
        "127.0.0.1:80",
        "localhost:",
        "[::1]",
        "[::1",
        "]",
        ":",
        "",
        " ",
        "evil.com\u{3002}",
        "\u{ff0f}",
        "a%2Fb",
        "%zz",
        "a b",
        "a\tb",
        "é",
        "a\r\nb",
        "\0",
        "//evil",
    ];
    for value in hosts {
        tried(&Production::new().region(value), value).unwrap_err();
        let error = builder().server(Production::new().region(value)).build().unwrap_err().to_string();
        assert!(error.contains("server variable `region`: its value may hold letters"), "{value:?}: {error}");
        tried(&Account::new().account(value), value).unwrap_err();
    }
    for value in ["eu-1", "a.b", "a_b", "a~b", "EU"] {
        let url = format!("https://{value}.example.com:443/v1");
        assert_eq!(Production::new().region(value).url().unwrap(), url);
    }
    // What makes the whole host a wrong one is an error of the URL.
    for value in [".", "..", ".a", "a..b"] {
        let error = builder().server(Account::new().account(value)).build().unwrap_err().to_string();
        assert!(error.starts_with("nothing was sent: base URL: its host has an empty label"), "{value}: {error}");
    }
}

#[test]
fn a_port_is_a_number() {
    for value in ["", "x", "80/", "80@evil.com", "80:80", "-1", "+1", "8 0"] {
        let error = tried(&Production::new().port(value), value).unwrap_err();
        assert!(error.ends_with("server variable `port`: its value is no port"), "{value}: {error}");
    }
    let error = builder().server(Production::new().port("65536")).build().unwrap_err().to_string();
    assert_eq!(error, "nothing was sent: base URL: it is not a URL: invalid port number");
}

#[test]
fn a_scheme_is_no_url() {
    for value in ["https://evil.com/", "https:", "a/b", "https://evil.com?"] {
        tried(&Anywhere::new().protocol(value), value).unwrap_err();
    }
    assert_eq!(url(builder().server(Anywhere::new().protocol("http"))), "http://localhost:8008/_api/pets");
    let error = builder().server(Anywhere::new().protocol("ftp")).build().unwrap_err().to_string();
    assert!(error.contains("it must begin with `https://`"), "{error}");
}

#[test]
fn a_whole_host_has_a_port_where_its_default_has_one() {
    for (host, expected) in [
        ("[::1]:1", "https://[::1]:1/_api/pets"),
        ("[::1]", "https://[::1]/_api/pets"),
        ("a.example.com", "https://a.example.com/_api/pets"),
        ("127.0.0.1:8443", "https://127.0.0.1:8443/_api/pets"),
    ] {
        assert_eq!(url(builder().server(Anywhere::new().host(host))), expected);
    }
    for host in ["localhost:", ":1", "[::1", "[::1]x", "[x]", "[::1]:", "a@b", "a:b@c:1", "a/b", "a:1/", "a:1?", ""] {
        tried(&Anywhere::new().host(host), host).unwrap_err();
    }
    // No host by another name.
    for host in ["127.1", "0x7f.1", "2130706433", "017700000001"] {
        let error = builder().server(Anywhere::new().host(host)).build().unwrap_err().to_string();
        assert!(error.contains("base URL: its host is read as another one"), "{host}: {error}");
    }
}

#[test]
fn what_follows_a_host_begins_with_a_slash() {
    for base in ["@evil.com/", ".evil.com/", ":80@evil.com/x", "x", ":1", "\\evil"] {
        tried(&Anywhere::new().base(base), base).unwrap_err();
    }
    for (base, expected) in [
        ("", "https://localhost:8008/pets"),
        ("/", "https://localhost:8008/pets"),
        ("/a b/?c#d%2F\u{e9}", "https://localhost:8008/a%20b/%3Fc%23d%252F%C3%A9/pets"),
        ("//evil", "https://localhost:8008//evil/pets"),
    ] {
        assert_eq!(url(builder().server(Anywhere::new().base(base))), expected);
    }
    for base in ["/..", "/./a", "/a/../b"] {
        let error = builder().server(Anywhere::new().base(base)).build().unwrap_err().to_string();
        assert!(error.contains("base URL: its path may have no segment `.` or `..`"), "{base}: {error}");
    }
}

server! {
    /// The description's own words.
    pub struct Described;
    "{url}/{version}";
    url: ListedUrl = "url" or "https://api.example.com:8443/base" in ["https://[::1]:1"],
    version: ListedUrl = "version" or "v%201" in ["a%2Fb"],
}

server! {
    pub struct Local;
    "http{s}://{host}{port}/{rest}";
    s: String = "s" or "s",
    host: ListedUrl = "host" or "example.com" in ["example.com:1", "[::1]"],
    port: String = "port" or ":8443",
    rest: String = "rest" or "",
}

text_enum! {
    pub enum ListedUrl;
    One = "https://[::1]:1",
}

#[test]
fn the_words_of_the_description_are_taken_as_they_are() {
    assert_eq!(url(builder().server(Described::new())), "https://api.example.com:8443/base/v%201/pets");
    let listed = Described::new().url("https://[::1]:1").version("a%2Fb");
    assert_eq!(url(builder().server(listed)), "https://[::1]:1/a%2Fb/pets");
    assert_eq!(url(builder().server(Described::new().url("http://h").version("a%2Fc"))), "http://h/a%252Fc/pets");
    for wrong in ["h", "https://u@h", "https://h?", "https://h#", "ftp://h", "https://h\\x"] {
        let error = builder().server(Described::new().url(wrong)).build().unwrap_err().to_string();
        assert!(error.starts_with("nothing was sent: base URL: "), "{wrong}: {error}");
    }
    assert_eq!(url(builder().server(Local::new())), "https://example.com:8443/pets");
    assert_eq!(url(builder().server(Local::new().s("").port(""))), "http://example.com/pets");
    assert_eq!(url(builder().server(Local::new().host("[::1]").port(":1"))), "https://[::1]:1/pets");
    assert_eq!(url(builder().server(Local::new().host("example.com:1").port(""))), "https://example.com:1/pets");
    for port in ["80", ":", ":x", ":1@h", "@h"] {
        tried(&Local::new().port(port), port).unwrap_err();
    }
    tried(&Local::new().host("example.com:2"), "example.com:2").unwrap_err();
    tried(&Local::new().host("[::2]"), "[::2]").unwrap_err();
}

#[test]
fn a_variable_without_a_value_is_asked_for() {
    let error = builder().server(Account::new()).build().unwrap_err().to_string();
    assert_eq!(
        error,
        "nothing was sent: base URL: a variable of the server has no value: give it one before `.server(..)`"
    );
    assert_eq!(url(builder().server(Account::new().account("a"))), "https://a.example.com/pets");
}

#[test]
fn no_debug_shows_a_value() {
    let server = Production::new().version("bot123:s3cret");
    assert_eq!(format!("{server:?}"), "Production https://{region}.example.com:{port}/{version}");
    let client = builder().transport(runtime::InProcess::new(|_| http::Response::new("".into()))).server(server);
    let shown = format!("{:?}", client.build().unwrap());
    assert!(shown.contains("https://eu.example.com") && !shown.contains("s3cret"), "{shown}");
}

#[test]
fn an_operation_is_sent_to_its_own_servers_alone() {
    let url = |builder: Builder<blocking::Client>,
               request: fn(Upload<blocking::Client>) -> Upload<blocking::Client>| {
        let transport = runtime::InProcess::new(|_| http::Response::new("".into()));
        let client = builder.transport(transport).build().unwrap();
        request(Upload::new(client)).request().unwrap().uri().to_string()
    };
    let chosen: fn(_) -> _ = |request: Upload<_>| request.server(Account::new().account("a"));
    assert_eq!(url(builder().server(Production::new()), |request| request), "https://uploads.example.com/uploads");
    assert_eq!(url(builder(), chosen), "https://a.example.com/uploads");
    assert_eq!(url(builder().base_url("http://h"), chosen), "http://h/uploads");
    let client = builder().transport(runtime::InProcess::new(|_| http::Response::new("".into()))).build().unwrap();
    let error = Upload::new(client).server(Account::new()).request().unwrap_err().to_string();
    assert!(error.contains("a variable of the server has no value"), "{error}");
}
