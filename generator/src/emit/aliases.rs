//! In: an alias or a newtype. Out: its Rust item.

use super::rust_type::{self, Scope, ident};
use super::{docs, print};
use crate::ir::{Api, Definition, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// Another name for a type.
pub(super) fn alias(api: &Api, definition: &Definition, inner: &Type) -> String {
    let (head, name, inner) = parts(api, definition, inner);
    print::items(quote! { #head pub type #name = #inner; })
}

/// A tuple struct that is written as what it holds.
pub(super) fn newtype(api: &Api, definition: &Definition, inner: &Type) -> String {
    let (head, name, inner) = parts(api, definition, inner);
    print::items(quote! {
        #head
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct #name(
            #[doc = " The value."]
            pub #inner,
        );
    })
}

fn parts(api: &Api, definition: &Definition, inner: &Type) -> (TokenStream, proc_macro2::Ident, TokenStream) {
    let docs = docs::or(definition.docs.as_deref(), || format!("{}.", docs::code(&definition.name)));
    let deprecated = docs::deprecated(definition.deprecated);
    (quote! { #docs #deprecated }, ident(&definition.name), rust_type::tokens(api, inner, Scope::Types))
}
