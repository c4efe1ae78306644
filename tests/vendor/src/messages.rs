//! In: what was sent or received. Out: messages, as the server remembers them.

/// A message in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number; [`add_message`](crate::VoximplantServer::add_message) gives the next one.
    pub id: i64,
    /// The account that it belongs to.
    pub account: i64,
    /// Which of the two histories it is in.
    pub kind: Kind,
    /// From the account's point of view.
    pub direction: Direction,
    /// The sender: digits, or a SenderID.
    pub source: String,
    /// The receiver, in digits.
    pub destination: String,
    /// The text.
    pub text: String,
    /// Whether the history shows the text.
    pub stored: bool,
    /// How many segments it took; none when it was not sent.
    pub fragments: u64,
    /// What it cost, in ten-thousandths of the account's currency.
    pub cost: u64,
    /// What became of it.
    pub status: Status,
    /// What the receiver's network says; only A2P messages have it.
    pub delivery: Delivery,
    /// When, in seconds since 1970.
    pub processed: i64,
}

impl Message {
    /// A message of account 1 that was sent at that time, and stored: something to change.
    pub fn sent(source: &str, destination: &str, text: &str, processed: i64) -> Self {
        Self {
            id: 0,
            account: 1,
            kind: Kind::Sms,
            direction: Direction::Out,
            source: source.to_owned(),
            destination: destination.to_owned(),
            text: text.to_owned(),
            stored: true,
            fragments: 1,
            cost: 27_123,
            status: Status::Success,
            delivery: Delivery::Delivered,
            processed,
        }
    }
}

/// Which command sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `SendSmsMessage`; what came in is of this kind, too.
    Sms,
    /// `A2PSendSms`.
    A2p,
}

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the account.
    In,
    /// From the account.
    Out,
}

/// `status_id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the vendor's names")]
pub enum Status {
    Success = 1,
    Error = 2,
    Waiting = 3,
}

/// `delivery_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the vendor's names")]
pub enum Delivery {
    Queued = 1,
    Dispatched = 2,
    Aborted = 3,
    Rejected = 4,
    Delivered = 5,
    Failed = 6,
    Expired = 7,
    Unknown = 8,
}
