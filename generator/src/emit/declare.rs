//! In: what a declaration of the runtime's macros says. Out: its text. `print` lays out Rust; what stands inside a macro is
//! no Rust, so it is written here, line by line.

use super::docs;

/// A declaration: a macro and what it is given.
pub(super) struct Declaration(String);

impl Declaration {
    /// Opens `object! {`.
    pub(super) fn new(r#macro: &str) -> Self {
        Self(format!("{macro}! {{\n"))
    }

    /// Docs (Markdown that is safe) of what comes next.
    pub(super) fn docs(&mut self, markdown: &str) {
        for line in markdown.lines() {
            self.line(format!("/// {line}").trim_end());
        }
    }

    /// What the vendor says of what comes next, and whether it is deprecated.
    pub(super) fn vendor(&mut self, text: Option<&str>, deprecated: bool) {
        if let Some(text) = docs::vendor(text) {
            self.docs(&text);
        }
        if deprecated {
            self.line("#[deprecated]");
        }
    }

    /// A line.
    pub(super) fn line(&mut self, text: &str) {
        self.0.push_str("    ");
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// A blank line, before what has docs of several paragraphs.
    pub(super) fn gap(&mut self) {
        self.0.push('\n');
    }

    /// A section, unless there is nothing in it.
    pub(super) fn section<T>(&mut self, name: &str, items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        if !items.is_empty() {
            self.line(&format!("[{name}]"));
        }
        for one in items {
            item(self, one);
        }
    }

    /// The text, closed.
    pub(super) fn end(mut self) -> String {
        self.0.push_str("}\n");
        self.0
    }
}

/// A string literal.
pub(super) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Declaration, literal};

    #[test]
    fn a_declaration_is_a_macro() {
        let mut declaration = Declaration::new("object");
        declaration.docs("A\n\nb  ");
        declaration.section("required", &["a: i64"], |section, field| section.line(&format!("{field},")));
        declaration.section("optional", &[(); 0], |_, ()| {});
        let expected = "object! {\n    /// A\n    ///\n    /// b\n    [required]\n    a: i64,\n}\n";
        assert_eq!(declaration.end(), expected);
    }

    #[test]
    fn literals_are_escaped() {
        assert_eq!(literal("a\"\\\n\u{202e}"), "\"a\\\"\\\\\\n\\u{202e}\"");
    }
}
