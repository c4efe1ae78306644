//! In: a function that sends messages. Out: its tests, without a server: `MockTransport` stands in for it.
//!
//! ```text
//! cargo test --example testing --features mock
//! ```

use voximplant_client::{Error, Token, blocking};

/// The code under test: reminds somebody; gives the message's number.
///
/// # Errors
/// When the message was not sent.
pub fn remind(client: &blocking::Client, number: &str) -> Result<Option<i64>, Error> {
    let request = client.sms().send_sms_message().source("447443332211").destination(number).sms_body("See you at 8!");
    Ok(request.send()?.message_id)
}

fn main() -> Result<(), Error> {
    let mock = voximplant_client::MockTransport::new();
    let client = blocking::Client::builder().auth(Token::new("any")).transport(mock.clone()).build()?;
    println!("what the mock does not expect is an error: {:?}", remind(&client, "447443332212"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::remind;
    use voximplant_client::operations::sms::SendSmsMessage;
    use voximplant_client::types::SendSmsMessageResponse;
    use voximplant_client::{Error, Failure, MockTransport, Token, blocking, http};

    fn client(mock: &MockTransport) -> blocking::Client {
        blocking::Client::builder().auth(Token::new("any")).transport(mock.clone()).build().unwrap()
    }

    #[test]
    fn a_reminder_is_sent() {
        let mock = MockTransport::new();
        mock.expect::<SendSmsMessage>().answer(SendSmsMessageResponse::builder().result(1).message_id(7).build());
        assert_eq!(remind(&client(&mock), "447443332212").unwrap(), Some(7));
        let query = mock.received::<SendSmsMessage>()[0].query();
        assert!(query.contains(&("destination".into(), "447443332212".into())), "{query:?}");
        mock.finish();
    }

    #[test]
    fn the_vendors_errors_are_told() {
        let mock = MockTransport::new();
        let refused = r#"{"error":{"code":127,"msg":"Insufficient money"}}"#;
        mock.expect::<SendSmsMessage>().respond(http::Response::new(refused));
        let Err(Error::Api(error)) = remind(&client(&mock), "447443332212") else { panic!() };
        assert_eq!(error.code(), Some(127));
    }

    #[test]
    fn what_may_have_been_sent_is_not_sent_again() {
        let mock = MockTransport::new();
        mock.expect::<SendSmsMessage>().fail(Failure::Timeout);
        assert!(remind(&client(&mock), "447443332212").unwrap_err().is_timeout());
        mock.finish();
    }
}
