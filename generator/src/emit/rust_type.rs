//! In: `Type`. Out: the Rust type for it, as tokens and as text.

use super::formats;
use crate::ir::{Api, Float, Shape, Type, TypeId};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// How a place in the generated crate reaches a named type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// By its name: inside `types`.
    Types,
    /// As `types::Name`: anywhere else.
    Crate,
}

/// A name of the `Api` as an identifier.
pub(super) fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}

/// The Rust type.
pub(super) fn tokens(api: &Api, r#type: &Type, scope: Scope) -> TokenStream {
    let inner = |r#type| tokens(api, r#type, scope);
    match r#type {
        Type::Named(id) => named(api, *id, scope),
        Type::Boxed(id) => {
            let named = named(api, *id, scope);
            quote! { Box<#named> }
        }
        Type::Json => quote! { serde_json::Value },
        Type::Null => quote! { () },
        Type::Object => quote! { serde_json::Map<String, serde_json::Value> },
        Type::String => quote! { String },
        Type::Boolean => quote! { bool },
        Type::Format(format) => formats::tokens(*format),
        Type::Integer(integer) => {
            let (signed, bits) = integer.width();
            let integer = format_ident!("{}{bits}", if signed { "i" } else { "u" });
            quote! { #integer }
        }
        Type::Number(Float::F32) => quote! { f32 },
        Type::Number(Float::F64) => quote! { f64 },
        Type::Array(item) => {
            let item = inner(item);
            quote! { Vec<#item> }
        }
        Type::Map(item) => map(api, item, scope),
        Type::Tuple(items) => {
            let items: Vec<_> = items.iter().map(inner).collect();
            // The comma makes a tuple of one.
            match items.as_slice() {
                [lone] => quote! { (#lone,) },
                items => quote! { (#(#items),*) },
            }
        }
        Type::Nullable(item) => {
            let item = inner(item);
            quote! { Option<#item> }
        }
        Type::Lenient(item) => {
            let item = inner(item);
            quote! { formats::Lenient<#item> }
        }
    }
}

/// The map whose values are of a type.
pub(super) fn map(api: &Api, item: &Type, scope: Scope) -> TokenStream {
    let item = tokens(api, item, scope);
    quote! { std::collections::BTreeMap<String, #item> }
}

/// The Rust type as text: `Option<types::Thing>`.
pub(super) fn text(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "").replace(',', ", ").replace(", )", ",)")
}

/// Whether a value of this type may itself be null: then null is a value like others.
pub(super) fn holds_null(api: &Api, r#type: &Type) -> bool {
    matches!(resolved(api, r#type), Type::Json | Type::Null | Type::Nullable(_))
}

/// The type that another name stands for. None leads back to itself: `lower` has mended those.
pub(super) fn resolved<'a>(api: &'a Api, mut r#type: &'a Type) -> &'a Type {
    while let Type::Named(id) = r#type {
        let Some(aliased) = aliased(api, *id) else { break };
        r#type = aliased;
    }
    r#type
}

/// What a definition is another name for.
pub(super) fn aliased(api: &Api, id: TypeId) -> Option<&Type> {
    match &api.types.get(id).shape {
        Shape::Alias(aliased) => Some(aliased),
        _ => None,
    }
}

fn named(api: &Api, id: TypeId, scope: Scope) -> TokenStream {
    let name = ident(&api.types.get(id).name);
    match scope {
        Scope::Types => quote! { #name },
        Scope::Crate => quote! { types::#name },
    }
}
