//! In: a URL and a message. Out: what both clients make of sending it there.

use std::time::Duration;
use voximplant_client::operations::sms::{SendSmsMessage, Sms};
use voximplant_client::types::SendSmsMessageResponse;
use voximplant_client::{Builder, Caller, Client, Error, Retry, Set, Token, blocking};

pub const TOKEN: &str = "s3cret.to-ken_~+/=";

pub type Sent = Result<SendSmsMessageResponse, Error>;

/// A request with all that it needs.
pub type Complete<C> = SendSmsMessage<C, Set, Set, Set>;

/// The message of the vendor's example.
pub fn example<C: Clone>(sms: Sms<C>) -> Complete<C> {
    message(sms, "Test message")
}

/// Another text, between the same numbers.
pub fn message<C: Clone>(sms: Sms<C>, text: &str) -> Complete<C> {
    sms.send_sms_message().source("447443332211").destination("447443332212").sms_body(text)
}

/// Settings that the tests share. No test waits for the whole timeout, and only those of repetition repeat.
pub fn settings<C: Caller>(builder: Builder<C>, url: &str) -> Builder<C> {
    builder.base_url(url).auth(Token::new(TOKEN)).timeout(Duration::from_secs(20)).retry(Retry::never())
}

pub fn asynchronous(url: &str) -> Client {
    settings(Client::builder(), url).build().unwrap()
}

pub fn blocking(url: &str) -> blocking::Client {
    settings(blocking::Client::builder(), url).build().unwrap()
}

/// What each client makes of the example, with its name.
pub fn both(url: &str) -> [(&'static str, Sent); 2] {
    both_with(url, |builder| builder, |builder| builder)
}

/// The same, with other settings.
pub fn both_with(
    url: &str,
    a: impl Fn(Builder<Client>) -> Builder<Client>,
    b: impl Fn(Builder<blocking::Client>) -> Builder<blocking::Client>,
) -> [(&'static str, Sent); 2] {
    let client = a(settings(Client::builder(), url)).build().unwrap();
    let one = wait(async { example(client.sms()).send().await });
    let client = b(settings(blocking::Client::builder(), url)).build().unwrap();
    [("async", one), ("blocking", example(client.sms()).send())]
}

/// Runs a future to its end.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
