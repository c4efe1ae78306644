//! In: the text of a documentation page, Markdown as Fern exports it. Out: where the OpenAPI document stands in it: the
//! first YAML block below the heading `## OpenAPI Specification`.
//!
//! A block is fenced by ```` ``` ```` or `~~~` (CommonMark 0.31.2, section 4.5), says `yaml` or `yml`, and begins and ends
//! in the first column: a fence that is indented belongs to a description. Everything else on a page is its authors' word
//! to its readers, whoever these are. None of it is followed.

mod fences;
mod links;

pub use links::{index, server};

use fences::Hiding;
use std::ops::Range;

/// The heading of the section that holds the document.
pub const HEADING: &str = "## OpenAPI Specification";

/// The heading that takes its place on a page about a WebSocket.
const OTHER_HEADING: &str = "## AsyncAPI Specification";

/// The OpenAPI document in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The line, counted from 1, that opens the block.
    pub line: usize,
    /// The bytes of the document, as they were published. The blank line that stands before the closing fence is the
    /// page's, not the document's.
    pub range: Range<usize>,
    /// The lines that open further YAML blocks below such a heading.
    pub others: Vec<usize>,
    /// The line of the heading and that of what hides it, if no other heading was found.
    pub hidden: Option<(usize, usize)>,
}

/// Why a page gives no document. Lines are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The variants' own docs say what the fields are.
pub enum NoBlock {
    /// There is no such heading; `line` has the page's title.
    NoHeading { line: usize },
    /// At `line`, there is a heading for an AsyncAPI document in its place.
    OtherHeading { line: usize },
    /// No YAML block follows the heading, at `line`; the code at the line `fence` comes nearest.
    NoFence { line: usize, fence: Option<usize> },
    /// The block that opens at `line` is not closed before `end`, which opens other code or is the page's last line.
    Open { line: usize, end: usize },
    /// The block that opens at `line` has nothing in it.
    Empty { line: usize },
}

/// Whether a text of this name is a page: `send-sms-message.md`.
pub fn is_page(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["md", "mdx", "markdown"].contains(&ending.as_str()))
}

/// Finds the document in a page. A heading inside code, a comment or front matter counts only where there is no other: it
/// may be a quotation, but more often something before it was not closed.
///
/// # Errors
/// What is in the way.
pub fn find(page: &str) -> Result<Block, NoBlock> {
    let mut search = Search::default();
    let mut hidden = None;
    for line in fences::lines(page) {
        if let (Some((_, by)), HEADING) = (search.hidden, line.text) {
            hidden.get_or_insert((line.number, by));
        }
        search.line(page, &line)?;
    }
    if let (None, Some((first, _))) = (search.heading, hidden) {
        search = Search::default();
        for line in fences::lines(page).skip(first - 1) {
            search.line(page, &line)?;
        }
        return search.end(page).map(|block| Block { hidden, ..block });
    }
    search.end(page)
}

/// The document alone, at its place: all else of the page is blank, so that lines, columns and bytes are the page's own.
pub fn alone(page: &str, block: &Block) -> String {
    let before = page[..block.range.start].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    before.chain(page[block.range.clone()].chars()).collect()
}

/// What was seen of a page so far.
#[derive(Default)]
struct Search {
    /// What keeps the coming lines from being the page's own, and the line at which it began.
    hidden: Option<(Hiding, usize)>,
    /// The block whose end is looked for: its line and its first byte.
    open: Option<(usize, usize)>,
    block: Option<Block>,
    /// Whether the section is the one that the heading names.
    inside: bool,
    heading: Option<usize>,
    other_heading: Option<usize>,
    title: Option<usize>,
    /// The first fence below the heading that opens no block.
    fence: Option<usize>,
    last: usize,
}

impl Search {
    fn line(&mut self, page: &str, line: &fences::Line<'_>) -> Result<(), NoBlock> {
        self.last = line.number;
        if let Some((hiding, _)) = self.hidden {
            if let (Some((opened, _)), true) = (self.open, hiding.is_interrupted(line.text)) {
                return Err(NoBlock::Open { line: opened, end: line.number });
            }
            if hiding.ends(line.text) {
                self.hidden = None;
                self.close(page, line.start);
            }
            return Ok(());
        }
        if let Some(hiding) = Hiding::begins(page, line) {
            self.enter(hiding, line);
        } else if line.text.starts_with("# ") || line.text.starts_with("## ") {
            self.section(line);
        }
        Ok(())
    }

    /// Code, a comment or front matter begins.
    fn enter(&mut self, hiding: Hiding, line: &fences::Line<'_>) {
        if self.inside && hiding.is_block() {
            match &mut self.block {
                Some(block) => block.others.push(line.number),
                None => self.open = Some((line.number, line.end)),
            }
        } else if self.inside && self.fence.is_none() && hiding.is_code() {
            self.fence = Some(line.number);
        }
        self.hidden = (!hiding.ends_at_once(line.text)).then_some((hiding, line.number));
    }

    /// A block ends before this byte, if one is open.
    fn close(&mut self, page: &str, end: usize) {
        let Some((line, start)) = self.open.take() else { return };
        let text = &page[start..end];
        let last = text.split_inclusive('\n').next_back().filter(|last| last.trim().is_empty());
        let kept = text.len() - last.map_or(0, str::len);
        self.block = Some(Block { line, range: start..start + kept, others: Vec::new(), hidden: None });
    }

    /// A heading begins a section.
    fn section(&mut self, line: &fences::Line<'_>) {
        self.inside = line.text == HEADING;
        let found = match line.text {
            HEADING => &mut self.heading,
            OTHER_HEADING => &mut self.other_heading,
            text if text.starts_with("# ") => &mut self.title,
            _ => return,
        };
        found.get_or_insert(line.number);
    }

    fn end(self, page: &str) -> Result<Block, NoBlock> {
        if let Some((line, _)) = self.open {
            return Err(NoBlock::Open { line, end: self.last });
        }
        match (self.block, self.heading, self.other_heading) {
            (Some(block), ..) if page[block.range.clone()].trim().is_empty() => {
                Err(NoBlock::Empty { line: block.line })
            }
            (Some(block), ..) => Ok(block),
            (None, Some(line), _) => Err(NoBlock::NoFence { line, fence: self.fence }),
            (None, None, Some(line)) => Err(NoBlock::OtherHeading { line }),
            (None, None, None) => Err(NoBlock::NoHeading { line: self.title.unwrap_or(1) }),
        }
    }
}

#[cfg(test)]
mod tests;
