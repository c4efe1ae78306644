//! In: Markdown. Out: `#[doc]` attributes, and the sentences that stand where the vendor wrote none.
//!
//! What the vendor wrote goes through [`vendor`] or [`line`] first; what this stage writes itself is taken as it is.

mod characters;
mod markdown;
mod tags;

use proc_macro2::TokenStream;
use quote::quote;

/// One `#[doc]` attribute for each line.
pub(super) fn attributes(markdown: &str) -> TokenStream {
    let lines = markdown.lines().map(|line| match line.trim_end() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote! { #(#[doc = #lines])* }
}

/// The lines of an inner doc comment, `//! ..`, each with its newline.
pub(super) fn inner(markdown: &str) -> String {
    markdown.lines().map(|line| format!("//! {line}").trim_end().to_owned() + "\n").collect()
}

/// What the vendor wrote, made safe for rustdoc; `None` if it says nothing.
pub(super) fn vendor(text: Option<&str>) -> Option<String> {
    let safe = markdown::safe(text?);
    (!safe.is_empty()).then_some(safe)
}

/// What the vendor wrote, on one line and safe for rustdoc; `None` if it says nothing.
pub(super) fn line(text: Option<&str>) -> Option<String> {
    let flat: Vec<_> = text?.split_whitespace().collect();
    let safe = vendor(Some(&flat.join(" ")))?;
    Some(safe.lines().collect::<Vec<_>>().join(" "))
}

/// What the vendor wrote, or else this sentence.
pub(super) fn or(text: Option<&str>, sentence: impl FnOnce() -> String) -> TokenStream {
    attributes(&vendor(text).unwrap_or_else(sentence))
}

/// A code span that holds any text.
pub(super) fn code(text: &str) -> String {
    let text = characters::safe(text).replace('\n', " ");
    if text.trim().is_empty() {
        return format!("`{text:?}`");
    }
    let fence = "`".repeat(characters::longest_run(&text, '`') + 1);
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// The derive macros of the prelude, for which rustdoc could take a link to a type.
const DERIVES: [&str; 9] = ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// A link to a type beside the item.
pub(super) fn link(name: &str) -> String {
    let namespace = if DERIVES.contains(&name) { "type@" } else { "" };
    format!("[`{namespace}{name}`]")
}

/// `#[deprecated]`, where it is so.
pub(super) fn deprecated(yes: bool) -> Option<TokenStream> {
    yes.then(|| quote! { #[deprecated] })
}

#[cfg(test)]
mod tests {
    use super::{attributes, code, inner, line};

    #[test]
    fn each_line_is_one_attribute() {
        assert_eq!(attributes("a\n\n b  ").to_string(), "# [doc = \" a\"] # [doc = \"\"] # [doc = \"  b\"]");
        assert_eq!(inner("a\n\nb"), "//! a\n//!\n//! b\n");
    }

    #[test]
    fn code_spans_hold_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("`a``b"), "``` `a``b ```");
        assert_eq!(code("a\r\nb"), "`a b`");
        assert_eq!(code(" "), "`\" \"`");
    }

    #[test]
    fn lines_are_one_line() {
        assert_eq!(line(Some("Not\n\n    found [x]")).as_deref(), Some("Not found \\[x]"));
        assert_eq!(line(Some(" \n")), None);
    }
}
