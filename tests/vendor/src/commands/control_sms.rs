//! In: a number and whether it is to send messages. Out: it does, if it can.

use super::{Answer, Call};
use crate::account::Sms;
use crate::fault::{Fault, fault};
use serde_json::json;

pub(super) fn control_sms(call: &mut Call<'_>) -> Result<Answer, Vec<Fault>> {
    let digits = call.arguments.number("phone_number");
    let wanted = match call.arguments.optional("command") {
        Some("enable") => Sms::Enabled,
        Some("disable") => Sms::Disabled,
        _ => {
            call.arguments.fault(fault(101).of("command"));
            Sms::Disabled
        }
    };
    call.arguments.all_well()?;
    let account = call.state.options.account_mut(call.account);
    let number = account.and_then(|account| account.numbers.iter_mut().find(|number| number.digits == digits));
    match number {
        None => Err(vec![fault(121).of("phone_number")]),
        Some(number) if number.sms == Sms::Unsupported => Err(vec![fault(528).of("phone_number")]),
        Some(number) => {
            number.sms = wanted;
            Ok(Answer::Json(json!({ "result": 1 })))
        }
    }
}
