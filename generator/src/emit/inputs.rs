//! In: an `Operation`. Out: its inputs, parameters and body alike, and the value that holds them until they are sent.

use super::rust_type::{self, Scope, ident};
use super::{docs, requests};
use crate::ir::{Api, BodyShape, Location, Operation, Parameter, Style, Success, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// What a caller gives to an operation.
pub(super) struct Input<'a> {
    /// The setter.
    pub(super) name: &'a str,
    /// The vendor's description.
    pub(super) docs: Option<&'a str>,
    /// What stands in its place: "The `source` parameter (query).".
    pub(super) sentence: String,
    /// Whether the document marks it as deprecated.
    pub(super) deprecated: bool,
    /// Whether a request without it cannot be sent.
    pub(super) required: bool,
    /// Its type; `None` for bytes.
    pub(super) r#type: Option<&'a Type>,
}

impl Input<'_> {
    /// The type in the value that holds it.
    pub(super) fn stored(&self, api: &Api) -> TokenStream {
        match self.r#type {
            Some(r#type) => rust_type::tokens(api, r#type, Scope::Crate),
            None => quote! { runtime::Body },
        }
    }

    /// The type that its setter takes, and the expression that makes the stored value of it.
    pub(super) fn accepted(&self, api: &Api) -> (TokenStream, TokenStream) {
        let name = ident(self.name);
        match self.r#type {
            Some(r#type) => rust_type::accepted(api, r#type, Scope::Crate, &name),
            None => (quote! { impl Into<runtime::Body> }, quote! { #name.into() }),
        }
    }
}

/// The inputs of an operation: parameters in the document's order, then the body.
pub(super) fn inputs(operation: &Operation) -> Vec<Input<'_>> {
    let parameters = operation.parameters.iter().map(|parameter| Input {
        name: &parameter.name,
        docs: parameter.docs.as_deref(),
        sentence: format!("The {} parameter ({}).", docs::code(&parameter.wire), place(parameter.location)),
        deprecated: parameter.deprecated,
        required: parameter.required,
        r#type: Some(&parameter.r#type),
    });
    let body = operation.body.iter().map(|body| Input {
        name: &body.name,
        docs: body.docs.as_deref(),
        sentence: format!("The body ({}).", docs::code(&body.media)),
        deprecated: false,
        required: body.required,
        r#type: match &body.shape {
            BodyShape::Json(r#type) => Some(r#type),
            BodyShape::Raw => None,
        },
    });
    parameters.chain(body).collect()
}

/// Where a parameter is sent, in OpenAPI's word.
pub(super) fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The name of the value that holds an operation's inputs.
pub(super) fn type_name(operation: &Operation) -> Ident {
    format_ident!("{}Inputs", operation.type_name)
}

/// The value that holds an operation's inputs, and how it becomes a request and an answer a value.
pub(super) fn items(api: &Api, operation: &Operation) -> TokenStream {
    let name = type_name(operation);
    let inputs = inputs(operation);
    let members = inputs.iter().map(|input| {
        let (name, stored) = (ident(input.name), input.stored(api));
        quote! { #name: Option<#stored> }
    });
    let output = requests::output(api, operation);
    let id = &operation.id;
    let security = operation.security.iter().map(|together| quote! { &[#(#together),*] });
    let call = call(operation);
    let decode = format_ident!("{}", decoder(&operation.success));
    quote! {
        #[derive(Clone, Debug, Default)]
        pub(crate) struct #name { #(#members),* }
        impl runtime::Operation for #name {
            type Output = #output;
            const ID: &'static str = #id;
            const SECURITY: &'static [&'static [&'static str]] = &[#(#security),*];
            fn call(&self) -> Result<runtime::Call, runtime::Error> { #call }
            fn decode(response: http::Response<bytes::Bytes>) -> Result<Self::Output, runtime::Error> {
                runtime::decode::#decode(response)
            }
        }
    }
}

/// The body of `Operation::call`: one line for each input.
fn call(operation: &Operation) -> TokenStream {
    let method = ident(&operation.method);
    let path = &operation.path;
    let new = quote! { runtime::Call::new(http::Method::#method, #path) };
    let mut lines: Vec<_> = operation.parameters.iter().map(parameter).collect();
    if let Some(body) = &operation.body {
        let (name, media) = (ident(&body.name), &body.media);
        lines.push(match body.shape {
            BodyShape::Json(_) => quote! { call.json(#media, &self.#name)?; },
            BodyShape::Raw => quote! { call.raw(#media, &self.#name); },
        });
    }
    let media = accepted_media(operation);
    if !media.is_empty() {
        lines.push(quote! { call.accept(#media); });
    }
    if lines.is_empty() {
        quote! { Ok(#new) }
    } else {
        quote! { let mut call = #new; #(#lines)* Ok(call) }
    }
}

/// The line that adds a parameter to the call.
fn parameter(parameter: &Parameter) -> TokenStream {
    let (name, wire, explode) = (ident(&parameter.name), &parameter.wire, parameter.explode);
    let style = style(parameter.style);
    let json = parameter.style == Style::Json;
    match parameter.location {
        Location::Path => quote! { call.path(#wire, runtime::Style::#style, #explode, &self.#name)?; },
        Location::Query => quote! { call.query(#wire, runtime::Style::#style, #explode, &self.#name)?; },
        Location::Header if json => quote! { call.header_json(#wire, &self.#name)?; },
        Location::Header => quote! { call.header(#wire, #explode, &self.#name)?; },
        Location::Cookie if json => quote! { call.cookie_json(#wire, &self.#name)?; },
        Location::Cookie => quote! { call.cookie(#wire, #explode, &self.#name)?; },
    }
}

fn style(style: Style) -> Ident {
    ident(match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Json => "Json",
    })
}

/// The media types of the successful answers, for the `Accept` header (RFC 9110, section 12.5.1).
fn accepted_media(operation: &Operation) -> String {
    let mut media = Vec::new();
    for response in operation.responses.iter().filter(|response| response.status.starts_with('2')) {
        if let Some(name) = response.media.as_deref().filter(|name| !media.contains(name)) {
            media.push(name);
        }
    }
    media.join(", ")
}

/// The function of the runtime that decodes a successful answer.
fn decoder(success: &Success) -> &'static str {
    match success {
        Success::Json(_) => "json",
        Success::OptionalJson(_) => "optional_json",
        Success::Text => "text",
        Success::Bytes => "bytes",
        Success::Nothing => "nothing",
        Success::Raw => "raw",
    }
}
