//! In: the generated client and servers on loopback. Out: proof of what the client sends and of what it makes of every
//! kind of answer, for both of its clients. What does not depend on the generated code is tested in `runtime`.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "wire/answers.rs"]
mod answers;
#[path = "wire/clients.rs"]
mod clients;
#[path = "wire/codes.rs"]
mod codes;
#[path = "wire/credentials.rs"]
mod credentials;
#[path = "wire/decode.rs"]
mod decode;
#[path = "wire/errors.rs"]
mod errors;
#[path = "wire/examples.rs"]
mod examples;
#[path = "wire/failures.rs"]
mod failures;
#[path = "wire/hooks.rs"]
mod hooks;
#[path = "wire/inbound.rs"]
mod inbound;
#[path = "wire/limits.rs"]
mod limits;
#[path = "wire/many.rs"]
mod many;
#[path = "wire/mock.rs"]
mod mock;
#[path = "wire/requests.rs"]
mod requests;
#[path = "wire/secrets.rs"]
mod secrets;
#[path = "wire/serve.rs"]
mod serve;
#[path = "wire/servers.rs"]
mod servers;
#[path = "wire/service_account.rs"]
mod service_account;
#[path = "wire/sms_group.rs"]
mod sms_group;
#[path = "wire/vendor.rs"]
mod vendor;
