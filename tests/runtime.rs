//! In: the runtime as it is copied into generated crates. Out: proof that it keeps its contract, over real sockets.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../generator/runtime/mod.rs"]
mod runtime;

/// All of them at once, as no generated crate has them.
#[allow(dead_code)]
#[path = "../generator/runtime/formats"]
mod formats {
    pub mod base64;
    pub mod chrono;
    pub mod jiff;
    pub mod lenient;
    pub mod numeric;
    mod rfc3339;
    mod sql;
    pub mod sql_chrono;
    pub mod sql_jiff;
    pub mod sql_time;
    mod text;
    pub mod time;
}

#[allow(dead_code)]
#[path = "../generator/runtime/streams"]
mod streams {
    mod events;
    mod items;
    mod opened;
    mod sse;
    pub use events::{Event, Events};
    pub use items::Items;

    /// How long a stream of events asks to wait before the next connection.
    pub fn retry(text: &'static str) -> Option<std::time::Duration> {
        let mut parser = sse::Parser::new(1000);
        parser.next(&mut text.into());
        parser.retry()
    }
}

#[path = "../generator/runtime/pages/mod.rs"]
mod pages;

#[path = "../generator/runtime/webhooks"]
mod webhooks {
    pub mod receive;
    pub mod spelt;
}

#[path = "runtime/answers.rs"]
#[allow(dead_code, non_camel_case_types)]
mod answers;
#[path = "runtime/base.rs"]
mod base;
#[path = "runtime/bodies.rs"]
mod bodies;
#[path = "runtime/call.rs"]
mod call;
#[path = "runtime/credential.rs"]
mod credential;
#[path = "runtime/decode.rs"]
mod decode;
#[path = "runtime/envelope.rs"]
mod envelope;
#[path = "runtime/formats.rs"]
mod format_types;
#[path = "runtime/forms.rs"]
mod forms;
#[path = "runtime/hostile.rs"]
mod hostile;
#[path = "runtime/malformed.rs"]
mod malformed;
#[path = "runtime/multipart.rs"]
mod multipart;
#[path = "runtime/nested.rs"]
mod nested;
#[path = "runtime/numbers.rs"]
mod numbers;
#[path = "runtime/oauth.rs"]
mod oauth;
#[path = "runtime/object.rs"]
#[allow(non_camel_case_types)]
mod object;
#[path = "runtime/one_of.rs"]
mod one_of;
#[path = "runtime/param_styles.rs"]
mod param_styles;
#[path = "runtime/probe.rs"]
mod probe;
#[path = "runtime/recorder.rs"]
mod recorder;
#[path = "runtime/redaction.rs"]
mod redaction;
#[path = "runtime/renewed.rs"]
mod renewed;
#[path = "runtime/repeated.rs"]
mod repeated;
#[path = "runtime/retry.rs"]
mod retry;
#[path = "runtime/sample.rs"]
#[allow(dead_code)]
mod sample;
#[path = "runtime/script.rs"]
mod script;
#[path = "runtime/server.rs"]
mod server;
#[path = "runtime/servers.rs"]
#[allow(dead_code)]
mod servers;
#[path = "runtime/statuses.rs"]
#[allow(dead_code)]
mod statuses;
#[path = "runtime/streams.rs"]
mod streaming;
#[path = "runtime/style.rs"]
mod style;
#[path = "runtime/token_server.rs"]
mod token_server;
#[path = "runtime/transport.rs"]
mod transport;
#[path = "runtime/uploads.rs"]
mod uploads;
#[path = "runtime/waits.rs"]
mod waits;
#[path = "runtime/webhooks.rs"]
mod webhook;
