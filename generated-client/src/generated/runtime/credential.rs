//! In: what the user has to prove who they are. Out: `Secret`s, when a request needs one: the trait `Credential`.

use super::address;
use super::api::Scheme;
use super::base::Base;
use super::body::Body;
use super::clock::Instant;
use super::exchange;
use super::input::Input;
use super::sent::Sent;
use super::shared::{Boxed, Cause, Shared};
use super::transport::{Failure, Limits, TransportError};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// The name by which whoever writes a value knows a secret from other texts.
pub(super) const NAME: &str = "$secret";

/// Gives the secret for a security scheme: fetch, keep and renew it in here as needed. It is asked for once for each request,
/// and again before the request is sent anew after a wait, and may take as long as an attempt to send it.
///
/// The blocking client waits for the future on the caller's thread, without an asynchronous runtime.
pub trait Credential: fmt::Debug + Shared {
    /// The secret to send now.
    ///
    /// # Errors
    /// Whatever stands in the way; the call then fails with `Error::Credential`, which keeps it as its source.
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>>;

    /// The secret to send now, for a credential that asks a server for it: [`Ask`] sends by the client's own transport. It
    /// is this that clients call; unless it is written anew, it gives [`secret`](Self::secret).
    ///
    /// # Errors
    /// As for [`secret`](Self::secret).
    fn fetch<'a>(&'a self, ask: Ask<'a>) -> Boxed<'a, Result<Secret, Cause>> {
        let _ = ask;
        self.secret()
    }

    /// Says that the server has refused this secret: with status 401, or with a code that the API's description names for
    /// it. A credential that can have another one forgets it and gives true: the client then asks for a secret anew and
    /// sends the request again, once. Unless it is written anew, it gives false.
    fn refused(&self, secret: &Secret, refusal: &Refusal) -> bool {
        let _ = (secret, refusal);
        false
    }

    /// What the user may do about a refusal that stays: a sentence, which the error's message ends with. Unless it is
    /// written anew, there is none.
    fn advice(&self, refusal: &Refusal) -> Option<String> {
        let _ = refusal;
        None
    }
}

/// How a server has refused a secret.
#[derive(Clone)]
pub struct Refusal {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) code: Option<String>,
    /// What it may repeat.
    pub(super) sent: Sent,
}

impl Refusal {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer, as they came: they may repeat a secret.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The code of the error in the answer's body as it came, where the API's description says how errors stand there.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
}

/// Shows no header, and no secret that the code repeats.
impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.as_deref().map(|code| self.sent.hide(code));
        f.debug_struct("Refusal").field("status", &self.status).field("code", &code).finish_non_exhaustive()
    }
}

/// Sends a request by a transport, whichever client it belongs to.
pub(super) trait Sender: Shared {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> Boxed<'_, Result<http::Response<Body>, TransportError>>;

    /// Whether `send` holds up its thread, so that nobody can give up waiting for it.
    fn blocks(&self) -> bool;
}

/// What a credential may ask a server with.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    pub(super) scheme: &'static Scheme,
    pub(super) base: &'a Base,
    pub(super) sender: &'a Arc<dyn Sender>,
    /// Of all that is sent together, from this time on.
    pub(super) limits: Limits,
    pub(super) begin: Instant,
}

impl Ask<'_> {
    /// The name of the security scheme that the secret is for.
    pub fn scheme(&self) -> &'static str {
        self.scheme.name
    }

    /// Where the API's description says that tokens are to be had.
    pub fn token_url(&self) -> Option<String> {
        self.base.absolute(self.scheme.token_url?)
    }

    /// Sends a request by the client's transport, without its headers and credentials. All that is sent for one secret has
    /// the time of one attempt (`timeout`), and no more than is left to the call (`total_timeout`).
    ///
    /// # Errors
    /// When no whole answer came. It shows nothing of the answer, which may hold a secret.
    pub async fn send(&self, request: http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
        self.sending(request).await
    }

    /// The sending of a request, which may outlive the call that asks for it.
    pub(super) fn sending(
        &self,
        request: http::Request<Body>,
    ) -> Boxed<'static, Result<http::Response<Body>, TransportError>> {
        let (sender, begin) = (Arc::clone(self.sender), Instant::now());
        let timeout = self.limits.timeout.map(|timeout| timeout.saturating_sub(self.begin.elapsed()));
        let limits = Limits { timeout, ..self.limits };
        let sent = Sent::with(&request);
        Box::pin(async move {
            let whole = async {
                let (parts, body) = request.into_parts();
                let mut request = http::Request::from_parts(parts, body.settled().await?);
                // It is the credential's own, and read as every URL is.
                *request.uri_mut() = address::parse(&request.uri().to_string())
                    .map_err(|why| TransportError::new(Failure::Other, format!("the URL: {why}")))?;
                let response = sender.send(request, limits).await?;
                exchange::whole(response, limits, begin).await
            };
            whole.await.map_err(|error| error.without_answer().of(&sent))
        })
    }

    /// What tells the client from others while it is there.
    pub(super) fn client(&self) -> usize {
        std::ptr::from_ref(self.base).addr()
    }
}

impl fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ask").field("scheme", &self.scheme.name).finish_non_exhaustive()
    }
}

/// A text that `Debug` does not show. No error's message shows it either where a request was sent with it and the server
/// repeats it, unless it has fewer than six characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    text: String,
    /// What is secret in it by itself.
    part: Option<String>,
}

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), part: None }
    }

    /// The text. Take care where it goes.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// All that may not be shown of it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.text].into_iter().chain(&self.part).map(String::as_str)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Shows the text: a password is part of what is sent.
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NAME, &self.text)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A credential that does not change: a token or an API key.
#[derive(Clone, Debug)]
pub struct Token {
    secret: Secret,
}

impl Token {
    /// A token, without a word such as `Bearer` before it: the client adds what its security scheme asks for.
    pub fn new(token: impl Into<String>) -> Self {
        Self { secret: Secret::new(token) }
    }
}

impl Credential for Token {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        Box::pin(std::future::ready(Ok(self.secret.clone())))
    }
}

/// A user's name and password, for HTTP's Basic scheme (RFC 7617).
#[derive(Clone, Debug)]
pub struct Password {
    user: String,
    password: Secret,
}

impl Password {
    /// A name, which may hold no colon, and a password.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { user: user.into(), password: Secret::new(password) }
    }
}

impl Credential for Password {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        let pair = format!("{}:{}", self.user, self.password.expose());
        let secret = if self.user.contains(':') {
            Err("the user's name may not hold a colon".into())
        } else {
            Ok(Secret { part: Some(self.password.text.clone()), ..Secret::new(base64(pair.as_bytes())) })
        };
        Box::pin(std::future::ready(secret))
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding (RFC 4648, section 4).
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = ALPHABET[(bits >> (18 - 6 * i) & 63) as usize];
            text.push(if i <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// The bytes of base64, with or without padding; `None` where it is none.
pub(super) fn unbase64(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let digit = ALPHABET.iter().position(|known| *known == c)?;
        bits = bits << 6 | u32::try_from(digit).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    Some(bytes)
}

impl Input<Secret> for String {
    fn give(self) -> Secret {
        self.into()
    }
}

impl Input<Secret> for &str {
    fn give(self) -> Secret {
        self.into()
    }
}
