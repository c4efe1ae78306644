//! In: the body of a request that Voximplant sends to the URL of an account or of a number. Out: the messages that came
//! in, and whatever else it tells; and whether it knows the secrets of the account.
//!
//! ```
//! use voximplant_client::inbound::{CallbackKey, Callbacks, Event};
//!
//! # fn receive(body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! let key = CallbackKey::new("the account's salt", "the account's API key");
//! for callback in Callbacks::decode(body)?.callbacks {
//!     if !key.accepts(&callback) {
//!         continue; // Nobody who knows the key has sent this.
//!     }
//!     match &callback.event {
//!         Event::InboundSms(sms) => println!("{}: {}", sms.source_number, sms.sms_body),
//!         other => println!("{other:?}"),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `examples/receive_sms.rs` does that in a web server.
//!
//! What is read here was put together from the vendor's SDKs and from a program that receives such requests; **none of
//! it was tried live**. The SDKs wrap a message once more than that program found: both are read. Which answer the
//! vendor expects, and when it sends a request again, is not known: answer with status 200 soon, and expect a callback
//! more than once.

use crate::SqlDateTime;
use md5::{Digest, Md5};
use serde_json::{Map, Value};
use std::fmt;
use subtle::ConstantTimeEq;

/// What one request tells.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Callbacks {
    /// What happened, one by one.
    pub callbacks: Vec<Callback>,
}

/// One thing that happened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Callback {
    /// Its number, as it is spelt: another callback of this number is the same one, sent again.
    pub callback_id: String,
    /// What kind it is of, in the vendor's words.
    pub kind: String,
    /// The account that it happened to.
    pub account_id: String,
    /// What happened.
    pub event: Event,
    /// All members, as they came: the account's name, its balance, and what is not described.
    pub raw: Map<String, Value>,
}

/// What happened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A message came in: `sms_inbound`.
    InboundSms(InboundSms),
    /// A message to many was delivered, or not: `a2p_sms_delivery`, a name that is inferred.
    A2pSmsDelivery(A2pSmsDelivery),
    /// Anything else, and what lacks a member that its kind needs: see [`Callback::raw`].
    Other,
}

/// A message that came in.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InboundSms {
    /// Who has sent it.
    pub source_number: String,
    /// The number of yours that it was sent to.
    pub destination_number: String,
    /// The text.
    pub sms_body: String,
    /// When it came in, where that is told: it is not described. A text of another form is `None`, and kept in
    /// [`Callback::raw`].
    pub receival_date: Option<SqlDateTime>,
}

/// What became of a message to many.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct A2pSmsDelivery {
    /// The number of the delivery.
    pub id: String,
    /// Who has sent it.
    pub source_number: String,
    /// What became of it.
    pub status: String,
    /// Whom it was sent to, as it is spelt.
    pub destination_numbers: Option<String>,
}

impl Callbacks {
    /// Reads the body of a request. What a callback lacks, or has more than is described, is no error: it is kept.
    ///
    /// # Errors
    /// When the body is no JSON object with a list `callbacks` of objects. The message quotes nothing of it.
    pub fn decode(body: &[u8]) -> Result<Self, CallbackError> {
        let wrong = |what: &'static str| CallbackError { what };
        let body: Value = serde_json::from_slice(body).map_err(|_| wrong("it is no JSON"))?;
        let Some(Value::Array(list)) = body.get("callbacks") else { return Err(wrong("it has no list `callbacks`")) };
        let callback = |item: &Value| item.as_object().map(callback).ok_or_else(|| wrong("a callback is no object"));
        Ok(Self { callbacks: list.iter().map(callback).collect::<Result<_, _>>()? })
    }
}

fn callback(raw: &Map<String, Value>) -> Callback {
    let text = |name| text(raw, name).unwrap_or_default();
    let kind = text("type");
    let event = match kind.as_str() {
        "sms_inbound" => inner(raw, &kind).and_then(inbound_sms).map(Event::InboundSms),
        "a2p_sms_delivery" => inner(raw, &kind).and_then(delivery).map(Event::A2pSmsDelivery),
        _ => None,
    };
    let event = event.unwrap_or(Event::Other);
    Callback { callback_id: text("callback_id"), account_id: text("account_id"), kind, event, raw: raw.clone() }
}

/// What a callback has under the name of its kind; the SDKs have it there once more.
fn inner<'a>(raw: &'a Map<String, Value>, kind: &str) -> Option<&'a Map<String, Value>> {
    let outer = raw.get(kind)?.as_object()?;
    Some(outer.get(kind).and_then(Value::as_object).unwrap_or(outer))
}

fn inbound_sms(raw: &Map<String, Value>) -> Option<InboundSms> {
    Some(InboundSms {
        source_number: text(raw, "source_number")?,
        destination_number: text(raw, "destination_number")?,
        sms_body: text(raw, "sms_body")?,
        receival_date: text(raw, "receival_date").and_then(|date| date.parse().ok()),
    })
}

fn delivery(raw: &Map<String, Value>) -> Option<A2pSmsDelivery> {
    Some(A2pSmsDelivery {
        id: text(raw, "id")?,
        source_number: text(raw, "source_number")?,
        status: text(raw, "status")?,
        destination_numbers: text(raw, "destination_numbers"),
    })
}

/// A text, or a number's digits: numbers of phones come as both.
fn text(raw: &Map<String, Value>, name: &str) -> Option<String> {
    match raw.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A body that is not what Voximplant sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackError {
    what: &'static str,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the body of a callback cannot be read: {}", self.what)
    }
}

impl std::error::Error for CallbackError {}

/// What only Voximplant and the owner of an account know.
///
/// A callback has a `hash`, the MD5 of salt, account, API key and callback number. **MD5 is the vendor's choice**, and
/// the hash says less than a signature: it does not cover the message, and who has seen one request can send the number
/// in it again with another text. So receive callbacks at an `https:` URL that nobody can guess, and do nothing twice
/// for one [`Callback::callback_id`].
#[derive(Clone)]
pub struct CallbackKey {
    account_salt: String,
    api_key: String,
}

impl CallbackKey {
    /// The salt of the account, and its API key: not the private key of a service account.
    pub fn new(account_salt: impl Into<String>, api_key: impl Into<String>) -> Self {
        Self { account_salt: account_salt.into(), api_key: api_key.into() }
    }

    /// Whether the hash of a callback is that of its number, account and this key; `false` where there is none. How
    /// long it takes says nothing about the hash.
    #[must_use]
    pub fn accepts(&self, callback: &Callback) -> bool {
        let Some(claimed) = callback.raw.get("hash").and_then(Value::as_str) else { return false };
        let parts = [&self.account_salt, &callback.account_id, &self.api_key, &callback.callback_id];
        let mut hash = Md5::new();
        parts.into_iter().for_each(|part| hash.update(part.as_bytes()));
        let hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        hash.as_bytes().ct_eq(claimed.to_ascii_lowercase().as_bytes()).into()
    }
}

/// Shows neither.
impl fmt::Debug for CallbackKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallbackKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::{CallbackKey, Callbacks, Event};
    use serde_json::{Value, json};

    fn decode(body: &Value) -> Callbacks {
        Callbacks::decode(body.to_string().as_bytes()).unwrap()
    }

    /// What `printf %s salt1keyKEY42 | md5sum` prints.
    const HASH: &str = "d8c823e2c6468eaa85471f227de48c03";

    fn inbound(sms: &Value) -> Value {
        json!({"callbacks": [{"callback_id": 42, "type": "sms_inbound", "account_id": 1, "hash": HASH, "balance": 1.5,
            "sms_inbound": sms}]})
    }

    #[test]
    fn a_message_is_read_in_both_nestings() {
        let sms = json!({"source_number": "447443332211", "destination_number": 447443332212_i64, "sms_body": "Hi",
            "receival_date": "2019-03-11 21:00:00"});
        for body in [inbound(&sms), inbound(&json!({"sms_inbound": sms}))] {
            let callback = &decode(&body).callbacks[0];
            let Event::InboundSms(sms) = &callback.event else { panic!("{callback:?}") };
            let numbers = (sms.source_number.as_str(), sms.destination_number.as_str());
            assert_eq!((numbers, sms.sms_body.as_str()), (("447443332211", "447443332212"), "Hi"));
            assert_eq!(sms.receival_date.unwrap().to_string(), "2019-03-11 21:00:00");
            assert_eq!((callback.callback_id.as_str(), callback.account_id.as_str()), ("42", "1"));
            assert_eq!(callback.raw["balance"], 1.5);
        }
    }

    #[test]
    fn a_delivery_is_read() {
        let delivery =
            json!({"id": 7, "source_number": "Example", "status": "DELIVERED", "destination_numbers": "1;2"});
        let body = json!({"callbacks": [{"type": "a2p_sms_delivery", "a2p_sms_delivery": delivery}]});
        let Event::A2pSmsDelivery(delivery) = &decode(&body).callbacks[0].event else { panic!() };
        assert_eq!((delivery.id.as_str(), delivery.status.as_str()), ("7", "DELIVERED"));
    }

    #[test]
    fn what_is_not_known_is_kept() {
        let body = json!({"callbacks": [
            {"callback_id": "8", "type": "min_balance", "min_balance": {"balance": 1}},
            {"type": "sms_inbound", "sms_inbound": {"sms_body": "from nobody"}},
            {},
        ]});
        let callbacks = decode(&body).callbacks;
        assert!(callbacks.iter().all(|callback| matches!(callback.event, Event::Other)));
        assert_eq!(
            (callbacks[0].kind.as_str(), &callbacks[0].raw["min_balance"]["balance"]),
            ("min_balance", &json!(1))
        );
        assert_eq!(callbacks[1].raw["sms_inbound"]["sms_body"], "from nobody");
    }

    #[test]
    fn another_body_is_an_error_that_quotes_nothing() {
        for (body, what) in [
            ("secret", "it is no JSON"),
            ("{}", "it has no list `callbacks`"),
            (r#"{"callbacks":[1]}"#, "a callback is no object"),
        ] {
            let error = Callbacks::decode(body.as_bytes()).unwrap_err().to_string();
            assert_eq!(error, format!("the body of a callback cannot be read: {what}"));
        }
    }

    #[test]
    fn the_hash_tells_who_knows_the_key() {
        let accepts = |salt: &str, key: &str, change: fn(&mut Value)| {
            let mut body = inbound(&json!({}));
            change(&mut body["callbacks"][0]);
            CallbackKey::new(salt, key).accepts(&decode(&body).callbacks[0])
        };
        assert!(accepts("salt", "keyKEY", |_| {}));
        assert!(accepts("salt", "keyKEY", |one| one["hash"] = HASH.to_uppercase().into()));
        assert!(!accepts("Salt", "keyKEY", |_| {}));
        assert!(!accepts("salt", "key", |_| {}));
        assert!(!accepts("salt", "keyKEY", |one| one["callback_id"] = 43.into()));
        assert!(!accepts("salt", "keyKEY", |one| one["account_id"] = 2.into()));
        assert!(!accepts("salt", "keyKEY", |one| one["hash"] = HASH[1..].into()));
        assert!(!accepts("salt", "keyKEY", |one| drop(one.as_object_mut().unwrap().remove("hash"))));
        assert_eq!(format!("{:?}", CallbackKey::new("salt", "key")), "CallbackKey(..)");
    }
}
