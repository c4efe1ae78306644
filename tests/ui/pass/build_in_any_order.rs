//! The properties of an object that is sent are set in any order.
#![allow(dead_code, unexpected_cfgs, non_camel_case_types)]

#[path = "../../../generator/runtime/mod.rs"]
mod runtime;

mod required {
    super::runtime::marks! {
        source,
        text,
    }
}

mod types {
    use super::required;
    use super::runtime::{self, object};

    object! {
        /// A message.
        pub struct Message => MessageBuilder;
        [required]
        source(Source): String,
        text(Text): String,
        [optional]
        urgent: bool,
    }
}

fn main() {
    let message = types::Message::builder().urgent(true).text("Hello").source("1").build();
    assert_eq!(serde_json::to_string(&message).unwrap(), r#"{"source":"1","text":"Hello","urgent":true}"#);
}
