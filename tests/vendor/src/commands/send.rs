//! In: the arguments of the two commands that send. Out: messages in the history, paid for; nothing leaves the machine.

use super::{Answer, Call};
use crate::account::{Account, Sms};
use crate::arguments::is_number;
use crate::fault::{Fault, fault};
use crate::messages::{Delivery, Direction, Kind, Message, Status};
use crate::segments;
use serde_json::json;

/// The longest text of `SendSmsMessage`, in characters.
const LONGEST: usize = 765;
/// The longest text of `A2PSendSms`, in characters.
const LONGEST_A2P: usize = 1600;
/// The most destinations of `A2PSendSms`.
const MOST_DESTINATIONS: usize = 100;

pub(super) fn send_sms_message(call: &mut Call<'_>) -> Result<Answer, Vec<Fault>> {
    let arguments = &mut call.arguments;
    let source = arguments.number("source");
    if let Some(fault) = call.state.options.account(call.account).and_then(|account| unready(account, source)) {
        arguments.fault(fault.of("source"));
    }
    let destination = arguments.number("destination");
    let text = arguments.text("sms_body", LONGEST);
    let stored = arguments.flag("store_body").unwrap_or(false);
    arguments.all_well()?;
    let operation = [source, destination, text].join("\0");
    call.refuse_repetition(&operation)?;
    let draft = call.draft(Kind::Sms, source, text, stored);
    if call.is_unreachable(destination) {
        return Err(vec![fault(385)]);
    }
    call.pay(draft.cost)?;
    call.remember(operation);
    let fragments = draft.fragments;
    let id = call.state.keep(Message { destination: destination.to_owned(), ..draft });
    call.state.receive(source, destination, text);
    Ok(Answer::Json(json!({ "result": 1, "message_id": id, "fragments_count": fragments })))
}

/// Why messages cannot be sent from here. What is no number was found before.
fn unready(account: &Account, source: &str) -> Option<Fault> {
    if source.is_empty() {
        return None;
    }
    match account.number(source).map(|number| number.sms) {
        Some(Sms::Enabled) => None,
        Some(Sms::Unsupported) => Some(fault(528)),
        Some(Sms::Disabled) | None => Some(fault(386)),
    }
}

pub(super) fn a2p_send_sms(call: &mut Call<'_>) -> Result<Answer, Vec<Fault>> {
    let arguments = &mut call.arguments;
    let source = arguments.text("src_number", LONGEST);
    let known = call
        .state
        .options
        .account(call.account)
        .is_some_and(|account| account.sender_ids.iter().any(|id| id == source));
    if !source.is_empty() && !known {
        arguments.fault(fault(509).about(source).of("src_number"));
    }
    let destinations = arguments.list("dst_numbers").unwrap_or_default();
    if !(1..=MOST_DESTINATIONS).contains(&destinations.len()) {
        arguments.fault(fault(101).of("dst_numbers"));
    } else if !destinations.iter().all(|number| is_number(number)) {
        arguments.fault(fault(121).of("dst_numbers"));
    }
    let text = arguments.text("text", LONGEST_A2P);
    let stored = arguments.flag("store_body").unwrap_or(false);
    arguments.all_well()?;
    let operation = [source, &destinations.join(";"), text].join("\0");
    call.refuse_repetition(&operation)?;
    let draft = call.draft(Kind::A2p, source, text, stored);
    let reachable = destinations.iter().filter(|number| !call.is_unreachable(number)).count();
    call.pay(draft.cost * reachable as u64)?;
    call.remember(operation);
    let (mut sent, mut failed) = (Vec::new(), Vec::new());
    for number in destinations {
        let message = Message { destination: number.to_owned(), ..draft.clone() };
        if call.is_unreachable(number) {
            let (status, delivery) = (Status::Error, Delivery::Failed);
            call.state.keep_a2p(Message { fragments: 0, cost: 0, status, delivery, ..message });
            let fault = fault(385);
            failed.push(json!({
                "destination_number": number,
                "error_description": fault.message(),
                "error_code": fault.code(),
            }));
        } else {
            sent.push(json!({ "message_id": call.state.keep_a2p(message), "destination_number": number }));
        }
    }
    Ok(Answer::Json(json!({ "result": sent, "failed": failed, "fragments_count": draft.fragments })))
}

impl Call<'_> {
    /// A message that has no destination yet.
    fn draft(&self, kind: Kind, source: &str, text: &str, stored: bool) -> Message {
        let fragments = segments::count(text) as u64;
        Message {
            id: 0,
            account: self.account,
            kind,
            direction: Direction::Out,
            source: source.to_owned(),
            destination: String::new(),
            text: text.to_owned(),
            stored,
            fragments,
            cost: fragments * self.state.options.price,
            status: Status::Success,
            delivery: Delivery::Delivered,
            processed: self.now,
        }
    }

    fn is_unreachable(&self, number: &str) -> bool {
        self.state.options.unreachable.iter().any(|known| known == number)
    }

    /// Takes the money, if it is there.
    fn pay(&mut self, cost: u64) -> Result<(), Vec<Fault>> {
        let account = self.state.options.account_mut(self.account);
        let left = account.and_then(|account| Some((account.balance.checked_sub(cost)?, account)));
        let (left, account) = left.ok_or_else(|| vec![fault(127)])?;
        account.balance = left;
        Ok(())
    }

    /// Refuses what was sent just before.
    fn refuse_repetition(&self, operation: &str) -> Result<(), Vec<Fault>> {
        let Some(seconds) = self.state.options.same_operation else { return Ok(()) };
        let seen = self.state.operations.get(&(self.account, operation.to_owned()));
        if seen.is_some_and(|time| self.now - time < i64::from(seconds)) { Err(vec![fault(515)]) } else { Ok(()) }
    }

    /// Remembers what was sent.
    fn remember(&mut self, operation: String) {
        if self.state.options.same_operation.is_some() {
            self.state.operations.insert((self.account, operation), self.now);
        }
    }
}
