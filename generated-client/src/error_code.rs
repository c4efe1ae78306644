//! In: an error. Out: the vendor's code in it, as an [`ErrorCode`].

use crate::types::ErrorCode;
use crate::{Error, Fault};

impl ErrorCode {
    /// The code of an error that the API has answered with; `None` for any other error.
    ///
    /// ```
    /// use voximplant_client::types::ErrorCode;
    ///
    /// # fn enable_sms() {}
    /// # fn example(error: voximplant_client::Error) {
    /// if ErrorCode::of(&error) == Some(ErrorCode::SmsDisabledForNumber) {
    ///     enable_sms();
    /// }
    /// # }
    /// ```
    pub fn of(error: &Error) -> Option<Self> {
        match error {
            Error::Api(error) => Self::of_fault(error.main()),
            _ => None,
        }
    }

    /// The code of one of the errors that an answer lists: of `error.errors()`.
    pub fn of_fault(fault: &Fault) -> Option<Self> {
        fault.code().map(Self::from)
    }
}
