//! In: `Type`. Out: the Rust type for it, as tokens and as text, and how a caller may give a value of it.

use crate::ir::{Api, Float, Integer, Shape, Type, TypeId};
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
        Type::Object => quote! { serde_json::Map<String, serde_json::Value> },
        Type::String => quote! { String },
        Type::Boolean => quote! { bool },
        Type::Integer(Integer::I32) => quote! { i32 },
        Type::Integer(Integer::I64) => quote! { i64 },
        Type::Integer(Integer::U32) => quote! { u32 },
        Type::Integer(Integer::U64) => quote! { u64 },
        Type::Number(Float::F32) => quote! { f32 },
        Type::Number(Float::F64) => quote! { f64 },
        Type::Array(item) => {
            let item = inner(item);
            quote! { Vec<#item> }
        }
        Type::Map(item) => {
            let item = inner(item);
            quote! { std::collections::BTreeMap<String, #item> }
        }
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
    }
}

/// The Rust type as text: `Option<types::Thing>`.
pub(super) fn text(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "").replace(',', ", ").replace(", )", ",)").replace("implInto<", "impl Into<")
}

/// The type that a setter or a constructor takes, and the expression that makes the value of what was given.
pub(super) fn accepted(api: &Api, r#type: &Type, scope: Scope, given: &Ident) -> (TokenStream, TokenStream) {
    let own = tokens(api, r#type, scope);
    match r#type {
        Type::Named(id) if matches!(api.types.get(*id).shape, Shape::Union(_)) => {
            (quote! { impl Into<#own> }, quote! { #given.into() })
        }
        Type::String | Type::Json => (quote! { impl Into<#own> }, quote! { #given.into() }),
        _ => (own, quote! { #given }),
    }
}

/// Whether a value of this type may itself be null: then null is a value like others.
pub(super) fn holds_null(api: &Api, r#type: &Type) -> bool {
    let mut r#type = r#type;
    // An alias that leads back to itself would be a newtype.
    while let Type::Named(id) = r#type {
        let Some(aliased) = aliased(api, *id) else { return false };
        r#type = aliased;
    }
    matches!(r#type, Type::Json | Type::Nullable(_))
}

/// What a definition is another name for.
pub(super) fn aliased(api: &Api, id: TypeId) -> Option<&Type> {
    match &api.types.get(id).shape {
        Shape::Alias(aliased) => Some(aliased),
        _ => None,
    }
}

/// The definitions that a type uses.
pub(super) fn named_in(r#type: &Type) -> Vec<TypeId> {
    match r#type {
        Type::Named(id) | Type::Boxed(id) => vec![*id],
        Type::Array(item) | Type::Map(item) | Type::Nullable(item) => named_in(item),
        Type::Tuple(items) => items.iter().flat_map(named_in).collect(),
        _ => Vec::new(),
    }
}

fn named(api: &Api, id: TypeId, scope: Scope) -> TokenStream {
    let name = ident(&api.types.get(id).name);
    match scope {
        Scope::Types => quote! { #name },
        Scope::Crate => quote! { types::#name },
    }
}
