//! A client for the [Voximplant Management API](https://docs.voximplant.ai/api-reference/management-api): it sends SMS,
//! lists those that were sent and received, and receives those that come in.
//!
//! ```no_run
//! # #[cfg(feature = "service-account")]
//! use voximplant_client::{Client, ServiceAccount};
//!
//! # #[cfg(feature = "service-account")]
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::builder().auth(ServiceAccount::from_file("credentials.json")?).build()?;
//!
//!     let sent = client
//!         .sms()
//!         .send_sms_message()
//!         .source("447443332211")
//!         .destination("447443332212")
//!         .sms_body("Test message")
//!         .send()
//!         .await?;
//!
//!     println!("message {:?} in {:?} segments", sent.message_id, sent.fragments_count);
//!     Ok(())
//! }
//! # #[cfg(not(feature = "service-account"))]
//! # fn main() {}
//! ```
//!
//! Where to look next: [`send_sms_message`](operations::sms::Sms::send_sms_message) says what the operation does and
//! needs, [`SendSmsMessage`](operations::sms::SendSmsMessage) has its setters, and
//! [`SendSmsMessageResponse`](types::SendSmsMessageResponse) is its answer. The settings of a client are those of its
//! [`Builder`].
//!
//! # Requests
//!
//! [`Client::sms`] leads to the operations of the vendor's section "SMS", [`Client::phone_numbers`] to one of the
//! section "Phone numbers". An operation is a request to be filled in, in any order: a required input that is missing
//! is an error when the program is compiled, which names it. `request()` gives the request as a value and sends
//! nothing; `send()` sends it.
//!
//! A client is cheap to clone and its clones share their connections: build one and keep it. It sends a message again
//! by itself only where the server has not acted on it, as [`Retry`] says: one that is sent twice is charged twice.
//!
//! # Segments
//!
//! [`Segments`] says of a text in how many segments it is sent, each of which is charged, and whether it is short
//! enough.
//!
//! # Tokens
//!
//! The API takes a JWT that is signed with the private key of a service account: see the vendor's page on
//! [authorization]. `ServiceAccount`, with the feature `service-account`, signs it from the key's `credentials.json`:
//! `from_file`, `from_json`, or `from_env`, which reads the file that `VOXIMPLANT_CREDENTIALS` names. A token lasts a
//! minute, is kept for most of it, and is signed anew once where the server says that it has expired or was issued in
//! the future; if that does not help, the error says that the machine's clock is off. `.for_account(..)` acts for a
//! child account.
//!
//! [`Token`] is a token that does not change; implement [`Credential`] for one that is renewed otherwise. No `Debug`
//! and no error shows a key or a token.
//!
//! ```
//! use voximplant_client::{Boxed, Cause, Credential, Secret};
//!
//! /// The token in a file that another program renews.
//! #[derive(Debug)]
//! struct Renewed(std::path::PathBuf);
//!
//! impl Credential for Renewed {
//!     fn secret(&self) -> Boxed<'_, Result<Secret, Cause>> {
//!         Box::pin(async move { Ok(Secret::new(std::fs::read_to_string(&self.0)?.trim())) })
//!     }
//! }
//! ```
//!
//! [authorization]: https://docs.voximplant.ai/api-reference/management-api/authorization
//!
//! # Errors
//!
//! All calls fail with [`Error`]. **The API answers most mistakes with status 200** and an `error` in the body; the
//! client makes that an [`Error::Api`], with the vendor's code and message and with all errors that the answer lists.
//! [`ErrorCode`](types::ErrorCode) names the codes:
//!
//! ```no_run
//! use voximplant_client::types::ErrorCode;
//! # use voximplant_client::{Client, Error};
//! # async fn example(client: Client) -> Result<(), Error> {
//! let request = client.sms().send_sms_message().source("447443332211").destination("447443332212").sms_body("Hello");
//! match request.send().await {
//!     Ok(sent) => println!("sent as message {:?}", sent.message_id),
//!     Err(error) if ErrorCode::of(&error) == Some(ErrorCode::SmsDisabledForNumber) => println!("enable SMS first"),
//!     // Just before: the same message, which may have been this one, is not sent twice.
//!     Err(error) if ErrorCode::of(&error) == Some(ErrorCode::SameOperationLimit) => println!("it was sent: {error}"),
//!     // No connection, status 429 or 503, code 340: nothing was sent, and it is safe to try again.
//!     Err(error) if error.is_retryable() => println!("try again later: {error}"),
//!     // The message may have been sent.
//!     Err(error) if error.is_timeout() => println!("look before you try again: {error}"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Whatever the error, [`status`](Error::status), [`headers`](Error::headers), [`body`](Error::body) and
//! [`retry_after`](Error::retry_after) give what is known of the answer, and [`path`](Error::path) where in the JSON it
//! is not what was promised.
//!
//! # Without `async`
//!
//! [`blocking::Client`] has the same methods; `send()` gives the result itself. It needs the feature `ureq`, or a
//! transport of your own.
//!
//! ```no_run
//! use voximplant_client::{Token, blocking};
//!
//! # fn main() -> Result<(), voximplant_client::Error> {
//! let client = blocking::Client::builder().auth(Token::new("eyJ...")).build()?;
//! let request = client.sms().send_sms_message().source("447443332211").destination("447443332212").sms_body("Hello");
//! let sent = request.send()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Transports
//!
//! A client sends its requests by a [`Transport`]. To use an HTTP client of your own settings, make one of them:
//! `Reqwest::with(reqwest::Client::builder()..)` and `Ureq::from(agent)`; neither follows redirects, whatever the settings say,
//! so that no credential goes to another host. To see or change every request and answer, wrap one: a transport gets an
//! [`http::Request`] and gives an [`http::Response`]. Headers that hold secrets are marked as sensitive, and an
//! [`Endpoint`] among the request's extensions names the operation. Each attempt passes through it, repeated ones too.
//!
//! ```no_run
//! use voximplant_client::{Body, Boxed, Client, Endpoint, Failure, Limits, Token, Transport, TransportError, http};
//!
//! /// Signs each request, and logs its operation with the status of the answer.
//! struct Signed<T>(T);
//!
//! # fn signature(query: &str) -> String { query.len().to_string() }
//! impl<T: Transport> Transport for Signed<T> {
//!     fn send(
//!         &self,
//!         mut request: http::Request<Body>,
//!         limits: Limits,
//!     ) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
//!         Box::pin(async move {
//!             let operation = request.extensions().get::<Endpoint>().map(|endpoint| endpoint.operation);
//!             let signature = signature(request.uri().query().unwrap_or_default());
//!             let value = signature.parse().map_err(|why| TransportError::new(Failure::Other, why))?;
//!             request.headers_mut().insert("x-signature", value);
//!             let answer = self.0.send(request, limits).await?;
//!             println!("{operation:?}: {}", answer.status());
//!             Ok(answer)
//!         })
//!     }
//! }
//!
//! # #[cfg(feature = "reqwest")]
//! # fn main() -> Result<(), voximplant_client::Error> {
//! let transport = Signed(voximplant_client::Reqwest::new()?);
//! let client = Client::builder().auth(Token::new("eyJ...")).transport(transport).build()?;
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "reqwest"))]
//! # fn main() {}
//! ```
//!
//! [`blocking::Transport`] is the same without the future. In WebAssembly a transport need not be `Send` or `Sync`, as what
//! JavaScript lends is neither; there is no default one, no clock and no wait: limits of time are the transport's to keep,
//! and what would have to wait is not sent again.
//!
//! # Testing
//!
//! `MockTransport`, with the feature `mock`, expects operations by their types and answers them with values; a call
//! that it does not expect is an error that says what it does, and `finish` fails the test where one did not come:
//!
//! ```
//! # #[cfg(feature = "mock")]
//! # fn main() -> Result<(), voximplant_client::Error> {
//! use voximplant_client::operations::sms::SendSmsMessage;
//! use voximplant_client::types::SendSmsMessageResponse;
//! use voximplant_client::{MockTransport, Token, blocking};
//!
//! let mock = MockTransport::new();
//! mock.expect::<SendSmsMessage>().answer(SendSmsMessageResponse::builder().result(1).message_id(7).build());
//! let client = blocking::Client::builder().auth(Token::new("any")).transport(mock.clone()).build()?;
//!
//! let request = client.sms().send_sms_message().source("447443332211").destination("447443332212").sms_body("Hello");
//! assert_eq!(request.send()?.message_id, Some(7));
//! assert_eq!(mock.received::<SendSmsMessage>()[0].query()[2].1, "Hello");
//! mock.finish();
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "mock"))]
//! # fn main() {}
//! ```
//!
//! [`InProcess`] answers requests by a closure:
//!
//! ```
//! use voximplant_client::{Error, InProcess, Token, blocking, http};
//!
//! # fn main() -> Result<(), Error> {
//! let server = InProcess::new(|request| {
//!     assert_eq!(request.uri().path(), "/platform_api/SendSmsMessage");
//!     http::Response::new(r#"{"result":1,"message_id":7,"fragments_count":1}"#.into())
//! });
//! let client = blocking::Client::builder().auth(Token::new("any")).transport(server).build()?;
//!
//! let request = client.sms().send_sms_message().source("447443332211").destination("447443332212").sms_body("Hello");
//! assert_eq!(request.send()?.message_id, Some(7));
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | gives | default |
//! |---|---|---|
//! | `sms`, `phone-numbers` | the operations of a section, with their types; `full` is all of them | yes |
//! | `reqwest` | the transport of [`Client`], on Tokio, with rustls | yes |
//! | `service-account` | `ServiceAccount`, which signs its own tokens | yes |
//! | `ureq` | the transport of [`blocking::Client`], with rustls | no |
//! | `inbound` | `inbound`: the messages that come in, which Voximplant sends to a server of yours | no |
//! | `mock` | for tests: `MockTransport`, and builders of what the server sends | no |
//! | `tracing` | a span for each call and an event for each repetition, without values or secrets | no |
//!
//! Without `reqwest` and `ureq` the crate still makes requests and reads answers; give it a transport.
//!
//! # Stability
//!
//! [`operations`], [`types`] and what carries them are generated: [`SendSmsMessage`](operations::sms::SendSmsMessage)
//! from the vendor's OpenAPI document, [`ErrorCode`](types::ErrorCode) from a table of its codes, **all other
//! operations from one that was reconstructed from the vendor's SDKs** and is not published by the vendor. Nothing was
//! tried against the live service: see the README for what was. Structs and enums that a later document may extend are
//! `#[non_exhaustive]`, and members of an answer that the document does not name are ignored.

#![forbid(unsafe_code)]
// Types that hold types that hold types: the default of 128 is too low for large descriptions.
#![recursion_limit = "256"]

// What is generated is printed by prettyplease; rustfmt would print it otherwise.
#[rustfmt::skip]
mod generated;
#[cfg(feature = "inbound")]
pub mod inbound;
mod segments;

pub use generated::*;

mod error_code;
#[cfg(feature = "service-account")]
mod service_account;

pub use segments::{Encoding, Segments, TooLong};
#[cfg(feature = "service-account")]
pub use service_account::{KeyError, ServiceAccount};
// Their types are part of this crate's interface.
pub use {bytes, http, jiff, serde_json};

/// The README's examples compile.
#[cfg(all(doctest, feature = "service-account"))]
#[doc = include_str!("../README.md")]
mod readme {}
