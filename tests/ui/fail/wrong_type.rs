//! A flag is given as text, and a text as a number.

use voximplant_client::Client;

fn message(client: Client) {
    let _ = client.sms().send_sms_message().store_body("true");
    let _ = client.sms().send_sms_message().source(447443332211_u64);
}

fn main() {}
