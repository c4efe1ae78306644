//! In: the key of a service account, and how many days to look back. Out: the messages that were sent and received
//! since, as CSV, one by one as they come page by page.
//!
//! ```text
//! VOXIMPLANT_CREDENTIALS=credentials.json cargo run --example history_csv -- 7 > history.csv
//! ```
//!
//! The vendor makes CSV, too, as one file with columns of its own: `.output("csv").send()` gives
//! `GetSmsHistorySuccess::OkBytes`.

use std::io::{self, Write};
use voximplant_client::jiff::{SignedDuration, Timestamp};
use voximplant_client::types::SmsHistoryEntry;
use voximplant_client::{Client, Lenient, ServiceAccount};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let days: u32 = std::env::args().nth(1).ok_or("usage: history_csv DAYS")?.parse()?;
    let client = Client::builder().auth(ServiceAccount::from_env()?).build()?;
    let since = Timestamp::now().checked_sub(SignedDuration::from_hours(i64::from(days) * 24))?;
    write_history(&client, since, &mut io::stdout()).await
}

/// Writes the messages since then.
///
/// # Errors
/// When the history cannot be had, or the output not be written.
pub async fn write_history(
    client: &Client,
    since: Timestamp,
    output: &mut impl Write,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut entries = client.sms().get_sms_history().from_date(since).count(500).items();
    writeln!(output, "message,processed,source,destination,status,cost")?;
    while let Some(entry) = entries.next().await {
        writeln!(output, "{}", row(&entry?))?;
    }
    Ok(())
}

fn row(entry: &SmsHistoryEntry) -> String {
    // What the vendor's description, SDKs and examples differ on is lenient: `parse` reads numbers and texts, and what
    // comes in place of a date is kept.
    let number = |number: &Option<Lenient<String>>| number.as_ref().and_then(Lenient::parse).unwrap_or_default();
    let status = entry.status_id.as_ref().and_then(Lenient::parse);
    let status = status.map(|status| format!("{status:?}")).unwrap_or_default();
    let date = entry.processed_date.as_ref().map(|date| match date {
        Lenient::Typed(date) | Lenient::Spelled(date, _) => date.timestamp().to_string(),
        Lenient::Other(day) => day.as_str().unwrap_or_default().to_owned(),
    });
    let cells = [
        entry.message_id.map(|id| id.to_string()).unwrap_or_default(),
        date.unwrap_or_default(),
        number(&entry.source_number),
        number(&entry.destination_number),
        status,
        entry.cost.map(|cost| cost.to_string()).unwrap_or_default(),
    ];
    cells.map(|cell| quoted(&cell)).join(",")
}

/// A cell (RFC 4180, section 2).
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
