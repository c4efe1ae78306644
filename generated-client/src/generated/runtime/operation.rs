//! In: the declaration of an operation. Out: its request type: a builder whose type says which required inputs it still
//! lacks, and the value that holds the inputs until they are sent.

/// Declares an operation: each input once, with the method of `Call` that sends it. The statuses of the answer are named where
/// they are not 200, or 204 for nothing: `json(200, 201)`, `optional_json(200 or 202)`, `text(200..=299)`, `json(_)`.
///
/// ```text
/// operation! {
///     pub struct GetUser, GetUserInputs;
///     GET "/users/{id}" "getUser";
///     security [["token"]];
///     server "https://eu.uploads.example.com" or server;
///     accept "application/json, text/plain";
///     answer json(201) -> types::User;
///     stream events "text/event-stream" -> types::Change;
///     errors GetUserError: NotFound(types::Fault) = json(404), Default(types::Fault) = json(_);
///     headers GetUserHeaders: x_total: i64 = simple("X-Total");
///     [required]
///     id(Id): i64 = path("id", Style::Simple, false),
///     [optional]
///     limit: i64 = query("limit", Style::Form, true),
/// }
/// ```
macro_rules! operation {
    (
        $(#[$head:meta])*
        pub struct $Name:ident, $Inputs:ident;
        $method:ident $path:literal $id:literal;
        $(server $($server:literal)? $(or $own:ident)?;)?
        $(security [$([$($scheme:literal),*]),*];)?
        $(accept $accept:literal;)?
        answer $decode:ident $(($($status:tt)*))? -> $Output:ty;
        $(stream $stream:ident $($stream_accept:literal -> $Item:ty)?;)?
        $(errors $Error:ident: $($Case:ident $(($E:ty))? = $e_decode:ident($($e_key:tt)*)),*;)?
        $(headers $Headers:ident: $($h:ident: $H:ty = $h_read:ident($h_wire:literal)),*;)?
        $([required] $($(#[$r_meta:meta])* $r:ident($Mark:ident): $R:ty = $r_call:ident($($r_argument:expr),*),)*)?
        $([optional] $($(#[$o_meta:meta])* $o:ident: $O:ty = $o_call:ident($($o_argument:expr),*),)*)?
    ) => {
        $(#[$head])*
        #[must_use = "a request does nothing until it is sent"]
        #[derive(Clone, Debug)]
        pub struct $Name<C = runtime::Client, $($($Mark = required::$r,)*)?> {
            caller: C,
            inputs: $Inputs,
            provided: std::marker::PhantomData<($($($Mark,)*)?)>,
        }

        impl<C> $Name<C> {
            pub(crate) fn new(caller: C) -> Self {
                Self { caller, inputs: $Inputs::default(), provided: std::marker::PhantomData }
            }
        }

        impl<C, $($($Mark,)*)?> $Name<C, $($($Mark,)*)?> {
            $(runtime::operation::setters! {
                $Name [] [$($(#[$r_meta])* $r $Mark $R, $r_call($($r_argument),*);)*]
            })?
            $($(
                $(#[$o_meta])*
                #[doc = ""]
                #[doc = runtime::operation::docs!($o_call $($o_argument),*)]
                pub fn $o(mut self, $o: impl runtime::Input<$O>) -> Self {
                    self.inputs.$o = Some($o.give());
                    self
                }
            )*)?

            $($(
                #[doc = " Sends the request to this one of the servers that the operation has of its own, instead of the first."]
                #[doc = " A [`base_url`](runtime::Builder::base_url) goes before it."]
                pub fn $own(mut self, server: impl runtime::Server) -> Self {
                    self.inputs.$own = Some(runtime::server::Chosen::of(&server));
                    self
                }
            )?)?

            #[doc = " The request as a value, without credentials; nothing is sent."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " If the inputs make no valid request."]
            pub fn request(&self) -> Result<http::Request<runtime::Body>, runtime::Error>
            where
                C: runtime::Caller,
                $($($Mark: runtime::Provided,)*)?
            {
                self.caller.request(&self.inputs)
            }

            #[doc = " Decodes an answer to this request that was received by other means."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " As for a request that is sent."]
            pub fn decode(&self, response: http::Response<bytes::Bytes>) -> Result<$Output, runtime::Error>
            where
                C: runtime::Caller,
            {
                self.caller.decode::<$Inputs>(response)
            }

            #[doc = " Sends the request. On [`Client`](runtime::Client) this is a future, on"]
            #[doc = " [`blocking::Client`](runtime::blocking::Client) the result itself; an [`Error`](runtime::Error) says what"]
            #[doc = " went wrong, with the whole answer if one came."]
            pub fn send(self) -> C::Sent<$Output>
            where
                C: runtime::Caller,
                $($($Mark: runtime::Provided,)*)?
            {
                self.caller.send(self.inputs)
            }

            #[doc = " As [`send`](Self::send), with the status and the headers of the answer."]
            pub fn send_response(
                self,
            ) -> C::Sent<runtime::Response<$Output, runtime::response::headers_type!($($Headers)?)>>
            where
                C: runtime::Caller,
                $($($Mark: runtime::Provided,)*)?
            {
                self.caller.send_response(self.inputs)
            }

            runtime::operation::stream! {
                [$($($Mark)*)?] [runtime::response::headers_type!($($Headers)?)]
                $($stream $($stream_accept -> $Item)?)?
            }
        }

        $(runtime::answers::errors! { $Name $Error: $($Case $(($E))? = $e_decode($($e_key)*)),* })?

        $(runtime::response::headers! { $Name $Headers: $($h: $H = $h_read($h_wire)),* })?

        #[derive(Clone, Debug, Default)]
        pub(crate) struct $Inputs {
            $($($r: Option<$R>,)*)?
            $($($o: Option<$O>,)*)?
            $($($own: Option<runtime::server::Chosen>,)?)?
        }

        #[cfg(feature = "mock")]
        impl<C, $($($Mark,)*)?> runtime::Mocked for $Name<C, $($($Mark,)*)?> {
            type Output = $Output;
            const METHOD: http::Method = http::Method::$method;
            const ENDPOINT: runtime::Endpoint = runtime::Endpoint { operation: $id, path: $path };

            fn answer(output: $Output) -> Result<http::Response<bytes::Bytes>, runtime::Cause> {
                let response = runtime::mocked::$decode(output)?;
                $(let response = runtime::mocked::success!(response $($status)*)?;)?
                Ok(response)
            }
        }

        impl runtime::Operation for $Inputs {
            type Output = $Output;
            type Headers = runtime::response::headers_type!($($Headers)?);
            const ID: &'static str = $id;
            const SECURITY: &'static [&'static [&'static str]] = &[$($(&[$($scheme),*]),*)?];
            const SUCCESS: runtime::success::Success =
                runtime::success::success!($decode [$($accept)?] $($($status)*)?);

            #[allow(unused_imports, unused_mut)]
            fn call(&self) -> Result<runtime::Call, runtime::Error> {
                use runtime::Style;
                let mut call = runtime::Call::new(http::Method::$method, $path);
                $($(call.$r_call($($r_argument,)* &self.$r)?;)*)?
                $($(call.$o_call($($o_argument,)* &self.$o)?;)*)?
                runtime::operation::accept!(call $decode $($accept)?);
                $($(call.server($server);)? $(self.$own.iter().for_each(|server| call.server(server.clone()));)?)?
                Ok(call)
            }

            fn decode(response: http::Response<bytes::Bytes>) -> Result<Self::Output, runtime::Error> {
                runtime::decode::$decode(Self::SUCCESS.check(response)?)
            }
        }
    };
}

/// The method that gives an answer while it comes, where there is one.
macro_rules! stream {
    ([$($Mark:ident)*] [$Headers:ty]) => {};
    ([$($Mark:ident)*] [$Headers:ty] bytes) => {
        #[doc = " As [`send_response`](Self::send_response), but gives the body while it comes, however large it is."]
        pub fn send_stream(self) -> C::Sent<runtime::Response<runtime::Download<C>, $Headers>>
        where
            C: runtime::Caller,
            $($Mark: runtime::Provided,)*
        {
            self.caller.download(self.inputs)
        }
    };
    ([$($Mark:ident)*] [$Headers:ty] $kind:ident $accept:literal -> $Item:ty) => {
        #[doc = concat!(" Sends the request, and gives what comes one by one: `` ", $accept, " ``.")]
        pub fn send_stream(self) -> C::Sent<runtime::operation::streamed!($kind, C, $Item)>
        where
            C: runtime::Caller,
            $($Mark: runtime::Provided,)*
        {
            let make = runtime::operation::streamed!($kind);
            self.caller.exchange(self.inputs, runtime::Read::Stream(Some($accept), make))
        }
    };
}

/// What a stream gives: events of JSON or of text, whole events, or items of JSON.
macro_rules! streamed {
    (events, $C:ty, $Item:ty) => {
        streams::Events<$C, $Item>
    };
    (text_events, $C:ty, $Item:ty) => {
        streams::Events<$C, $Item>
    };
    (whole_events, $C:ty, $Item:ty) => {
        streams::Events<$C, $Item>
    };
    (whole_events_with_id, $C:ty, $Item:ty) => {
        streams::Events<$C, $Item>
    };
    (whole_events_with_number, $C:ty, $Item:ty) => {
        streams::Events<$C, $Item>
    };
    (items, $C:ty, $Item:ty) => {
        streams::Items<$C, $Item>
    };
    (events) => {
        streams::Events::json
    };
    (text_events) => {
        streams::Events::text
    };
    (whole_events) => {
        streams::Events::whole
    };
    (whole_events_with_id) => {
        streams::Events::whole_with_id
    };
    (whole_events_with_number) => {
        streams::Events::whole_with_number
    };
    (items) => {
        streams::Items::json
    };
}

/// The setters of required inputs, one at a time: those done, then this one, then those to come.
macro_rules! setters {
    ($Name:ident [$($Done:ident)*] []) => {};
    (
        $Name:ident [$($Done:ident)*]
        [
            $(#[$meta:meta])* $r:ident $Mark:ident $R:ty, $call:ident($($argument:expr),*);
            $($(#[$m_meta:meta])* $m:ident $More:ident $M:ty, $m_call:ident($($m_argument:expr),*);)*
        ]
    ) => {
        $(#[$meta])*
        #[doc = ""]
        #[doc = runtime::operation::docs!($call $($argument),*)]
        pub fn $r(mut self, $r: impl runtime::Input<$R>) -> $Name<C, $($Done,)* runtime::Set, $($More,)*> {
            self.inputs.$r = Some($r.give());
            $Name { caller: self.caller, inputs: self.inputs, provided: std::marker::PhantomData }
        }
        runtime::operation::setters! {
            $Name [$($Done)* $Mark] [$($(#[$m_meta])* $m $More $M, $m_call($($m_argument),*);)*]
        }
    };
}

/// The media types that are asked for: JSON where the answer is JSON and nothing else is said.
macro_rules! accept {
    ($call:ident $decode:ident $accept:literal) => {
        $call.accept($accept);
    };
    ($call:ident json) => {
        $call.accept("application/json");
    };
    ($call:ident optional_json) => {
        $call.accept("application/json");
    };
    ($call:ident $decode:ident) => {};
}

/// Where an input is sent.
macro_rules! docs {
    (path $name:expr, $($rest:expr),*) => {
        concat!(" In the path: `` ", $name, " ``.")
    };
    (query $name:expr, $($rest:expr),*) => {
        concat!(" In the query: `` ", $name, " ``.")
    };
    (query_reserved $name:expr, $($rest:expr),*) => {
        concat!(" In the query, reserved characters as they are: `` ", $name, " ``.")
    };
    (field $name:expr, $($rest:expr),*) => {
        concat!(" In the form that is the body: `` ", $name, " ``.")
    };
    (header $name:expr, $($rest:expr),*) => {
        concat!(" In the header `` ", $name, " ``.")
    };
    (header_json $name:expr) => {
        concat!(" In the header `` ", $name, " ``, as JSON.")
    };
    (cookie $name:expr, $($rest:expr),*) => {
        concat!(" In the cookie `` ", $name, " ``.")
    };
    (cookie_json $name:expr) => {
        concat!(" In the cookie `` ", $name, " ``, as JSON.")
    };
    (choice) => {
        " The body, of one of several media types."
    };
    ($body:ident $media:expr $(, $rest:expr)*) => {
        concat!(" The body: `` ", $media, " ``.")
    };
}

pub(crate) use {accept, docs, operation, setters, stream, streamed};
