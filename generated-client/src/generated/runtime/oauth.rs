//! In: the name and secret of a program. Out: `ClientCredentials`, which gets tokens for it from the API's token server.

use super::address;
use super::answer::{Answer, escape};
use super::body::Body;
use super::credential::{Ask, Credential, Refusal, Secret, base64};
use super::exchange::whole_bytes;
use super::header;
use super::renewed::{Fetched, Origin, Renewed};
use super::sent::Sent;
use super::shared::{Boxed, Cause};
use super::style::encode;
use http::Request;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// How long a token is kept whose server does not say how long it lasts.
const UNKNOWN: Duration = Duration::from_secs(3600);

/// A program's own access, by OAuth 2.0's client credentials (RFC 6749, section 4.4). The token is fetched when a request
/// first needs it, by the client's own transport, kept while it lasts, and renewed before it runs out or when the server
/// refuses it. Clones share it until they are given another scope or token server.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    id: String,
    secret: Secret,
    scope: Option<String>,
    url: Option<String>,
    in_body: bool,
    token: Arc<Renewed>,
}

impl ClientCredentials {
    /// The program's name and secret, as the token server knows them.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Self {
        let (id, secret, token) = (id.into(), Secret::new(secret), Arc::default());
        Self { id, secret, scope: None, url: None, in_body: false, token }
    }

    /// Asks for these scopes, separated by spaces, instead of those that the server gives by itself.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        (self.scope, self.token) = (Some(scope.into()), Arc::default());
        self
    }

    /// Asks this token server instead of the one that the API's description names: an absolute URL.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sends name and secret in the body of the request instead of its `Authorization` header (RFC 6749, section 2.3.1):
    /// some servers read nothing else.
    pub fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    fn token(&self, url: &str, ask: Ask<'_>) -> Boxed<'static, Result<Fetched, Cause>> {
        let (sending, sent) = (self.request(url).map(|request| ask.sending(request)), self.sent());
        Box::pin(async move {
            let mut response = whole_bytes(sending?.await.map_err(|error| error.of(&sent))?);
            response.extensions_mut().insert(sent);
            read(&Answer::new(response))
        })
    }

    fn request(&self, url: &str) -> Result<Request<Body>, Cause> {
        let (id, secret) = (encode(&self.id), encode(self.secret.expose()));
        let mut form = "grant_type=client_credentials".to_owned();
        if let Some(scope) = &self.scope {
            form.push_str(&format!("&scope={}", encode(scope)));
        }
        let url = address::parse(url).map_err(|why| format!("the URL of the token server: {why}"))?;
        let mut request = Request::post(url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json");
        if self.in_body {
            form.push_str(&format!("&client_id={id}&client_secret={secret}"));
        } else {
            let pair = base64(format!("{id}:{secret}").as_bytes());
            request = request.header(AUTHORIZATION, header::sensitive(&format!("Basic {pair}"))?);
        }
        Ok(request.body(form.into())?)
    }

    /// The secret, for an answer to keep out of messages: as it is, and as Basic has it.
    fn sent(&self) -> Sent {
        let (id, secret) = (&self.id, self.secret.expose());
        let pairs = [format!("{}:{}", encode(id), encode(secret)), format!("{id}:{secret}"), secret.to_owned()];
        let encoded = pairs.map(|pair| Secret::from(base64(pair.as_bytes())));
        Sent::default().and([self.secret.clone()].into_iter().chain(encoded))
    }
}

impl Credential for ClientCredentials {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        Box::pin(std::future::ready(Err("a token is fetched by a client only".into())))
    }

    fn fetch<'a>(&'a self, ask: Ask<'a>) -> Boxed<'a, Result<Secret, Cause>> {
        Box::pin(async move {
            let url = self.url.clone().or_else(|| ask.token_url());
            let url = url.ok_or("the API's description names no token server: call `.token_url(..)`")?;
            let origin = Origin { url: url.clone(), client: ask.client() };
            self.token.get(origin, || self.token(&url, ask)).await
        })
    }

    fn refused(&self, secret: &Secret, _: &Refusal) -> bool {
        self.token.forget(secret);
        true
    }
}

/// The token of a successful answer (RFC 6749, section 5.1), or the error of another (section 5.2).
fn read(response: &Answer) -> Result<Fetched, Cause> {
    let answer: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let text = |name: &str| answer.get(name).and_then(Value::as_str);
    if !response.status().is_success() {
        let error = ["error", "error_description"].map(|name| text(name).map(|text| escape(&response.hide(text))));
        let error: Vec<_> = error.into_iter().flatten().collect();
        let colon = if error.is_empty() { "" } else { ": " };
        return Err(format!("the token server answered {}{colon}{}", response.status(), error.join(": ")).into());
    }
    let token = text("access_token").ok_or("the token server's answer has no `access_token`")?;
    // One that cannot be sent must not be kept.
    if token.is_empty() || header::value(token).is_err() {
        return Err("the `access_token` of the token server's answer is empty, or no text for a header".into());
    }
    // Some servers send the number as text.
    let seconds = answer.get("expires_in").and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
    Ok(Fetched { secret: token.into(), lasts: seconds.map_or(UNKNOWN, Duration::from_secs) })
}
