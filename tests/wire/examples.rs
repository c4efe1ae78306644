//! In: the client's examples, and the local server. Out: proof that each does what it says. The one that receives messages is
//! tested in `inbound`; the one about tests is a test.

use crate::clients::{settings, wait};
use crate::servers;
use std::io::Cursor;
use voximplant_client::jiff::Timestamp;
use voximplant_client::{Client, Retry, blocking};
use voximplant_server::{Next, Options, Sms, TooMany, VoximplantServer};

#[allow(dead_code)]
#[path = "../../generated-client/examples/blocking.rs"]
mod blocking_example;
#[allow(dead_code)]
#[path = "../../generated-client/examples/history_csv.rs"]
mod history_csv;
#[allow(dead_code)]
#[path = "../../generated-client/examples/send_many.rs"]
mod send_many;
#[allow(dead_code)]
#[path = "../../generated-client/examples/send_sms.rs"]
mod send_sms;

const SOURCE: &str = "447443332211";
const DESTINATION: &str = "447443332212";

fn start() -> (VoximplantServer, Client) {
    let (server, url, _) = servers::voximplant();
    let client =
        settings(Client::builder(), &url).auth(servers::account(&server)).retry(Retry::never()).build().unwrap();
    (server, client)
}

#[test]
fn one_message_is_sent_or_it_is_said_what_to_do() {
    let (server, client) = start();
    let send = |source, destination| wait(send_sms::send(&client, source, destination, "Test message"));
    assert_eq!(send(SOURCE, DESTINATION).unwrap(), "sent as message 1001; segments charged: 1");
    let advice = |source, destination| send_sms::advice(&send(source, destination).unwrap_err()).unwrap();
    assert!(advice(SOURCE, "+447443332212").contains("without `+`"));
    assert!(advice("447443332210", DESTINATION).contains("ControlSms"));
    server.change(|options| options.same_operation = Some(60));
    send(SOURCE, "447443332219").unwrap();
    assert!(advice(SOURCE, "447443332219").contains("history"));
    server.change(|options| options.account.balance = 0);
    assert!(advice(SOURCE, DESTINATION).contains("money"));
    // A port that nobody listens on any more.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = settings(Client::builder(), &format!("http://{closed}")).retry(Retry::never()).build().unwrap();
    let error = wait(send_sms::send(&client, SOURCE, DESTINATION, "Test message")).unwrap_err();
    assert_eq!(send_sms::advice(&error), Some("Nothing was sent."));
}

#[test]
fn many_are_sent_and_only_what_was_not_sent_is_for_another_run() {
    let (server, client) = start();
    server.next(Next::TooMany { body: TooMany::Plain, retry_after: None });
    server.next(Next::Error(340));
    server.next(Next::Error(515));
    let lines = "447443332212 one\n447443332212 two\n447443332212 three\n447443332212 four; five\nnothing\n \
                 spaces\n+1 six\n";
    let mut outcomes = send_many::Outcomes { sent: Vec::new(), again: Vec::new(), told: Vec::new() };
    wait(send_many::send_all(&client, SOURCE, Cursor::new(lines), &mut outcomes)).unwrap();
    let lines = |bytes: &[u8]| -> Vec<String> {
        let mut lines: Vec<_> = std::str::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&outcomes.sent), ["1001: 447443332212 four; five"]);
    assert_eq!(lines(&outcomes.again), ["447443332212 one", "447443332212 two"]);
    let told = String::from_utf8(outcomes.told).unwrap();
    for expected in
        ["three\n  the API answered with error 515", "nothing\n  is no number and text", "+1 six\n  the API"]
    {
        assert!(told.contains(expected), "{told}");
    }
    assert_eq!(server.requests().len(), 5);
}

#[test]
fn a_history_is_written_as_csv() {
    let (server, client) = start();
    let send = |text: &str| wait(send_sms::send(&client, SOURCE, DESTINATION, text)).unwrap();
    (0..3).for_each(|number| drop(send(&format!("message {number}"))));
    let mut output = Vec::new();
    let since = Timestamp::from_second(server.now() - 3600).unwrap();
    wait(history_csv::write_history(&client, since, &mut output)).unwrap();
    let output = String::from_utf8(output).unwrap();
    let lines: Vec<_> = output.lines().collect();
    assert_eq!((lines.len(), lines[0]), (4, "message,processed,source,destination,status,cost"));
    for (line, id) in lines[1..].iter().zip(1001..) {
        assert!(line.starts_with(&format!("{id},20")), "{output}");
        assert!(line.ends_with(&format!("Z,{SOURCE},{DESTINATION},Success,2.7123")), "{output}");
    }
}

#[test]
fn sms_is_turned_on_where_it_is_off() {
    let (server, url, _) = servers::voximplant();
    let client = settings(blocking::Client::builder(), &url).auth(servers::account(&server)).build().unwrap();
    let sent = blocking_example::send(&client, "447443332210", DESTINATION, "Hi").unwrap();
    assert_eq!(sent.message_id, Some(1001));
    let enabled =
        |options: &Options| options.account.numbers.iter().filter(|number| number.sms == Sms::Enabled).count();
    assert_eq!((enabled(&server.options()), server.requests().len()), (2, 3));
    assert!(blocking_example::send(&client, "447443332200", DESTINATION, "Hi").is_err(), "it supports no SMS");
}
