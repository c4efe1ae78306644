//! A parameter that the operation does not have, and one that is misspelt.

use voximplant_client::Client;

fn message(client: Client) {
    let _ = client.sms().send_sms_message().authorization("Bearer secret");
    let _ = client.sms().send_sms_message().sms_bodi("Test message");
}

fn main() {}
