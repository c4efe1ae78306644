//! In: servers that repeat what they were sent. Out: messages that show no secret, however it is spelt and cut.

use crate::probe::builder;
use crate::runtime::{
    Body, Call, Caller, Credential, Error, InProcess, Operation, Password, Retry, Token, blocking, decode,
};
use bytes::Bytes;
use http::{Method, Response};

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
