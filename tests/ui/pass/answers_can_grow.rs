//! Values of the answer's type can be made for tests, and still can when the description names more properties.

use voximplant_client::types::SendSmsMessageResponse;

fn main() {
    let answer: SendSmsMessageResponse = SendSmsMessageResponse::builder().message_id(1).build();
    let SendSmsMessageResponse { message_id, .. } = answer;
    assert_eq!(message_id, Some(1));
}
