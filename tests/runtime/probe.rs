//! In: a function that writes a call. Out: an operation of it, and its request without a network.

use crate::runtime::{
    Api, Body, Builder, Call, Caller, Client, Error, InProcess, Operation, Placement, Scheme, Style, blocking, decode,
};
use crate::script::{self, Script};
use crate::server::wait;
use bytes::Bytes;
use http::{Method, Request, Response};
use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// An API without an envelope, with one scheme for each placement.
pub static API: Api = Api {
    user_agent: "probe/1",
    server: Some("https://api.example.com/v1/"),
    own_servers: false,
    schemes: &[
        Scheme { name: "bearer", placement: Placement::Bearer, token_url: None },
        Scheme { name: "basic", placement: Placement::Basic, token_url: None },
        Scheme { name: "header", placement: Placement::Header("X-Api-Key"), token_url: None },
        Scheme { name: "query", placement: Placement::Query("key"), token_url: None },
        Scheme { name: "cookie", placement: Placement::Cookie("sid"), token_url: None },
    ],
    envelope: None,
};

/// An operation that is one function.
pub struct Probe<F>(pub F);

impl<F: Fn() -> Result<Call, Error>> Operation for Probe<F> {
    type Output = Response<Bytes>;
    type Headers = ();
    const ID: &'static str = "probe";
    const SECURITY: &'static [&'static [&'static str]] = &[];

    fn call(&self) -> Result<Call, Error> {
        (self.0)()
    }

    fn decode(response: Response<Bytes>) -> Result<Self::Output, Error> {
        decode::raw(response)
    }
}

/// An operation whose response is JSON of a type.
pub struct Read<T>(pub PhantomData<fn() -> T>);

impl<T: DeserializeOwned + 'static> Operation for Read<T> {
    type Output = T;
    type Headers = ();
    const ID: &'static str = "read";
    const SECURITY: &'static [&'static [&'static str]] = &[];

    fn call(&self) -> Result<Call, Error> {
        Ok(Call::new(Method::GET, "/read"))
    }

    fn decode(response: Response<Bytes>) -> Result<T, Error> {
        decode::json(response)
    }
}

/// What both clients, asynchronous and blocking, make of a JSON text that a server sends them over a socket.
pub fn read_by_both<T: DeserializeOwned + 'static>(json: &str) -> [Result<T, Error>; 2] {
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{json}",
        json.len()
    );
    let server = Script::new(vec![vec![script::send(response)]; 2]);
    let by_async = async_builder().base_url(&server.url).build().unwrap();
    let by_blocking = builder().base_url(&server.url).build().unwrap();
    [wait(by_async.send(Read(PhantomData))), by_blocking.send(Read(PhantomData))]
}

/// Settings of a blocking client for the probe's API.
pub fn builder() -> Builder<blocking::Client> {
    Builder::new(&API)
}

/// Settings of an asynchronous client for the probe's API.
pub fn async_builder() -> Builder<Client> {
    Builder::new(&API)
}

/// The request of a call, written by a client of these settings.
pub fn request_by(
    builder: Builder<blocking::Client>,
    method: Method,
    template: &'static str,
    write: impl Fn(&mut Call) -> Result<(), Error>,
) -> Result<Request<Body>, Error> {
    let client = builder.transport(InProcess::new(|_| Response::new(Body::empty()))).build()?;
    client.request(&Probe(|| {
        let mut call = Call::new(method.clone(), template);
        write(&mut call)?;
        Ok(call)
    }))
}

/// The request of a GET.
pub fn request(template: &'static str, write: impl Fn(&mut Call) -> Result<(), Error>) -> Result<Request<Body>, Error> {
    request_by(builder(), Method::GET, template, write)
}

/// The path that one parameter makes of `/{id}`, without the slash.
pub fn path(name: &'static str, style: Style, explode: bool, value: &impl serde::Serialize) -> Result<String, Error> {
    let template = Box::leak(format!("/{{{name}}}").into_boxed_str());
    let request = request(template, |call| call.path(name, style, explode, value))?;
    Ok(request.uri().path().strip_prefix("/v1/").unwrap().to_owned())
}

/// The query string that one parameter makes; `None` without one.
pub fn query(
    name: &'static str,
    style: Style,
    explode: bool,
    value: &impl serde::Serialize,
) -> Result<Option<String>, Error> {
    let request = request("/q", |call| call.query(name, style, explode, value))?;
    Ok(request.uri().query().map(str::to_owned))
}
