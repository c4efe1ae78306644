//! In: the values of an open set of whole numbers. Out: the enum, which keeps values that it does not know.

use super::enums::variants;
use super::json;
use super::rust_type::ident;
use crate::ir::Constant;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The enum, its number and its JSON form.
pub(super) fn item(head: &TokenStream, name: &Ident, constants: &[Constant]) -> TokenStream {
    let variants = variants(constants);
    let names: Vec<_> = constants.iter().map(|constant| ident(&constant.name)).collect();
    let numbers: Vec<_> = constants.iter().map(number).collect();
    let json = json::as_number(name);
    quote! {
        #head
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #variants
            #[doc = " A number that the description does not name; it is kept and written back as it came."]
            Unknown(i64),
        }
        impl #name {
            #[doc = " The number in JSON."]
            pub const fn as_i64(self) -> i64 {
                match self {
                    #(Self::#names => #numbers,)*
                    Self::Unknown(number) => number,
                }
            }
        }
        impl From<i64> for #name {
            fn from(number: i64) -> Self {
                match number {
                    #(#numbers => Self::#names,)*
                    _ => Self::Unknown(number),
                }
            }
        }
        impl From<#name> for i64 {
            fn from(value: #name) -> Self {
                value.as_i64()
            }
        }
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
        #json
    }
}

/// The digits, with their sign.
fn number(constant: &Constant) -> TokenStream {
    constant.wire.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::item;
    use crate::emit::print;
    use crate::ir::Constant;
    use quote::{format_ident, quote};

    #[test]
    fn unknown_numbers_are_kept() {
        let constant = |name: &str, wire: &str| Constant { name: name.into(), wire: wire.into(), docs: None };
        let constants = [constant("V1", "1"), constant("Least", "-9223372036854775808")];
        let text = print::items(item(&quote! {}, &format_ident!("Level"), &constants));
        let parts = [
            "    /// `1`.\n    V1,\n",
            "            Self::Least => -9223372036854775808,\n            Self::Unknown(number) => number,\n",
            "            -9223372036854775808 => Self::Least,\n            _ => Self::Unknown(number),\n",
            "serializer.serialize_i64(self.as_i64())",
        ];
        for part in parts {
            assert!(text.contains(part), "{part}\nin\n{text}");
        }
    }
}
