//! In: nothing. Out: a client as the generator writes one, by hand: proof that such code compiles.

pub mod client {
    use super::{operations, runtime};
    use runtime::{Builder, Client, blocking};

    pub(crate) static API: runtime::Api = runtime::Api {
        user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        server: Some("https://api.example.com/platform_api"),
        schemes: &[runtime::Scheme { name: "JwtAuth", placement: runtime::Placement::Bearer }],
        envelope: Some(runtime::Envelope {
            error: "/error",
            code: Some("/error/code"),
            message: Some("/error/msg"),
            errors: Some("/errors"),
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
    #[derive(Debug)]
    pub enum destination {}
    /// Not yet given.
    #[derive(Debug)]
    pub enum source {}
}

pub mod types {
    //! The types of the API.

    /// What `SendSmsMessage` gives.
    #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct SendSmsMessageResponse {
        /// Message ID.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub message_id: Option<i64>,
        /// The parts of the message.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub items: Vec<Item>,
    }

    /// A part of a message.
    #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    #[non_exhaustive]
    pub struct Item {
        /// Its score.
        pub score: f64,
    }
}

pub mod operations {
    pub mod sms {
        //! The operations tagged `sms`.
        use super::super::{required, runtime, types};
        use std::marker::PhantomData;

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
                SendSmsMessage {
                    caller: self.caller.clone(),
                    inputs: SendSmsMessageInputs::default(),
                    provided: PhantomData,
                }
            }
        }

        /// A request for [`Sms::send_sms_message`].
        #[must_use = "a request does nothing until it is sent"]
        #[derive(Clone, Debug)]
        pub struct SendSmsMessage<C, Source = required::source, Destination = required::destination> {
            caller: C,
            inputs: SendSmsMessageInputs,
            provided: PhantomData<(Source, Destination)>,
        }

        #[derive(Clone, Debug, Default)]
        struct SendSmsMessageInputs {
            source: Option<String>,
            destination: Option<String>,
            store_body: Option<bool>,
        }

        impl<C, Source, Destination> SendSmsMessage<C, Source, Destination> {
            /// The source phone number.
            pub fn source(mut self, source: impl Into<String>) -> SendSmsMessage<C, runtime::Set, Destination> {
                self.inputs.source = Some(source.into());
                SendSmsMessage { caller: self.caller, inputs: self.inputs, provided: PhantomData }
            }

            /// The destination phone number.
            pub fn destination(mut self, destination: impl Into<String>) -> SendSmsMessage<C, Source, runtime::Set> {
                self.inputs.destination = Some(destination.into());
                SendSmsMessage { caller: self.caller, inputs: self.inputs, provided: PhantomData }
            }

            /// Whether the text is stored.
            pub fn store_body(mut self, store_body: bool) -> Self {
                self.inputs.store_body = Some(store_body);
                self
            }

            /// The request as a value, without credentials; nothing is sent.
            pub fn request(&self) -> Result<http::Request<runtime::Body>, runtime::Error>
            where
                C: runtime::Caller,
                Source: runtime::Provided,
                Destination: runtime::Provided,
            {
                self.caller.request(&self.inputs)
            }

            /// Decodes an answer to this request that was received by other means.
            pub fn decode(
                &self,
                response: http::Response<bytes::Bytes>,
            ) -> Result<types::SendSmsMessageResponse, runtime::Error>
            where
                C: runtime::Caller,
            {
                self.caller.decode::<SendSmsMessageInputs>(response)
            }

            /// Sends the request.
            pub fn send(self) -> C::Sent<types::SendSmsMessageResponse>
            where
                C: runtime::Caller,
                Source: runtime::Provided,
                Destination: runtime::Provided,
            {
                self.caller.send(self.inputs)
            }
        }

        impl runtime::Operation for SendSmsMessageInputs {
            type Output = types::SendSmsMessageResponse;
            const ID: &'static str = "SendSmsMessage";
            const SECURITY: &'static [&'static [&'static str]] = &[&["JwtAuth"]];

            fn call(&self) -> Result<runtime::Call, runtime::Error> {
                let mut call = runtime::Call::new(http::Method::POST, "/SendSmsMessage");
                call.query("source", runtime::Style::Form, true, &self.source)?;
                call.query("destination", runtime::Style::Form, true, &self.destination)?;
                call.query("store_body", runtime::Style::Form, true, &self.store_body)?;
                call.accept("application/json");
                Ok(call)
            }

            fn decode(response: http::Response<bytes::Bytes>) -> Result<Self::Output, runtime::Error> {
                runtime::decode::json(response)
            }
        }
    }
}

use super::runtime;
