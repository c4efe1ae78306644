//! In: accounts, keys and habits. Out: a server on this machine that answers as Voximplant's Management API does, as
//! far as its SDKs and pages tell, for tests and demonstrations that need no account there.
//!
//! ```no_run
//! use voximplant_server::{Next, Options, VoximplantServer};
//!
//! let server = VoximplantServer::start(Options::default())?;
//! let (url, token) = (server.base_url(), server.token()?);
//! server.next(Next::Error(456)); // the next call is told that its token has expired
//! // .. call it ..
//! assert_eq!(server.requests()[0].get("source"), Some("447443332211"));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # What is known
//! Read from the vendor's SDKs and pages: parameters come in the query, as a urlencoded or as a multipart form, to
//! `/platform_api/{Command}` or to `/platform_api` with `cmd`; lists are joined by `;`; dates are in UTC, written
//! `yyyy-MM-dd HH:mm:ss`; tokens are RS256 with `kid`, `iss` (text or a number), `iat` and `exp`, and live for at most
//! 3600 s; an error is `{"error": {"code", "msg"}, "errors": [..]}` in a 200; codes and texts; the roles that each
//! command asks for; limits of 765, 1600 and 1000; the members of callbacks and how their hash is
//! made; that an answer of `output=csv` is `application/octet-stream`. Seen by
//! others: HTTP 429, and 404 for a name in the wrong case.
//!
//! The vendor's Python SDK 2.12.0 and Node SDK 4.11.0 were pointed at this server by hand, and understand its answers,
//! but for dates in the history, of which the Python SDK only reads days.
//!
//! # What is a guess
//! **Nothing was ever tried against the real API.** In particular, these were decided here:
//!
//! - which code goes with which mistake: 101 for a missing, empty or overlong argument, 121 for a number that is not 1
//!   to 15 digits (so `+` is refused, even among many of A2P), 386 for a source that the account does not own, 121 for
//!   such a number in `ControlSms`, 385 for an unreachable destination of `SendSmsMessage`; 111 for dates without a
//!   time; 105 for an unknown `output`; that all mistakes of the arguments are in `errors`, with `field_name`; that
//!   texts are measured in Unicode characters, and of parameters with one name the first counts;
//! - tokens: 100 for an unknown key, a wrong signature or a foreign account, 447 for whatever else is wrong with the
//!   form, no tolerance for `iat`, and that the header `Date` tells the same clock; the order of the checks; a child
//!   account is charged for what is sent in its name;
//! - that a name that is no command is told 103 in the body of the 404, and in a 200 when it came as `cmd`;
//! - what an HTTP 429 looks like (`TooMany`), what counts as the same operation (515: equal parameters), that 340
//!   counts all calls; that a message whose money is short is not sent at all, nor any of an A2P call;
//! - which answers have numbers as integers and which as text (`NumbersAs`), dates with their time (`DatesAs`), the
//!   order of the history (oldest first), both ends of a range of dates being in it, a `count` above 1000 being a 101,
//!   the default of `GetPhoneNumbers` (1000, too), the columns of CSV, and an `xls` that is XML of 2003;
//! - whose numbers `child_account_id` and `children_phones_only` of `GetPhoneNumbers` give;
//! - callbacks (`Options::callbacks`): one in a request, sent once and never again, whatever is answered; a message to a
//!   number whose account takes SMS here comes in there; the name `a2p_sms_delivery` and the words of its `status`;
//! - that every message is delivered at once, and every fragment costs the same.
//!
//! # What is not there
//! All other commands (they get the 404), `account_id` with `api_key` in place of a token, and those filters of
//! `GetPhoneNumbers` that ask for what the numbers here do not have: they get a 501 that names them, not a wrong
//! answer.

mod account;
mod arguments;
mod callbacks;
mod commands;
mod dates;
mod fault;
mod messages;
mod options;
mod platform;
mod received;
mod segments;
mod server;
mod state;
mod table;
mod token;

pub use account::{Account, Key, Number, OTHER_PKCS8, OTHER_PUBLIC, PKCS1, PKCS8, PUBLIC, Role, Sms};
pub use callbacks::{Callbacks, Nested, Told};
pub use messages::{Delivery, Direction, Kind, Message, Status};
pub use options::{DatesAs, Next, NumbersAs, Options, Rate, TooMany};
pub use received::Received;
pub use server::{PATH, VoximplantServer};
pub use token::sign;
