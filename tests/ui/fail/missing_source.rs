//! A required parameter is forgotten.

use voximplant_client::{Client, Error};

async fn send(client: Client) -> Result<(), Error> {
    client.sms().send_sms_message().destination("447443332212").sms_body("Test message").send().await?;
    Ok(())
}

fn main() {}
