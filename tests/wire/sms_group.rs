//! In: the operations of the SMS group, and a server that answers as the vendor's SDKs and pages say. Out: proof of what is
//! sent, and of what is made of each kind of answer.

use crate::clients::wait;
use crate::servers;
use axum::Router;
use axum::http::Uri;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use oasmith_tests::loopback::Loopback;
use std::collections::HashMap;
use voximplant_client::jiff::Timestamp;
use voximplant_client::operations::sms::GetSmsHistorySuccess;
use voximplant_client::types::{HistoryOutput, SmsHistoryEntry, SmsStatus};
use voximplant_client::{Client, Error, Lenient, Token, blocking};

fn client(server: &Loopback) -> blocking::Client {
    blocking::Client::builder().base_url(server.url("")).auth(Token::new("any")).build().unwrap()
}

/// The query of the only request, as it came.
fn query(server: &Loopback) -> String {
    let [request] = &server.requests()[..] else { panic!("one request") };
    request.uri().query().unwrap_or_default().to_owned()
}

/// What the vendor's page of A2PSendSms shows: one message is sent, one is not.
const PARTIAL: &str = r#"{"result":[{"message_id":4568,"destination_number":"447443332212"}],
    "failed":[{"destination_number":"447443332213","error_description":"Sending sms error.","error_code":385}],
    "fragments_count":1}"#;

#[test]
fn a_message_to_many_may_be_sent_to_some() {
    let server = servers::json(PARTIAL);
    let numbers = vec!["447443332212".to_owned(), "447443332213".to_owned()];
    let sent =
        client(&server).sms().a2p_send_sms().src_number("Example").dst_numbers(numbers).text("a;b").send().unwrap();
    assert_eq!(query(&server), "src_number=Example&dst_numbers=447443332212%3B447443332213&text=a%3Bb");
    let (sent, failed) = (sent.result.unwrap(), sent.failed.unwrap());
    assert_eq!((sent.len(), sent[0].message_id), (1, Some(4568)));
    assert_eq!((failed.len(), failed[0].error_code), (1, Some(385)));
    assert_eq!(failed[0].destination_number.as_deref(), Some("447443332213"));
}

#[test]
fn a_number_with_a_semicolon_is_refused_before_anything_is_sent() {
    let server = servers::json("{}");
    let sms = client(&server).sms();
    let sent = sms.a2p_send_sms().src_number("a").dst_numbers(vec!["1;2".to_owned()]).text("a").send();
    assert!(matches!(sent, Err(Error::Request(_))), "{sent:?}");
    assert!(server.requests().is_empty());
}

#[test]
fn sms_is_enabled_for_a_number() {
    let server = servers::json(r#"{"result":1}"#);
    let answer = client(&server).sms().control_sms().phone_number("447443332211").command("enable").send().unwrap();
    assert_eq!(query(&server), "phone_number=447443332211&command=enable");
    assert_eq!(answer.result, Some(1));
}

#[test]
fn an_error_in_a_success_is_an_error_for_every_operation() {
    let server =
        servers::json(r#"{"error":{"code":100,"msg":"Authorization failed"},"errors":[{"code":100,"msg":"x"}]}"#);
    let (sms, numbers) = (client(&server).sms(), client(&server).phone_numbers());
    let sent = [
        sms.a2p_send_sms().src_number("a").dst_numbers(vec!["1".to_owned()]).text("a").send().err(),
        sms.control_sms().phone_number("1").command("disable").send().err(),
        sms.get_sms_history().send().err(),
        sms.get_sms_history().output(HistoryOutput::Csv).send().err(),
        sms.a2p_get_sms_history().send().err(),
        numbers.get_phone_numbers().send().err(),
        numbers.get_phone_numbers().items().next().unwrap().err(),
    ];
    for error in sent {
        let Some(Error::Api(error)) = error else { panic!("{error:?}") };
        assert_eq!((error.code(), error.message()), (Some(100), Some("Authorization failed")));
    }
}

/// Rows in both of the spellings that the SDKs and the vendor's page have.
const ROWS: [&str; 3] = [
    r#"{"message_id":1,"source_number":12345678111,"destination_number":12345678222,"direction":"OUT","status_id":1,
        "cost":4.3437,"processed_date":"2019-03-11 21:00:00"}"#,
    r#"{"message_id":2,"source_number":"12345678111","destination_number":"12345678222","direction":"IN","status_id":"2",
        "sms_id":"not described","processed_date":"2019-03-11 21:00:01"}"#,
    r#"{"message_id":3,"source_number":"Example","status_id":"7"}"#,
];

/// A page of the rows, at most two at a time, or all of them as a file.
async fn history(uri: Uri) -> Response {
    let query = uri.query().unwrap_or_default().as_bytes();
    let asked: HashMap<_, _> = form_urlencoded::parse(query).into_owned().collect();
    if asked.get("output").is_some_and(|output| output != "json") {
        return ([(CONTENT_TYPE, "application/octet-stream")], "message_id,cost\n1,4.3437\n").into_response();
    }
    let offset: usize = asked.get("offset").map_or(0, |offset| offset.parse().unwrap());
    let rows: Vec<_> = ROWS.into_iter().skip(offset).take(2).collect();
    let body = format!(r#"{{"result":[{}],"total_count":{}}}"#, rows.join(","), ROWS.len());
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}

fn histories() -> Loopback {
    let router = Router::new().route("/GetSmsHistory", post(history)).route("/A2PGetSmsHistory", post(history));
    Loopback::start(router).unwrap()
}

fn check(entries: &[SmsHistoryEntry]) {
    let number = |number: &Option<Lenient<String>>| number.as_ref().and_then(Lenient::parse);
    let status = |entry: &SmsHistoryEntry| entry.status_id.as_ref().and_then(Lenient::parse);
    assert_eq!(entries.iter().filter_map(|entry| entry.message_id).collect::<Vec<_>>(), [1, 2, 3]);
    for entry in &entries[..2] {
        assert_eq!(number(&entry.source_number).as_deref(), Some("12345678111"));
        assert_eq!(number(&entry.destination_number).as_deref(), Some("12345678222"));
    }
    let date = |entry: &SmsHistoryEntry| entry.processed_date.map(Timestamp::from);
    assert_eq!(date(&entries[1]), Some("2019-03-11T21:00:01Z".parse().unwrap()));
    assert_eq!(
        entries.iter().map(status).collect::<Vec<_>>(),
        [Some(SmsStatus::Success), Some(SmsStatus::Error), Some(SmsStatus::Unknown("7".to_owned())),]
    );
}

#[test]
fn a_history_is_a_stream_of_entries() {
    let server = histories();
    let client = Client::builder().base_url(server.url("")).auth(Token::new("any")).build().unwrap();
    let from: Timestamp = "2019-03-01T02:00:00.5+02:00".parse().unwrap();
    let entries: Vec<_> = wait(async {
        let mut found = Vec::new();
        let mut items = client.sms().get_sms_history().message_id(vec![1, 2, 3]).from_date(from).count(2).items();
        while let Some(entry) = items.next().await {
            found.push(entry.unwrap());
        }
        found
    });
    check(&entries);
    let queries: Vec<_> = server.requests().iter().map(|one| one.uri().query().unwrap().to_owned()).collect();
    let common = "from_date=2019-03-01%2000%3A00%3A00";
    assert_eq!(
        queries,
        [format!("message_id=1%3B2%3B3&count=2&{common}"), format!("message_id=1%3B2%3B3&count=2&offset=2&{common}"),]
    );
}

#[test]
fn a_history_is_an_iterator_of_entries() {
    let server = histories();
    let sms = client(&server).sms();
    let entries: Result<Vec<_>, _> = sms.get_sms_history().count(2).items().collect();
    check(&entries.unwrap());
    let entries: Result<Vec<_>, _> = sms.a2p_get_sms_history().count(2).offset(1).items().collect();
    assert_eq!(entries.unwrap().iter().filter_map(|entry| entry.message_id).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn a_history_may_be_a_file() {
    let server = histories();
    let sms = client(&server).sms();
    let answer = sms.get_sms_history().output("csv").send().unwrap();
    let GetSmsHistorySuccess::OkBytes(file) = answer else { panic!("{answer:?}") };
    assert_eq!(file, "message_id,cost\n1,4.3437\n");
    // A file has no entries, and that is said.
    let mut entries = sms.get_sms_history().output(HistoryOutput::Xls).items();
    let error = entries.next().unwrap().unwrap_err();
    assert!(error.to_string().contains("it is not JSON"), "{error}");
    assert!(entries.next().is_none());
}

#[test]
fn phone_numbers_say_whether_they_send() {
    let server = servers::json(
        r#"{"result":[{"phone_id":1,"phone_number":"447443332211","is_sms_supported":true,"is_sms_enabled":false,
            "phone_next_renewal":"2026-12-01","phone_purchase_date":"2026-11-01 10:00:00"}],"total_count":1,"count":1}"#,
    );
    let numbers = client(&server).phone_numbers();
    let asked = numbers.get_phone_numbers().country_code(vec!["GB".to_owned(), "US".to_owned()]);
    let found: Result<Vec<_>, _> = asked.is_bound_to_application(true).items().collect();
    let [number] = &found.unwrap()[..] else { panic!("one number") };
    assert_eq!((number.is_sms_supported, number.is_sms_enabled), (Some(true), Some(false)));
    assert_eq!(number.phone_next_renewal.unwrap().to_string(), "2026-12-01");
    assert_eq!(query(&server), "is_bound_to_application=true&country_code=GB%3BUS");
}
