//! In: the key of a service account, a source number and lines `NUMBER TEXT`. Out: a message for each line, at most
//! `AT_ONCE` at a time and one every `EVERY`. What was sent goes to standard output, with the message's number; the
//! lines that may be sent again go to the file, as they came; what else there is to say goes to standard error.
//!
//! ```text
//! VOXIMPLANT_CREDENTIALS=credentials.json cargo run --example send_many -- 447443332211 again.txt < messages.txt
//! ```
//!
//! Sent again may be what was not sent for sure: because there were too many requests, or no connection. Of a message that
//! timed out nobody knows, and another one would be charged: look into the history.

use std::fs;
use std::io::{self, BufRead, Write};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use voximplant_client::types::ErrorCode;
use voximplant_client::{Client, Error, Segments, ServiceAccount};

/// How many messages are on their way at a time.
const AT_ONCE: usize = 4;

/// No two messages are begun sooner after one another. The vendor names no limit.
const EVERY: Duration = Duration::from_millis(100);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, again] = &arguments[..] else { return Err("usage: send_many SOURCE AGAIN_FILE < LINES".into()) };
    let client = Client::builder().auth(ServiceAccount::from_env()?).build()?;
    let again = fs::File::create(again)?;
    send_all(&client, source, io::stdin().lock(), &mut Outcomes { sent: io::stdout(), again, told: io::stderr() })
        .await?;
    Ok(())
}

/// Where it is written what became of each line.
pub struct Outcomes<S, A, T> {
    /// The lines that were sent, each after its message's number.
    pub sent: S,
    /// The lines that may be sent again.
    pub again: A,
    /// What went wrong.
    pub told: T,
}

type Done = (String, Result<Option<i64>, Error>);

/// Sends a message for each line.
///
/// # Errors
/// When lines cannot be read, or outcomes not be written.
pub async fn send_all<S: Write, A: Write, T: Write>(
    client: &Client,
    source: &str,
    lines: impl BufRead,
    outcomes: &mut Outcomes<S, A, T>,
) -> io::Result<()> {
    let mut clock = interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sending: JoinSet<Done> = JoinSet::new();
    for line in lines.lines() {
        let line = line?;
        let Some((number, text)) = line.split_once(' ').filter(|(number, _)| !number.is_empty()) else {
            writeln!(outcomes.told, "{line}\n  is no number and text")?;
            continue;
        };
        if let Err(error) = Segments::of(text).within(Segments::SMS) {
            writeln!(outcomes.told, "{line}\n  {error}")?;
            continue;
        }
        if sending.len() == AT_ONCE {
            outcomes.tell(sending.join_next().await)?;
        }
        clock.tick().await;
        // A request holds all that it needs, and the client's clones share their connections.
        let request = client.sms().send_sms_message().source(source).destination(number).sms_body(text);
        sending.spawn(async move { (line, request.send().await.map(|sent| sent.message_id)) });
    }
    while let Some(done) = sending.join_next().await {
        outcomes.tell(Some(done))?;
    }
    Ok(())
}

impl<S: Write, A: Write, T: Write> Outcomes<S, A, T> {
    fn tell(&mut self, done: Option<Result<Done, tokio::task::JoinError>>) -> io::Result<()> {
        match done.transpose().map_err(io::Error::other)? {
            Some((line, Ok(id))) => writeln!(self.sent, "{}: {line}", id.map_or("?".to_owned(), |id| id.to_string())),
            Some((line, Err(error))) => {
                // The same message was sent a moment ago: it is not sent again.
                if error.is_retryable() && ErrorCode::of(&error) != Some(ErrorCode::SameOperationLimit) {
                    writeln!(self.again, "{line}")?;
                }
                writeln!(self.told, "{line}\n  {error}")
            }
            None => Ok(()),
        }
    }
}
