//! In: an account. Out: a router that answers `SendSmsMessage` as the vendor's page and its SDKs say, so that the
//! client can be tried without an account there.
//!
//! What is known and kept: parameters come in the query or as a form; every answer to a known path has status 200, an
//! error being `{"error": {"code", "msg"}, "errors": [..]}`; codes and texts are the vendor's. What is not known is
//! decided here: which code goes with which mistake where the vendor does not say, and the first number of a message.

mod fault;
mod segments;
mod send_sms_message;
mod token;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use fault::Fault;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::{Duration, SystemTime};

/// Where the API's commands are, after the host.
pub const PATH: &str = "/platform_api";

/// Whose tokens and numbers the server accepts.
#[derive(Clone, Debug)]
pub struct Account {
    /// The number of the account: `iss` in its tokens.
    pub id: i64,
    /// Its phone numbers for which SMS is enabled, in digits.
    pub numbers: Vec<String>,
}

impl Default for Account {
    /// An account that owns the phone number of the vendor's example.
    fn default() -> Self {
        Self { id: 1, numbers: vec!["447443332211".to_owned()] }
    }
}

impl Account {
    /// A token of this account that the server takes for a minute. Its signature is none: the server has no key to
    /// check one with.
    pub fn token(&self) -> String {
        token::issue(self.id, SystemTime::now(), Duration::from_secs(60))
    }

    /// A token that was good an hour ago.
    pub fn expired_token(&self) -> String {
        let hour = Duration::from_secs(3600);
        token::issue(self.id, SystemTime::now() - hour, Duration::from_secs(60))
    }
}

/// What the handlers share.
struct Platform {
    account: Account,
    /// The number of the message that is sent next.
    next: AtomicI64,
}

/// The server's paths. All others are a 404.
pub fn router(account: Account) -> Router {
    let platform = Platform { account, next: AtomicI64::new(1001) };
    Router::new()
        .route(&format!("{PATH}/SendSmsMessage"), get(send_sms_message).post(send_sms_message))
        .with_state(Arc::new(platform))
}

async fn send_sms_message(
    State(platform): State<Arc<Platform>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let parameters = Parameters::new(query.as_deref(), &headers, &body);
    let answer = platform.authorise(&headers).map_err(|fault| vec![fault]).and_then(|()| platform.send(&parameters));
    let json = answer.unwrap_or_else(|faults| fault::envelope(&faults));
    ([(CONTENT_TYPE, "application/json")], json.to_string()).into_response()
}

impl Platform {
    fn authorise(&self, headers: &HeaderMap) -> Result<(), Fault> {
        let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        token::check(header, self.account.id, SystemTime::now())
    }

    fn send(&self, parameters: &Parameters) -> Result<Value, Vec<Fault>> {
        send_sms_message::answer(&self.account.numbers, &self.next, parameters)
    }
}

/// The parameters of a command, decoded.
struct Parameters {
    pairs: Vec<(String, String)>,
}

impl Parameters {
    /// From the query and, when the body is a form, from that. A body of another type is ignored: the vendor's own
    /// examples send `{}` as JSON.
    fn new(query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Self {
        let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let form: &[u8] = if media.starts_with("application/x-www-form-urlencoded") { body } else { b"" };
        let parts = [query.unwrap_or_default().as_bytes(), form];
        Self { pairs: parts.into_iter().flat_map(|part| form_urlencoded::parse(part).into_owned()).collect() }
    }

    /// The first parameter of this name.
    fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
