//! In: an operation that answers a list page by page. Out: the pages one after the other, or their items: a `Stream` with
//! the asynchronous client, an `Iterator` with the blocking one. Nothing is asked for before it is wanted.

// An API uses only a part of this.
#![allow(dead_code, unused_imports, unused_macros, unreachable_pub)]

mod items;
mod link;
mod token;
mod turn;
mod walk;

pub use items::Items;
pub use token::PageToken;
pub(crate) use token::Slot;
pub(crate) use turn::Paged;
pub(crate) use walk::{Kind, Rule};

use super::runtime::{Caller, Client, Error, Sent, blocking};
use futures_core::Stream;
use http::Uri;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use turn::{Page, Turn};
use walk::Walk;

/// The pages of an operation's answer. After an error there are no more; [`token`](Self::token) then says where to go on.
#[must_use = "nothing is asked for until a page is wanted"]
pub struct Pages<C: Caller, P> {
    caller: C,
    turn: Box<dyn Turn<C, P>>,
    walk: Walk,
    /// Where the first page is, if pages are links.
    home: Option<Uri>,
    sent: Option<C::Sent<Page<P>>>,
    /// What the request for the last page was sent with.
    secrets: Sent,
}

impl<C: Caller, P> Pages<C, P> {
    pub(crate) fn new<O: Paged + turn::Operation<Output = P>>(caller: C, inputs: O) -> Self {
        Self {
            caller,
            walk: Walk::new(O::RULE),
            turn: Box::new(turn::Inputs(inputs)),
            home: None,
            sent: None,
            secrets: Sent::default(),
        }
    }

    /// Begins at the page of a token, which an earlier walk gave for the same operation.
    pub fn resume(mut self, token: PageToken) -> Self {
        self.walk.begin(token.next);
        self
    }

    /// The token of the next page; `None` after the last one. It can be kept, as JSON, and given to
    /// [`resume`](Self::resume) by another program.
    pub fn token(&self) -> Option<PageToken> {
        self.walk.token().map(|next| PageToken { next, skip: 0 })
    }

    /// Sends the request for the next page; `None` after the last one.
    fn ask(&mut self) -> Option<Result<C::Sent<Page<P>>, Error>> {
        if let Some(message) = self.walk.fault() {
            return Some(Err(Error::request(self.secrets.hide(&message))));
        }
        let next = self.walk.asked()?;
        let sent = self.request(next);
        if sent.is_err() {
            self.walk.stop();
        }
        Some(sent)
    }

    fn request(&mut self, next: serde_json::Value) -> Result<C::Sent<Page<P>>, Error> {
        if self.walk.is_numbered() && next.is_null() {
            self.walk.start(self.turn.number());
        }
        if self.walk.is_linked() && self.home.is_none() {
            self.home = Some(self.turn.uri(&self.caller)?);
        }
        let url = self.home.as_ref().filter(|_| !next.is_null()).map(|home| link::absolute(home, &next)).transpose()?;
        self.turn.send(self.caller.clone(), &next, url)
    }

    /// What came of it.
    fn take(&mut self, outcome: Result<Page<P>, Error>) -> Result<P, Error> {
        match outcome {
            Ok(page) => {
                self.secrets = page.sent;
                self.walk.advance(&page.headers, &page.body, self.home.as_ref());
                Ok(page.output)
            }
            Err(error) => {
                self.walk.stop();
                Err(error)
            }
        }
    }
}

impl<P> Pages<Client, P> {
    /// The next page; `None` after the last one. It is what `StreamExt::next` would give.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

/// Nothing in it is pinned.
impl<C: Caller, P> Unpin for Pages<C, P> {}

impl<P> Stream for Pages<Client, P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.sent.is_none() {
            match self.ask() {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(sent)) => self.sent = Some(sent),
            }
        }
        let Some(sent) = &mut self.sent else { return Poll::Ready(None) };
        let outcome = ready!(Pin::new(sent).poll(context));
        self.sent = None;
        Poll::Ready(Some(self.take(outcome)))
    }
}

impl<P> Iterator for Pages<blocking::Client, P> {
    type Item = Result<P, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.ask()? {
            Ok(outcome) => Some(self.take(outcome)),
            Err(error) => Some(Err(error)),
        }
    }
}

/// Shows no token, which may be a secret.
impl<C: Caller, P> fmt::Debug for Pages<C, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

/// Declares that the answers of an operation are pages:
///
/// ```text
/// pages! {
///     ListUsers[Org], ListUsersInputs: types::UserPage -> types::User;
///     pages items;
///     Cursor("/next"), more None, items "/users";
///     |inputs| Some(&mut inputs.cursor);
///     |page| page.users;
/// }
/// ```
macro_rules! pages {
    (
        $Name:ident[$($Mark:ident)*], $Inputs:ident: $Page:ty => $Item:ty;
        $pages:ident $items:ident;
        $kind:expr, more $more:expr, items $at:literal;
        $slot:expr;
        $list:expr;
    ) => {
        impl<C: runtime::Caller, $($Mark: runtime::Provided),*> $Name<C, $($Mark),*> {
            #[doc = " All pages from this one on: a `Stream` of answers on [`Client`](runtime::Client), an `Iterator` on"]
            #[doc = " [`blocking::Client`](runtime::blocking::Client)."]
            pub fn $pages(self) -> pages::Pages<C, $Page> {
                pages::Pages::new(self.caller, self.inputs)
            }

            #[doc = concat!(" The items of [`", stringify!($pages), "`](Self::", stringify!($pages), "), one by one.")]
            pub fn $items(self) -> pages::Items<C, $Page, $Item> {
                pages::Items::new(pages::Pages::new(self.caller, self.inputs), <$Inputs as pages::Paged>::list)
            }
        }

        impl pages::Paged for $Inputs {
            type Item = $Item;
            const RULE: pages::Rule = pages::Rule { kind: $kind, more: $more, items: $at };

            fn slot(&mut self) -> Option<&mut dyn pages::Slot> {
                let slot: fn(&mut Self) -> Option<&mut dyn pages::Slot> = $slot;
                slot(self)
            }

            fn list(page: $Page) -> Vec<$Item> {
                let list: fn($Page) -> Option<Vec<$Item>> = $list;
                list(page).unwrap_or_default()
            }
        }
    };
}

pub(crate) use pages;
