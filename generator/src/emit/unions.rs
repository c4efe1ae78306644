//! In: a union. Out: the enum of its variants, which keeps values that are none of them, and the table that proves
//! which variant a value is.

use super::rust_type::{self, Scope, ident};
use super::{docs, json};
use crate::ir::{Api, Form, Members, Type, TypeId, Union, Variant};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The enum, its conversions and its JSON form.
pub(super) fn item(api: &Api, head: &TokenStream, name: &Ident, union: &Union) -> TokenStream {
    let proof = docs::attributes(&proof(union));
    let variants = union.variants.iter().map(|variant| {
        let docs = docs::attributes(&sentence(&variant.forms));
        let (name, payload) = (ident(&variant.name), rust_type::tokens(api, &variant.r#type, Scope::Types));
        quote! { #docs #name(#payload), }
    });
    let conversions = conversions(api, name, union);
    let json = json::as_union(name, union, &table(union));
    quote! {
        #head
        #[doc = ""]
        #proof
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A value that is none of these; it is kept and written back as it came."]
            Unknown(serde_json::Value),
        }
        #conversions
        #json
    }
}

/// How the variants are told apart.
fn proof(union: &Union) -> String {
    let looks_inside = |form: &Form| matches!(form, Form::Object(members) if *members != Members::default());
    match &union.key {
        Some(key) => format!("Told apart by {}.", docs::code(key)),
        None if union.variants.iter().flat_map(|variant| &variant.forms).any(looks_inside) => {
            "Told apart by the members that are there.".to_owned()
        }
        None => "Told apart by what the JSON is.".to_owned(),
    }
}

/// What the JSON of a variant is.
fn sentence(forms: &[Form]) -> String {
    match forms {
        [Form::Boolean] => "`true` or `false`.".to_owned(),
        [Form::Integer] => "A whole number.".to_owned(),
        [Form::Number] | [Form::Integer, Form::Number] => "A number.".to_owned(),
        [Form::Text] => "A string.".to_owned(),
        [Form::Constant(_)] => "One of the strings that the description names.".to_owned(),
        [Form::List(_)] => "A list.".to_owned(),
        [Form::Object(Members { constants, .. })] => match constants.as_slice() {
            [(key, values)] if values.len() <= 3 => {
                let values: Vec<_> = values.iter().map(|value| docs::code(value)).collect();
                format!("An object whose {} is {}.", docs::code(key), values.join(" or "))
            }
            _ => "An object.".to_owned(),
        },
        _ => "A value of several forms.".to_owned(),
    }
}

/// `From` for every content that only one variant has.
fn conversions(api: &Api, name: &Ident, union: &Union) -> TokenStream {
    let contents: Vec<_> = union.variants.iter().map(|variant| resolved(api, &variant.r#type)).collect();
    let one = |(variant, content): (&Variant, &Type)| {
        let lone = contents.iter().filter(|other| *other == content).count() == 1;
        let itself = matches!(content, Type::Named(id) if api.types.get(*id).name == *name.to_string());
        if !lone || itself {
            return None;
        }
        let (variant_name, own) =
            (ident(&variant.name), rust_type::tokens(api, &unboxed(&variant.r#type), Scope::Types));
        let value = if matches!(variant.r#type, Type::Boxed(_)) {
            quote! { Box::new(value) }
        } else {
            quote! { value }
        };
        let text = (*content == Type::String).then(|| {
            quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#variant_name(value.to_owned())
                    }
                }
            }
        });
        Some(quote! {
            impl From<#own> for #name {
                fn from(value: #own) -> Self {
                    Self::#variant_name(#value)
                }
            }
            #text
        })
    };
    let all = union.variants.iter().zip(&contents).filter_map(one);
    quote! { #(#all)* }
}

fn unboxed(r#type: &Type) -> Type {
    match r#type {
        Type::Boxed(id) => Type::Named(*id),
        other => other.clone(),
    }
}

/// The type behind all other names for it: two types that are equal then are one type to the compiler.
fn resolved(api: &Api, r#type: &Type) -> Type {
    let inner = |r#type: &Type| Box::new(resolved(api, r#type));
    let named = |id: &TypeId| match rust_type::aliased(api, *id) {
        Some(target) => resolved(api, target),
        None => Type::Named(*id),
    };
    match r#type {
        Type::Named(id) | Type::Boxed(id) => named(id),
        Type::Array(item) => Type::Array(inner(item)),
        Type::Map(item) => Type::Map(inner(item)),
        Type::Nullable(item) => Type::Nullable(inner(item)),
        Type::Tuple(items) => Type::Tuple(items.iter().map(|item| resolved(api, item)).collect()),
        other => other.clone(),
    }
}

/// The forms of each variant, as the runtime's table.
fn table(union: &Union) -> TokenStream {
    let rows = union.variants.iter().map(|variant| forms(&variant.forms));
    quote! { &[#(#rows),*] }
}

fn forms(all: &[Form]) -> TokenStream {
    let all = all.iter().map(form);
    quote! { &[#(#all),*] }
}

fn form(form: &Form) -> TokenStream {
    match form {
        Form::Null => quote! { Form::Null },
        Form::Boolean => quote! { Form::Boolean },
        Form::Integer => quote! { Form::Integer },
        Form::Number => quote! { Form::Number },
        Form::Text => quote! { Form::Text },
        Form::Constant(values) => quote! { Form::Constant(&[#(#values),*]) },
        Form::List(items) => {
            let items = forms(items);
            quote! { Form::List(#items) }
        }
        Form::Object(Members { required, constants, known }) => {
            let constants = constants.iter().map(|(key, values)| quote! { (#key, &[#(#values),*]) });
            quote! {
                Form::Object(&[#(#required),*], &[#(#constants),*], &[#(#known),*])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::item;
    use crate::emit::print;
    use crate::emit::sample;
    use crate::ir::Shape;
    use quote::{format_ident, quote};

    #[test]
    fn one_match_over_the_proof() {
        let api = sample::api();
        let definition = api.types.0.iter().find(|one| one.name == "Content").unwrap();
        let Shape::Union(union) = &definition.shape else { panic!("{definition:?}") };
        let text = print::items(item(&api, &quote! {}, &format_ident!("Content"), union));
        let parts = [
            "/// Told apart by `kind`.\n#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum Content {",
            "    /// An object whose `kind` is `node`.\n    Node(Box<ContentNode>),\n",
            "    Unknown(serde_json::Value),\n}",
            "impl From<ContentNode> for Content {",
            "        Self::Node(Box::new(value))",
            "impl From<&str> for Content {",
            "            Some(2) => Self::Node(union::decode(value)?),\n",
            "            _ => Self::Unknown(value),\n",
            "            Self::Text(content) => union::write(content, serializer),\n",
        ];
        for part in parts {
            assert!(text.contains(part), "{part}\nin\n{text}");
        }
        // Another name for a string is no other type: neither has a `From`.
        assert!(!text.contains("impl From<Vec<"), "{text}");
    }
}
