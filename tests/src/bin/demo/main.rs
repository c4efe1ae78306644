//! In: nothing. Out: three messages, sent to a server on this machine by the generated client, as a person likes to
//! read them; with `--serve`, only the server, for other clients. `cargo xtask demo` runs it; no account is needed.

mod serve;
mod shown;

use shown::{Shown, say};
use std::error::Error as Failure;
use std::process::ExitCode;
use voximplant_client::types::SendSmsMessageResponse;
use voximplant_client::{Client, Error, Reqwest, ServiceAccount, Ureq, blocking};
use voximplant_server::{Options, VoximplantServer};

type Sent = Result<SendSmsMessageResponse, Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match &arguments[..] {
        [] => demonstrate(),
        ["--serve"] => serve::serve(None),
        ["--serve", "--callback", url] => serve::serve(Some(url)),
        other => Err(format!("there are no such options: {}", other.join(" ")).into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn demonstrate() -> Result<(), Box<dyn Failure>> {
    let server = VoximplantServer::start(Options::default())?;
    say(format_args!("A server on {} answers as the vendor's page says.", server.address()));
    say("Nothing leaves this machine.");
    let (url, account) = (server.base_url(), ServiceAccount::from_json(&server.credentials_json()?)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(asynchronous(&url, account.clone()))?;
    blocking(&url, account)
}

/// A message, and one that the API refuses.
async fn asynchronous(url: &str, account: ServiceAccount) -> Result<(), Box<dyn Failure>> {
    let transport = Shown(Reqwest::new()?);
    let client = Client::builder().base_url(url).auth(account).transport(transport).build()?;

    title("1. A message, by the asynchronous client");
    let sent = client
        .sms()
        .send_sms_message()
        .source("447443332211")
        .destination("447443332212")
        .sms_body("Test message")
        .store_body(true)
        .send()
        .await;
    accepted(sent)?;

    title("2. A message that the API refuses, inside a 200");
    let sent = client
        .sms()
        .send_sms_message()
        .source("447443332299")
        .destination("+44 7443 332212")
        .sms_body("SMS is not enabled for the source; the destination has more than digits.")
        .send()
        .await;
    refused(sent)
}

/// A longer message, which no alphabet of SMS but UCS-2 can write.
fn blocking(url: &str, account: ServiceAccount) -> Result<(), Box<dyn Failure>> {
    let transport = Shown(Ureq::new());
    let client = blocking::Client::builder().base_url(url).auth(account).transport(transport).build()?;

    title("3. A longer message, by the blocking client");
    let sent = client
        .sms()
        .send_sms_message()
        .source("447443332211")
        .destination("447443332212")
        .sms_body("Fish & chips at 7? 100% sure + no #excuses 🐟\nOne emoji: 70 characters fit a segment, not 160.")
        .send();
    accepted(sent)
}

fn title(text: &str) {
    say(format_args!("\n{text}\n{}", "-".repeat(text.len())));
}

/// Prints what the program gets.
fn accepted(sent: Sent) -> Result<(), Box<dyn Failure>> {
    say(format_args!("  Ok({:?})", sent?));
    Ok(())
}

/// Prints what the program gets when the API refuses.
fn refused(sent: Sent) -> Result<(), Box<dyn Failure>> {
    match sent {
        Err(Error::Api(error)) => {
            say(format_args!("  Err(Error::Api): {error}"));
            for fault in error.errors() {
                let field = fault.raw()["field_name"].as_str().unwrap_or("?");
                say(format_args!("    {} {} ({field})", fault.code().unwrap_or(0), fault.message().unwrap_or("?")));
            }
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(answer) => Err(format!("the server should have refused this: {answer:?}").into()),
    }
}
