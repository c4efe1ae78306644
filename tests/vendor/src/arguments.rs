//! In: the parameters of a call, as text. Out: typed values, and all that is wrong with them.

use crate::dates;
use crate::fault::{Fault, fault};
use crate::received::Received;

/// Reads parameters; what is wrong is collected, and something stands in for the value until [`Arguments::all_well`].
pub(crate) struct Arguments<'r> {
    received: &'r Received,
    faults: Vec<Fault>,
}

impl<'r> Arguments<'r> {
    pub(crate) fn new(received: &'r Received) -> Self {
        Self { received, faults: Vec::new() }
    }

    /// The parameter, unless it is absent or empty.
    pub(crate) fn optional(&self, name: &str) -> Option<&'r str> {
        self.received.get(name).filter(|value| !value.is_empty())
    }

    /// A text of 1 to so many characters.
    pub(crate) fn text(&mut self, name: &'static str, longest: usize) -> &'r str {
        let text = self.received.get(name).unwrap_or_default();
        if !(1..=longest).contains(&text.chars().count()) {
            self.fault(fault(101).of(name));
        }
        text
    }

    /// A phone number; empty when it is not one.
    pub(crate) fn number(&mut self, name: &'static str) -> &'r str {
        match self.received.get(name) {
            Some(number) if is_number(number) => return number,
            Some(_) => self.fault(fault(121).of(name)),
            None => self.fault(fault(101).of(name)),
        }
        ""
    }

    /// A boolean that may be absent, in any of the spellings that the vendor's SDKs send.
    pub(crate) fn flag(&mut self, name: &'static str) -> Option<bool> {
        match self.received.get(name)? {
            "true" | "True" | "1" => Some(true),
            "false" | "False" | "0" => Some(false),
            _ => {
                self.fault(fault(101).of(name));
                None
            }
        }
    }

    /// A whole number from 0 that may be absent.
    pub(crate) fn count(&mut self, name: &'static str) -> Option<usize> {
        let count = self.optional(name)?.parse();
        if count.is_err() {
            self.fault(fault(101).of(name));
        }
        count.ok()
    }

    /// A date that may be absent, in seconds since 1970.
    pub(crate) fn date(&mut self, name: &'static str) -> Option<i64> {
        let date = dates::read(self.optional(name)?);
        if date.is_none() {
            self.fault(fault(111).of(name));
        }
        date
    }

    /// A list that may be absent.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<&'r str>> {
        Some(self.optional(name)?.split(';').collect())
    }

    /// A list of whole numbers that may be absent.
    pub(crate) fn ids(&mut self, name: &'static str) -> Option<Vec<i64>> {
        let ids: Result<Vec<_>, _> = self.list(name)?.into_iter().map(str::parse).collect();
        if ids.is_err() {
            self.fault(fault(101).of(name));
        }
        ids.ok()
    }

    /// Something else that is wrong.
    pub(crate) fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Ends the reading: nothing was wrong, or all that was.
    pub(crate) fn all_well(&mut self) -> Result<(), Vec<Fault>> {
        if self.faults.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.faults)) }
    }
}

/// Digits with the country's code, at most 15 (ITU-T E.164, section 6).
pub(crate) fn is_number(text: &str) -> bool {
    (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
