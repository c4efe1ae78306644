//! In: the values of an open set of strings. Out: the enum, which keeps values that it does not know.

use super::rust_type::ident;
use super::{docs, json};
use crate::ir::Constant;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The enum, its text form and its JSON form.
pub(super) fn item(head: &TokenStream, name: &Ident, constants: &[Constant]) -> TokenStream {
    let variants = variants(constants);
    let text = text(name, constants);
    let json = json::as_text(name);
    quote! {
        #head
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #variants
            #[doc = " A value that the description does not name; it is kept and written back as it came."]
            Unknown(String),
        }
        #text
        #json
    }
}

/// The constants, each with its value and what is said of it.
pub(super) fn variants(constants: &[Constant]) -> TokenStream {
    let variant = |constant: &Constant| {
        let wire = docs::code(&constant.wire);
        let docs = constant.docs.as_ref().map_or_else(|| format!("{wire}."), |docs| format!("{wire}: {docs}"));
        let (docs, name) = (docs::attributes(&docs), ident(&constant.name));
        quote! { #docs #name, }
    };
    constants.iter().map(variant).collect()
}

/// `as_str`, and what follows from it.
fn text(name: &Ident, constants: &[Constant]) -> TokenStream {
    let names: Vec<_> = constants.iter().map(|constant| ident(&constant.name)).collect();
    let wires: Vec<_> = constants.iter().map(|constant| &constant.wire).collect();
    quote! {
        impl #name {
            #[doc = " The text in JSON."]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #wires,)*
                    Self::Unknown(text) => text,
                }
            }
        }
        impl From<&str> for #name {
            fn from(text: &str) -> Self {
                match text {
                    #(#wires => Self::#names,)*
                    _ => Self::Unknown(text.to_owned()),
                }
            }
        }
        impl From<String> for #name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }
        impl std::str::FromStr for #name {
            type Err = std::convert::Infallible;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::item;
    use crate::emit::print;
    use crate::ir::Constant;
    use quote::{format_ident, quote};

    #[test]
    fn unknown_values_are_kept() {
        let active = Constant { name: "Active".to_owned(), wire: "is \"active\"".to_owned(), docs: None };
        let text = print::items(item(&quote! {}, &format_ident!("Status"), &[active]));
        let parts = [
            "    /// `is \"active\"`.\n    Active,\n",
            "    Unknown(String),\n}\n\nimpl Status {",
            "            Self::Active => \"is \\\"active\\\"\",\n            Self::Unknown(text) => text,\n",
            "            \"is \\\"active\\\"\" => Self::Active,\n            _ => Self::Unknown(text.to_owned()),\n",
            "impl serde::Serialize for Status {",
        ];
        for part in parts {
            assert!(text.contains(part), "{part}\nin\n{text}");
        }
    }
}
