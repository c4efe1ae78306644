//! What only the generated code may make, and reach.

use voximplant_client::operations::sms::{SendSmsMessage, Sms};
use voximplant_client::types::SendSmsMessageResponse;
use voximplant_client::{Client, Set};

fn make(client: Client) {
    let _ = Sms::new(client.clone());
    let _ = SendSmsMessage::<Client, Set, Set, Set>::new(client.clone());
    let request = client.sms().send_sms_message();
    let _ = request.inputs;
    let _ = SendSmsMessageResponse { result: None, message_id: None, fragments_count: None };
}

fn main() {}
