//! In: the user's credentials and what an operation asks for. Out: a request that carries the right secrets, and others
//! in their place when the server refuses them.

use super::answer::Advice;
use super::api::{Api, Placement, Scheme};
use super::body::Body;
use super::clock::Instant;
use super::core::Core;
use super::credential::{Ask, Credential, Refusal, Secret, Sender};
use super::error::{CredentialError, Error};
use super::header;
use super::sent::Sent;
use super::style;
use super::transport::TransportError;
use super::wait::Wait;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// Whether there are threads, and so a [`Wait`] waits.
const HAS_TIME: bool = !cfg!(target_family = "wasm");

/// What makes a credential of the document's, for those that describe none.
const OVERLAY: &str = "{overlay: 1.0.0, info: {title: Credentials, version: 1.0.0}, actions: [{target: $, update: \
    {security: [{token: []}], components: {securitySchemes: {token: {type: http, scheme: bearer}}}}}]}";

/// The user's credentials, each for one scheme by its name or for all.
#[derive(Clone, Default)]
pub(super) struct Keys {
    keys: Vec<(Option<String>, Arc<dyn Credential>)>,
    /// Whether calls are made without the credentials that are missing.
    is_anonymous: bool,
}

/// A scheme to satisfy, and the credential for it.
type Need<'a> = (&'static Scheme, &'a Arc<dyn Credential>);

impl Keys {
    pub(super) fn push(&mut self, scheme: Option<String>, credential: Arc<dyn Credential>) {
        self.keys.push((scheme, credential));
    }

    /// Makes calls without what is missing.
    pub(super) fn anonymous(&mut self) {
        self.is_anonymous = true;
    }

    /// # Errors
    /// `Error::Request` when there is a credential that no operation can send.
    pub(super) fn check(&self, api: &Api) -> Result<(), Error> {
        let names: Vec<_> = api.schemes.iter().map(|scheme| scheme.name).collect();
        for (name, _) in &self.keys {
            let given = name.as_ref().map_or("`.auth(..)`".to_owned(), |name| format!("`.auth_for(\"{name}\", ..)`"));
            if names.is_empty() {
                return Err(Error::request(format!(
                    "{given}: no operation would send it, for the API's document requires no security scheme. Describe one by \
                     an overlay, and generate the client again: `{OVERLAY}`; or send it by `.header(\"Authorization\", ..)`"
                )));
            }
            if name.as_deref().is_some_and(|name| !names.contains(&name)) {
                let names = names.join(", ");
                return Err(Error::request(format!(
                    "{given}: the API has no such security scheme that an operation requires; it has: {names}"
                )));
            }
        }
        Ok(())
    }

    /// The last credential given for this scheme, else the last given for all.
    fn find(&self, scheme: &str) -> Option<&Arc<dyn Credential>> {
        let of = |wanted: Option<&str>| self.keys.iter().rfind(|(name, _)| name.as_deref() == wanted);
        of(Some(scheme)).or_else(|| of(None)).map(|(_, credential)| credential)
    }

    /// What the first alternative that can be satisfied needs. What the request carries already, given by hand, satisfies the
    /// scheme that is sent in that place; and who gives the client an `Authorization` or a `Cookie` for every request
    /// knows what the server wants.
    ///
    /// An alternative without schemes allows a call without a credential; it is taken only when no other can be.
    ///
    /// # Errors
    /// `Error::Credential` naming a scheme when there are alternatives and none can be satisfied.
    pub(super) fn choose(
        &self,
        api: &'static Api,
        defaults: &HeaderMap,
        request: &http::Request<Body>,
        operation: &str,
        security: &[&[&str]],
    ) -> Result<Vec<Need<'_>>, Error> {
        let is_open = self.is_anonymous || defaults.contains_key(AUTHORIZATION) || defaults.contains_key(COOKIE);
        let mut missing = None;
        for alternative in security.iter().filter(|alternative| !alternative.is_empty()) {
            match self.needs(api, request, alternative) {
                Ok(needs) => return Ok(needs),
                Err(scheme) => missing = missing.or(Some(scheme)),
            }
        }
        match missing {
            Some(scheme) if !is_open && !security.iter().any(|alternative| alternative.is_empty()) => {
                let message = format!(
                    "`{operation}` needs one: give it with `Client::builder().auth(..)` or `.auth_for(\"{scheme}\", ..)`, \
                     or call without one with `.anonymous()`"
                );
                Err(CredentialError::new(scheme, message, None).into())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// What these schemes need together, or the first that cannot be satisfied.
    fn needs<'s>(
        &self,
        api: &'static Api,
        request: &http::Request<Body>,
        schemes: &[&'s str],
    ) -> Result<Vec<Need<'_>>, &'s str> {
        let mut needs = Vec::new();
        for name in schemes {
            let scheme = api.schemes.iter().find(|scheme| scheme.name == *name).ok_or(*name)?;
            match self.find(name) {
                Some(credential) => needs.push((scheme, credential)),
                None if is_given(&scheme.placement, request) => {}
                None => return Err(name),
            }
        }
        Ok(needs)
    }
}

/// Whether a request carries something in the place of a secret.
fn is_given(placement: &Placement, request: &http::Request<Body>) -> bool {
    let has = |pair: &str, name: &str| {
        pair.trim().split('=').next().is_some_and(|key| key == name || key == style::encode(name))
    };
    match placement {
        Placement::Query(name) => {
            request.uri().query().is_some_and(|query| query.split('&').any(|pair| has(pair, name)))
        }
        Placement::Cookie(name) => {
            let lines = request.headers().get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
            lines.flat_map(|line| line.split(';')).any(|pair| has(pair, name))
        }
        header => header.header().is_some_and(|header| request.headers().contains_key(header)),
    }
}

/// A request and the secrets that it carries.
pub(super) struct Authorised<'k> {
    pub(super) request: http::Request<Body>,
    /// The request without them.
    open: http::Request<Body>,
    needs: Vec<Need<'k>>,
    secrets: Vec<Secret>,
    /// What no message may repeat: these, those of earlier attempts, and those of the request itself.
    sent: Sent,
    is_renewed: bool,
}

impl<'k> Authorised<'k> {
    /// Gets the secrets, for a call that has begun then, and puts each in its place.
    ///
    /// # Errors
    /// `Error::Credential` naming the scheme when its secret cannot be had in time, is empty or does not fit its place.
    pub(super) async fn new(
        open: http::Request<Body>,
        needs: Vec<Need<'k>>,
        core: &Core,
        sender: &Arc<dyn Sender>,
        begin: Instant,
    ) -> Result<Self, Error> {
        let (mut request, mut sent) = (open.clone(), Sent::with(&open));
        let secrets = satisfy(&needs, core, sender, begin, &mut request, &mut sent).await?;
        Ok(Self { request, open, needs, secrets, sent, is_renewed: false })
    }

    /// Whether the request, whose secrets were refused so, now carries others: where a credential can have another one than
    /// what was refused, and only once.
    pub(super) async fn renew(
        &mut self,
        refusal: Option<Refusal>,
        core: &Core,
        sender: &Arc<dyn Sender>,
        begin: Instant,
    ) -> bool {
        let Some(refusal) = refusal.filter(|_| !self.is_renewed) else { return false };
        self.is_renewed = true;
        // Each is told of its secret: one that did not run out is not fetched again.
        let told =
            self.needs.iter().zip(&self.secrets).map(|((_, credential), secret)| credential.refused(secret, &refusal));
        told.fold(false, |any, renewable| any | renewable) && self.again(core, sender, begin).await
    }

    /// Whether the request now carries the secrets of this time. Where they cannot be had, the answer that the server gave
    /// before says more than why.
    pub(super) async fn again(&mut self, core: &Core, sender: &Arc<dyn Sender>, begin: Instant) -> bool {
        let mut request = self.open.clone();
        let secrets = satisfy(&self.needs, core, sender, begin, &mut request, &mut self.sent).await;
        let Ok(secrets) = secrets else { return false };
        (self.request, self.secrets) = (request, secrets);
        true
    }

    /// What the credentials say of a refusal that stays.
    pub(super) fn advice(&self, refusal: &Refusal) -> Option<Advice> {
        self.needs.iter().find_map(|(_, credential)| credential.advice(refusal)).map(Advice)
    }

    /// What no message may repeat.
    pub(super) fn sent(&self) -> &Sent {
        &self.sent
    }
}

/// Gets the secrets, puts each in its place, and gives them all.
async fn satisfy(
    needs: &[Need<'_>],
    core: &Core,
    sender: &Arc<dyn Sender>,
    begin: Instant,
    request: &mut http::Request<Body>,
    sent: &mut Sent,
) -> Result<Vec<Secret>, Error> {
    let mut secrets = Vec::new();
    for (scheme, credential) in needs {
        let refuse = |message: &str| CredentialError::new(scheme.name, message, None);
        let left = core.left(begin);
        // What can be given up need not end with this call: others may wait for it, too.
        let limits = if sender.blocks() || !HAS_TIME { left } else { core.limits };
        let fetch = credential.fetch(Ask { scheme, base: &core.base, sender, limits, begin: Instant::now() });
        let secret = in_time(left.timeout, fetch)
            .await
            .unwrap_or_else(|| Err(TransportError::timeout().into()))
            .map_err(|cause| CredentialError::new(scheme.name, "it could not be had", Some(sent.cause(cause))))?;
        if secret.expose().is_empty() {
            return Err(refuse("it is empty").into());
        }
        place(&scheme.placement, &secret, request)
            .ok_or_else(|| refuse("it holds characters that cannot be sent in its place"))?;
        *sent = sent.and([secret.clone()]);
        secrets.push(secret);
    }
    // A secret may be more than one in its header: `Digest ..`.
    *sent = sent.and(Sent::with(request).all());
    request.extensions_mut().insert(sent.clone());
    Ok(secrets)
}

/// Puts a secret in its place; `None` when it does not fit.
fn place(placement: &Placement, secret: &Secret, request: &mut http::Request<Body>) -> Option<()> {
    let secret = secret.expose();
    let text = match placement {
        // What a space begins is not what the server would read.
        Placement::Bearer if secret.starts_with([' ', '\t']) => return None,
        Placement::Bearer => format!("Bearer {secret}"),
        Placement::Basic => format!("Basic {secret}"),
        Placement::Header(_) => secret.to_owned(),
        Placement::Cookie(name) => {
            let pair = format!("{}={}", style::encode(name), style::encode(secret));
            return header::add_cookie(request.headers_mut(), &pair).ok();
        }
        Placement::Query(name) => {
            let (url, name) = (request.uri().to_string(), style::encode(name));
            let (url, query) = url.split_once('?').unwrap_or((&url, ""));
            // The link to a next page may hold it, or an older one, already.
            let others = query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(&name));
            let pairs: Vec<_> =
                others.chain([format!("{name}={}", style::encode(secret)).as_str()]).map(str::to_owned).collect();
            *request.uri_mut() = format!("{url}?{}", pairs.join("&")).parse().ok()?;
            return Some(());
        }
    };
    let name = HeaderName::from_bytes(placement.header()?.as_bytes()).ok()?;
    request.headers_mut().insert(name, header::sensitive(&text).ok()?);
    Some(())
}

/// What a future gives, if it does so within this time. Where there are no threads to wait on, it has all the time.
async fn in_time<T>(time: Option<Duration>, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut wait) = (pin!(future), time.filter(|_| HAS_TIME).map(Wait::new));
    std::future::poll_fn(|context| match (future.as_mut().poll(context), &mut wait) {
        (Poll::Ready(value), _) => Poll::Ready(Some(value)),
        (Poll::Pending, Some(time)) => match Pin::new(time).poll(context) {
            Poll::Ready(Ok(())) => Poll::Ready(None),
            // There is no thread to wait on: it has all the time.
            Poll::Ready(Err(_)) => {
                wait = None;
                Poll::Pending
            }
            Poll::Pending => Poll::Pending,
        },
        (Poll::Pending, None) => Poll::Pending,
    })
    .await
}
