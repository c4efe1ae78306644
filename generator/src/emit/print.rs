//! In: tokens of Rust items. Out: their text. The one door to `syn` and `prettyplease`.

use proc_macro2::TokenStream;

/// Prints items with a blank line between two of them; `mod` and `use` lines stay together.
///
/// Tokens that are no items cannot come from this stage; they would be printed as they are, for `rustc` to refuse.
pub(super) fn items(tokens: TokenStream) -> String {
    let plain = tokens.to_string();
    let Ok(file) = syn::parse2::<syn::File>(tokens) else { return plain };
    let mut text = String::new();
    let mut dense = true;
    for item in file.items {
        let one_line = matches!(item, syn::Item::Mod(_) | syn::Item::Use(_));
        if !(dense && one_line || text.is_empty()) {
            text.push('\n');
        }
        dense = one_line;
        text.push_str(&spaced(&print(item)));
    }
    text
}

/// Prints one item.
fn print(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] })
}

/// Puts a blank line after each method of an `impl`, which prettyplease leaves out.
fn spaced(item: &str) -> String {
    let mut lines = item.lines().peekable();
    let mut text = String::new();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        if line == "    }" && lines.peek().is_some_and(|next| *next != "}") {
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::items;
    use quote::quote;

    #[test]
    fn items_and_methods_are_set_apart() {
        let text = items(quote! {
            mod a;
            use a::A;
            struct B;
            impl B { fn c() {} fn d() { if x { y(); } } }
        });
        assert_eq!(
            text,
            "mod a;\nuse a::A;\n\nstruct B;\n\nimpl B {\n    fn c() {}\n    fn d() {\n        if x {\n            y();\n        }\n    }\n}\n"
        );
    }
}
