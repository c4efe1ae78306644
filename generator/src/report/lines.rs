//! In: a text and a byte range in it. Out: the line it starts on, short enough to be shown, with the range in it.

use std::ops::Range;

/// How many bytes of a line are kept before and after the start of what is marked. What is shown of them is less.
const KEPT: usize = 300;

/// How many bytes are marked at most.
const MARKED: usize = 80;

/// The lines of a text, found once for all questions about it.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The byte offset of each line's start.
    starts: Vec<usize>,
}

/// One line of a text, or the part of it around what is marked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Its number, counted from 1.
    pub(super) number: usize,
    /// The column, counted from 1 and in characters, at which the mark starts.
    pub(super) column: usize,
    /// The text to show.
    pub(super) text: &'t str,
    /// The byte range of it to mark.
    pub(super) marked: Range<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { text, starts: std::iter::once(0).chain(ends.map(|(end, _)| end + 1)).collect() }
    }

    /// Whether all of the text is on one line, too long for a column to help.
    pub(super) fn is_one(&self) -> bool {
        let text = self.text.trim_end();
        text.len() > KEPT && !text.contains('\n')
    }

    /// The byte range of the character at a line and a column, both counted from 1; empty at the end of a line.
    pub(super) fn range(&self, line: usize, column: usize) -> Range<usize> {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let line = self.text[start..].lines().next().unwrap_or_default();
        let mut characters = line.char_indices().skip(column.saturating_sub(1));
        let (from, width) = characters.next().map_or((line.len(), 0), |(from, c)| (from, c.len_utf8()));
        start + from..start + from + width
    }

    /// The line on which a range starts; what is marked ends with it.
    pub(super) fn line(&self, range: &Range<usize>) -> Line<'t> {
        let index = self.starts.partition_point(|start| *start <= range.start).saturating_sub(1);
        let start = self.starts[index];
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text[start..end].trim_end();
        let at = (range.start - start).min(line.len());
        let cut = line.floor_char_boundary(at.saturating_sub(KEPT))..line.floor_char_boundary(at + KEPT);
        let stop = line.floor_char_boundary((range.end - start).clamp(at, at + MARKED));
        Line {
            number: index + 1,
            column: line[..at].chars().count() + 1,
            text: &line[cut.clone()],
            marked: at - cut.start..stop - cut.start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Lines};

    #[test]
    fn a_range_is_shown_on_its_first_line() {
        let lines = Lines::new("a: é\r\nbé: |\n  c\n");
        assert_eq!(lines.line(&(7..15)), Line { number: 2, column: 1, text: "bé: |", marked: 0..6 });
        assert_eq!(lines.line(&(10..13)), Line { number: 2, column: 3, text: "bé: |", marked: 3..6 });
        assert_eq!(lines.line(&(0..5)), Line { number: 1, column: 1, text: "a: é", marked: 0..5 });
    }

    #[test]
    fn positions_become_ranges() {
        let lines = Lines::new("a\nbéc\n");
        assert_eq!(lines.range(2, 2), 3..5);
        assert_eq!(lines.range(2, 9), 6..6);
        assert_eq!(lines.range(9, 1), 7..7);
    }

    #[test]
    fn long_lines_are_cut() {
        let text = "é".repeat(1000) + "x" + &"y".repeat(1000);
        let line = Lines::new(&text).line(&(2000..2001));
        assert_eq!((line.column, line.text.len(), line.marked), (1001, 600, 300..301));
    }
}
