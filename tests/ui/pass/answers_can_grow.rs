//! Values of the answer's type can be made for tests, and still can when the description names more properties.

use voximplant_client::types::SendSmsMessageResponse;

fn main() {
    let mut answer = SendSmsMessageResponse::new();
    answer.message_id = Some(1);
    let SendSmsMessageResponse { message_id, .. } = answer;
    assert_eq!(message_id, Some(1));
}
