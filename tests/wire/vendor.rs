//! In: the local server that answers as the vendor says. Out: what the generated client makes of its refusals. The
//! server itself is tested in its package.

use crate::clients::{Sent, example};
use crate::servers;
use serde_json::json;
use voximplant_client::{Error, Token, blocking};
use voximplant_server::{Key, OTHER_PKCS8, sign};

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
    let (server, url, token) = servers::voximplant();
    let code = |token: &str| codes(example(client(&url, token).sms()).send()).first().map(|(code, _)| *code);
    assert_eq!(code(&token), None);
    assert_eq!(code("<token>"), Some(447));
    let stranger = sign(&Key::default().id, OTHER_PKCS8, &json!({ "iss": 1, "iat": 0, "exp": 60 })).unwrap();
    assert_eq!(code(&stranger), Some(100));
    server.change(|options| options.clock_ahead = 7200);
    assert_eq!(code(&token), Some(456));
    server.change(|options| options.clock_ahead = -7200);
    assert_eq!(code(&token), Some(455));
}
