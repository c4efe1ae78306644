//! In: an `Operation`. Out: its request type: a builder whose type says which required inputs are still missing.

use super::inputs::{self, Input, inputs};
use super::rust_type::{self, Scope, ident};
use super::{
    docs,
    marks::{Mark, marks},
};
use crate::ir::{Api, Operation, Success, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The request type of an operation and all that belongs to it. `created_by` is the path of the method that starts
/// one, as a doc link spells it: `Sms::send_sms_message`.
pub(super) fn items(api: &Api, operation: &Operation, created_by: &str) -> TokenStream {
    let inputs = inputs(operation);
    let name = ident(&operation.type_name);
    let marks = marks(&operation.type_name, &inputs);
    let parameters: Vec<_> = marks.iter().map(|mark| &mark.parameter).collect();
    let defaults = marks.iter().map(|Mark { parameter, name }| quote! { #parameter = required::#name });
    let docs = docs::attributes(&summary(created_by, &inputs));
    let value = inputs::type_name(operation);
    let provided = tuple(&parameters);
    let setters = inputs.iter().map(|input| setter(api, &name, input, &marks));
    let verbs = verbs(api, operation, &parameters);
    let deprecated = docs::deprecated(operation.deprecated);
    let inner = inputs::items(api, operation);
    quote! {
        #docs
        #deprecated
        #[must_use = "a request does nothing until it is sent"]
        #[derive(Clone, Debug)]
        pub struct #name<C, #(#defaults),*> {
            pub(crate) caller: C,
            pub(crate) inputs: #value,
            pub(crate) provided: PhantomData<#provided>,
        }
        impl<C, #(#parameters),*> #name<C, #(#parameters),*> { #(#setters)* #verbs }
        #inner
    }
}

/// What a successful call gives.
pub(super) fn output(api: &Api, operation: &Operation) -> TokenStream {
    let tokens = |r#type| rust_type::tokens(api, r#type, Scope::Crate);
    match &operation.success {
        Success::Json(r#type) => tokens(r#type),
        Success::OptionalJson(r#type) => {
            let inner = tokens(r#type);
            quote! { Option<#inner> }
        }
        Success::Text => quote! { String },
        Success::Bytes => quote! { bytes::Bytes },
        Success::Nothing => quote! { () },
        Success::Raw => quote! { http::Response<bytes::Bytes> },
    }
}

/// The type of a successful answer's JSON body.
pub(super) fn received(success: &Success) -> Option<&Type> {
    match success {
        Success::Json(r#type) | Success::OptionalJson(r#type) => Some(r#type),
        Success::Text | Success::Bytes | Success::Nothing | Success::Raw => None,
    }
}

/// The expression that starts a request for an operation of this path: `SendSmsMessage`.
pub(super) fn start(path: &TokenStream, caller: &TokenStream) -> TokenStream {
    quote! { #path { caller: #caller, inputs: Default::default(), provided: PhantomData } }
}

fn summary(created_by: &str, inputs: &[Input]) -> String {
    let required: Vec<_> = inputs.iter().filter(|input| input.required).map(|input| docs::code(input.name)).collect();
    let start = format!("A request for [`{created_by}`].");
    if required.is_empty() { start } else { format!("{start} Required: {}.", required.join(", ")) }
}

/// The type of the proof that all required inputs were given.
fn tuple(parameters: &[&Ident]) -> TokenStream {
    quote! { (#(#parameters,)*) }
}

/// The setter of an input. That of a required one changes the request's type.
fn setter(api: &Api, request: &Ident, input: &Input, marks: &[Mark]) -> TokenStream {
    let name = ident(input.name);
    let docs = docs::or(input.docs, || input.sentence.clone());
    let deprecated = docs::deprecated(input.deprecated);
    let (accepted, value) = input.accepted(api);
    if !input.required {
        return quote! {
            #docs
            #deprecated
            pub fn #name(mut self, #name: #accepted) -> Self {
                self.inputs.#name = Some(#value);
                self
            }
        };
    }
    let arguments = marks.iter().map(|mark| match mark.name == name {
        true => quote! { runtime::Set },
        false => {
            let parameter = &mark.parameter;
            quote! { #parameter }
        }
    });
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #accepted) -> #request<C, #(#arguments),*> {
            self.inputs.#name = Some(#value);
            #request { caller: self.caller, inputs: self.inputs, provided: PhantomData }
        }
    }
}

/// What can be done with a request that is complete.
fn verbs(api: &Api, operation: &Operation, parameters: &[&Ident]) -> TokenStream {
    let output = output(api, operation);
    let value = inputs::type_name(operation);
    let bounds = quote! { where C: runtime::Caller, #(#parameters: runtime::Provided),* };
    quote! {
        #[doc = " The request as a value, without credentials; nothing is sent."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = ""]
        #[doc = " If the inputs make no valid request."]
        pub fn request(&self) -> Result<http::Request<runtime::Body>, runtime::Error> #bounds {
            self.caller.request(&self.inputs)
        }
        #[doc = " Decodes an answer to this request that was received by other means."]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = ""]
        #[doc = " As for a request that is sent."]
        pub fn decode(&self, response: http::Response<bytes::Bytes>) -> Result<#output, runtime::Error>
        where C: runtime::Caller {
            self.caller.decode::<#value>(response)
        }
        #[doc = " Sends the request. On [`Client`](runtime::Client) this is a future, on"]
        #[doc = " [`blocking::Client`](runtime::blocking::Client) the result itself."]
        pub fn send(self) -> C::Sent<#output> #bounds {
            self.caller.send(self.inputs)
        }
    }
}
