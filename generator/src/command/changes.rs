//! In: a file's text before and after. Out: its changed lines, marked `+` and `-`, as many as a person wants to read.

use similar::{ChangeTag, TextDiff};

/// How many changed lines are shown.
const MOST_LINES: usize = 20;

/// The changed lines of all the pairs (before, after), one a line, then how many more there are.
pub(crate) fn lines<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut all = Vec::new();
    for (before, after) in pairs {
        let before = before.replace("\r\n", "\n");
        let diff = TextDiff::from_lines(before.as_str(), after);
        all.extend(diff.iter_all_changes().filter_map(|change| {
            let mark = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => return None,
            };
            Some(format!("  {mark} {}\n", change.value().trim_end()))
        }));
    }
    let more = all.len().saturating_sub(MOST_LINES);
    let mut text: String = all.into_iter().take(MOST_LINES).collect();
    if more > 0 {
        text.push_str(&format!("  and {more} more lines\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn only_changed_lines_are_shown() {
        assert_eq!(lines([("a\r\nb\r\n", "a\nc\n"), ("x\n", "x\n")]), "  - b\n  + c\n");
    }

    #[test]
    fn long_changes_are_counted() {
        let after: String = (0..25).map(|n| format!("{n}\n")).collect();
        let text = lines([("", after.as_str())]);
        assert_eq!(text.lines().count(), 21);
        assert!(text.ends_with("  and 5 more lines\n"));
    }
}
