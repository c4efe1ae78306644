//! In: what happens to an account by itself. Out: the requests that tell its owner of it.

use crate::account::Sms;
use crate::messages::{Delivery, Direction, Message};
use crate::platform::Platform;
use crate::segments;
use crate::state::State;
use md5::{Digest, Md5};
use serde_json::{Value, json};
use std::fmt;
use std::time::Duration;

/// How long the owner's server may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whom the server tells of what happens, and how.
#[derive(Clone, PartialEq, Eq)]
pub struct Callbacks {
    /// Where requests go.
    pub url: String,
    /// The salt of the account, for the hash.
    pub account_salt: String,
    /// The API key of the account, for the hash.
    pub api_key: String,
    /// How what happened is written.
    pub nested: Nested,
}

/// Shows no secret, which may be a real one.
impl fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callbacks").field("url", &self.url).field("nested", &self.nested).finish_non_exhaustive()
    }
}

/// How often a callback names its kind around what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nested {
    /// `"sms_inbound": {"source_number": ..}`, as a program that receives them found.
    Once,
    /// `"sms_inbound": {"sms_inbound": {"source_number": ..}}`, as the SDKs declare.
    Twice,
}

/// A request that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its body.
    pub body: Value,
    /// The status of the answer; none where none came.
    pub status: Option<u16>,
}

impl State {
    /// Puts a message into the history of the account that owns its destination, if that takes messages, and tells the
    /// owner.
    pub(crate) fn receive(&mut self, source: &str, destination: &str, text: &str) -> Option<i64> {
        let takes = |digits| {
            self.options
                .accounts()
                .find(|account| account.number(digits).is_some_and(|number| number.sms == Sms::Enabled))
        };
        let account = takes(destination)?.id;
        let fragments = segments::count(text) as u64;
        let cost = fragments * self.options.price;
        let message = Message::sent(source, destination, text, self.now());
        let id = self.keep(Message { account, direction: Direction::In, stored: false, fragments, cost, ..message });
        let sms = json!({ "source_number": source, "destination_number": destination, "sms_body": text });
        self.tell(account, "sms_inbound", sms);
        Some(id)
    }

    /// Puts an A2P message into the history, and tells its owner what became of it; gives its number.
    pub(crate) fn keep_a2p(&mut self, message: Message) -> i64 {
        let account = message.account;
        let status = if message.delivery == Delivery::Delivered { "DELIVERED" } else { "FAILED" };
        let (source, destination) = (message.source.clone(), message.destination.clone());
        let id = self.keep(message);
        let delivery =
            json!({ "id": id, "source_number": source, "status": status, "destination_numbers": destination });
        self.tell(account, "a2p_sms_delivery", delivery);
        id
    }

    /// Makes a request ready, if anybody is to be told.
    fn tell(&mut self, account: i64, kind: &str, what: Value) {
        let Some(callbacks) = &self.options.callbacks else { return };
        self.last_callback += 1;
        let id = self.last_callback;
        let what = match callbacks.nested {
            Nested::Once => what,
            Nested::Twice => json!({ kind: what }),
        };
        let owner = self.options.account(account);
        let callback = json!({
            "callback_id": id,
            "type": kind,
            "account_id": account,
            "hash": callbacks.hash(account, id),
            "account_name": format!("account{account}"),
            "account_email": owner.map(|owner| &owner.email),
            "language_code": "en",
            "balance": owner.map(|owner| crate::commands::money(owner.balance)),
            "currency": "USD",
            kind: what,
        });
        self.untold.push(json!({ "callbacks": [callback] }));
    }
}

impl Callbacks {
    /// As the vendor says: the MD5 of salt, account, API key and number, in hexadecimal digits.
    fn hash(&self, account: i64, id: i64) -> String {
        let hash = Md5::digest(format!("{}{account}{}{id}", self.account_salt, self.api_key));
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Platform {
    /// Makes the requests that are ready, each on its own. Must be called inside of a runtime.
    pub(crate) fn tell(&self) {
        let (untold, callbacks) = {
            let mut state = self.lock();
            (std::mem::take(&mut state.untold), state.options.callbacks.clone())
        };
        let Some(callbacks) = callbacks else { return };
        for body in untold {
            let (platform, url) = (self.clone(), callbacks.url.clone());
            tokio::task::spawn_blocking(move || {
                let status = post(&url, &body);
                platform.lock().told.push(Told { body, status });
            });
        }
    }
}

fn post(url: &str, body: &Value) -> Option<u16> {
    let settings = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
    let request = ureq::Agent::from(settings.build()).post(url).content_type("application/json");
    request.send(body.to_string()).ok().map(|answer| answer.status().as_u16())
}
