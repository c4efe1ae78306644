//! In: the key of a service account, two phone numbers and a text. Out: an SMS, sent without `async`; if SMS is not
//! enabled for the source, that is done first.
//!
//! ```text
//! VOXIMPLANT_CREDENTIALS=credentials.json cargo run --example blocking --features ureq -- 447443332211 447443332212 "Test message"
//! ```

use voximplant_client::types::{ErrorCode, SendSmsMessageResponse};
use voximplant_client::{Error, Segments, ServiceAccount, blocking};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, destination, text] = &arguments[..] else {
        return Err("usage: blocking SOURCE DESTINATION TEXT".into());
    };
    let segments = Segments::of(text).within(Segments::SMS)?;
    println!("{} segments will be charged", segments.count());

    let client = blocking::Client::builder().auth(ServiceAccount::from_env()?).build()?;
    println!("sent as message {:?}", send(&client, source, destination, text)?.message_id);
    Ok(())
}

/// Sends a message, and turns SMS on for its source where it is off.
///
/// # Errors
/// When either fails.
pub fn send(
    client: &blocking::Client,
    source: &str,
    destination: &str,
    text: &str,
) -> Result<SendSmsMessageResponse, Error> {
    let sms = client.sms();
    let request = sms.send_sms_message().source(source).destination(destination).sms_body(text);
    match request.clone().send() {
        // Nothing was sent, so that it can be tried again.
        Err(error) if ErrorCode::of(&error) == Some(ErrorCode::SmsDisabledForNumber) => {
            sms.control_sms().phone_number(source).command("enable").send()?;
            request.send()
        }
        other => other,
    }
}
