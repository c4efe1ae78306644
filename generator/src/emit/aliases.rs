//! In: an alias or a newtype. Out: its Rust item.

use super::json;
use super::rust_type::{self, Scope};
use crate::ir::{Api, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Another name for a type.
pub(super) fn alias(api: &Api, head: &TokenStream, name: &Ident, inner: &Type) -> TokenStream {
    let inner = rust_type::tokens(api, inner, Scope::Types);
    quote! { #head pub type #name = #inner; }
}

/// A tuple struct that is written as what it holds.
pub(super) fn newtype(api: &Api, head: &TokenStream, name: &Ident, inner: &Type) -> TokenStream {
    let inner = rust_type::tokens(api, inner, Scope::Types);
    let (serde, transparent) = (json::derives(), json::transparent());
    quote! {
        #head
        #[derive(Clone, Debug, PartialEq, #serde)]
        #transparent
        pub struct #name(
            #[doc = " The value."]
            pub #inner,
        );
    }
}
