//! In: the same parameters, carried in every way that the SDKs and pages know. Out: the same call.

use crate::http::{Caller, EXAMPLE, agent, read};
use ureq::http::Request;

const FORM: &str = "source=447443332211&destination=447443332212&sms_body=caf%C3%A9+%2B+%E2%82%AC&store_body=True";

/// The text in the form above.
const TEXT: &str = "café + €";

fn multipart(fields: &[(&str, &str)]) -> Vec<u8> {
    let part = |(name, value): &(&str, &str)| {
        format!("--x-7\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    (fields.iter().map(part).collect::<String>() + "--x-7--\r\n").into_bytes()
}

#[test]
fn parameters_come_in_the_query_or_in_a_form() {
    let caller = Caller::default();
    let urlencoded = "application/x-www-form-urlencoded";
    let fields = [("source", "447443332211"), ("destination", "447443332212"), ("sms_body", TEXT), ("store_body", "1")];
    let with_command = [&[("cmd", "SendSmsMessage")][..], &fields].concat();
    let answers = [
        caller.get(&format!("/SendSmsMessage?{FORM}")),
        caller.post(&format!("/SendSmsMessage?{FORM}"), "application/json", b"{}"),
        caller.post("/SendSmsMessage", urlencoded, FORM.as_bytes()),
        caller.post("/SendSmsMessage", "multipart/form-data; boundary=x-7", &multipart(&fields)),
        caller.post("", urlencoded, format!("cmd=SendSmsMessage&{FORM}").as_bytes()),
        caller.post("", "multipart/form-data; boundary=x-7", &multipart(&with_command)),
        caller.get(&format!("?cmd=SendSmsMessage&{FORM}")),
    ];
    for (id, answer) in (1001..).zip(&answers) {
        assert_eq!((answer.status, &*answer.media), (200, "application/json"));
        assert_eq!(answer.json(), serde_json::json!({ "result": 1, "message_id": id, "fragments_count": 1 }));
    }
    for message in caller.server.messages() {
        assert_eq!((message.text.as_str(), message.stored), (TEXT, true));
    }
    for request in caller.server.requests() {
        assert_eq!(request.command(), Some("SendSmsMessage"));
        assert_eq!(request.authorization, Some(format!("Bearer {}", caller.token)));
        assert_eq!(request.get("sms_body"), Some(TEXT));
    }
}

#[test]
fn requests_are_shown_decoded() {
    let caller = Caller::default();
    caller.post("/SendSmsMessage?source=1&a=%26", "application/x-www-form-urlencoded", b"source=2&b=+");
    let request = caller.server.requests().pop().unwrap();
    assert_eq!((&*request.method, &*request.path), ("POST", "/platform_api/SendSmsMessage"));
    assert_eq!(request.target, "/platform_api/SendSmsMessage?source=1&a=%26");
    let parameters: Vec<_> = request.parameters().collect();
    assert_eq!(parameters, [("source", "1"), ("a", "&"), ("source", "2"), ("b", " ")]);
    assert_eq!((request.get("source"), request.get("c")), (Some("1"), None));
    assert_eq!((request.query.len(), request.form.len(), request.length), (2, 2, 12));
}

#[test]
fn a_body_that_is_no_form_has_no_parameters() {
    let caller = Caller::default();
    for media in ["text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=y"] {
        let faults = caller.post("/SendSmsMessage", media, FORM.as_bytes()).faults();
        assert_eq!(faults[0], (101, "source".to_owned()), "{media}");
    }
}

#[test]
fn what_is_no_command_is_not_found() {
    let caller = Caller::default();
    for path in ["/sendsmsmessage", "/GetSMSHistory", "/GetCallHistory", "/SendSmsMessage/"] {
        let answer = caller.post(path, "", b"");
        assert_eq!((answer.status, answer.faults()[0].0), (404, 103), "{path}");
    }
    assert_eq!(caller.get("?cmd=GetSMSHistory").code(), 103);
    assert_eq!(caller.get("").code(), 102);
    assert_eq!(caller.call("", &EXAMPLE).status, 404);
    for path in ["/", "/SendSmsMessage", "/platform_apis"] {
        let other = agent().get(format!("http://{}{path}", caller.server.address())).call().unwrap();
        let answer = read(other);
        assert_eq!((answer.status, &*answer.bytes), (404, &b"Not found\n"[..]), "{path}");
    }
    let put = Request::put(caller.server.base_url() + "/SendSmsMessage").body(FORM).unwrap();
    assert_eq!(read(agent().run(put).unwrap()).status, 405);
    assert!(caller.server.messages().is_empty());
}

#[test]
fn it_ends_when_it_is_dropped() {
    let caller = Caller::default();
    let url = caller.server.base_url() + "/ControlSms";
    drop(caller);
    assert!(agent().get(&url).call().is_err());
}

#[test]
fn it_starts_and_ends_in_asynchronous_code() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let caller = Caller::default();
        let example = tokio::task::spawn_blocking(move || caller.example().code());
        assert_eq!(example.await.unwrap(), 0);
        drop(Caller::default());
    });
}
