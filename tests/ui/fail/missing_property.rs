//! An object that is sent cannot be built without what it requires, and the missing property is named.
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
    let _ = types::Message::builder().urgent(true).text("Hello").build();
}
