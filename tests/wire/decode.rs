//! In: answers that were got by other means. Out: what an answer over the wire would have given.

use crate::clients::{asynchronous, blocking, example};
use http::{Response, StatusCode};
use voximplant_client::{Error, bytes::Bytes};

fn response(status: StatusCode, body: &'static str) -> Response<Bytes> {
    Response::builder().status(status).body(Bytes::from(body)).unwrap()
}

#[test]
fn both_clients_decode_what_they_are_given() {
    let url = "http://127.0.0.1:9";
    let [one, two] = [example(asynchronous(url).sms()).request(), example(blocking(url).sms()).request()];
    assert_eq!(one.unwrap().uri(), two.unwrap().uri());
    let (one, two) = (example(asynchronous(url).sms()), example(blocking(url).sms()));
    let decode = |status, body| [one.decode(response(status, body)), two.decode(response(status, body))];

    for sent in decode(StatusCode::OK, r#"{"message_id":7}"#) {
        assert_eq!(sent.unwrap().message_id, Some(7));
    }
    for sent in decode(StatusCode::OK, r#"{"error":{"code":"127","msg":"Not enough money"}}"#) {
        let Err(Error::Api(error)) = sent else { panic!("{sent:?}") };
        assert_eq!(error.code(), Some(127), "a code may be text");
    }
    for sent in decode(StatusCode::NOT_FOUND, "{}") {
        assert!(matches!(sent, Err(Error::Status(_))), "{sent:?}");
    }
    for sent in decode(StatusCode::OK, r#"{"message_id":"7"}"#) {
        assert_eq!(sent.unwrap_err().path(), Some("$.message_id"));
    }
}
