//! In: an `Operation`. Out: its inputs, parameters and body alike.

use super::declare::literal;
use super::rust_type::{self, Scope};
use crate::ir::{Api, BodyShape, Location, Operation, Parameter, Style, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// What a caller gives to an operation.
pub(super) struct Input<'a> {
    /// The setter.
    pub(super) name: &'a str,
    /// The vendor's description.
    pub(super) docs: Option<&'a str>,
    /// Whether the document marks it as deprecated.
    pub(super) deprecated: bool,
    /// Whether a request without it cannot be sent.
    pub(super) required: bool,
    /// Its type; `None` for bytes.
    pub(super) r#type: Option<&'a Type>,
    /// The method of the runtime's `Call` that sends it, with its first arguments.
    pub(super) call: String,
}

impl Input<'_> {
    /// The type in the value that holds it.
    pub(super) fn stored(&self, api: &Api) -> TokenStream {
        match self.r#type {
            Some(r#type) => rust_type::tokens(api, r#type, Scope::Crate),
            None => quote! { runtime::Body },
        }
    }
}

/// The inputs of an operation: parameters in the document's order, then the body.
pub(super) fn inputs(operation: &Operation) -> Vec<Input<'_>> {
    let parameters = operation.parameters.iter().map(|parameter| Input {
        name: &parameter.name,
        docs: parameter.docs.as_deref(),
        deprecated: parameter.deprecated,
        required: parameter.required,
        r#type: Some(&parameter.r#type),
        call: call(parameter),
    });
    let body = operation.body.iter().map(|body| Input {
        name: &body.name,
        docs: body.docs.as_deref(),
        deprecated: false,
        required: body.required,
        r#type: match &body.shape {
            BodyShape::Json(r#type) => Some(r#type),
            BodyShape::Raw => None,
        },
        call: match body.shape {
            BodyShape::Json(_) => format!("json({})", literal(&body.media)),
            BodyShape::Raw => format!("raw({})", literal(&body.media)),
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
pub(super) fn type_name(operation: &Operation) -> String {
    format!("{}Inputs", operation.type_name)
}

/// The method that sends a parameter.
fn call(parameter: &Parameter) -> String {
    let (wire, explode) = (literal(&parameter.wire), parameter.explode);
    let json = parameter.style == Style::Json;
    let style = || format!("Style::{:?}", parameter.style);
    match parameter.location {
        Location::Path => format!("path({wire}, {}, {explode})", style()),
        Location::Query => format!("query({wire}, {}, {explode})", style()),
        Location::Header if json => format!("header_json({wire})"),
        Location::Header => format!("header({wire}, {explode})"),
        Location::Cookie if json => format!("cookie_json({wire})"),
        Location::Cookie => format!("cookie({wire}, {explode})"),
    }
}
