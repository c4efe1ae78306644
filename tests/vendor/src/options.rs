//! In: what a test wants. Out: how the server behaves; all of it can be changed while it runs.

use crate::account::{Account, Key};
use crate::callbacks::Callbacks;
use std::time::Duration;

/// How the server behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen on 127.0.0.1; 0 is any free port. Changing it later does nothing.
    pub port: u16,
    /// The account that the keys belong to.
    pub account: Account,
    /// Accounts for which the same keys sign, with another `iss`.
    pub children: Vec<Account>,
    /// The keys that it knows.
    pub keys: Vec<Key>,
    /// What a fragment costs, in ten-thousandths of the account's currency.
    pub price: u64,
    /// Destinations to which nothing can be sent: 385.
    pub unreachable: Vec<String>,
    /// How numbers are written in the history.
    pub numbers_as: NumbersAs,
    /// How dates are written in the history.
    pub dates_as: DatesAs,
    /// How far the server's clock is ahead of this machine's, in seconds; negative: behind.
    pub clock_ahead: i64,
    /// How long each answer takes. The call is carried out before the wait.
    pub delay: Duration,
    /// How many calls may be under way at once; others get an HTTP 429.
    pub parallel: Option<usize>,
    /// What such a 429 looks like.
    pub too_many: TooMany,
    /// How many calls may come in a while; others get 340.
    pub rate: Option<Rate>,
    /// For how long, in seconds of the server's clock, the same message to the same number gets 515.
    pub same_operation: Option<u32>,
    /// Whom to tell of messages that come in, and of those of A2P that were delivered or not.
    pub callbacks: Option<Callbacks>,
}

impl Default for Options {
    /// One account and one key without limits. One destination, 447443332213, is unreachable, as in the vendor's
    /// example.
    fn default() -> Self {
        Self {
            port: 0,
            account: Account::default(),
            children: Vec::new(),
            keys: vec![Key::default()],
            price: 27_123,
            unreachable: vec!["447443332213".to_owned()],
            numbers_as: NumbersAs::Mixed,
            dates_as: DatesAs::Times,
            clock_ahead: 0,
            delay: Duration::ZERO,
            parallel: None,
            too_many: TooMany::Json,
            rate: None,
            same_operation: None,
            callbacks: None,
        }
    }
}

impl Options {
    /// The account and its child accounts.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &Account> {
        [&self.account].into_iter().chain(&self.children)
    }

    pub(crate) fn account(&self, id: i64) -> Option<&Account> {
        self.accounts().find(|account| account.id == id)
    }

    pub(crate) fn account_mut(&mut self, id: i64) -> Option<&mut Account> {
        [&mut self.account].into_iter().chain(&mut self.children).find(|account| account.id == id)
    }
}

/// How phone numbers are written in JSON: the SDKs declare integers, the vendor's example shows text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumbersAs {
    /// As integers in messages with odd numbers, as text in others.
    Mixed,
    /// As integers.
    Integers,
    /// As text.
    Strings,
}

/// How dates are written in JSON: pages and the vendor's example have the time, but its Python and Go SDKs only read
/// days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatesAs {
    /// `yyyy-MM-dd HH:mm:ss`.
    Times,
    /// `yyyy-MM-dd`.
    Days,
}

/// The body of an HTTP 429.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMany {
    /// The vendor's errors in JSON, with code 340.
    Json,
    /// A line of text.
    Plain,
}

/// A limit of calls in a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub calls: usize,
    /// In how many seconds of the server's clock.
    pub seconds: u32,
}

/// What becomes of one call, whatever it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is told this error in a 200, and not carried out.
    Error(u16),
    /// It gets an HTTP 429, and is not carried out.
    TooMany {
        /// What its body looks like.
        body: TooMany,
        /// The header `Retry-After`, in seconds.
        retry_after: Option<u32>,
    },
    /// It gets exactly this, and is not carried out.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The header `Content-Type`.
        content_type: String,
        /// The body.
        body: Vec<u8>,
    },
    /// It is carried out, but answered so much later.
    Late(Duration),
}
