//! In: what is wrong with a call. Out: the answer that says so, in the vendor's codes and words.

use serde_json::{Value, json};

/// One error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    code: u16,
    message: String,
    field: Option<&'static str>,
}

/// The vendor's codes with their names and words, those of its PHP SDK: two of them end early there, too.
const TABLE: &str = include_str!("../../../spec/errors.tsv");

/// The error of this code. One that is not in the table has no words.
pub(crate) fn fault(code: u16) -> Fault {
    let mut rows = TABLE.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let message = rows.find_map(|row| match row.as_slice() {
        [known, _, message] if known.parse() == Ok(code) => Some((*message).to_owned()),
        _ => None,
    });
    Fault { code, message: message.unwrap_or_default(), field: None }
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
