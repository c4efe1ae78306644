//! In: errors that the API reports by a code. Out: over real sockets, all that both clients keep of them, whatever the status.

use crate::clients::both;
use crate::servers;
use serde_json::json;
use voximplant_client::types::ErrorCode;
use voximplant_client::{Error, Fault};

/// What the vendor's SDKs and pages know of: an error of the whole call, and all errors with members of their own.
fn body() -> String {
    let name = json!({ "code": 121, "msg": "Invalid phone number", "field_name": "source" });
    let details = json!({ "code": 386, "msg": "SMS disabled", "details": { "verification_name": "x" } });
    json!({ "error": name, "errors": [name, details, { "code": 9999, "msg": "New" }] }).to_string()
}

#[test]
fn code_message_and_every_error_are_kept_whatever_the_status() {
    for status in [200, 201, 400, 401, 403, 404, 429, 500, 503] {
        let server = servers::answering(status, &[("content-type", "application/json")], &body());
        for (client, sent) in both(&server.url("")) {
            let error = sent.unwrap_err();
            assert_eq!(ErrorCode::of(&error), Some(ErrorCode::InvalidPhoneNumber), "{client} {status}");
            assert_eq!(error.status().unwrap(), status);
            let Error::Api(api) = &error else { panic!("{client} {status}: {error:?}") };
            assert_eq!((api.code(), api.message()), (Some(121), Some("Invalid phone number")));
            assert_eq!(api.main().raw()["field_name"], "source");
            let codes: Vec<_> = api.errors().iter().filter_map(ErrorCode::of_fault).collect();
            let known = [ErrorCode::InvalidPhoneNumber, ErrorCode::SmsDisabledForNumber, ErrorCode::Unknown(9999)];
            assert_eq!(codes, known);
            let messages: Vec<_> = api.errors().iter().filter_map(Fault::message).collect();
            assert_eq!(messages, ["Invalid phone number", "SMS disabled", "New"]);
            assert_eq!(api.errors()[1].raw()["details"]["verification_name"], "x");
        }
    }
}

#[test]
fn a_list_of_errors_alone_is_an_error_and_an_empty_one_is_none() {
    let server = servers::json(r#"{"result":1,"errors":[{"code":127,"msg":"Insufficient money"},{"code":1}]}"#);
    for (client, sent) in both(&server.url("")) {
        let Err(Error::Api(api)) = sent else { panic!("{client}: {sent:?}") };
        assert_eq!((api.code(), api.message(), api.errors().len()), (Some(127), Some("Insufficient money"), 2));
    }
    let server = servers::json(r#"{"result":1,"message_id":7,"errors":[],"error":null}"#);
    for (client, sent) in both(&server.url("")) {
        assert_eq!(sent.unwrap().message_id, Some(7), "{client}");
    }
}

#[test]
fn a_code_that_says_later_is_retryable() {
    for (code, is_retryable) in [(340, true), (515, true), (101, false), (127, false), (386, false), (429, false)] {
        let server = servers::json(&json!({ "error": { "code": code, "msg": "m" } }).to_string());
        for (client, sent) in both(&server.url("")) {
            let error = sent.unwrap_err();
            assert_eq!(error.is_retryable(), is_retryable, "{client}: {code}");
            assert_eq!(ErrorCode::of(&error).map(ErrorCode::as_i64), Some(code));
        }
        assert_eq!(server.requests().len(), 2, "{code}: nothing is sent again by itself");
    }
}

#[test]
fn other_errors_have_no_code() {
    for (status, body) in [(500, "<html>"), (404, ""), (200, r#"{"result":"x"}"#), (200, r#"{"error":"down"}"#)] {
        for (client, sent) in both(&servers::answering(status, &[], body).url("")) {
            assert_eq!(ErrorCode::of(&sent.unwrap_err()), None, "{client}: {body}");
        }
    }
}

#[test]
fn codes_are_numbers_with_names() {
    assert_eq!(ErrorCode::from(386), ErrorCode::SmsDisabledForNumber);
    assert_eq!(i64::from(ErrorCode::TokenExpired), 456);
    assert_eq!(ErrorCode::InsufficientMoney.to_string(), "127");
    assert_eq!(format!("{:?}", ErrorCode::InsufficientMoney), "InsufficientMoney");
    assert_eq!(ErrorCode::from(485), ErrorCode::ParameterCantBeEmpty, "the first of its two names");
    let unknown: ErrorCode = serde_json::from_str("12345").unwrap();
    assert_eq!((unknown, serde_json::to_string(&unknown).unwrap().as_str()), (ErrorCode::Unknown(12345), "12345"));
}

#[test]
fn every_code_of_the_table_has_a_name() {
    let table = std::fs::read_to_string(oasmith_tests::harness::root().join("spec/errors.tsv")).unwrap();
    let codes: Vec<i64> = table.lines().skip(1).map(|line| line.split('\t').next().unwrap().parse().unwrap()).collect();
    assert_eq!(codes.len(), 458);
    for code in codes {
        let name = format!("{:?}", ErrorCode::from(code));
        assert!(!name.starts_with("Unknown("), "{code}");
    }
}
