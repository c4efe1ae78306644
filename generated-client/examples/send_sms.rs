//! In: a token, two phone numbers and a text. Out: an SMS, sent for real and charged.
//!
//! ```text
//! VOXIMPLANT_TOKEN=... cargo run --example send_sms -- 447443332211 447443332212 "Test message"
//! ```
//!
//! The token is a JWT, signed with the private key of a service account. This crate does not sign yet: the vendor's
//! page <https://docs.voximplant.ai/api-reference/management-api/authorization> has ready-made commands for bash,
//! Python, Node.js and Go that turn `credentials.json` into a token. It is good for at most an hour.
//!
//! The source is a number that you have bought there and for which SMS is enabled. Numbers are digits with the
//! country's code, without `+`.

use std::process::ExitCode;
use voximplant_client::{Client, Error, Token};

const USAGE: &str = "usage: VOXIMPLANT_TOKEN=... send_sms SOURCE DESTINATION TEXT

The token is a signed JWT. How to make one of credentials.json:
https://docs.voximplant.ai/api-reference/management-api/authorization";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Ok(token), [source, destination, text]) = (std::env::var("VOXIMPLANT_TOKEN"), &arguments[..]) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match send(token, source, destination, text).await {
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

/// Sends the message; gives a sentence about it.
async fn send(token: String, source: &str, destination: &str, text: &str) -> Result<String, Error> {
    let client = Client::builder().auth(Token::new(token)).build()?;
    let request = client.sms().send_sms_message().source(source).destination(destination).sms_body(text);
    let sent = request.send().await?;
    let text = |number: Option<i64>| number.map_or("?".to_owned(), |number| number.to_string());
    Ok(format!("sent as message {}; segments charged: {}", text(sent.message_id), text(sent.fragments_count)))
}

/// What to do about the errors that one meets first.
fn advice(error: &Error) -> Option<&'static str> {
    match error {
        Error::Api(error) => match error.code()? {
            100 => Some("Is the token of this account, and has its key a role that may send SMS?"),
            121 => Some("Phone numbers are digits with the country's code, without `+` and spaces."),
            127 => Some("The account has not enough money."),
            386 | 528 => Some("Buy a number that supports SMS, and enable SMS for it (ControlSms)."),
            447 => Some("VOXIMPLANT_TOKEN is no JWT."),
            454..=456 => Some("Make a new token, and check that this machine's clock is right."),
            _ => None,
        },
        error if error.is_timeout() => Some("The message may have been sent all the same: look before you try again."),
        error if error.is_connect() => Some("Nothing was sent."),
        _ => None,
    }
}
