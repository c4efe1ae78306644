//! In: nothing. Out: a client as the generator writes one, by hand: proof that such code compiles.

pub mod client {
    use super::{operations, runtime};
    use runtime::{Builder, Client, blocking};

    pub(crate) static API: runtime::Api = runtime::Api {
        user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        server: Some("https://api.example.com/platform_api"),
        own_servers: false,
        schemes: &[runtime::Scheme { name: "JwtAuth", placement: runtime::Placement::Bearer, token_url: None }],
        envelope: Some(runtime::Envelope {
            error: "/error",
            code: Some("/error/code"),
            message: Some("/error/msg"),
            errors: Some("/errors"),
            refused: &["455", "456"],
            retryable: &["340"],
        }),
    };

    impl Client {
        /// Begins the settings of a client.
        pub fn builder() -> Builder<Client> {
            Builder::new(&API)
        }

        /// The operations tagged `sms`.
        pub fn sms(&self) -> operations::sms::Sms<Client> {
            operations::sms::Sms::new(self.clone())
        }
    }

    impl blocking::Client {
        /// Begins the settings of a client.
        pub fn builder() -> Builder<blocking::Client> {
            Builder::new(&API)
        }

        /// The operations tagged `sms`.
        pub fn sms(&self) -> operations::sms::Sms<blocking::Client> {
            operations::sms::Sms::new(self.clone())
        }
    }
}

#[allow(non_camel_case_types)]
pub mod required {
    //! The required inputs.

    /// Not yet given.
    #[derive(Clone, Debug)]
    pub struct destination;
    /// Not yet given.
    #[derive(Clone, Debug)]
    pub struct source;
}

pub mod types {
    //! The types of the API.

    use super::runtime::{self, object};

    object! {
        /// What `SendSmsMessage` gives.
        pub struct SendSmsMessageResponse;
        [optional]
        /// Message ID.
        message_id: i64,
        /// The parts of the message.
        items: Vec<Item>,
    }

    object! {
        /// A part of a message.
        pub struct Item;
        [required]
        /// Its score.
        score: f64,
    }
}

pub mod operations {
    pub mod sms {
        //! The operations tagged `sms`.
        use super::super::runtime::{self, operation};
        use super::super::{required, types};

        /// The operations tagged `sms`.
        #[derive(Clone, Debug)]
        pub struct Sms<C> {
            caller: C,
        }

        impl<C: Clone> Sms<C> {
            pub(crate) fn new(caller: C) -> Self {
                Self { caller }
            }

            /// Sends an SMS.
            pub fn send_sms_message(&self) -> SendSmsMessage<C> {
                SendSmsMessage::new(self.caller.clone())
            }
        }

        operation! {
            /// A request for [`Sms::send_sms_message`].
            pub struct SendSmsMessage, SendSmsMessageInputs;
            POST "/SendSmsMessage" "SendSmsMessage";
            security [["JwtAuth"]];
            answer json -> types::SendSmsMessageResponse;
            [required]
            /// The source phone number.
            source(Source): String = query("source", Style::Form, true),
            /// The destination phone number.
            destination(Destination): String = query("destination", Style::Form, true),
            [optional]
            /// Whether the text is stored.
            store_body: bool = query("store_body", Style::Form, true),
        }
    }
}

use super::runtime;
