//! In: pages. Out: their items, one by one: `Items`.

use super::super::runtime::{Caller, Client, Error, blocking};
use super::{PageToken, Pages};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

/// The items of all pages. After an error there are no more; [`token`](Self::token) then says where to go on.
#[must_use = "nothing is asked for until an item is wanted"]
pub struct Items<C: Caller, P, T> {
    pages: Pages<C, P>,
    list: fn(P) -> Vec<T>,
    /// What is left of the page that came last.
    left: vec::IntoIter<T>,
    /// That page, and how many of its items were given.
    from: PageToken,
    /// How many items of the page to come were given by an earlier walk.
    skip: usize,
}

impl<C: Caller, P, T> Items<C, P, T> {
    pub(crate) fn new(pages: Pages<C, P>, list: fn(P) -> Vec<T>) -> Self {
        Self { pages, list, left: Vec::new().into_iter(), from: PageToken::default(), skip: 0 }
    }

    /// Begins at the item of a token, which an earlier walk gave for the same operation.
    pub fn resume(mut self, token: PageToken) -> Self {
        self.skip = token.skip;
        self.pages = self.pages.resume(token);
        self
    }

    /// The token of the next item; `None` after the last one. The page of the item is asked for again then.
    pub fn token(&self) -> Option<PageToken> {
        if self.left.len() > 0 {
            return Some(self.from.clone());
        }
        self.pages.token().map(|next| PageToken { skip: self.skip, ..next })
    }

    fn item(&mut self) -> Option<T> {
        let item = self.left.next()?;
        self.from.skip += 1;
        Some(item)
    }

    /// Takes the page that `token` asked for.
    fn page(&mut self, page: P, token: Option<PageToken>) {
        self.left = (self.list)(page).into_iter();
        self.from = token.unwrap_or_default();
        // A list that has become shorter meanwhile goes on with its next page.
        self.from.skip = std::mem::take(&mut self.skip).min(self.left.len());
        self.left.by_ref().take(self.from.skip).for_each(drop);
    }
}

impl<P, T> Items<Client, P, T> {
    /// The next item; `None` after the last one. It is what `StreamExt::next` would give.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

/// Nothing in it is pinned.
impl<C: Caller, P, T> Unpin for Items<C, P, T> {}

impl<P, T> Stream for Items<Client, P, T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.item() {
                return Poll::Ready(Some(Ok(item)));
            }
            let token = self.pages.token();
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.page(page, token),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P, T> Iterator for Items<blocking::Client, P, T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.item() {
                return Some(Ok(item));
            }
            let token = self.pages.token();
            match self.pages.next()? {
                Ok(page) => self.page(page, token),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// Shows no item.
impl<C: Caller, P, T> fmt::Debug for Items<C, P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
