//! A flag is given as text, and as a number.

use voximplant_client::Client;

fn message(client: Client) {
    let _ = client.sms().send_sms_message().store_body("true");
    let _ = client.sms().send_sms_message().store_body(1);
}

fn main() {}
