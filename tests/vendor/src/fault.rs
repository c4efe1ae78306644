//! In: what is wrong with a call. Out: the answer that says so, in the vendor's codes and words.

use serde_json::{Value, json};

/// One error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    code: u16,
    message: String,
    field: Option<&'static str>,
}

/// The errors that a user of SMS meets, in the words of the vendor's PHP SDK; two of them end early there, too.
const MESSAGES: [(u16, &str); 26] = [
    (1, "Fatal error"),
    (2, "Internal error"),
    (14, "SMS gateway error"),
    (100, "Authorization failed"),
    (101, "Invalid arguments"),
    (102, "Missing 'cmd' parameter"),
    (103, "Unknown command"),
    (104, "Forbidden command"),
    (105, "The required output format type is not supported"),
    (111, "Invalid date format"),
    (121, "Invalid phone number"),
    (123, "Invalid date range"),
    (127, "Insufficient money"),
    (162, "try later.."),
    (194, "The 'child_account_id' parameter is invalid"),
    (340, "Rate limit exceed"),
    (385, "Sending sms error"),
    (386, "SMS disabled for number"),
    (447, "Invalid token format."),
    (454, "The token TTL exceeds the maximum limit."),
    (455, "Token issued in the future."),
    (456, "The token has expired."),
    (470, "Invalid value specified for the ‘direction’ parameter. Allowed parameter values are: 'IN'"),
    (509, "A2P SMS disabled for number %1$s"),
    (515, "The same operation has been performed recently. Please"),
    (528, "Sms is not supported"),
];

/// The error of this code. One that is not in the table above has no words.
pub(crate) fn fault(code: u16) -> Fault {
    let message = MESSAGES.iter().find(|(known, _)| *known == code).map_or("", |(_, message)| message);
    Fault { code, message: message.to_owned(), field: None }
}

impl Fault {
    /// The same error, of this parameter.
    pub(crate) fn of(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }

    /// The same error, with this in the place that its words leave open.
    pub(crate) fn about(self, value: &str) -> Self {
        Self { message: self.message.replace("%1$s", value), ..self }
    }

    pub(crate) fn code(&self) -> u16 {
        self.code
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    fn json(&self) -> Value {
        let mut json = json!({ "code": self.code, "msg": self.message });
        if let Some(field) = self.field {
            json["field_name"] = field.into();
        }
        json
    }
}

/// The answer that reports these errors; the first is the one that matters.
pub(crate) fn envelope(faults: &[Fault]) -> Value {
    let all: Vec<_> = faults.iter().map(Fault::json).collect();
    json!({ "error": all.first(), "errors": all })
}
