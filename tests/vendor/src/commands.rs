//! In: the name of a command. Out: who may call it, and how it is carried out.

mod control_sms;
mod history;
mod phone_numbers;
mod send;

use crate::account::Role;
use crate::account::Role::{Accountant, Admin, CallsSms, Developer, Owner, Supervisor};
use crate::arguments::Arguments;
use crate::fault::{Fault, fault};
use crate::state::State;
use serde_json::Value;

/// A command of the API.
pub(crate) struct Command {
    /// Its name in paths.
    pub(crate) name: &'static str,
    /// Of these roles, the caller must have one; none: whoever has a key.
    pub(crate) roles: &'static [Role],
    /// The parameters that the vendor's has and this one does not understand.
    pub(crate) unserved: &'static [&'static str],
    pub(crate) run: fn(&mut Call<'_>) -> Result<Answer, Vec<Fault>>,
}

/// A call by somebody who may.
pub(crate) struct Call<'c> {
    pub(crate) arguments: Arguments<'c>,
    pub(crate) state: &'c mut State,
    /// The account that is called for.
    pub(crate) account: i64,
    /// In seconds since 1970.
    pub(crate) now: i64,
}

/// What comes of a call.
#[derive(Debug)]
pub(crate) enum Answer {
    Json(Value),
    File(Vec<u8>),
}

/// The most rows of an answer.
const MOST_ROWS: usize = 1000;

/// All commands. The roles are those of the vendor's pages; the one of `GetPhoneNumbers` names none.
pub(crate) const COMMANDS: [Command; 6] = [
    Command {
        name: "SendSmsMessage",
        roles: &[Owner, Admin, Developer, CallsSms],
        unserved: &[],
        run: send::send_sms_message,
    },
    Command { name: "A2PSendSms", roles: &[CallsSms], unserved: &[], run: send::a2p_send_sms },
    Command {
        name: "ControlSms",
        roles: &[Owner, Admin, Developer, Accountant],
        unserved: &[],
        run: control_sms::control_sms,
    },
    Command {
        name: "GetSmsHistory",
        roles: &[Owner, Admin, Developer, Supervisor, Accountant, CallsSms],
        unserved: &[],
        run: history::get_sms_history,
    },
    Command {
        name: "A2PGetSmsHistory",
        roles: &[Owner, Admin, CallsSms],
        unserved: &[],
        run: history::a2p_get_sms_history,
    },
    Command {
        name: "GetPhoneNumbers",
        roles: &[],
        unserved: phone_numbers::UNSERVED,
        run: phone_numbers::get_phone_numbers,
    },
];

/// The part of all rows that `offset` and `count` ask for.
struct Page {
    offset: usize,
    count: usize,
}

impl Page {
    fn read(arguments: &mut Arguments<'_>) -> Self {
        let offset = arguments.count("offset").unwrap_or(0);
        let count = arguments.count("count").unwrap_or(MOST_ROWS);
        if count > MOST_ROWS {
            arguments.fault(fault(101).of("count"));
        }
        Self { offset, count }
    }

    fn of(&self, rows: impl Iterator<Item = Value>) -> Vec<Value> {
        rows.skip(self.offset).take(self.count).collect()
    }
}

/// Money in JSON.
#[expect(clippy::cast_precision_loss, reason = "nobody has that much")]
pub(crate) fn money(ten_thousandths: u64) -> Value {
    (ten_thousandths as f64 / 10_000.0).into()
}
