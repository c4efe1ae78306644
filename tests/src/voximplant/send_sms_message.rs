//! In: the parameters of `SendSmsMessage`. Out: its answer, or all that is wrong with them.

use super::Parameters;
use super::fault::{Fault, INVALID_ARGUMENTS, INVALID_PHONE_NUMBER, SMS_DISABLED_FOR_NUMBER};
use super::segments;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicI64, Ordering};

/// The longest text, in characters.
const LONGEST: usize = 765;

/// Sends nothing, but counts it.
pub(super) fn answer(numbers: &[String], next: &AtomicI64, parameters: &Parameters) -> Result<Value, Vec<Fault>> {
    let (text, faults) = (text(parameters), faults(numbers, parameters));
    match text {
        Ok(text) if faults.is_empty() => Ok(json!({
            "result": 1,
            "message_id": next.fetch_add(1, Ordering::Relaxed),
            "fragments_count": segments::count(text),
        })),
        text => Err(faults.into_iter().chain(text.err()).collect()),
    }
}

/// What is wrong with all but the text.
fn faults(numbers: &[String], parameters: &Parameters) -> Vec<Fault> {
    let source = number("source", parameters).and_then(|number| {
        let enabled = numbers.iter().any(|known| known == number);
        if enabled { Ok(()) } else { Err(SMS_DISABLED_FOR_NUMBER.of("source")) }
    });
    let destination = number("destination", parameters).map(|_| ());
    [source, destination, flag("store_body", parameters)].into_iter().filter_map(Result::err).collect()
}

/// A phone number: digits with the country's code, at most 15 (ITU-T E.164, section 6).
fn number<'p>(name: &'static str, parameters: &'p Parameters) -> Result<&'p str, Fault> {
    match parameters.get(name) {
        None => Err(INVALID_ARGUMENTS.of(name)),
        Some(number) if (1..=15).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(number)
        }
        Some(_) => Err(INVALID_PHONE_NUMBER.of(name)),
    }
}

fn text(parameters: &Parameters) -> Result<&str, Fault> {
    parameters
        .get("sms_body")
        .filter(|text| (1..=LONGEST).contains(&text.chars().count()))
        .ok_or(INVALID_ARGUMENTS.of("sms_body"))
}

/// A boolean that may be absent, in any of the spellings that the vendor's SDKs send.
fn flag(name: &'static str, parameters: &Parameters) -> Result<(), Fault> {
    match parameters.get(name) {
        None | Some("true" | "True" | "1" | "false" | "False" | "0") => Ok(()),
        Some(_) => Err(INVALID_ARGUMENTS.of(name)),
    }
}
