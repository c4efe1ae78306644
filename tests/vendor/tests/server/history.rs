//! In: messages of the past. Out: those that are asked for, page by page, as JSON or as a file.

use crate::http::{Answer, Caller, DESTINATION, EXAMPLE, SOURCE};
use serde_json::{Value, json};
use voximplant_server::{DatesAs, Delivery, Direction, Kind, Message, NumbersAs, Options, Status};

/// 2019-03-11 21:00:00.
const THEN: i64 = 1_552_338_000;

/// A server with messages 1001 to 1005, an hour apart; 1003 came in.
fn past(kind: Kind) -> Caller {
    let caller = Caller::default();
    for hour in 0..5 {
        let message = Message { kind, ..Message::sent(SOURCE, DESTINATION, "a, b", THEN + 3600 * hour) };
        caller.server.add_message(match hour {
            2 => Message { direction: Direction::In, source: "15550100".to_owned(), ..message },
            4 => Message { stored: false, status: Status::Error, delivery: Delivery::Failed, ..message },
            _ => message,
        });
    }
    caller
}

/// The numbers of the messages in an answer, and how many there are in all.
fn ids(answer: &Answer) -> (Vec<u64>, u64) {
    let json = answer.json();
    let rows = json["result"].as_array().unwrap_or_else(|| panic!("{json}"));
    (rows.iter().map(|row| row["message_id"].as_u64().unwrap()).collect(), json["total_count"].as_u64().unwrap())
}

#[test]
fn what_was_sent_is_remembered() {
    let caller = Caller::default();
    caller.call("SendSmsMessage", &[&EXAMPLE[..], &[("store_body", "true")]].concat());
    caller.example();
    caller.call("A2PSendSms", &[("src_number", SOURCE), ("dst_numbers", DESTINATION), ("text", "a")]);
    let mut rows = caller.call("GetSmsHistory", &[]).json()["result"].clone();
    assert_eq!(rows[1]["text"], Value::Null, "it was not stored");
    let date = rows[0]["processed_date"].take();
    assert_eq!(date.as_str().unwrap().len(), "yyyy-MM-dd HH:mm:ss".len());
    let expected = json!({
        "message_id": 1001, "sms_id": 1001, "direction": "OUT", "fragments": 1, "cost": 2.7123, "status_id": "1", "processed_date": null,
        "source_number": 447_443_332_211_u64, "destination_number": 447_443_332_212_u64,
        "transaction_id": 301_001, "text": "Test message",
    });
    assert_eq!(rows[0], expected);
    assert_eq!(ids(&caller.call("A2PGetSmsHistory", &[])), (vec![1003], 1));
}

#[test]
fn a_failure_is_told_in_the_vendors_words() {
    let caller = past(Kind::A2p);
    let row = caller.call("A2PGetSmsHistory", &[("message_id", "1005")]).json()["result"][0].clone();
    assert_eq!(
        row,
        json!({
            "message_id": 1005, "source_number": 447_443_332_211_u64, "destination_number": 447_443_332_212_u64,
            "fragments": 1, "cost": 2.7123, "status_id": "2", "processing_date": "2019-03-12 01:00:00",
            "transaction_id": 301_005, "delivery_status": "FAILED",
            "error_message": "Error send sms to 447443332212 from 447443332211 Code = 1",
        })
    );
}

#[test]
fn dates_may_lack_their_time() {
    for (kind, command, name) in
        [(Kind::Sms, "GetSmsHistory", "processed_date"), (Kind::A2p, "A2PGetSmsHistory", "processing_date")]
    {
        let caller = past(kind);
        let date = || caller.call(command, &[]).json()["result"][0][name].clone();
        assert_eq!(date(), "2019-03-11 21:00:00");
        caller.server.change(|options| options.dates_as = DatesAs::Days);
        assert_eq!(date(), "2019-03-11");
    }
}

#[test]
fn numbers_are_integers_or_text() {
    let caller = past(Kind::Sms);
    let sources = |caller: &Caller| {
        let json = caller.call("GetSmsHistory", &[("count", "2")]).json();
        json["result"].as_array().unwrap().iter().map(|row| row["source_number"].is_string()).collect::<Vec<_>>()
    };
    for (numbers_as, text) in
        [(NumbersAs::Mixed, [false, true]), (NumbersAs::Integers, [false; 2]), (NumbersAs::Strings, [true; 2])]
    {
        caller.server.change(|options| options.numbers_as = numbers_as);
        assert_eq!(sources(&caller), text, "{numbers_as:?}");
    }
}

/// A filter, the messages of the page that it gives, and how many pass it.
type Case<'c> = (&'c [(&'c str, &'c str)], &'c [u64], u64);

#[test]
fn messages_can_be_filtered_and_paged() {
    let caller = past(Kind::Sms);
    let cases: [Case<'_>; 13] = [
        (&[], &[1001, 1002, 1003, 1004, 1005], 5),
        (&[("count", "2")], &[1001, 1002], 5),
        (&[("count", "2"), ("offset", "4")], &[1005], 5),
        (&[("offset", "5")], &[], 5),
        (&[("count", "0")], &[], 5),
        (&[("message_id", "1002;1004;9")], &[1002, 1004], 2),
        (&[("direction", "IN")], &[1003], 1),
        (&[("direction", "out"), ("count", "1")], &[1001], 4),
        (&[("source_number", "15550100")], &[1003], 1),
        (&[("destination_number", SOURCE)], &[], 0),
        (&[("from_date", "2019-03-12 00:00:00")], &[1004, 1005], 2),
        (&[("to_date", "2019-03-11 22:00:00")], &[1001, 1002], 2),
        (&[("from_date", "2019-03-11 21:00:01"), ("to_date", "2019-03-11 23:59:59")], &[1002, 1003], 2),
    ];
    for (filter, expected, total) in cases {
        assert_eq!(ids(&caller.call("GetSmsHistory", filter)), (expected.to_vec(), total), "{filter:?}");
    }
    let caller = past(Kind::A2p);
    assert_eq!(ids(&caller.call("A2PGetSmsHistory", &[("delivery_status", "6")])), (vec![1005], 1));
    assert_eq!(ids(&caller.call("A2PGetSmsHistory", &[("delivery_status", "5"), ("offset", "3")])), (vec![1004], 4));
    assert_eq!(ids(&caller.call("GetSmsHistory", &[])), (vec![], 0));
}

#[test]
fn a_page_has_at_most_a_thousand() {
    let caller = Caller::default();
    for _ in 0..1001 {
        caller.server.add_message(Message::sent(SOURCE, DESTINATION, "a", THEN));
    }
    let (page, total) = ids(&caller.call("GetSmsHistory", &[]));
    assert_eq!((page.len(), total), (1000, 1001));
    assert_eq!(ids(&caller.call("GetSmsHistory", &[("offset", "1000")])).0, [2001]);
}

#[test]
fn filters_are_checked() {
    let caller = past(Kind::Sms);
    for (name, value, code) in [
        ("count", "1001", 101),
        ("count", "many", 101),
        ("offset", "-1", 101),
        ("message_id", "1,2", 101),
        ("direction", "both", 470),
        ("from_date", "2019-03-11", 111),
        ("to_date", "2019-03-11T21:00:00Z", 111),
        ("output", "pdf", 105),
    ] {
        assert_eq!(caller.call("GetSmsHistory", &[(name, value)]).faults(), [(code, name.to_owned())], "{value}");
    }
    let range = [("from_date", "2019-03-12 00:00:00"), ("to_date", "2019-03-11 00:00:00")];
    assert_eq!(caller.call("GetSmsHistory", &range).faults(), [(123, "from_date".to_owned())]);
    let delivery = caller.call("A2PGetSmsHistory", &[("delivery_status", "9")]).faults();
    assert_eq!(delivery, [(101, "delivery_status".to_owned())]);
}

#[test]
fn a_file_is_bytes() {
    let caller = past(Kind::Sms);
    caller.server.change(|options| *options = Options { numbers_as: NumbersAs::Integers, ..Options::default() });
    let csv = caller.call("GetSmsHistory", &[("output", "csv"), ("count", "1"), ("offset", "4")]);
    assert_eq!((csv.status, &*csv.media), (200, "application/octet-stream"));
    let lines = "message_id,source_number,destination_number,direction,fragments,cost,status_id,error_message,\
        processed_date,transaction_id,text\r\n\
        1005,447443332211,447443332212,OUT,1,2.7123,2,Error send sms to 447443332212 from 447443332211 Code = 1,\
        2019-03-12 01:00:00,301005,\r\n";
    assert_eq!(String::from_utf8(csv.bytes).unwrap(), lines);
    let csv = caller.call("GetSmsHistory", &[("output", "csv")]).bytes;
    assert!(String::from_utf8(csv).unwrap().contains(",\"a, b\"\r\n"));
    let xls = caller.call("A2PGetSmsHistory", &[("output", "xls")]);
    assert_eq!((xls.status, &*xls.media), (200, "application/octet-stream"));
    assert!(xls.bytes.starts_with(b"<?xml"));
    assert_eq!(caller.call("GetSmsHistory", &[("output", "csv"), ("count", "x")]).code(), 101, "an error is JSON");
}
