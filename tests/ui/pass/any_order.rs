//! Setters in any order, a request kept in a variable and sent on, optional ones before and between required ones.

use voximplant_client::operations::sms::SendSmsMessage;
use voximplant_client::{Client, Error, Pending, Set};
use voximplant_client::types::SendSmsMessageResponse;

fn complete(client: &Client) -> SendSmsMessage<Client, Set, Set, Set> {
    let request = client.sms().send_sms_message().store_body(false).sms_body("Test message");
    let number = String::from("447443332212");
    request.destination(number).source("447443332211")
}

fn send(client: &Client) -> Pending<SendSmsMessageResponse> {
    let request = complete(client);
    // A value set twice is the last one, and a request can be sent more than once.
    let again = request.clone().store_body(true);
    drop(request.send());
    again.send()
}

fn is_send<T: Send + 'static>(_: T) {}

fn main() -> Result<(), Error> {
    let _ = |client: Client| {
        is_send(send(&client));
        is_send(client);
    };
    Ok(())
}
