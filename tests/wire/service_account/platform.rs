//! In: tokens. Out: a server that checks them as the vendor says, by its own clock, signature included: `Platform`.

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use oasmith_tests::loopback::Loopback;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const PUBLIC: &str = include_str!("../keys/test-only-public.pem");

/// The accounts that the key opens: a parent and its children.
const ACCOUNTS: [&str; 3] = ["1", "22", "333"];

/// A server that takes messages.
pub(super) struct Platform {
    server: Loopback,
    rules: Arc<Rules>,
}

#[derive(Default)]
struct Rules {
    /// How many seconds the server's clock is ahead of this machine's.
    ahead: AtomicI64,
    /// The code that it always answers with, if it is not 0.
    refused: AtomicI64,
    /// The codes that it has answered with; 0 where it took the message.
    answers: Mutex<Vec<i64>>,
}

impl Platform {
    pub(super) fn start() -> Self {
        let rules = Arc::new(Rules::default());
        let router = Router::new().route("/SendSmsMessage", post(send)).with_state(Arc::clone(&rules));
        Self { server: Loopback::start(router).unwrap(), rules }
    }

    pub(super) fn url(&self) -> String {
        self.server.url("")
    }

    pub(super) fn set_clock(&self, ahead: i64) {
        self.rules.ahead.store(ahead, Ordering::Relaxed);
    }

    pub(super) fn refuse(&self, code: i64) {
        self.rules.refused.store(code, Ordering::Relaxed);
    }

    pub(super) fn answers(&self) -> Vec<i64> {
        self.rules.answers.lock().unwrap().clone()
    }

    pub(super) fn tokens(&self) -> Vec<String> {
        self.server.requests().iter().map(|request| token(request.headers()).to_owned()).collect()
    }

    pub(super) fn queries(&self) -> Vec<Option<String>> {
        self.server.requests().iter().map(|request| request.uri().query().map(str::to_owned)).collect()
    }
}

async fn send(State(rules): State<Arc<Rules>>, headers: HeaderMap) -> Response {
    let clock = now() + rules.ahead.load(Ordering::Relaxed);
    let code = match rules.refused.load(Ordering::Relaxed) {
        0 => check(token(&headers), clock),
        code => code,
    };
    rules.answers.lock().unwrap().push(code);
    let body = match code {
        0 => json!({ "result": 1 }),
        code => json!({ "error": { "code": code, "msg": "no" }, "errors": [{ "code": code, "msg": "no" }] }),
    };
    let date = UNIX_EPOCH + Duration::from_secs(clock.try_into().unwrap());
    let head = [("content-type", "application/json".to_owned()), ("date", httpdate::fmt_http_date(date))];
    (head, body.to_string()).into_response()
}

/// The code of what is wrong with a token at this time; 0 if nothing is.
fn check(token: &str, clock: i64) -> i64 {
    // The times are checked below, by the server's clock.
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_exp = false;
    validation.set_required_spec_claims(&["exp", "iss"]);
    validation.set_issuer(&ACCOUNTS);
    let key = DecodingKey::from_rsa_pem(PUBLIC.as_bytes()).unwrap();
    let Ok(read) = jsonwebtoken::decode::<Value>(token, &key, &validation) else { return 100 };
    let time = |name: &str| read.claims[name].as_i64().unwrap();
    match (time("iat"), time("exp")) {
        _ if read.header.kid.as_deref() != Some("key-7") => 100,
        (from, to) if to - from > 3600 => 454,
        (from, _) if from > clock => 455,
        (_, to) if to <= clock => 456,
        _ => 0,
    }
}

fn token(headers: &HeaderMap) -> &str {
    headers["authorization"].to_str().unwrap().strip_prefix("Bearer ").unwrap()
}

/// Header and claims of a token.
pub(super) fn read(token: &str) -> (Value, Value) {
    let parts: Vec<_> = token.split('.').take(2).map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
    let [header, claims] = parts.try_into().unwrap();
    (serde_json::from_slice(&header).unwrap(), serde_json::from_slice(&claims).unwrap())
}

pub(super) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}
