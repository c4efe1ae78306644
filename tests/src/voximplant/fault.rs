//! In: what is wrong with a call. Out: the answer that says so, in the vendor's codes and words.

use serde_json::{Value, json};

/// One error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    code: u16,
    message: &'static str,
    field: Option<&'static str>,
}

pub(super) const AUTHORIZATION_FAILED: Fault = fault(100, "Authorization failed");
pub(super) const INVALID_ARGUMENTS: Fault = fault(101, "Invalid arguments");
pub(super) const INVALID_PHONE_NUMBER: Fault = fault(121, "Invalid phone number");
pub(super) const SMS_DISABLED_FOR_NUMBER: Fault = fault(386, "SMS disabled for number");
pub(super) const INVALID_TOKEN_FORMAT: Fault = fault(447, "Invalid token format.");
pub(super) const INVALID_TOKEN_TTL: Fault = fault(454, "The token TTL exceeds the maximum limit.");
pub(super) const TOKEN_ISSUED_IN_FUTURE: Fault = fault(455, "Token issued in the future.");
pub(super) const TOKEN_EXPIRED: Fault = fault(456, "The token has expired.");

const fn fault(code: u16, message: &'static str) -> Fault {
    Fault { code, message, field: None }
}

impl Fault {
    /// The same error, of this parameter.
    pub(super) fn of(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }

    fn json(self) -> Value {
        let mut json = json!({ "code": self.code, "msg": self.message });
        if let Some(field) = self.field {
            json["field_name"] = field.into();
        }
        json
    }
}

/// The answer that reports these errors; the first is the one that matters.
pub(super) fn envelope(faults: &[Fault]) -> Value {
    let all: Vec<_> = faults.iter().map(|fault| fault.json()).collect();
    json!({ "error": all.first(), "errors": all })
}
