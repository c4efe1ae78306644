//! Two required parameters are forgotten.

use voximplant_client::{Error, blocking};

fn send(client: blocking::Client) -> Result<(), Error> {
    client.sms().send_sms_message().sms_body("Test message").store_body(true).send()?;
    Ok(())
}

fn main() {}
