//! In: servers that repeat what they were sent. Out: messages that show no secret, however it is spelt and cut.

use crate::probe::{self, builder};
use crate::repeated::{API, Answering, KINDS, Kind, PLACES, Place, Sending, error, shown as all_shown};
use crate::runtime::{
    Ask, Body, Boxed, Builder, Call, Caller, Cause, ClientCredentials, Credential, Error, Failure, InProcess,
    Operation, Password, Refusal, Retry, Secret, Style, Token, TransportError, blocking, decode,
};
use bytes::Bytes;
use http::{Method, Request, Response};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::collections::BTreeSet;
use std::sync::Mutex;

/// An operation that sends the secret of a scheme.
struct Guarded<const BASIC: bool>;

impl<const BASIC: bool> Operation for Guarded<BASIC> {
    type Output = Response<Bytes>;
    type Headers = ();
    const ID: &'static str = "guarded";
    const SECURITY: &'static [&'static [&'static str]] = if BASIC { &[&["basic"]] } else { &[&["bearer"]] };

    fn call(&self) -> Result<Call, Error> {
        Ok(Call::new(Method::GET, "/x"))
    }

    fn decode(response: Response<Bytes>) -> Result<Self::Output, Error> {
        decode::raw(response)
    }
}

/// What is shown of an error that a server answers with this body.
fn shown(credential: impl Credential, operation: impl Operation, body: String, max_body: usize) -> String {
    let answer = move |_| Response::builder().status(401).body(Body::from(body.clone())).unwrap();
    let settings = builder().auth(credential).retry(Retry::never()).max_body(max_body);
    let client: blocking::Client = settings.transport(InProcess::new(answer)).build().unwrap();
    let error = client.send(operation).map(drop).unwrap_err();
    format!("{error} {error:?}")
}

fn by_token(token: &str, body: &str) -> String {
    shown(Token::new(token), Guarded::<false>, body.to_owned(), 1 << 20)
}

/// A token of so many characters, no ten of which are alike.
fn long(length: usize) -> String {
    let numbers: String = (0..).map(|number: u32| format!("{number}.")).take(length).collect();
    numbers[..length].to_owned()
}

#[test]
fn a_long_secret_is_not_shown_in_part() {
    for length in [150, 1990, 2500, 10_000] {
        let token = long(length);
        for body in [format!("bad token {token}"), format!("{token}{token}!"), format!("{}{token}", "x".repeat(195))] {
            let text = by_token(&token, &body);
            assert!(!text.contains(&token[..10]) && text.contains("[redacted]"), "{length}: {text}");
        }
    }
    // Many short ones do not bring a part of the last one to the front.
    let text = by_token("0123456789abcdef", &"0123456789abcdef".repeat(200));
    assert!(!text.contains("0123"), "{text}");
}

#[test]
fn a_secret_is_not_shown_where_the_answer_was_cut() {
    let body = format!("bad token {}", long(100));
    let text = shown(Token::new(long(100)), Guarded::<false>, body, 60);
    assert!(text.contains("bad token [redacted]") && !text.contains(&long(10)), "{text}");
}

#[test]
fn a_password_is_not_shown_by_itself() {
    let echo = |body: &str| shown(Password::new("me@x.example", "hunter2"), Guarded::<true>, body.to_owned(), 1 << 20);
    let text = echo("me@x.example may not log in with hunter2");
    assert!(text.contains("me@x.example may not log in with [redacted]") && !text.contains("hunter2"), "{text}");
    assert!(!echo("what is bWVAeC5leGFtcGxlOmh1bnRlcjI=?").contains("bWVA"));
}

#[test]
fn a_secret_is_found_in_the_spellings_of_json_and_urls() {
    let token = r#"tok/en"s3cret"#;
    for spelt in [token, r#"tok/en\"s3cret"#, r#"tok\/en\"s3cret"#, "tok%2Fen%22s3cret", "tok%2fen%22s3cret"] {
        let text = by_token(token, &format!("<{spelt}>"));
        assert!(text.contains("<[redacted]>") && !text.contains("s3cret"), "{spelt}: {text}");
    }
}

/// How a server may repeat a secret: each with its name.
fn escaped(secret: &str) -> Vec<(&'static str, String)> {
    let each = |of: &dyn Fn(char) -> String| secret.chars().map(of).collect::<String>();
    let units = |c: char, hex: &dyn Fn(u16) -> String| c.encode_utf16(&mut [0; 2]).iter().map(|u| hex(*u)).collect();
    let inner = |quoted: String| quoted[1..quoted.len() - 1].to_owned();
    let json = |text: &str| inner(serde_json::to_string(text).unwrap());
    let html = each(&|c| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#039;".to_owned(),
        'é' => "&eacute;".to_owned(),
        c => c.to_string(),
    });
    let url = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let octets = |hex: &dyn Fn(u8) -> String| secret.bytes().map(hex).collect::<String>();
    let escaped = each(&|c| units(c, &|unit| format!("\\u{unit:04x}")));
    vec![
        ("as it is", secret.to_owned()),
        ("in upper case", secret.to_uppercase()),
        ("in JSON", json(secret)),
        ("in JSON of PHP", json(secret).replace('/', "\\/")),
        (
            "in JSON of Go",
            each(&|c| if "&<>".contains(c) { format!("\\u00{:02x}", c as u32) } else { json(&c.to_string()) }),
        ),
        ("in hexadecimal JSON", escaped.clone()),
        ("in HEXADECIMAL JSON", each(&|c| units(c, &|unit| format!("\\u{unit:04X}")))),
        ("in HTML", html.clone()),
        ("in decimal HTML", each(&|c| format!("&#{};", c as u32))),
        ("in hexadecimal HTML", each(&|c| format!("&#x{:X};", c as u32))),
        ("in a URL", url.clone()),
        ("in a URL, all of it", octets(&|byte| format!("%{byte:02x}"))),
        ("in a form", url.replace("%20", "+")),
        ("in a URL in a URL", utf8_percent_encode(&url, NON_ALPHANUMERIC).to_string()),
        ("in HTML in JSON", json(&html)),
        ("in JSON in JSON", json(&escaped)),
        ("in Rust", inner(format!("{secret:?}"))),
    ]
}

/// What readers of JSON, HTML, URLs and forms make of a text.
fn read(text: &str) -> BTreeSet<String> {
    let url = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let readers: [&dyn Fn(&str) -> String; 4] = [&of_json, &of_html, &url, &|text: &str| url(&text.replace('+', " "))];
    let mut all = BTreeSet::from([text.to_owned()]);
    for _ in 0..2 {
        let next: Vec<_> = all.iter().flat_map(|text| readers.map(|reader| reader(text))).collect();
        all.extend(next);
    }
    all.into_iter().map(|text| text.to_lowercase()).collect()
}

fn of_json(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut all = parts.next().unwrap().to_owned();
    while let Some(part) = parts.next() {
        let code = |hex: &str| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
        let hex = part.strip_prefix('u').and_then(|rest| Some((code(rest.get(..4)?)?, &rest[4..])));
        let braces = part.strip_prefix("u{").and_then(|rest| rest.split_once('}'));
        match hex.or_else(|| braces.and_then(|(hex, rest)| Some((code(hex)?, rest)))) {
            Some((c, rest)) => all += &format!("{c}{rest}"),
            // The next one is escaped itself.
            None if part.is_empty() => all += &format!("\\{}", parts.next().unwrap_or_default()),
            None => all += part,
        }
    }
    all
}

fn of_html(text: &str) -> String {
    let mut parts = text.split('&');
    let mut all = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or(("", part));
        let number = name.strip_prefix('#').and_then(|number| {
            let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)
        });
        let names = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("eacute", 'é')];
        match number.or_else(|| names.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)) {
            Some(c) => all += &format!("{c}{rest}"),
            None => all += &format!("&{part}"),
        }
    }
    all
}

/// Fails where six characters of a secret, however they are escaped, are in a text.
fn assert_hidden(text: &str, secret: &str, what: &str) {
    let secret: Vec<char> = secret.to_lowercase().chars().collect();
    let lines: BTreeSet<&str> = text.lines().collect();
    for text in lines.into_iter().flat_map(read) {
        for part in secret.windows(6) {
            let part: String = part.iter().collect();
            assert!(!text.contains(&part), "{what}: `{part}` is in {text}");
        }
    }
}

const ASCII: &str = r#"p&ss"w/rd<1>'%41\u0041+~"#;
const ALL: &str = r#"p&ss"w/rd<1>'é 😀%41\u0041 "#;

#[test]
fn no_kind_of_secret_is_shown_in_any_escape_at_any_place() {
    let mut count = 0;
    for kind in KINDS {
        let secret = if kind.is_ascii() { ASCII } else { ALL };
        for (name, words) in escaped(secret) {
            for place in PLACES {
                let Some(error) = error(kind, secret, place, &words) else { continue };
                let (text, what) = (all_shown(&error), format!("{kind:?} {name} at {place:?}"));
                assert!(text.contains("[redacted]"), "{what}: {text}");
                assert_hidden(&text, secret, &what);
                count += 1;
            }
        }
    }
    assert!(count > 3500, "{count}");
}

#[test]
fn no_form_of_secret_is_shown() {
    let long = long(700);
    for secret in ["hunter", "ab%41cd\\e", "a.b.c-d_e", "Key-9f8e7d6c.example", &long] {
        for (name, words) in escaped(secret) {
            for place in PLACES {
                let Some(error) = error(Kind::Json, secret, place, &words) else { continue };
                let (text, what) = (all_shown(&error), format!("{name} at {place:?}"));
                assert!(text.contains("[redacted]"), "{what}: {text}");
                assert_hidden(&text, secret, &what);
            }
        }
    }
}

#[test]
fn what_is_no_secret_is_shown() {
    for place in PLACES {
        for kind in KINDS {
            let words =
                if place == Place::HeaderName || place == Place::Link { "harmless.text" } else { "harmless words" };
            let text = all_shown(&error(kind, "0123-s3cret", place, words).unwrap());
            assert!(!text.contains("[redacted]"), "{kind:?} at {place:?}: {text}");
            assert!(text.contains(words) || place == Place::BodyCut, "{kind:?} at {place:?}: {text}");
        }
    }
    // A secret of less than six characters would be found anywhere.
    assert!(
        all_shown(&error(Kind::Bearer, "words", Place::Body, "harmless words").unwrap()).contains("harmless words")
    );
}

#[test]
fn a_usual_default_header_is_no_secret() {
    let answer =
        |_| Response::builder().status(400).header("content-type", "application/json").body("{}".into()).unwrap();
    let settings = builder().header("Accept", "application/json").user_agent("json");
    let client: blocking::Client = settings.transport(InProcess::new(answer)).build().unwrap();
    let error = client.send(Sending::<0> { kind: Kind::Bearer, secret: String::new() }).unwrap_err();
    assert_eq!(error.to_string(), "the server answered 400 Bad Request (application/json, 2 bytes: {})");
}

#[test]
fn a_cause_that_shows_no_secret_stays_what_it_is() {
    let fail = |_: &Request<Body>| Err(TransportError::new(Failure::Other, std::io::Error::other("harmless")));
    let client: blocking::Client =
        Builder::<blocking::Client>::new(&API).auth(Token::new(ASCII)).transport(Answering(fail)).build().unwrap();
    let error = client.send(Sending::<1> { kind: Kind::Bearer, secret: ASCII.to_owned() }).unwrap_err();
    assert!(std::error::Error::source(&error).unwrap().is::<std::io::Error>());
}

#[test]
fn a_token_server_may_not_make_errors_show_a_secret() {
    for (name, words) in escaped(ALL) {
        let body = serde_json::json!({ "error": words, "error_description": words }).to_string();
        let answer = move |_: &Request<Body>| Ok(Response::builder().status(400).body(body.clone().into()).unwrap());
        let broken = move |_: &Request<Body>| Err(TransportError::new(Failure::Other, format!("key={words}")));
        for in_body in [false, true] {
            let credentials = ClientCredentials::new("me", ALL);
            let credentials = if in_body { credentials.in_body() } else { credentials };
            let builder = || Builder::<blocking::Client>::new(&API).retry(Retry::never()).auth(credentials.clone());
            let clients =
                [builder().transport(Answering(answer.clone())), builder().transport(Answering(broken.clone()))];
            for client in clients {
                let operation = Sending::<1> { kind: Kind::Fetched, secret: String::new() };
                let text = all_shown(&client.build().unwrap().send(operation).unwrap_err());
                assert!(text.contains("[redacted]"), "{name}: {text}");
                assert_hidden(&text, ALL, name);
            }
        }
    }
}

/// Gives one secret after the other, and says more than it should.
#[derive(Debug, Default)]
struct Talking(Mutex<Vec<String>>);

impl Credential for Talking {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        let secret = self.0.lock().unwrap().pop().unwrap();
        Box::pin(std::future::ready(Ok(secret.into())))
    }

    fn refused(&self, _: &Secret, _: &Refusal) -> bool {
        true
    }

    fn advice(&self, refusal: &Refusal) -> Option<String> {
        Some(format!("do not send {refusal:?} {}", refusal.headers()["x-echo"].to_str().unwrap()))
    }
}

#[test]
fn a_secret_of_an_earlier_attempt_is_not_shown() {
    let answer = |_: &Request<Body>| {
        let body = r#"{"error": {"code": "first-s3cret", "message": "first-s3cret, not second-s3cret"}}"#;
        let response = Response::builder().status(401).header("x-echo", "first-s3cret second-s3cret");
        Ok(response.body(body.into()).unwrap())
    };
    let secrets = Talking(Mutex::new(vec!["second-s3cret".to_owned(), "first-s3cret".to_owned()]));
    let client: blocking::Client =
        Builder::<blocking::Client>::new(&API).auth(secrets).transport(Answering(answer)).build().unwrap();
    let text = all_shown(&client.send(Sending::<1> { kind: Kind::Bearer, secret: String::new() }).unwrap_err());
    assert!(text.contains("do not send Refusal") && !text.contains("first-") && !text.contains("second-"), "{text}");
}

/// Cannot be had, and says why.
#[derive(Debug)]
struct Lost;

impl Credential for Lost {
    fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
        Box::pin(std::future::ready(Err("no key for the-user's-p4ssword".into())))
    }

    fn fetch<'a>(&'a self, _: Ask<'a>) -> Boxed<'a, Result<Secret, Cause>> {
        self.secret()
    }
}

#[test]
fn a_credential_may_not_make_errors_show_another_secret() {
    let client: blocking::Client = Builder::<blocking::Client>::new(&API)
        .auth(Lost)
        .transport(InProcess::new(|_| Response::default()))
        .build()
        .unwrap();
    let operation = Sending::<1> { kind: Kind::Json, secret: "the-user's-p4ssword".to_owned() };
    let text = all_shown(&client.send(operation).unwrap_err());
    assert!(text.contains("no key for [redacted]") && !text.contains("p4ssword"), "{text}");
}

#[test]
fn headers_that_hold_a_secret_are_sensitive() {
    let request = probe::request("/x", |call| {
        call.header("X-Password", false, &Secret::new("s3cret"))?;
        call.header("X-Passwords", false, &vec![Secret::new("s3cret")])?;
        call.header("X-Open", false, &"open")?;
        call.query("q", Style::Form, true, &"open")?;
        call.cookie("c", false, &"s3cret")
    });
    let request = request.unwrap();
    let sensitive =
        ["x-password", "x-passwords", "x-open", "cookie"].map(|name| request.headers()[name].is_sensitive());
    assert_eq!(sensitive, [true, true, false, true]);
    let mut call = Call::new(Method::GET, "/{id}");
    call.path("id", Style::Simple, false, &"s3cret").unwrap();
    call.query("q", Style::Form, false, &"s3cret").unwrap();
    call.cookie("q", false, &"s3cret").unwrap();
    assert_eq!(format!("{call:?}"), r#"Call { method: GET, template: "/{id}", .. }"#);
}
