//! In: the examples in other languages on the vendor's page, which stands beside the workspace, with the API's host replaced
//! by that of the local server, and its token by one of the server's. Out: whether the client sends what they send, as the
//! server decodes it: method, path, parameters and token.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith_tests::harness::{say, shared};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::process::{Command, Stdio};
use voximplant_client::{Client, ServiceAccount, Token, blocking};
use voximplant_server::{Message, Options, Received, VoximplantServer};

const HOST: &str = "https://api.voximplant.com";
/// What the examples have in the place of a token.
const PLACE: &str = "<token>";

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

/// What a request asks for, with the token that it has.
#[derive(Debug, PartialEq)]
struct Asked {
    method: String,
    path: String,
    parameters: Vec<(String, String)>,
    authorization: String,
}

impl Asked {
    fn of(request: &Received) -> Self {
        let pairs = request.parameters().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            method: request.method.clone(),
            path: request.path.clone(),
            parameters: pairs.collect(),
            authorization: request.authorization.clone().unwrap(),
        }
    }
}

/// The one request that came, and the one message that was sent by it.
fn came(server: &VoximplantServer) -> (Received, Message) {
    let [request] = server.requests().try_into().unwrap();
    let [message] = server.messages().try_into().unwrap();
    (request, message)
}

fn server() -> VoximplantServer {
    VoximplantServer::start(Options::default()).unwrap()
}

fn account(server: &VoximplantServer) -> ServiceAccount {
    ServiceAccount::from_json(&server.credentials_json().unwrap()).unwrap()
}

/// Sends the same message by both clients with a service account; what came of each.
fn ours() -> [(Received, Message); 2] {
    let (one, other) = (server(), server());
    let client = blocking::Client::builder().base_url(one.base_url()).auth(account(&one)).build().unwrap();
    let request = client.sms().send_sms_message().source("447443332211").destination("447443332212");
    assert_eq!(request.sms_body("Test message").store_body(true).send().unwrap().result, Some(1));
    let client = Client::builder().base_url(other.base_url()).auth(account(&other)).build().unwrap();
    let request = client.sms().send_sms_message().source("447443332211").destination("447443332212");
    let request = request.sms_body("Test message").store_body(true).send();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(request).unwrap().result, Some(1));
    [came(&one), came(&other)]
}

/// The same by a token that somebody else signed.
fn ours_with(token: &str) -> Asked {
    let server = server();
    let client = blocking::Client::builder().base_url(server.base_url()).auth(Token::new(token)).build().unwrap();
    let request = client.sms().send_sms_message().source("447443332211").destination("447443332212");
    // Whether it is let in or not.
    drop(request.sms_body("Test message").store_body(true).send());
    Asked::of(&server.requests()[0])
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
        // A token that the client signed: the server lets the example in by it.
        let [(_, token), _] = ours.each_ref().map(|(request, _)| request.authorization.as_deref().unwrap()).map(split);
        let text = text.replace(HOST, &format!("http://{}", server.address())).replace(PLACE, token);
        assert!(!text.contains("https://") && text.matches("http://").count() == 1, "it calls loopback alone: {text}");
        assert!(run(example, &text).unwrap(), "the {language} example fails");
        let (request, message) = came(&server);
        // They also send an empty object as JSON; the description has no body, and the server ignores it.
        assert_eq!((request.length, request.form.len()), (2, 0), "{language}");
        for (ours, sent) in &ours {
            let same = Asked { authorization: ours.authorization.clone().unwrap(), ..Asked::of(&request) };
            assert_eq!(same, Asked::of(ours), "{language}");
            assert_eq!(split(request.authorization.as_deref().unwrap()).0, split(&same.authorization).0, "{language}");
            assert_eq!(message, Message { processed: message.processed, ..sent.clone() }, "{language}");
        }
        // With one token, they are the same to the letter.
        assert_eq!(Asked::of(&request), ours_with(token), "{language}");
    }
}

/// The scheme of a header `Authorization`, and the token.
fn split(header: &str) -> (&str, &str) {
    header.split_once(' ').unwrap()
}

/// What cannot be run here says the same in its text.
#[test]
fn the_other_examples_name_the_same_url() {
    let Some(page) = page() else { return };
    let ours = ours_with(PLACE);
    let mut found = 0;
    for language in ["javascript", "go", "ruby", "java", "php", "csharp", "swift"] {
        let text = code(&page, language);
        let (_, rest) = text.split_once(HOST).unwrap();
        let url = rest.split(['"', '\'']).next().unwrap();
        let (path, query) = url.split_once('?').unwrap();
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        assert_eq!((path, &pairs), (ours.path.as_str(), &ours.parameters), "{language}");
        assert!(text.contains(&ours.authorization), "{language} sends the same token");
        found += 1;
    }
    assert_eq!(found, 7);
}
