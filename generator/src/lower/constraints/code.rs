//! In: any text of a description. Out: Markdown in which it is shown as code and can be nothing else.

/// A code span that holds any text on one line. What cannot be seen, or changes the direction of writing, is escaped as
/// Rust does.
pub(super) fn code(text: &str) -> String {
    let seen = |c: char| matches!(c, '\\' | '"' | '\'') || c.escape_debug().len() == 1;
    let escape = |c: char| if seen(c) { c.to_string() } else { c.escape_debug().to_string() };
    let text: String = text.chars().map(escape).collect();
    if text.trim().is_empty() {
        return format!("`{text:?}`");
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // CommonMark, section 6.1: one space on both sides is not part of the code.
    let apart = text.starts_with('`') || text.ends_with('`') || (text.starts_with(' ') && text.ends_with(' '));
    let gap = if apart { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// Markdown whose last code block is closed, so that what follows is not part of it (CommonMark, section 4.5).
pub(super) fn closed(markdown: &str) -> String {
    let markdown = markdown.trim_end();
    let mut open: Option<&str> = None;
    for line in markdown.lines() {
        let text = line.trim_start_matches(' ');
        let mark = if text.starts_with('~') { '~' } else { '`' };
        let fence = &text[..text.len() - text.trim_start_matches(mark).len()];
        let rest = &text[fence.len()..];
        match open {
            _ if fence.len() < 3 || line.len() - text.len() > 3 => {}
            None if mark == '~' || !rest.contains('`') => open = Some(fence),
            Some(first) if fence.starts_with(first) && rest.trim().is_empty() => open = None,
            _ => {}
        }
    }
    open.map_or_else(|| markdown.to_owned(), |fence| format!("{markdown}\n{fence}"))
}

#[cfg(test)]
mod tests {
    use super::{closed, code};

    #[test]
    fn code_is_nothing_but_code() {
        for (text, span) in [
            ("^[0-9]+$", "`^[0-9]+$`"),
            ("a`b``c", "```a`b``c```"),
            ("`", "`` ` ``"),
            ("", "`\"\"`"),
            ("  ", "`\"  \"`"),
            (" a ", "`  a  `"),
            ("a\nb\t\r\0", "`a\\nb\\t\\r\\0`"),
            ("*/ \\d \"'", "`*/ \\d \"'`"),
            ("`\u{202e}`", "`` `\\u{202e}` ``"),
            ("größe 漢字", "`größe 漢字`"),
        ] {
            assert_eq!(code(text), span, "{text:?}");
        }
    }

    #[test]
    fn open_blocks_are_closed() {
        assert_eq!(closed("a\n```rust\nb"), "a\n```rust\nb\n```");
        assert_eq!(closed("~~~~\n~~~\n```"), "~~~~\n~~~\n```\n~~~~");
        for whole in ["a", "```\nb\n```", "```\nb\n`````", "`` `a` ``", "```a``` b", "    ```"] {
            assert_eq!(closed(whole), whole, "{whole:?}");
        }
    }
}
