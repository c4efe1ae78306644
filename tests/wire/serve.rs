//! In: the demonstration as a server. Out: proof that another client can use what it prints and writes.

use crate::clients::example;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use voximplant_client::{Token, blocking};

/// Ends the program, whatever becomes of the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_demonstration_serves_other_clients() {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_demo"));
    let mut demo = Running(demo.arg("--serve").stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(demo.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut after = |start: &str| loop {
        let line = lines.next().unwrap();
        if let Some((_, rest)) = line.split_once(start) {
            return rest.to_owned();
        }
    };
    let url = after("as far as that is known: ");
    let credentials = std::fs::read(after("Its credentials, which open nothing else: ")).unwrap();
    let credentials: serde_json::Value = serde_json::from_slice(&credentials).unwrap();
    assert_eq!(credentials["account_id"], 1);
    let token = after("Authorization: Bearer ");
    let (token, _) = token.split_once('\'').unwrap();
    let client = blocking::Client::builder().base_url(&url).auth(Token::new(token)).build().unwrap();
    assert_eq!(example(client.sms()).send().unwrap().result, Some(1));
    let shown = after("POST /platform_api/SendSmsMessage ");
    assert_eq!(shown, r#"source="447443332211" destination="447443332212" sms_body="Test message""#);
}
