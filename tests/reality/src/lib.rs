//! In: small documents, as frameworks emit them (`../shared/corpus/reality`, and `documents` beside this package). Out: a
//! module for each of them, with what is generated from it, for the tests in `tests`.
//!
//! `pydantic-tag.yaml` is the module `pydantic_tag`: `types` and `operations` are those of a generated client, and
//! [`client`] says where the methods of its `Client` are. `REPORT` is what was reported, `API` and `WIRE` are `api.txt` and
//! `wire.txt`. A document with `options/<module>.toml`, a table `[options]` of `codegen.toml`, has a second module,
//! `<module>_by_options`.
//!
//! A test of a document from `../shared` stands in [`reality!`], so that it is skipped by name where that is absent:
//!
//! ```ignore
//! oasmith_reality::reality! {
//!     fn a_tag_is_written_by_itself() {
//!         use oasmith_reality::pydantic_tag::types::Cat;
//!         assert_eq!(written(&Cat::builder().lives(9).build()), json!({"kind": "cat", "lives": 9}));
//!     }
//! }
//! ```

// Types that hold types that hold types, as in a generated crate.
#![recursion_limit = "256"]
// The vendors' words, names and numbers are not for a linter to judge.
#![allow(clippy::all, clippy::unwrap_used, clippy::expect_used, clippy::panic, deprecated, non_camel_case_types)]

/// The runtime of all modules.
#[allow(missing_docs)]
#[path = "../../../generator/runtime/mod.rs"]
pub mod runtime;

/// Declares what a document's clients offer: in a generated crate, methods of `Client` and `blocking::Client`; here, where
/// all documents share these types, a trait of the module, `Operations`, and its `builder`.
macro_rules! client {
    ($($(#[$meta:meta])* $method:ident -> $module:ident::$Name:ident,)*) => {
        /// The methods of both clients.
        pub trait Operations: Sized + Clone {
            $(
                fn $method(&self) -> super::operations::$module::$Name<Self> {
                    super::operations::$module::$Name::new(self.clone())
                }
            )*
        }

        impl Operations for runtime::Client {}
        impl Operations for runtime::blocking::Client {}

        /// Settings for a client of either kind.
        pub fn builder<C: runtime::Caller>() -> runtime::Builder<C> {
            runtime::Builder::new(&API)
        }
    };
}
pub(crate) use client;

/// Tests of documents in `../shared`; where that is absent, they are ignored, and their code is not compiled.
#[macro_export]
macro_rules! reality {
    ($($(#[$meta:meta])* fn $name:ident() $body:block)*) => {
        $(
            $(#[$meta])*
            #[test]
            #[cfg_attr(not(shared), ignore = "needs ../shared/corpus")]
            fn $name() {
                #[cfg(shared)]
                $body
            }
        )*
    };
}

include!(concat!(env!("OUT_DIR"), "/documents.rs"));

/// Reads JSON, and checks that writing the value gives the same JSON.
#[track_caller]
pub fn read<T: serde::de::DeserializeOwned + serde::Serialize>(json: serde_json::Value) -> T {
    let value = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(written(&value), json);
    value
}

/// The JSON of a value.
#[track_caller]
pub fn written(value: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap()
}

/// A server on loopback that gives every request this response.
pub fn serve(status: u16, content_type: &str, body: &str) -> oasmith_tests::loopback::Loopback {
    let (content_type, body) = (content_type.to_owned(), body.to_owned());
    let respond = move || {
        let (content_type, body) = (content_type.clone(), body.clone());
        async move {
            let response = axum::http::Response::builder().status(status);
            let response =
                if content_type.is_empty() { response } else { response.header("content-type", content_type) };
            response.body(axum::body::Body::from(body)).unwrap()
        }
    };
    oasmith_tests::loopback::Loopback::start(axum::Router::new().fallback(respond)).unwrap()
}
