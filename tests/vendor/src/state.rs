//! In: a call. Out: what it changes, if its caller may: everything that the server remembers is here.

use crate::arguments::Arguments;
use crate::callbacks::Told;
use crate::commands::{Answer, Call, Command};
use crate::dates;
use crate::fault::{Fault, fault};
use crate::messages::Message;
use crate::options::{Next, Options};
use crate::received::Received;
use crate::token;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// All that the server knows.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) options: Options,
    pub(crate) messages: Vec<Message>,
    pub(crate) requests: Vec<Received>,
    /// What becomes of the calls that come next.
    pub(crate) next: VecDeque<Next>,
    /// What was sent for whom, and when.
    pub(crate) operations: BTreeMap<(i64, String), i64>,
    /// When calls came, as far back as a limit asks.
    calls: VecDeque<i64>,
    pub(crate) under_way: usize,
    /// The number of the callback that was made ready last.
    pub(crate) last_callback: i64,
    /// The bodies of callbacks that are ready.
    pub(crate) untold: Vec<Value>,
    pub(crate) told: Vec<Told>,
}

impl State {
    /// The server's clock, in seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        dates::now() + self.options.clock_ahead
    }

    /// Puts a message into the history; gives its number.
    pub(crate) fn keep(&mut self, message: Message) -> i64 {
        let id = self.messages.last().map_or(1001, |last| last.id + 1);
        self.messages.push(Message { id, ..message });
        id
    }

    /// Counts the call, unless that is one too many.
    fn count(&mut self, now: i64) -> Result<(), Fault> {
        let Some(rate) = self.options.rate else { return Ok(()) };
        self.calls.retain(|time| now - time < i64::from(rate.seconds));
        if self.calls.len() >= rate.calls {
            return Err(fault(340));
        }
        self.calls.push_back(now);
        Ok(())
    }

    /// Carries out a command for whoever may call it.
    pub(crate) fn run(&mut self, command: &Command, received: &Received) -> Result<Answer, Vec<Fault>> {
        let now = self.now();
        let caller =
            token::check(received.authorization.as_deref(), &self.options, now).map_err(|fault| vec![fault])?;
        let account = caller.account;
        if !command.roles.is_empty() && !command.roles.iter().any(|role| caller.key.roles.contains(role)) {
            return Err(vec![fault(100)]);
        }
        self.count(now).map_err(|fault| vec![fault])?;
        (command.run)(&mut Call { arguments: Arguments::new(received), state: self, account, now })
    }
}
