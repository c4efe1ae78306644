//! In: the operations of the SMS group, and the local server. Out: proof of what is sent, and of what is made of each kind
//! of answer.

use crate::clients::{example, settings, wait};
use crate::servers;
use voximplant_client::jiff::Timestamp;
use voximplant_client::operations::sms::GetSmsHistorySuccess;
use voximplant_client::types::{ErrorCode, HistoryOutput, SmsDeliveryStatus, SmsHistoryEntry, SmsStatus};
use voximplant_client::{Client, Error, Lenient, Segments, blocking};
use voximplant_server::{DatesAs, Delivery, Direction, Kind, Message, Next, NumbersAs, Status, VoximplantServer};

/// A server, and a client with the key of its account.
fn start() -> (VoximplantServer, blocking::Client) {
    let (server, url, _) = servers::voximplant();
    let client = settings(blocking::Client::builder(), &url).auth(servers::account(&server)).build().unwrap();
    (server, client)
}

/// The forms that came, decoded. Only what the vendor describes is sent in the query: `SendSmsMessage`.
fn forms(server: &VoximplantServer) -> Vec<String> {
    let text = |pairs: &[(String, String)]| {
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    };
    for request in server.requests() {
        let is_vendors = request.path.ends_with("/SendSmsMessage");
        assert_eq!((request.query.is_empty(), request.form.is_empty()), (!is_vendors, is_vendors), "{request:?}");
    }
    server.requests().iter().map(|request| text(&request.form)).collect()
}

#[test]
fn a_message_is_sent_and_stands_in_the_history() {
    let (server, client) = start();
    let sent = example(client.sms()).store_body(true).send().unwrap();
    assert_eq!((sent.result, sent.fragments_count), (Some(1), Some(1)));
    let found: Vec<_> = client.sms().get_sms_history().message_id(vec![sent.message_id.unwrap()]).items().collect();
    let [Ok(entry)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((entry.text.as_deref(), entry.fragments, entry.cost), (Some("Test message"), Some(1), Some(2.7123)));
    assert_eq!((entry.message_id, entry.direction.as_deref()), (sent.message_id, Some("OUT")));
    let date = entry.processed_date.as_ref().and_then(Lenient::parse).unwrap().timestamp();
    assert!((0..60).contains(&(server.now() - date.as_second())), "{date}");
}

#[test]
fn a_message_to_many_may_be_sent_to_some() {
    let (server, client) = start();
    let numbers = vec!["447443332212".to_owned(), "447443332213".to_owned()];
    let asked = client.sms().a2p_send_sms().src_number("447443332211").dst_numbers(numbers).text("a;b");
    let sent = asked.send().unwrap();
    assert_eq!(forms(&server), ["src_number=447443332211&dst_numbers=447443332212;447443332213&text=a;b"]);
    let (sent, failed) = (sent.result.unwrap(), sent.failed.unwrap());
    assert_eq!((sent.len(), sent[0].message_id), (1, Some(1001)));
    assert_eq!(sent[0].destination_number.as_deref(), Some("447443332212"));
    assert_eq!((failed.len(), failed[0].error_code), (1, Some(385)));
    assert_eq!(failed[0].destination_number.as_deref(), Some("447443332213"));
    assert_eq!(failed[0].error_description.as_deref(), Some("Sending sms error"));

    let found: Result<Vec<_>, _> = client.sms().a2p_get_sms_history().items().collect();
    let status = |value: &Option<Lenient<SmsDeliveryStatus>>| value.as_ref().and_then(Lenient::parse);
    let statuses: Vec<_> = found.unwrap().iter().map(|entry| status(&entry.delivery_status)).collect();
    assert_eq!(statuses, [Some(SmsDeliveryStatus::Delivered), Some(SmsDeliveryStatus::Failed)]);
}

#[test]
fn a_number_with_a_semicolon_is_refused_before_anything_is_sent() {
    let (server, client) = start();
    let asked = client.sms().a2p_send_sms().src_number("447443332211").dst_numbers(vec!["1;2".to_owned()]);
    let sent = asked.text("a").send();
    assert!(matches!(sent, Err(Error::Request(_))), "{sent:?}");
    assert!(server.requests().is_empty());
}

#[test]
fn sms_is_enabled_for_a_number() {
    let (server, client) = start();
    let sms = client.sms();
    let send = || example(client.sms()).source("447443332210").send();
    let code = |error: &Error| ErrorCode::of(error);
    assert_eq!(code(&send().unwrap_err()), Some(ErrorCode::SmsDisabledForNumber));
    let answer = sms.control_sms().phone_number("447443332210").command("enable").send().unwrap();
    assert_eq!(answer.result, Some(1));
    assert_eq!(forms(&server)[1], "phone_number=447443332210&command=enable");
    assert_eq!(send().unwrap().result, Some(1));
    sms.control_sms().phone_number("447443332210").command("disable").send().unwrap();
    assert_eq!(code(&send().unwrap_err()), Some(ErrorCode::SmsDisabledForNumber));
    let never = sms.control_sms().phone_number("447443332200").command("enable").send().unwrap_err();
    assert_eq!(code(&never).map(i64::from), Some(528));
}

#[test]
fn an_error_in_a_success_is_an_error_for_every_operation() {
    let (server, client) = start();
    (0..7).for_each(|_| server.next(Next::Error(100)));
    let (sms, numbers) = (client.sms(), client.phone_numbers());
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

/// The client's count, before a message is sent, is the one that the server charges.
#[test]
fn segments_are_those_that_are_charged() {
    let (server, client) = start();
    let texts = [
        "a".repeat(160),
        "a".repeat(161),
        "\u{20ac}".repeat(80),
        "\u{20ac}".repeat(153),
        "\u{436}".repeat(70),
        "\u{436}".repeat(71),
        "\u{1f600}".repeat(36),
        "\u{1f600}".repeat(67),
        format!("{}\u{20ac}", "a".repeat(159)),
    ];
    for text in texts {
        let segments = Segments::of(&text).within(Segments::SMS).unwrap();
        let sent = example(client.sms()).sms_body(text.as_str()).send().unwrap();
        assert_eq!(sent.fragments_count, i64::try_from(segments.count()).ok(), "{text}");
    }
    let long = "\u{436}".repeat(1600);
    let many = vec!["447443332212".to_owned(); 100];
    let sent = client.sms().a2p_send_sms().src_number("447443332211").dst_numbers(many).text(long.as_str()).send();
    let count = Segments::of(&long).within(Segments::A2P).unwrap().count();
    assert_eq!(sent.unwrap().fragments_count, i64::try_from(count).ok());
    assert!(server.requests().last().unwrap().length > 8192, "a URL of this length is refused by many servers");
}

/// A server with five messages of both kinds, one a second, and one of the year before; the second of each kind came in or
/// failed.
fn histories(numbers_as: NumbersAs, dates_as: DatesAs) -> (VoximplantServer, blocking::Client) {
    let (server, client) = start();
    server.change(|options| (options.numbers_as, options.dates_as) = (numbers_as, dates_as));
    for (kind, second) in [Kind::Sms, Kind::A2p].into_iter().flat_map(|kind| (0..6).map(move |second| (kind, second))) {
        let processed = if second == 0 { 1_520_000_000 } else { 1_552_338_000 + second };
        let message = Message { kind, ..Message::sent("12345678111", "12345678222", "Hi", processed) };
        server.add_message(match (kind, second) {
            (Kind::Sms, 2) => Message { direction: Direction::In, ..message },
            (Kind::A2p, 2) => Message { status: Status::Error, delivery: Delivery::Expired, ..message },
            _ => message,
        });
    }
    (server, client)
}

/// The first moment of the year of the five messages.
fn since() -> Timestamp {
    "2019-01-01T02:00:00.5+02:00".parse().unwrap()
}

fn number(number: &Option<Lenient<String>>) -> Option<String> {
    number.as_ref().and_then(Lenient::parse)
}

fn status(entry: &SmsHistoryEntry) -> Option<SmsStatus> {
    entry.status_id.as_ref().and_then(Lenient::parse)
}

/// What is kept of a day where an instant is described; none of an instant.
fn day<T>(date: &Option<Lenient<T>>) -> Option<&str> {
    date.as_ref().and_then(Lenient::other).and_then(serde_json::Value::as_str)
}

fn check(entries: &[SmsHistoryEntry], dates_as: DatesAs) {
    assert_eq!(entries.iter().filter_map(|entry| entry.message_id).collect::<Vec<_>>(), [1002, 1003, 1004, 1005, 1006]);
    for (second, entry) in (1..).zip(entries) {
        assert_eq!(number(&entry.source_number).as_deref(), Some("12345678111"));
        assert_eq!(number(&entry.destination_number).as_deref(), Some("12345678222"));
        assert_eq!(entry.direction.as_deref(), Some(if second == 2 { "IN" } else { "OUT" }));
        assert_eq!(status(entry), Some(SmsStatus::Success));
        let instant = entry.processed_date.as_ref().and_then(Lenient::parse).map(Timestamp::from);
        match dates_as {
            DatesAs::Times => assert_eq!(instant.unwrap().as_second(), 1_552_338_000 + second),
            DatesAs::Days => assert_eq!((instant, day(&entry.processed_date)), (None, Some("2019-03-11"))),
        }
    }
}

#[test]
fn a_history_is_a_stream_of_entries() {
    for numbers_as in [NumbersAs::Mixed, NumbersAs::Integers, NumbersAs::Strings] {
        for dates_as in [DatesAs::Times, DatesAs::Days] {
            let (server, _) = histories(numbers_as, dates_as);
            let builder = settings(Client::builder(), &server.base_url());
            let client = builder.auth(servers::account(&server)).build().unwrap();
            let ids: Vec<_> = (1001..=1006).collect();
            let entries = wait(async {
                let mut found = Vec::new();
                let mut items = client.sms().get_sms_history().message_id(ids).from_date(since()).count(2).items();
                while let Some(entry) = items.next().await {
                    found.push(entry.unwrap());
                }
                found
            });
            check(&entries, dates_as);
            let ids = "message_id=1001;1002;1003;1004;1005;1006&count=2";
            let from = "from_date=2019-01-01 00:00:00";
            let expected = ["", "&offset=2", "&offset=4"].map(|offset| format!("{ids}{offset}&{from}"));
            assert_eq!(forms(&server), expected, "three pages, two at a time");
        }
    }
}

#[test]
fn a_history_is_an_iterator_of_entries() {
    for numbers_as in [NumbersAs::Mixed, NumbersAs::Integers, NumbersAs::Strings] {
        for dates_as in [DatesAs::Times, DatesAs::Days] {
            let (server, client) = histories(numbers_as, dates_as);
            let sms = client.sms();
            let entries: Result<Vec<_>, _> = sms.get_sms_history().from_date(since()).count(2).items().collect();
            check(&entries.unwrap(), dates_as);
            let to: Timestamp = "2019-12-31T23:59:59Z".parse().unwrap();
            let asked = sms.a2p_get_sms_history().from_date(since()).to_date(to).count(2).offset(1);
            let entries: Vec<_> = asked.items().map(Result::unwrap).collect();
            let ids: Vec<_> = entries.iter().filter_map(|entry| entry.message_id).collect();
            assert_eq!(ids, [1009, 1010, 1011, 1012], "all but the first");
            let failed = &entries[0];
            assert_eq!(number(&failed.source_number).as_deref(), Some("12345678111"));
            assert_eq!(failed.status_id.as_ref().and_then(Lenient::parse), Some(SmsStatus::Error));
            assert!(failed.error_message.as_ref().is_some_and(|error| error.contains("12345678222")));
            assert_eq!(day(&failed.processing_date).is_some(), dates_as == DatesAs::Days);
            assert_eq!(server.requests().len(), 5);
        }
    }
}

/// What the SDKs and others tell of, and the local server does not do.
#[test]
fn entries_that_nobody_has_described_are_kept() {
    let (server, client) = start();
    let row = r#"{"message_id":3,"source_number":"Example","status_id":"7","sms_id":"not described"}"#;
    let body = format!(r#"{{"result":[{row}],"total_count":1}}"#).into_bytes();
    server.next(Next::Answer { status: 200, content_type: "application/json".to_owned(), body });
    let entries: Result<Vec<_>, _> = client.sms().get_sms_history().items().collect();
    let [entry] = &entries.unwrap()[..] else { panic!("one entry") };
    assert_eq!(status(entry), Some(SmsStatus::Unknown("7".to_owned())));
    assert_eq!((number(&entry.source_number).as_deref(), &entry.destination_number), (Some("Example"), &None));
}

#[test]
fn a_history_may_be_a_file() {
    let (server, client) = histories(NumbersAs::Mixed, DatesAs::Times);
    let sms = client.sms();
    let answer = sms.get_sms_history().message_id(vec![1002]).output("csv").send().unwrap();
    let GetSmsHistorySuccess::OkBytes(file) = answer else { panic!("{answer:?}") };
    let file = String::from_utf8(file.to_vec()).unwrap();
    let lines: Vec<_> = file.split("\r\n").collect();
    assert!(lines[0].starts_with("message_id,source_number,destination_number,direction,"), "{file}");
    assert!(lines[1].starts_with("1002,12345678111,12345678222,OUT,1,2.7123,1,,2019-03-11 21:00:01,"), "{file}");
    assert_eq!((lines.len(), lines[2]), (3, ""), "{file}");
    assert_eq!(forms(&server), ["message_id=1002&output=csv"]);
    // A file has no entries, and that is said.
    let mut entries = sms.get_sms_history().output(HistoryOutput::Xls).items();
    let error = entries.next().unwrap().unwrap_err();
    assert!(error.to_string().contains("it is not JSON"), "{error}");
    assert!(entries.next().is_none());
}

#[test]
fn phone_numbers_say_whether_they_send() {
    let (server, client) = start();
    let numbers = client.phone_numbers();
    let asked = numbers.get_phone_numbers().country_code(vec!["GB".to_owned(), "US".to_owned()]).canceled(false);
    let found: Vec<_> = asked.count(2).items().map(Result::unwrap).collect();
    let sends: Vec<_> = found.iter().map(|number| (number.is_sms_supported, number.is_sms_enabled)).collect();
    assert_eq!(sends, [(Some(true), Some(true)), (Some(true), Some(false)), (Some(false), Some(false))]);
    let renewal = found[0].phone_next_renewal.as_ref().and_then(Lenient::parse).unwrap();
    assert_eq!(renewal.to_string(), "2034-06-06");
    let bought = found[0].phone_purchase_date.as_ref().and_then(Lenient::parse).map(Timestamp::from).unwrap();
    assert_eq!(bought, "2024-05-06T07:08:09Z".parse().unwrap());
    let needed = found.iter().map(|number| number.required_verification.as_ref().and_then(Lenient::parse));
    assert_eq!(needed.collect::<Option<Vec<_>>>().unwrap(), ["false"; 3]);
    let forms = forms(&server);
    let [first, second] = &forms[..] else { panic!("two pages: {forms:?}") };
    assert!(first.contains("country_code=GB;US") && first.contains("canceled=false"), "{first}");
    assert!(second.contains("offset=2"), "{second}");
    assert!(numbers.get_phone_numbers().country_code(vec!["US".to_owned()]).items().next().is_none());
}
