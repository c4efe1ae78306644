//! In: requests of Voximplant, to a server of yours. Out: the messages that came in, on standard output.
//!
//! ```text
//! VOXIMPLANT_SALT=... VOXIMPLANT_API_KEY=... cargo run --example receive_sms --features inbound -- 127.0.0.1:8080
//! ```
//!
//! Put it behind a proxy that speaks `https:`, and give its URL to Voximplant: that of the account, or of one number.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use voximplant_client::inbound::{CallbackKey, Callbacks, Event, InboundSms};

/// What a server knows.
#[derive(Clone)]
pub struct Inbox {
    key: CallbackKey,
    /// The callbacks that came before. A server that is restarted had better keep them in its database.
    seen: Arc<Mutex<BTreeSet<String>>>,
    take: fn(&InboundSms),
}

/// A server that gives each message to `take`, once.
pub fn router(key: CallbackKey, take: fn(&InboundSms)) -> Router {
    let inbox = Inbox { key, seen: Arc::default(), take };
    Router::new().route("/voximplant", post(receive)).with_state(inbox)
}

/// Answers soon: what takes long is better done elsewhere.
async fn receive(State(inbox): State<Inbox>, body: Bytes) -> StatusCode {
    let Ok(received) = Callbacks::decode(&body) else { return StatusCode::BAD_REQUEST };
    if !received.callbacks.iter().all(|callback| inbox.key.accepts(callback)) {
        return StatusCode::FORBIDDEN;
    }
    for callback in received.callbacks {
        // Whatever panicked elsewhere, the set is whole.
        let is_new = inbox.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(callback.callback_id.clone());
        match &callback.event {
            Event::InboundSms(sms) if is_new => (inbox.take)(sms),
            Event::InboundSms(_) => {}
            other => eprintln!("{}: {other:?}", callback.kind),
        }
    }
    StatusCode::OK
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).ok_or("usage: receive_sms ADDRESS")?;
    let key = CallbackKey::new(std::env::var("VOXIMPLANT_SALT")?, std::env::var("VOXIMPLANT_API_KEY")?);
    let listener = tokio::net::TcpListener::bind(address).await?;
    let print = |sms: &InboundSms| println!("{} to {}: {}", sms.source_number, sms.destination_number, sms.sms_body);
    Ok(axum::serve(listener, router(key, print)).await?)
}
