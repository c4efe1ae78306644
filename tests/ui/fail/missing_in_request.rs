//! A request as a value needs the required parameters, too.

use voximplant_client::{Client, Error};

fn request(client: Client) -> Result<(), Error> {
    client.sms().send_sms_message().source("447443332211").destination("447443332212").request()?;
    Ok(())
}

fn main() {}
