//! In: the inputs of an operation, and which page is wanted. Out: the request for it, and its answer with all that says
//! which page is next.

use super::super::runtime::{Call, Caller, Error, MaybeSend, MaybeSync, Sent, Shared};
use super::{Rule, Slot};
use bytes::Bytes;
use http::{HeaderMap, Uri};
use serde_json::Value;

pub(crate) use super::super::runtime::Operation;

/// An operation whose answers are pages. Generated code implements it.
pub trait Paged: Operation + Clone + Shared {
    /// What a page holds several of.
    type Item;
    /// How the next page is found.
    const RULE: Rule;
    /// The input that says which page is meant; `None` where there is none, or what holds it was not given.
    fn slot(&mut self) -> Option<&mut dyn Slot>;
    /// The items of a page.
    fn list(page: Self::Output) -> Vec<Self::Item>;
}

/// An answer, and what it was made of.
pub struct Page<P> {
    pub(super) output: P,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// What the request for it was sent with.
    pub(super) sent: Sent,
}

/// An operation whose inputs nobody needs to name: what differs between operations is behind it.
pub(super) trait Turn<C: Caller, P>: MaybeSend + MaybeSync {
    /// Sends the request for a page, which may be at a URL of its own.
    fn send(&self, caller: C, next: &Value, url: Option<String>) -> Result<C::Sent<Page<P>>, Error>;
    /// The number that the caller gave for the first page.
    fn number(&mut self) -> Option<u64>;
    /// Where the first page is.
    fn uri(&self, caller: &C) -> Result<Uri, Error>;
}

pub(super) struct Inputs<O>(pub(super) O);

impl<C: Caller, O: Paged> Turn<C, O::Output> for Inputs<O> {
    fn send(&self, caller: C, next: &Value, url: Option<String>) -> Result<C::Sent<Page<O::Output>>, Error> {
        let mut inputs = self.0.clone();
        if url.is_none() && !next.is_null() {
            let slot =
                inputs.slot().ok_or_else(|| Error::request("next page: the body that asks for it is missing"))?;
            if !slot.put(next) {
                return Err(Error::request("next page: its token is not what the input for it can hold"));
            }
        }
        Ok(caller.send(At { inputs, url }))
    }

    fn number(&mut self) -> Option<u64> {
        let given = self.0.slot()?.get();
        given.as_u64().or_else(|| given.as_str()?.parse().ok())
    }

    fn uri(&self, caller: &C) -> Result<Uri, Error> {
        Ok(caller.request(&At { inputs: self.0.clone(), url: None })?.uri().clone())
    }
}

/// A request for one page.
struct At<O> {
    inputs: O,
    url: Option<String>,
}

impl<O: Paged> Operation for At<O> {
    type Output = Page<O::Output>;
    type Headers = ();
    const ID: &'static str = O::ID;
    const SECURITY: &'static [&'static [&'static str]] = O::SECURITY;

    fn call(&self) -> Result<Call, Error> {
        let mut call = self.inputs.call()?;
        if let Some(url) = &self.url {
            call.go_to(url.clone());
        }
        Ok(call)
    }

    fn decode(response: http::Response<Bytes>) -> Result<Self::Output, Error> {
        let (headers, body) = (response.headers().clone(), response.body().clone());
        let sent = Sent::in_(response.extensions());
        Ok(Page { output: O::decode(response)?, headers, body, sent })
    }
}
