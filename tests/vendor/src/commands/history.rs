//! In: filters. Out: the messages that pass them, as JSON or as a file.

use super::{Answer, Call, Page, money};
use crate::arguments::Arguments;
use crate::dates;
use crate::fault::{Fault, fault};
use crate::messages::{Delivery, Direction, Kind, Message, Status};
use crate::options::{DatesAs, NumbersAs, Options};
use crate::table;
use serde_json::{Map, Value, json};

pub(super) fn get_sms_history(call: &mut Call<'_>) -> Result<Answer, Vec<Fault>> {
    let direction = match call.arguments.optional("direction") {
        None => None,
        Some("IN" | "in") => Some(Direction::In),
        Some("OUT" | "out") => Some(Direction::Out),
        Some(_) => {
            call.arguments.fault(fault(470).of("direction"));
            None
        }
    };
    let pass = |message: &Message| direction.is_none_or(|direction| message.direction == direction);
    history(call, Kind::Sms, pass)
}

pub(super) fn a2p_get_sms_history(call: &mut Call<'_>) -> Result<Answer, Vec<Fault>> {
    let delivery = call.arguments.count("delivery_status");
    if delivery.is_some_and(|delivery| !(1..=8).contains(&delivery)) {
        call.arguments.fault(fault(101).of("delivery_status"));
    }
    history(call, Kind::A2p, |message| delivery.is_none_or(|delivery| message.delivery as usize == delivery))
}

/// The messages of a kind that pass this and all that both commands filter by.
fn history(call: &mut Call<'_>, kind: Kind, pass: impl Fn(&Message) -> bool) -> Result<Answer, Vec<Fault>> {
    let filter = Filter::read(&mut call.arguments);
    let page = Page::read(&mut call.arguments);
    let output = call.arguments.optional("output").unwrap_or("json");
    if !["json", "csv", "xls"].contains(&output) {
        call.arguments.fault(fault(105).of("output"));
    }
    call.arguments.all_well()?;
    let mine = call.state.messages.iter().filter(|message| message.account == call.account && message.kind == kind);
    let found: Vec<_> = mine.filter(|message| pass(message) && filter.pass(message)).collect();
    let options = &call.state.options;
    let rows = page.of(found.iter().map(|message| row(message, options)));
    let columns = columns(kind);
    Ok(match output {
        "csv" => Answer::File(table::csv(&columns, &rows)),
        "xls" => Answer::File(table::xls(&columns, &rows)),
        _ => Answer::Json(json!({ "result": rows, "total_count": found.len() })),
    })
}

struct Filter<'c> {
    ids: Option<Vec<i64>>,
    source: Option<&'c str>,
    destination: Option<&'c str>,
    from: Option<i64>,
    to: Option<i64>,
}

impl<'c> Filter<'c> {
    fn read(arguments: &mut Arguments<'c>) -> Self {
        let filter = Self {
            ids: arguments.ids("message_id"),
            source: arguments.optional("source_number"),
            destination: arguments.optional("destination_number"),
            from: arguments.date("from_date"),
            to: arguments.date("to_date"),
        };
        if filter.from.zip(filter.to).is_some_and(|(from, to)| from > to) {
            arguments.fault(fault(123).of("from_date"));
        }
        filter
    }

    fn pass(&self, message: &Message) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(&message.id))
            && self.source.is_none_or(|source| message.source == source)
            && self.destination.is_none_or(|destination| message.destination == destination)
            && self.from.is_none_or(|from| message.processed >= from)
            && self.to.is_none_or(|to| message.processed <= to)
    }
}

fn columns(kind: Kind) -> Vec<&'static str> {
    let (third, date, last) = match kind {
        Kind::Sms => ("direction", "processed_date", "text"),
        Kind::A2p => ("delivery_status", "processing_date", "text"),
    };
    let [source, destination] = ["source_number", "destination_number"];
    vec![
        "message_id",
        source,
        destination,
        third,
        "fragments",
        "cost",
        "status_id",
        "error_message",
        date,
        "transaction_id",
        last,
    ]
}

fn row(message: &Message, options: &Options) -> Value {
    let number = |digits: &str| number(digits, message.id, options.numbers_as);
    let mut date = dates::write(message.processed);
    if options.dates_as == DatesAs::Days {
        date.truncate("yyyy-MM-dd".len());
    }
    let mut row = json!({
        "message_id": message.id,
        "source_number": number(&message.source),
        "destination_number": number(&message.destination),
        "fragments": message.fragments,
        "cost": money(message.cost),
        "status_id": (message.status as u8).to_string(),
        "transaction_id": 300_000 + message.id,
    });
    let extra = match message.kind {
        // `sms_id` is in no description, but was seen by a user of the real API.
        Kind::Sms => json!({
            "sms_id": message.id,
            "direction": if message.direction == Direction::In { "IN" } else { "OUT" },
            "processed_date": date,
        }),
        Kind::A2p => json!({
            "delivery_status": delivery(message.delivery),
            "processing_date": date,
        }),
    };
    if let (Value::Object(row), Value::Object(extra)) = (&mut row, extra) {
        row.extend(extra);
        row.extend(optional(message));
    }
    row
}

/// What only some messages have.
fn optional(message: &Message) -> Map<String, Value> {
    let mut row = Map::new();
    if message.stored {
        row.insert("text".to_owned(), message.text.as_str().into());
    }
    if message.status == Status::Error {
        // The words of the vendor's example.
        let error = format!("Error send sms to {} from {} Code = 1", message.destination, message.source);
        row.insert("error_message".to_owned(), error.into());
    }
    row
}

/// A number, or a SenderID, which can only be text.
fn number(digits: &str, id: i64, numbers_as: NumbersAs) -> Value {
    let as_integer = match numbers_as {
        NumbersAs::Mixed => id % 2 == 1,
        NumbersAs::Integers => true,
        NumbersAs::Strings => false,
    };
    match digits.parse::<u64>() {
        Ok(integer) if as_integer => integer.into(),
        _ => digits.into(),
    }
}

fn delivery(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Queued => "QUEUED",
        Delivery::Dispatched => "DISPATCHED",
        Delivery::Aborted => "ABORTED",
        Delivery::Rejected => "REJECTED",
        Delivery::Delivered => "DELIVERED",
        Delivery::Failed => "FAILED",
        Delivery::Expired => "EXPIRED",
        Delivery::Unknown => "UNKNOWN",
    }
}
