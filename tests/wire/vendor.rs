//! In: the local server that answers as the vendor says. Out: proof that it does, so that the demonstration and later
//! tests may rely on it.

use crate::clients::{Sent, example};
use crate::servers;
use oasmith_tests::loopback::Loopback;
use oasmith_tests::voximplant::{self, Account};
use std::io::{Read, Write};
use std::net::TcpStream;
use voximplant_client::{Error, Token, blocking};

/// Both numbers of the vendor's example.
const NUMBERS: [&str; 2] = ["447443332211", "447443332212"];

/// The codes of all errors with their parameters; none when the message was sent.
fn codes(sent: Sent) -> Vec<(i64, String)> {
    match sent {
        Ok(_) => Vec::new(),
        Err(Error::Api(error)) => {
            assert_eq!(error.code(), error.errors()[0].code());
            let field = |raw: &serde_json::Value| raw["field_name"].as_str().unwrap_or_default().to_owned();
            error.errors().iter().map(|fault| (fault.code().unwrap(), field(fault.raw()))).collect()
        }
        Err(error) => panic!("{error:?}"),
    }
}

fn client(url: &str, token: &str) -> blocking::Client {
    blocking::Client::builder().base_url(url).auth(Token::new(token)).build().unwrap()
}

/// Source, destination and text, and what is wrong with them.
type Case<'a> = (&'a str, &'a str, &'a str, &'a [(i64, &'a str)]);

#[test]
fn parameters_are_checked() {
    let (_server, url, token) = servers::voximplant();
    let sms = client(&url, &token).sms();
    let [source, destination] = NUMBERS;
    let longest = "x".repeat(765);
    let longer = "x".repeat(766);
    let cases: [Case<'_>; 9] = [
        (source, destination, "Test message", &[]),
        (source, destination, &longest, &[]),
        (source, destination, &longer, &[(101, "sms_body")]),
        (source, destination, "", &[(101, "sms_body")]),
        ("+447443332211", destination, "a", &[(121, "source")]),
        (source, "44 7443 332212", "a", &[(121, "destination")]),
        (source, "1234567890123456", "a", &[(121, "destination")]),
        ("447443332299", destination, "a", &[(386, "source")]),
        ("447443332299", "", "", &[(386, "source"), (121, "destination"), (101, "sms_body")]),
    ];
    for (source, destination, text, expected) in cases {
        let sent = sms.send_sms_message().source(source).destination(destination).sms_body(text).send();
        let expected: Vec<_> = expected.iter().map(|(code, field)| (*code, (*field).to_owned())).collect();
        assert_eq!(codes(sent), expected, "{source} {destination} {text}");
    }
}

#[test]
fn tokens_are_checked() {
    let account = Account::default();
    let stranger = Account { id: 2, ..account.clone() };
    let tokens = [
        (account.token(), None),
        (account.expired_token(), Some(456)),
        (stranger.token(), Some(100)),
        ("<token>".to_owned(), Some(447)),
    ];
    let server = Loopback::start(voximplant::router(account)).unwrap();
    for (token, code) in tokens {
        let sent = example(client(&server.url(voximplant::PATH), &token).sms()).send();
        let found = codes(sent).first().map(|(code, _)| *code);
        assert_eq!(found, code, "{token}");
    }
}

#[test]
fn parameters_may_come_as_a_form_or_by_get() {
    let (server, _, token) = servers::voximplant();
    let form = "source=447443332211&destination=447443332212&sms_body=caf%C3%A9+%2B+%E2%82%AC&store_body=True";
    let path = "/platform_api/SendSmsMessage";
    for (line, media, body) in [
        (format!("GET {path}?{form}"), "", ""),
        (format!("POST {path}?{form}"), "application/json", "{}"),
        (format!("POST {path}"), "application/x-www-form-urlencoded", form),
    ] {
        let answer = raw(&server, &line, media, &token, body);
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{line}: {answer}");
        assert!(answer.contains(r#"{"result":1,"message_id":100"#), "{line}: {answer}");
    }
    for (line, body) in [(format!("POST {path}"), form), (format!("GET {path}?store_body=maybe"), "")] {
        let answer = raw(&server, &line, "text/plain", &token, body);
        assert!(
            answer.contains(r#"{"error":{"code":101,"msg":"Invalid arguments","field_name":"source"}"#),
            "{answer}"
        );
    }
    assert!(raw(&server, &format!("POST {path}"), "", "", "").contains(r#""code":100"#));
}

#[test]
fn other_paths_are_not_found() {
    let (server, _, token) = servers::voximplant();
    for path in ["/", "/platform_api", "/platform_api/sendsmsmessage", "/SendSmsMessage"] {
        let answer = raw(&server, &format!("POST {path}"), "", &token, "");
        assert!(answer.starts_with("HTTP/1.1 404 Not Found\r\n"), "{path}: {answer}");
    }
    assert!(raw(&server, "DELETE /platform_api/SendSmsMessage", "", &token, "").starts_with("HTTP/1.1 405 "));
}

/// A whole answer to a request that no generated client sends.
fn raw(server: &Loopback, line: &str, media: &str, token: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let length = body.len();
    let head = format!(
        "{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: {media}\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
