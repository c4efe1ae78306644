//! In: nothing. Out: a server on this machine, for people with other clients, and what they ask of it, printed.

use super::shown::say;
use std::error::Error as Failure;
use std::fs;
use std::thread;
use std::time::Duration;
use voximplant_server::{Callbacks, Nested, Options, Received, Told, VoximplantServer};

/// The salt and the API key of the account, for the hash of callbacks.
const SECRETS: [&str; 2] = ["salt", "key"];

/// Serves until somebody ends the program, and sends callbacks to that URL.
pub(crate) fn serve(callback: Option<&str>) -> Result<(), Box<dyn Failure>> {
    let [salt, key] = SECRETS.map(str::to_owned);
    let told = |url: &str| Callbacks { url: url.to_owned(), account_salt: salt, api_key: key, nested: Nested::Once };
    let server = VoximplantServer::start(Options { callbacks: callback.map(told), ..Options::default() })?;
    // Beside the program, which is where files that nobody keeps may be.
    let file = std::env::current_exe()?.with_file_name("credentials.json");
    fs::write(&file, server.credentials_json()?)?;
    let (url, token) = (server.base_url(), server.token()?);
    say(format_args!("A server that answers as Voximplant does, as far as that is known: {url}"));
    say(format_args!("Its credentials, which open nothing else: {}", file.display()));
    say("Point an SDK or an example of the vendor's pages at them, or try this, with a token for an hour:\n");
    say(format_args!(
        "curl '{url}/SendSmsMessage' -H 'Authorization: Bearer {token}' \\\n  \
         -d source=447443332211 -d destination=447443332212 --data-urlencode 'sms_body=Test message'\n"
    ));
    if let Some(callback) = callback {
        let [salt, key] = SECRETS;
        say(format_args!(
            "A message to 447443332211 is told to {callback}, with a hash of salt `{salt}` and key `{key}`."
        ));
    }
    say("What arrives is shown here; Ctrl-C ends it.");
    let (mut shown, mut told) = (0, 0);
    loop {
        let requests = server.requests();
        requests.iter().skip(shown).for_each(show);
        shown = requests.len();
        let callbacks = server.told();
        callbacks.iter().skip(told).for_each(show_callback);
        told = callbacks.len();
        thread::sleep(Duration::from_millis(200));
    }
}

fn show(request: &Received) {
    let parameters: Vec<_> = request.parameters().map(|(name, value)| format!("{name}={value:?}")).collect();
    say(format_args!("{} {} {}", request.method, request.path, parameters.join(" ")));
}

fn show_callback(told: &Told) {
    let status = told.status.map_or("no answer".to_owned(), |status| format!("status {status}"));
    say(format_args!("callback: {status}: {}", told.body));
}
