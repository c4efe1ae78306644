//! In: an `Operation`. Out: the declaration of its request type: a builder whose type says which required inputs are
//! still missing.

use super::declare::{Declaration, literal};
use super::inputs::{self, Input, inputs};
use super::rust_type::{self, Scope, text};
use super::{docs, marks};
use crate::ir::{Api, Operation, Success, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The declaration of an operation. `created_by` is the path of the method that starts a request, as a doc link spells
/// it: `Sms::send_sms_message`.
pub(super) fn item(api: &Api, operation: &Operation, created_by: &str) -> String {
    let inputs = inputs(operation);
    let (required, optional): (Vec<_>, Vec<_>) = inputs.iter().partition(|input| input.required);
    let names: Vec<_> = required.iter().map(|input| input.name).collect();
    let marks = marks::marks(&names, &[operation.type_name.as_str()]);
    let mut declaration = Declaration::new("operation");
    declaration.docs(&summary(created_by, &required));
    if operation.deprecated {
        declaration.line("#[deprecated]");
    }
    declaration.line(&format!("pub struct {}, {};", operation.type_name, inputs::type_name(operation)));
    declaration.line(&format!("{} {} {};", operation.method, literal(&operation.path), literal(&operation.id)));
    if let Some(server) = &operation.server {
        declaration.line(&format!("server {};", literal(server)));
    }
    let together = |schemes: &Vec<String>| {
        let schemes: Vec<_> = schemes.iter().map(|scheme| literal(scheme)).collect();
        format!("[{}]", schemes.join(", "))
    };
    let security: Vec<_> = operation.security.iter().map(together).collect();
    if !security.is_empty() {
        declaration.line(&format!("security [{}];", security.join(", ")));
    }
    let accepted = inputs::accepted_media(operation);
    if !accepted.is_empty() {
        declaration.line(&format!("accept {};", literal(&accepted)));
    }
    let output = text(&output(api, operation));
    declaration.line(&format!("answer {} -> {output};", inputs::decoder(&operation.success)));
    let required: Vec<_> = required.iter().zip(&marks).collect();
    declaration.section("required", &required, |section, (input, mark)| {
        member(api, section, input, &format!("({mark})"));
    });
    declaration.section("optional", &optional, |section, input| member(api, section, input, ""));
    declaration.end()
}

fn member(api: &Api, section: &mut Declaration, input: &Input, mark: &str) {
    section.vendor(input.docs, input.deprecated);
    section.line(&format!("{}{mark}: {} = {},", input.name, text(&input.stored(api)), input.call));
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

fn summary(created_by: &str, required: &[&Input]) -> String {
    let required: Vec<_> = required.iter().map(|input| docs::code(input.name)).collect();
    let start = format!("A request for [`{created_by}`].");
    if required.is_empty() { start } else { format!("{start} Required: {}.", required.join(", ")) }
}
