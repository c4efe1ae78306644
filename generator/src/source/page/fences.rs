//! In: a page. Out: its lines, and what in it is not the page's own text: code, comments and front matter.

/// One line of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Counted from 1.
    pub(super) number: usize,
    /// Its first byte.
    pub(super) start: usize,
    /// The first byte of the next line.
    pub(super) end: usize,
    /// The text, without white space at its end.
    pub(super) text: &'t str,
}

/// The lines of a page.
pub(super) fn lines(page: &str) -> impl Iterator<Item = Line<'_>> {
    let mut end = 0;
    page.split_inclusive('\n').enumerate().map(move |(index, text)| {
        let start = end;
        end += text.len();
        Line { number: index + 1, start, end, text: text.trim_end() }
    })
}

/// What keeps lines from being the page's own text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hiding {
    /// Code between fences.
    Code(Fence),
    /// A YAML block: only a fence in the first column ends it.
    Block(Fence),
    /// `<!-- .. -->`
    Comment,
    /// YAML between two lines `---`, at the top.
    FrontMatter,
}

/// A code fence: its character, and how often it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    mark: char,
    count: usize,
}

impl Fence {
    /// The fence that a line is, and what follows it (CommonMark 0.31.2, section 4.5).
    fn of(text: &str) -> Option<(Self, &str)> {
        let mark = text.chars().next().filter(|mark| ['`', '~'].contains(mark))?;
        let info = text.trim_start_matches(mark);
        let count = text.len() - info.len();
        (count >= 3 && !(mark == '`' && info.contains('`'))).then(|| (Self { mark, count }, info.trim()))
    }

    fn is_closed_by(self, text: &str) -> bool {
        Self::of(text).is_some_and(|(other, info)| self.is_matched_by(other) && info.is_empty())
    }

    fn is_matched_by(self, other: Self) -> bool {
        other.mark == self.mark && other.count >= self.count
    }
}

impl Hiding {
    /// What begins at a line of the page's own text.
    pub(super) fn begins(page: &str, line: &Line<'_>) -> Option<Self> {
        if line.number == 1 && line.text == "---" {
            return lines(page).skip(1).any(|line| line.text == "---").then_some(Self::FrontMatter);
        }
        let text = outdented(line.text)?;
        if text.starts_with("<!--") {
            return Some(Self::Comment);
        }
        let (fence, info) = Fence::of(text)?;
        let language = info.split(char::is_whitespace).next().unwrap_or_default();
        let is_yaml = ["yaml", "yml"].iter().any(|yaml| language.eq_ignore_ascii_case(yaml));
        let is_first_column = text.len() == line.text.len();
        Some(if is_yaml && is_first_column { Self::Block(fence) } else { Self::Code(fence) })
    }

    /// Whether it is a YAML block.
    pub(super) fn is_block(self) -> bool {
        matches!(self, Self::Block(_))
    }

    /// Whether it is code of any kind.
    pub(super) fn is_code(self) -> bool {
        matches!(self, Self::Code(_) | Self::Block(_))
    }

    /// Whether the line with which it begins is all of it.
    pub(super) fn ends_at_once(self, text: &str) -> bool {
        self == Self::Comment && self.ends(text)
    }

    /// Whether a later line is the last of it.
    pub(super) fn ends(self, text: &str) -> bool {
        match self {
            Self::Code(fence) => outdented(text).is_some_and(|text| fence.is_closed_by(text)),
            Self::Block(fence) => fence.is_closed_by(text),
            Self::Comment => text.contains("-->"),
            Self::FrontMatter => text == "---",
        }
    }

    /// Whether a later line begins other code, though this block was not closed: no YAML has such a line.
    pub(super) fn is_interrupted(self, text: &str) -> bool {
        let Self::Block(fence) = self else { return false };
        Fence::of(text).is_some_and(|(other, info)| fence.is_matched_by(other) && !info.is_empty())
    }
}

/// The text without up to three spaces before it; more of them make it code, or a part of a list.
fn outdented(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(' ');
    (text.len() - rest.len() <= 3).then_some(rest)
}
