//! In: any text. Out: the same text without the characters that a Rust doc comment cannot hold or that would
//! deceive its reader.

/// Line ends become `\n`, tabs four spaces; control characters and those that change the direction of writing
/// (CVE-2021-42574; rustc refuses them with `text_direction_codepoint_in_comment`) are removed.
pub(super) fn safe(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    text.chars().filter(|&c| c == '\n' || !(c.is_control() || turns(c))).collect()
}

/// Whether this character changes the direction of writing without being seen, or is a byte order mark.
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The length of the longest run of one character.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(|run| run.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{longest_run, safe};

    #[test]
    fn hostile_characters_go() {
        assert_eq!(safe("a\r\nb\rc\0d\u{1b}[0m\u{202e}e\u{2066}\u{200f}f\tg"), "a\nb\ncd[0mef    g");
        assert_eq!(safe("Größe 漢字 🎉"), "Größe 漢字 🎉");
    }

    #[test]
    fn runs_are_counted() {
        assert_eq!(longest_run("`a```b``", '`'), 3);
        assert_eq!(longest_run("", '`'), 0);
    }
}
