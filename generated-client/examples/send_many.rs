//! In: the key of a service account, a source number and lines `NUMBER TEXT`. Out: a message for each line, at most
//! `AT_ONCE` at a time and one every `EVERY`; and a line for each that says what became of it.
//!
//! ```text
//! VOXIMPLANT_CREDENTIALS=credentials.json cargo run --example send_many -- 447443332211 < messages.txt
//! ```
//!
//! The client repeats nothing that may have been sent. What was refused because there were too many requests is worth
//! another run: its lines go to standard error, as they came.

use std::io;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use voximplant_client::{Client, Error, Segments, ServiceAccount};

/// How many messages are on their way at a time.
const AT_ONCE: usize = 4;

/// No two messages are begun sooner after one another. The vendor names no limit.
const EVERY: Duration = Duration::from_millis(100);

type Done = (String, Result<Option<i64>, Error>);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let source = std::env::args().nth(1).ok_or("usage: send_many SOURCE < LINES")?;
    let client = Client::builder().auth(ServiceAccount::from_env()?).build()?;
    let mut clock = interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sending: JoinSet<Done> = JoinSet::new();
    for line in io::stdin().lines() {
        let line = line?;
        let Some((number, text)) = line.split_once(' ') else {
            eprintln!("{line}\n  is no number and text");
            continue;
        };
        if let Err(error) = Segments::of(text).within(Segments::SMS) {
            eprintln!("{line}\n  {error}");
            continue;
        }
        if sending.len() == AT_ONCE {
            tell(sending.join_next().await)?;
        }
        clock.tick().await;
        // A request holds all that it needs, and the client's clones share their connections.
        let request = client.sms().send_sms_message().source(source.as_str()).destination(number).sms_body(text);
        sending.spawn(async move { (line, request.send().await.map(|sent| sent.message_id)) });
    }
    while let Some(done) = sending.join_next().await {
        tell(Some(done))?;
    }
    Ok(())
}

fn tell(done: Option<Result<Done, tokio::task::JoinError>>) -> Result<(), tokio::task::JoinError> {
    match done.transpose()? {
        Some((line, Ok(id))) => println!("{}: {line}", id.map_or("?".to_owned(), |id| id.to_string())),
        Some((line, Err(error))) => eprintln!("{line}\n  {error}"),
        None => {}
    }
    Ok(())
}
