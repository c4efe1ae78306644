//! In: transports that wrap another. Out: what the user sees and changes by them of every request and answer, for both
//! clients, over a real socket.

use crate::clients::{TOKEN, both_with, example, settings, wait};
use crate::servers;
use bytes::Bytes;
use std::sync::{Arc, Mutex};
use tower::{Service, ServiceExt};
use voximplant_client::{
    Body, Boxed, Client, Endpoint, Failure, Limits, Reqwest, Retry, Transport, TransportError, Ureq, blocking,
};

type Log = Arc<Mutex<Vec<String>>>;

/// Signs each request and notes it with its answer, in which it mends the body.
#[derive(Clone)]
struct Signed<T>(T, Log);

impl<T> Signed<T> {
    /// Before the request is sent: whatever it is by now, its credentials included, may be seen and changed.
    fn before(&self, request: &mut http::Request<Body>) -> String {
        assert!(request.headers()["authorization"].is_sensitive());
        let token = request.headers()["authorization"].to_str().unwrap().len();
        let signature = format!("{}-{token}", request.uri().query().unwrap().len());
        request.headers_mut().insert("x-signature", signature.parse().unwrap());
        let endpoint = request.extensions().get::<Endpoint>().unwrap();
        format!("{} {}", endpoint.operation, endpoint.path)
    }

    /// After the answer came, before anything is made of it.
    fn after(&self, noted: &str, head: http::response::Parts, body: &Bytes) -> http::Response<Body> {
        self.1.lock().unwrap().push(format!("{noted} {}", head.status.as_u16()));
        let text = std::str::from_utf8(body).unwrap();
        http::Response::from_parts(head, text.replace("one", "1").into())
    }
}

impl<T: Transport> Transport for Signed<T> {
    fn send(
        &self,
        mut request: http::Request<Body>,
        limits: Limits,
    ) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let noted = self.before(&mut request);
            let (head, body) = self.0.send(request, limits).await?.into_parts();
            Ok(self.after(&noted, head, &body.collect(limits.max_body).await?))
        })
    }
}

impl<T: blocking::Transport> blocking::Transport for Signed<T> {
    fn send(&self, mut request: http::Request<Body>, limits: Limits) -> Result<http::Response<Body>, TransportError> {
        let noted = self.before(&mut request);
        let (head, body) = self.0.send(request, limits)?.into_parts();
        Ok(self.after(&noted, head, &body.collect_blocking(limits.max_body)?))
    }
}

#[test]
fn a_transport_that_wraps_another_sees_and_changes_everything() {
    let server = servers::json(r#"{"result":one}"#);
    let log = Log::default();
    let sent = both_with(
        &server.url(""),
        |b| b.transport(Signed(Reqwest::new().unwrap(), log.clone())),
        |b| b.transport(Signed(Ureq::new(), log.clone())),
    );
    for (client, sent) in sent {
        assert_eq!(sent.unwrap().result, Some(1), "{client}");
    }
    assert_eq!(*log.lock().unwrap(), ["send-sms-message /SendSmsMessage 200"; 2]);
    for request in server.requests() {
        let expected = format!("{}-{}", request.uri().query().unwrap().len(), TOKEN.len() + "Bearer ".len());
        assert_eq!(request.headers()["x-signature"], expected);
    }
}

#[test]
fn each_attempt_passes_through_it() {
    let server = servers::answering(503, &[], "busy");
    let log = Log::default();
    let retry = || Retry::times(2).first_wait(std::time::Duration::ZERO);
    let sent = both_with(
        &server.url(""),
        |b| b.retry(retry()).transport(Signed(Reqwest::new().unwrap(), log.clone())),
        |b| b.retry(retry()).transport(Signed(Ureq::new(), log.clone())),
    );
    assert!(sent.iter().all(|(_, sent)| sent.is_err()));
    assert_eq!(log.lock().unwrap().len(), 6);
}

/// Refuses to send anything.
struct Never;

impl blocking::Transport for Never {
    fn send(&self, _: http::Request<Body>, _: Limits) -> Result<http::Response<Body>, TransportError> {
        Err(TransportError::new(Failure::Other, "not today"))
    }
}

#[test]
fn it_may_refuse_a_request() {
    let client = blocking::Client::builder().auth(voximplant_client::Token::new("t")).transport(Never).build().unwrap();
    let error = crate::clients::example(client.sms()).send().unwrap_err();
    assert_eq!(error.to_string(), "the request failed: not today");
}

/// A stack of tower's middleware as a transport. It is given the limits among the request's extensions.
struct Tower<S>(S);

impl<S> Transport for Tower<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = TransportError>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
{
    fn send(
        &self,
        mut request: http::Request<Body>,
        limits: Limits,
    ) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        request.extensions_mut().insert(limits);
        Box::pin(self.0.clone().oneshot(request))
    }
}

#[test]
fn towers_middleware_is_a_transport() {
    let server = servers::json(r#"{"result":1}"#);
    let reqwest = Arc::new(Reqwest::new().unwrap());
    let innermost = tower::service_fn(move |request: http::Request<Body>| {
        let (reqwest, limits) = (reqwest.clone(), request.extensions().get::<Limits>().copied());
        async move { reqwest.send(request, limits.unwrap()).await }
    });
    let stack = tower::ServiceBuilder::new()
        .concurrency_limit(1)
        .map_request(|mut request: http::Request<Body>| {
            request.headers_mut().insert("x-by", http::HeaderValue::from_static("tower"));
            request
        })
        .service(innermost);
    let client = settings(Client::builder(), &server.url("")).transport(Tower(stack)).build().unwrap();
    wait(async {
        let calls: Vec<_> = (0..3).map(|_| tokio::spawn(example(client.sms()).send())).collect();
        for call in calls {
            assert_eq!(call.await.unwrap().unwrap().result, Some(1));
        }
    });
    assert_eq!(server.requests().len(), 3);
    assert!(server.requests().iter().all(|request| request.headers()["x-by"] == "tower"));
}
