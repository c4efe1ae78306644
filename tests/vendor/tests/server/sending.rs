//! In: messages, right and wrong. Out: what becomes of them and of the money.

use crate::http::{Answer, Caller, DESTINATION, SOURCE};
use serde_json::json;
use voximplant_server::{Options, Status};

fn send(caller: &Caller, source: &str, destination: &str, text: &str) -> Answer {
    caller.call("SendSmsMessage", &[("source", source), ("destination", destination), ("sms_body", text)])
}

fn a2p(caller: &Caller, source: &str, destinations: &str, text: &str) -> Answer {
    caller.call("A2PSendSms", &[("src_number", source), ("dst_numbers", destinations), ("text", text)])
}

/// Source, destination and text, and what is wrong with them.
type Case<'c> = (&'c str, &'c str, &'c str, &'c [(u64, &'c str)]);

#[test]
fn arguments_are_checked() {
    let caller = Caller::default();
    let (longest, longer) = ("x".repeat(765), "x".repeat(766));
    let cases: [Case<'_>; 11] = [
        (SOURCE, DESTINATION, "Test message", &[]),
        (SOURCE, DESTINATION, &longest, &[]),
        (SOURCE, DESTINATION, &longer, &[(101, "sms_body")]),
        (SOURCE, DESTINATION, "", &[(101, "sms_body")]),
        ("+447443332211", DESTINATION, "a", &[(121, "source")]),
        (SOURCE, "44 7443 332212", "a", &[(121, "destination")]),
        (SOURCE, "1234567890123456", "a", &[(121, "destination")]),
        ("447443332299", DESTINATION, "a", &[(386, "source")]),
        ("447443332200", DESTINATION, "a", &[(528, "source")]),
        (SOURCE, "447443332213", "a", &[(385, "")]),
        ("447443332299", "", "", &[(386, "source"), (121, "destination"), (101, "sms_body")]),
    ];
    for (source, destination, text, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|(code, field)| (*code, (*field).to_owned())).collect();
        assert_eq!(send(&caller, source, destination, text).faults(), expected, "{source} {destination} {text}");
    }
    let missing = ["source", "destination", "sms_body"].map(|name| (101, name.to_owned()));
    assert_eq!(caller.call("SendSmsMessage", &[]).faults(), missing);
    let flag = caller.call("SendSmsMessage", &[&crate::http::EXAMPLE[..], &[("store_body", "maybe")]].concat());
    assert_eq!(flag.faults(), [(101, "store_body".to_owned())]);
    assert_eq!(caller.server.messages().len(), 2);
}

#[test]
fn errors_are_in_the_vendors_words() {
    let error = send(&Caller::default(), "447443332210", DESTINATION, "a").json();
    let fault = json!({ "code": 386, "msg": "SMS disabled for number", "field_name": "source" });
    assert_eq!(error, json!({ "error": fault, "errors": [fault] }));
}

#[test]
fn each_fragment_costs_until_the_money_is_spent() {
    let mut options = Options { price: 10, ..Options::default() };
    options.account.balance = 65;
    let caller = Caller::new(options);
    let balance = || caller.server.options().account.balance;
    for (text, fragments, left) in [("a".repeat(160), 1, 55), ("€".repeat(81), 2, 35), ("😀".repeat(36), 2, 15)] {
        assert_eq!(send(&caller, SOURCE, DESTINATION, &text).json()["fragments_count"], fragments);
        assert_eq!(balance(), left);
    }
    assert_eq!(send(&caller, SOURCE, DESTINATION, &"ж".repeat(71)).faults(), [(127, String::new())]);
    assert_eq!(balance(), 15);
    assert_eq!(a2p(&caller, SOURCE, "15550100;15550101", "a").code(), 127);
    assert_eq!(a2p(&caller, SOURCE, "15550100;447443332213", "a").code(), 0, "what fails costs nothing");
    assert_eq!(balance(), 5);
}

#[test]
fn a_part_of_many_may_fail() {
    let caller = Caller::default();
    let answer = a2p(&caller, SOURCE, "447443332212;447443332213", &"a".repeat(161));
    assert_eq!(
        answer.json(),
        json!({
            "result": [{ "message_id": 1001, "destination_number": "447443332212" }],
            "failed": [{
                "destination_number": "447443332213",
                "error_description": "Sending sms error",
                "error_code": 385,
            }],
            "fragments_count": 2,
        })
    );
    let status: Vec<_> = caller.server.messages().iter().map(|message| (message.status, message.fragments)).collect();
    assert_eq!(status, [(Status::Success, 2), (Status::Error, 0)]);
}

#[test]
fn arguments_of_many_are_checked() {
    let caller = Caller::default();
    let hundred = vec![DESTINATION; 100].join(";");
    let more = format!("{hundred};{DESTINATION}");
    let (longest, longer) = ("x".repeat(1600), "x".repeat(1601));
    for (source, destinations, text, fault) in [
        (SOURCE, &*hundred, &*longest, None),
        (SOURCE, &more, "a", Some((101, "dst_numbers"))),
        (SOURCE, DESTINATION, &longer, Some((101, "text"))),
        (SOURCE, "", "a", Some((101, "dst_numbers"))),
        (SOURCE, "15550100,15550101", "a", Some((121, "dst_numbers"))),
        (SOURCE, "[\"+15550100\"]", "a", Some((121, "dst_numbers"))),
        ("447443332210", DESTINATION, "a", Some((509, "src_number"))),
    ] {
        let expected: Vec<_> = fault.map(|(code, name)| (code, name.to_owned())).into_iter().collect();
        assert_eq!(a2p(&caller, source, destinations, text).faults(), expected, "{source} {destinations}");
    }
    let disabled = a2p(&caller, "Somebody", DESTINATION, "a").json();
    assert_eq!(disabled["error"]["msg"], "A2P SMS disabled for number Somebody");
    let missing = ["src_number", "dst_numbers", "text"].map(|name| (101, name.to_owned()));
    assert_eq!(caller.call("A2PSendSms", &[]).faults(), missing);
    assert_eq!(caller.server.messages().len(), 100);
}
