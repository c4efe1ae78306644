//! In: a `Field`. Out: how it stands in a struct so that serde keeps null and absence apart. The one door to serde's
//! attributes.
//!
//! | required | nullable | Rust                | JSON                                      |
//! |----------|----------|---------------------|-------------------------------------------|
//! | yes      | no       | `T`                 | must be there                             |
//! | no       | no       | `Option<T>`         | left out when `None`; null reads as `None` |
//! | yes      | yes      | `Option<T>`         | must be there, `None` is null             |
//! | no       | yes      | `Option<Option<T>>` | left out when `None`, `Some(None)` is null |
//!
//! A type that holds null itself (any JSON value) needs no `Option` for it.

use super::rust_type::{self, Scope, ident};
use crate::ir::{Api, Field, Type, Union};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// Derives what a struct needs to be read and written.
pub(super) fn derives() -> TokenStream {
    quote! { serde::Serialize, serde::Deserialize }
}

/// How a field is written into its struct.
pub(super) struct Member {
    /// The attributes.
    pub(super) attributes: TokenStream,
    /// The type.
    pub(super) r#type: TokenStream,
}

/// The member for a property.
pub(super) fn member(api: &Api, field: &Field, scope: Scope) -> Member {
    let own = rust_type::tokens(api, &field.r#type, scope);
    let nullable = is_nullable(api, field);
    let mut arguments = Vec::new();
    if field.name != field.wire {
        let wire = &field.wire;
        arguments.push(quote! { rename = #wire });
    }
    if !field.required {
        arguments.push(quote! { default });
        arguments.push(quote! { skip_serializing_if = "Option::is_none" });
    }
    match (field.required, nullable) {
        // Without this, serde would take a missing member for null.
        (true, true) => arguments.push(quote! { deserialize_with = "super::super::runtime::json::nullable" }),
        // Without this, serde would take null for a missing member.
        (false, true) => arguments.push(quote! { deserialize_with = "super::super::runtime::json::double" }),
        (false, false) if rust_type::holds_null(api, &field.r#type) => {
            arguments.push(quote! { deserialize_with = "super::super::runtime::json::double" });
        }
        _ => {}
    }
    let r#type = match (field.required, nullable) {
        (true, false) => own,
        (true, true) | (false, false) => quote! { Option<#own> },
        (false, true) => quote! { Option<Option<#own>> },
    };
    let attributes = if arguments.is_empty() {
        quote! {}
    } else {
        quote! { #[serde(#(#arguments),*)] }
    };
    Member { attributes, r#type }
}

/// The member for what no property names.
pub(super) fn rest(api: &Api, r#type: &Type, scope: Scope) -> Member {
    let own = rust_type::tokens(api, r#type, scope);
    Member { attributes: quote! { #[serde(flatten)] }, r#type: quote! { std::collections::BTreeMap<String, #own> } }
}

/// The attribute of a tuple struct that is written as what it holds.
pub(super) fn transparent() -> TokenStream {
    quote! { #[serde(transparent)] }
}

/// Writes a type as its `as_str()` and reads it with `From<String>`.
pub(super) fn as_text(name: &Ident) -> TokenStream {
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
    }
}

/// Writes a number, and reads any number.
pub(super) fn as_number(name: &Ident) -> TokenStream {
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                i64::deserialize(deserializer).map(Self::from)
            }
        }
    }
}

/// Reads a union by its table of forms, and writes each variant as what it holds.
pub(super) fn as_union(name: &Ident, union: &Union, table: &TokenStream) -> TokenStream {
    let written = union.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        match &variant.tag {
            Some((key, value)) => {
                quote! { Self::#name(content) => union::write_tagged(content, #key, #value, serializer), }
            }
            None => quote! { Self::#name(content) => union::write(content, serializer), },
        }
    });
    let decoded = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, variant) = (Literal::usize_unsuffixed(index), ident(&variant.name));
        quote! { Some(#index) => Self::#variant(union::decode(value)?), }
    });
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use super::super::runtime::union;
                match self {
                    #(#written)*
                    Self::Unknown(value) => union::write(value, serializer),
                }
            }
        }
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use super::super::runtime::union::{self, Form};
                static FORMS: &[&[Form]] = #table;
                let (proven, value) = union::read(deserializer, FORMS)?;
                Ok(match proven {
                    #(#decoded)*
                    _ => Self::Unknown(value),
                })
            }
        }
    }
}

/// Whether null must be told apart from every value of the field's type.
pub(super) fn is_nullable(api: &Api, field: &Field) -> bool {
    field.nullable && !rust_type::holds_null(api, &field.r#type)
}

#[cfg(test)]
mod tests {
    use super::member;
    use crate::emit::rust_type::{Scope, text};
    use crate::emit::sample::field;
    use crate::ir::{Api, Type};

    /// The type, and whether each of `default` and `deserialize_with` is asked for.
    fn shape(r#type: Type, required: bool, nullable: bool) -> (String, bool, bool) {
        let member = member(&Api::default(), &field("a", r#type, required, nullable), Scope::Types);
        let attributes = member.attributes.to_string();
        (text(&member.r#type), attributes.contains("default"), attributes.contains("deserialize_with"))
    }

    #[test]
    fn null_and_absence_differ_where_both_are_possible() {
        assert_eq!(shape(Type::Boolean, true, false), ("bool".to_owned(), false, false));
        assert_eq!(shape(Type::Boolean, false, false), ("Option<bool>".to_owned(), true, false));
        assert_eq!(shape(Type::Boolean, true, true), ("Option<bool>".to_owned(), false, true));
        assert_eq!(shape(Type::Boolean, false, true), ("Option<Option<bool>>".to_owned(), true, true));
    }

    #[test]
    fn any_value_holds_null_itself() {
        assert_eq!(shape(Type::Json, true, true), ("serde_json::Value".to_owned(), false, false));
        assert_eq!(shape(Type::Json, false, true), ("Option<serde_json::Value>".to_owned(), true, true));
    }

    #[test]
    fn names_are_escaped() {
        let mut odd = field("a", Type::Boolean, true, false);
        odd.wire = "a \"b\"\\".to_owned();
        let attributes = member(&Api::default(), &odd, Scope::Types).attributes.to_string();
        assert_eq!(attributes, r##"# [serde (rename = "a \"b\"\\")]"##);
    }
}
