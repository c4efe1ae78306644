//! In: options. Out: a server on loopback, and a handle on it.

use crate::callbacks::Told;
use crate::messages::Message;
use crate::options::{Next, Options};
use crate::platform::Platform;
use crate::received::Received;
use crate::token;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::{DATE, HeaderValue};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use jsonwebtoken::DecodingKey;
use serde_json::json;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, UNIX_EPOCH};
use tokio::runtime::Runtime;

/// Where the API's commands are, after the host.
pub const PATH: &str = "/platform_api";

/// The size of the largest request, in bytes.
const LARGEST: usize = 1 << 20;

/// A running server with a thread of its own, for asynchronous and blocking callers alike. It ends when this is
/// dropped.
pub struct VoximplantServer {
    address: SocketAddr,
    platform: Platform,
    runtime: Option<Runtime>,
}

impl VoximplantServer {
    /// Starts a server on 127.0.0.1.
    ///
    /// # Errors
    /// When the system gives no port or no thread, or a public key is none.
    pub fn start(options: Options) -> io::Result<Self> {
        for key in &options.keys {
            let unreadable = |error| io::Error::other(format!("public key {}: {error}", key.id));
            DecodingKey::from_rsa_pem(key.public.as_bytes()).map_err(unreadable)?;
        }
        // Not by the runtime, which must not be waited for in asynchronous code.
        let listener = std::net::TcpListener::bind(("127.0.0.1", options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let platform = Platform::default();
        platform.lock().options = options;
        let router = Router::new().fallback(handle).with_state(platform.clone());
        runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, platform, runtime: Some(runtime) })
    }

    /// The URL to which a command's name is added, without a slash at its end.
    pub fn base_url(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Received> {
        self.platform.lock().requests.clone()
    }

    /// The messages in the history, of all accounts and both kinds, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        self.platform.lock().messages.clone()
    }

    /// Puts a message into the history, such as one that came in; gives its number.
    pub fn add_message(&self, message: Message) -> i64 {
        self.platform.lock().keep(message)
    }

    /// A message to a number comes in: it is put into the history of whoever owns the number, who is told of it. Gives
    /// its number in the history, if anybody owns the number and SMS is enabled for it.
    pub fn receive(&self, source: &str, destination: &str, text: &str) -> Option<i64> {
        let id = self.platform.lock().receive(source, destination, text);
        let _inside = self.runtime.as_ref().map(Runtime::enter);
        self.platform.tell();
        id
    }

    /// The callbacks so far, as they were answered.
    pub fn told(&self) -> Vec<Told> {
        self.platform.lock().told.clone()
    }

    /// How it behaves now: balances and numbers are as calls left them.
    pub fn options(&self) -> Options {
        self.platform.lock().options.clone()
    }

    /// Makes it behave otherwise from now on.
    pub fn change(&self, change: impl FnOnce(&mut Options)) {
        change(&mut self.platform.lock().options);
    }

    /// Says what becomes of the next call of a command, or, called again, of the one after it.
    pub fn next(&self, next: Next) {
        self.platform.lock().next.push_back(next);
    }

    /// Its clock, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.platform.lock().now()
    }

    /// A token of the account, signed by the first key, that is good for the next hour of the server's clock.
    ///
    /// # Errors
    /// When there is no key, or its private half is none.
    pub fn token(&self) -> io::Result<String> {
        let (options, now) = (self.options(), self.now());
        let key = options.keys.first().ok_or_else(|| io::Error::other("the server has no key"))?;
        let claims = json!({ "iss": options.account.id, "iat": now, "exp": now + 3600 });
        token::sign(&key.id, &key.private, &claims).map_err(io::Error::other)
    }

    /// The account's `credentials.json` with the first key.
    ///
    /// # Errors
    /// When there is no key.
    pub fn credentials_json(&self) -> io::Result<String> {
        let options = self.options();
        let key = options.keys.first().ok_or_else(|| io::Error::other("the server has no key"))?;
        let json = json!({
            "account_email": options.account.email,
            "account_id": options.account.id,
            "key_id": key.id,
            "private_key": key.private,
        });
        Ok(format!("{json:#}\n"))
    }
}

impl fmt::Debug for VoximplantServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VoximplantServer").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for VoximplantServer {
    fn drop(&mut self) {
        // Waits for nobody: a handler may sleep on purpose, and waiting is forbidden in asynchronous code.
        self.runtime.take().into_iter().for_each(Runtime::shutdown_background);
    }
}

/// The header `Date` for a time in seconds since 1970; none for one that HTTP cannot write.
fn date(now: i64) -> Option<HeaderValue> {
    let time = UNIX_EPOCH.checked_add(Duration::from_secs(now.try_into().ok()?))?;
    httpdate::fmt_http_date(time).try_into().ok()
}

async fn handle(State(platform): State<Platform>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let received = Received::new(&parts, &body).await;
    let mut answer = platform.answer(received).await;
    // By its own clock, as whoever reads it should see: Hyper would write this machine's.
    answer.headers_mut().extend(date(platform.lock().now()).map(|date| (DATE, date)));
    answer
}
