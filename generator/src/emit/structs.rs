//! In: an object's properties. Out: the struct that holds them, and its `new`, which takes the required ones.

use super::json::{self, Member};
use super::rust_type::{self, Scope, ident};
use super::{docs, json::is_nullable};
use crate::ir::{Api, Field, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The name of the member that holds what no property names.
pub(super) const REST: &str = "additional_properties";

/// The struct and its constructor.
pub(super) fn item(api: &Api, head: &TokenStream, name: &Ident, fields: &[Field], rest: Option<&Type>) -> TokenStream {
    let members = fields.iter().map(|field| member(api, field));
    let rest_member = rest.map(|r#type| {
        let Member { attributes, r#type } = json::rest(api, r#type, Scope::Types);
        let name = ident(REST);
        quote! {
            #[doc = " The members that the description does not name."]
            #attributes
            pub #name: #r#type,
        }
    });
    let default = fields.iter().all(|field| !field.required).then(|| quote! { Default, });
    let serde = json::derives();
    let new = new(api, name, fields, rest.is_some());
    quote! {
        #head
        #[derive(Clone, Debug, #default PartialEq, #serde)]
        #[non_exhaustive]
        pub struct #name { #(#members)* #rest_member }
        #new
    }
}

fn member(api: &Api, field: &Field) -> TokenStream {
    let docs = docs::or(field.docs.as_deref(), || format!("The {} property.", docs::code(&field.wire)));
    let deprecated = docs::deprecated(field.deprecated);
    let Member { attributes, r#type } = json::member(api, field, Scope::Types);
    let name = ident(&field.name);
    quote! { #docs #deprecated #attributes pub #name: #r#type, }
}

/// `new`, which takes the required properties and leaves the others out.
fn new(api: &Api, name: &Ident, fields: &[Field], has_rest: bool) -> TokenStream {
    let required: Vec<_> = fields.iter().filter(|field| field.required).collect();
    let arguments = required.iter().map(|field| {
        let name = ident(&field.name);
        let (accepted, _) = given(api, field, Scope::Types);
        quote! { #name: #accepted }
    });
    let values = fields.iter().map(|field| {
        let name = ident(&field.name);
        let value = if field.required {
            given(api, field, Scope::Types).1
        } else {
            quote! { None }
        };
        if value.to_string() == field.name {
            quote! { #name, }
        } else {
            quote! { #name: #value, }
        }
    });
    let rest = has_rest.then(|| {
        let name = ident(REST);
        quote! { #name: std::collections::BTreeMap::new(), }
    });
    let docs = match required.as_slice() {
        [] => " All properties left out; set those you need.",
        _ => " The required properties given, all others left out.",
    };
    quote! {
        impl #name {
            #[doc = #docs]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values)* #rest }
            }
        }
    }
}

/// What `new` takes for a required property, and the expression for its member.
pub(super) fn given(api: &Api, field: &Field, scope: Scope) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    let (accepted, value) = rust_type::accepted(api, &field.r#type, scope, &name);
    if is_nullable(api, field) {
        let own = json::member(api, field, scope).r#type;
        return (own, quote! { #name });
    }
    (accepted, value)
}
