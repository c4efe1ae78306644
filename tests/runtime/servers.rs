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
    assert_eq!(url(builder().server(Production::new())), "https://eu.example.com:443/v1/pets");
    let us = || Production::new().region(ProductionRegion::Us).version("v2/beta");
    assert_eq!(url(builder().server(us())), "https://us.example.com:443/v2/beta/pets");
    assert_eq!(
        url(builder().server(Production::new().region("ap").port("8443"))),
        "https://ap.example.com:8443/v1/pets"
    );
    assert_eq!(url(builder().server(us()).base_url("http://h")), "http://h/pets");
    assert_eq!(url(builder().server(Anywhere::new().host("[::1]:1"))), "https://[::1]:1/_api/pets");
}

#[test]
fn a_value_cannot_leave_its_part_of_the_host() {
    for value in ["evil.com/", "evil.com#", "evil.com?", "me@evil.com", "evil.com\\"] {
        let server = Production::new().region(value);
        assert!(!server.url().starts_with(&format!("https://{value}")), "{}", server.url());
        let error = builder().server(server).build().unwrap_err().to_string();
        assert!(error.starts_with("nothing was sent: base URL: ") && !error.contains("evil"), "{error}");
    }
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
    assert!(shown.contains("https://eu.example.com:443") && !shown.contains("s3cret"), "{shown}");
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
