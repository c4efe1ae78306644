//! In: the key of a service account, two phone numbers and a text. Out: an SMS, sent for real and charged.
//!
//! ```text
//! VOXIMPLANT_CREDENTIALS=credentials.json cargo run --example send_sms -- 447443332211 447443332212 "Test message"
//! ```
//!
//! The source is a number that you have bought there and for which SMS is enabled. Numbers are digits with the
//! country's code, without `+`. Where `VOXIMPLANT_URL` is set, it is sent there: `cargo xtask demo --serve` has such a
//! URL.

use std::process::ExitCode;
use voximplant_client::types::ErrorCode;
use voximplant_client::{Client, Error, ServiceAccount};

const USAGE: &str = "usage: VOXIMPLANT_CREDENTIALS=credentials.json send_sms SOURCE DESTINATION TEXT";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, destination, text] = &arguments[..] else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let client = match client() {
        Ok(client) => client,
        Err(error) => {
            eprintln!("error: {error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match send(&client, source, destination, text).await {
        Ok(sent) => {
            println!("{sent}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            if let Some(advice) = advice(&error) {
                eprintln!("{advice}");
            }
            ExitCode::FAILURE
        }
    }
}

fn client() -> Result<Client, Box<dyn std::error::Error>> {
    let builder = Client::builder().auth(ServiceAccount::from_env()?);
    let builder = match std::env::var("VOXIMPLANT_URL") {
        Ok(url) => builder.base_url(url),
        Err(_) => builder,
    };
    Ok(builder.build()?)
}

/// Sends the message; gives a sentence about it.
///
/// # Errors
/// When it was not sent, or may have been.
pub async fn send(client: &Client, source: &str, destination: &str, text: &str) -> Result<String, Error> {
    let request = client.sms().send_sms_message().source(source).destination(destination).sms_body(text);
    let sent = request.send().await?;
    let text = |number: Option<i64>| number.map_or("?".to_owned(), |number| number.to_string());
    Ok(format!("sent as message {}; segments charged: {}", text(sent.message_id), text(sent.fragments_count)))
}

/// What to do about the errors that one meets first.
pub fn advice(error: &Error) -> Option<&'static str> {
    match error {
        Error::Api(_) => match ErrorCode::of(error)? {
            ErrorCode::AuthorizationFailed => Some("Is the key of this account, and has it a role that may send SMS?"),
            ErrorCode::InvalidPhoneNumber => Some("Phone numbers are digits with the country's code, without `+`."),
            ErrorCode::InsufficientMoney => Some("The account has not enough money."),
            ErrorCode::SmsDisabledForNumber | ErrorCode::NotSupportSms => {
                Some("Buy a number that supports SMS, and enable SMS for it (ControlSms).")
            }
            ErrorCode::SameOperationLimit => Some("The same message was sent a moment ago: look into the history."),
            _ => None,
        },
        error if error.is_timeout() => Some("The message may have been sent all the same: look before you try again."),
        error if error.is_connect() => Some("Nothing was sent."),
        _ => None,
    }
}
