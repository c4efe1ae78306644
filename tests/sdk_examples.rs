//! In: the examples in other languages on the vendor's page, which stands beside the workspace, with the API's host replaced
//! by loopback. Out: whether the client sends what they send: method, path, parameters and token.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use http::Request;
use oasmith_tests::harness::{say, shared};
use oasmith_tests::loopback::Loopback;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::process::{Command, Stdio};
use voximplant_client::{Token, blocking};

const HOST: &str = "https://api.voximplant.com";

/// An example that can be run: its language, the program that runs it, what it imports, and the sum of its text. The page is
/// the vendor's: a text that nobody has read is not run.
struct Example {
    language: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    probe: &'static str,
    sum: &'static str,
}

const EXAMPLES: [Example; 2] = [
    Example {
        language: "python",
        program: "python3",
        arguments: &["-"],
        probe: "import requests",
        sum: "cc5bf19c259ca14fc526a8da35b24930b8fc1315c7170cf66e5b8878bf692aa5",
    },
    Example {
        language: "javascript",
        program: "node",
        arguments: &["--input-type=module", "-"],
        probe: "fetch.name",
        sum: "47ad696e365816ff34f8b862a95ee5f5b2f016b598a09c7ed134452605fcaa2c",
    },
];

fn page() -> Option<String> {
    let path = shared("seed/send-sms-message.md", "whether the client sends what the vendor's examples send")?;
    Some(std::fs::read_to_string(path).unwrap())
}

/// The text of an example.
fn code<'p>(page: &'p str, language: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("\n```{language} Example 1\n")).unwrap();
    rest.split_once("\n```").unwrap().0
}

/// Runs a text by a program, which reads it from its input and finds no proxy; whether it ended well.
fn run(example: &Example, text: &str) -> std::io::Result<bool> {
    let mut command = Command::new(example.program);
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name);
    }
    command.args(example.arguments).env("NO_PROXY", "*").stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.stderr(Stdio::null()).spawn()?;
    child.stdin.take().unwrap().write_all(text.as_bytes())?;
    Ok(child.wait()?.success())
}

type Sent = (String, String, Vec<(String, String)>, String);

/// What a request asks for: method, path, decoded parameters and token.
fn asked<B>(request: &Request<B>) -> Sent {
    let query = request.uri().query().unwrap_or_default();
    let header = request.headers()["authorization"].to_str().unwrap().to_owned();
    let pairs = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    (request.method().to_string(), request.uri().path().to_owned(), pairs, header)
}

fn server() -> Loopback {
    let answer =
        || async { ([("content-type", "application/json")], r#"{"result":1,"message_id":1,"fragments_count":1}"#) };
    Loopback::start(axum::Router::new().fallback(answer)).unwrap()
}

/// What the client sends for the same message.
fn ours() -> Sent {
    let server = server();
    let client = blocking::Client::builder().base_url(server.url("/platform_api")).auth(Token::new("<token>"));
    let request = client.build().unwrap().sms().send_sms_message().source("447443332211").destination("447443332212");
    assert_eq!(request.sms_body("Test message").store_body(true).send().unwrap().result, Some(1));
    asked(&server.requests()[0])
}

#[test]
fn the_client_sends_what_the_examples_send() {
    let Some(page) = page() else { return };
    let ours = ours();
    for example in &EXAMPLES {
        let (language, text) = (example.language, code(&page, example.language));
        let not_checked = format!("whether the client sends what the vendor's {language} example sends");
        let sum: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(sum == example.sum, "the {language} example is another one: read it, then note its sum, {sum}");
        if !run(example, example.probe).unwrap_or(false) {
            say(&format!("SKIPPED: no {} with `{}`; not checked: {not_checked}", example.program, example.probe));
            continue;
        }
        let server = server();
        let text = text.replace(HOST, &server.url(""));
        assert!(!text.contains("https://") && text.matches("http://").count() == 1, "it calls loopback alone: {text}");
        assert!(run(example, &text).unwrap(), "the {language} example fails");
        let requests = server.requests();
        assert_eq!(requests.len(), 1, "{language}");
        assert_eq!(asked(&requests[0]), ours, "{language}");
        // They also send an empty object as JSON; the description has no body, and the server ignores it.
        assert_eq!(requests[0].body(), "{}", "{language}");
    }
}

/// What cannot be run here says the same in its text.
#[test]
fn the_other_examples_name_the_same_url() {
    let Some(page) = page() else { return };
    let ours = ours();
    let mut found = 0;
    for language in ["javascript", "go", "ruby", "java", "php", "csharp", "swift"] {
        let text = code(&page, language);
        let (_, rest) = text.split_once(HOST).unwrap();
        let url = rest.split(['"', '\'']).next().unwrap();
        let (path, query) = url.split_once('?').unwrap();
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        assert_eq!((path, &pairs), (ours.1.as_str(), &ours.2), "{language}");
        assert!(text.contains(&ours.3), "{language} sends the same token");
        found += 1;
    }
    assert_eq!(found, 7);
}
