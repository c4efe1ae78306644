//! A request that is not sent does nothing, and a call that is not awaited neither.
#![deny(unused_must_use)]

use voximplant_client::Client;

fn send(client: Client) {
    client.sms().send_sms_message().source("447443332211");
    client.sms().send_sms_message().source("1").destination("2").sms_body("Test message").send();
}

fn main() {}
