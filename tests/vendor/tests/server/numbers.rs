//! In: the two commands about phone numbers. Out: what there is, and what has been switched.

use crate::http::{Caller, DESTINATION, SOURCE};
use serde_json::Value;
use voximplant_server::{Account, Number, Options, Sms};

const DISABLED: &str = "447443332210";

fn control(caller: &Caller, number: &str, command: &str) -> Vec<(u64, String)> {
    caller.call("ControlSms", &[("phone_number", number), ("command", command)]).faults()
}

#[test]
fn sms_is_off_until_it_is_switched_on() {
    let caller = Caller::default();
    let send = || {
        let message = [("source", DISABLED), ("destination", DESTINATION), ("sms_body", "a")];
        caller.call("SendSmsMessage", &message).code()
    };
    assert_eq!(send(), 386);
    let answer = caller.call("ControlSms", &[("phone_number", DISABLED), ("command", "enable")]);
    assert_eq!(answer.json(), serde_json::json!({ "result": 1 }));
    assert_eq!(send(), 0);
    assert_eq!(control(&caller, DISABLED, "disable"), []);
    assert_eq!(send(), 386);
}

#[test]
fn only_what_can_be_switched_is() {
    let caller = Caller::default();
    for (number, command, fault) in [
        ("447443332200", "enable", (528, "phone_number")),
        ("15550100", "enable", (121, "phone_number")),
        ("+447443332211", "enable", (121, "phone_number")),
        (SOURCE, "on", (101, "command")),
        (SOURCE, "", (101, "command")),
    ] {
        assert_eq!(control(&caller, number, command), [(fault.0, fault.1.to_owned())], "{number} {command}");
    }
    let missing = ["phone_number", "command"].map(|name| (101, name.to_owned()));
    assert_eq!(caller.call("ControlSms", &[]).faults(), missing);
}

/// The numbers that this finds.
fn found(caller: &Caller, filter: &[(&str, &str)]) -> Vec<String> {
    let answer = caller.call("GetPhoneNumbers", filter).json();
    let numbers = answer["result"].as_array().unwrap_or_else(|| panic!("{answer}"));
    assert_eq!(answer["count"], numbers.len());
    numbers.iter().map(|number| number["phone_number"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn numbers_say_whether_they_send() {
    let answer = Caller::default().call("GetPhoneNumbers", &[]).json();
    let sms = |row: &Value| [&row["is_sms_supported"], &row["is_sms_enabled"]].map(|flag| flag.as_bool().unwrap());
    let rows: Vec<_> = answer["result"].as_array().unwrap().iter().map(sms).collect();
    assert_eq!(rows, [[true, true], [true, false], [false, false]]);
    assert_eq!((&answer["count"], &answer["total_count"]), (&3.into(), &3.into()));
}

/// A filter, and the numbers that pass it.
type Case<'c> = (&'c [(&'c str, &'c str)], &'c [&'c str]);

#[test]
fn numbers_can_be_filtered_and_paged() {
    let mut options = Options::default();
    let american = Number { country: "US".to_owned(), ..Number::new("15550100", Sms::Enabled) };
    options.account.numbers.push(american);
    options.children =
        vec![Account { id: 7, numbers: vec![Number::new("15550107", Sms::Enabled)], ..Account::default() }];
    let caller = Caller::new(options);
    let all = [SOURCE, DISABLED, "447443332200", "15550100"];
    let both = [SOURCE, DISABLED, "447443332200", "15550100", "15550107"];
    let cases: [Case<'_>; 15] = [
        (&[], &all),
        (&[("phone_id", "1;4")], &[SOURCE, "15550100"]),
        (&[("phone_number", "15550100;447443332211")], &[SOURCE, "15550100"]),
        (&[("country_code", "US")], &["15550100"]),
        (&[("country_code", "GB;US")], &all),
        (&[("phone_template", "1555")], &["15550100"]),
        (&[("activation_status", "ACTIVE")], &all),
        (&[("canceled", "true")], &[]),
        (&[("canceled", "False")], &all),
        (&[("count", "2")], &all[..2]),
        (&[("count", "2"), ("offset", "3")], &all[3..]),
        (&[("child_account_id", "all")], &both),
        (&[("child_account_id", "7")], &both),
        (&[("child_account_id", "7"), ("children_phones_only", "1")], &["15550107"]),
        (&[("phone_id", "5"), ("child_account_id", "all")], &["15550107"]),
    ];
    for (filter, expected) in cases {
        assert_eq!(found(&caller, filter), expected, "{filter:?}");
    }
    assert_eq!(caller.call("GetPhoneNumbers", &[("count", "1")]).json()["total_count"], 4);
    let faults = caller.call("GetPhoneNumbers", &[("child_account_id", "8"), ("count", "-1")]).faults();
    assert_eq!(faults, [(194, "child_account_id".to_owned()), (101, "count".to_owned())]);
}

#[test]
fn a_filter_that_is_not_here_is_not_ignored() {
    let answer = Caller::default().call("GetPhoneNumbers", &[("rule_name", "a")]);
    assert_eq!(answer.status, 501);
    assert!(String::from_utf8(answer.bytes).unwrap().contains("`rule_name` of GetPhoneNumbers"));
}
