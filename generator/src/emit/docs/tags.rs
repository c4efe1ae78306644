//! In: the places where Markdown holds raw HTML. Out: the edits that make it harmless.
//!
//! Kept are pairs of plain formatting tags without attributes, and line breaks. A simple link becomes a Markdown
//! link, or its text and its address where that is a path on the vendor's own host; but not in a block of HTML, where
//! neither would be read as such. Every other `<` is escaped: it is shown as the vendor wrote it, and nothing is run.

use super::markdown::is_reachable;
use std::ops::Range;

/// A replacement of a range of the text.
pub(super) type Edit = (Range<usize>, String);

/// Tags that only format, and that rustdoc takes.
const FORMATTING: [&str; 18] = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "code",
    "pre",
    "sub",
    "sup",
    "kbd",
    "small",
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "details",
];

/// The tags seen so far in one block of the text.
#[derive(Default)]
pub(super) struct Tags {
    open: Vec<Open>,
    edits: Vec<Edit>,
}

/// A tag that waits for its end.
struct Open {
    name: String,
    /// The target, if this is a link that is to be written as Markdown.
    href: Option<String>,
    place: Range<usize>,
    inline: bool,
}

impl Tags {
    /// Takes in a stretch of raw HTML that starts at `offset`, `inline` in a paragraph or a block of its own.
    pub(super) fn read(&mut self, html: &str, offset: usize, inline: bool) {
        for (at, _) in html.match_indices('<') {
            let end = html[at..].find('>').map_or(html.len(), |length| at + length + 1);
            self.tag(&html[at..end], offset + at..offset + end, inline);
        }
    }

    /// Ends a block: what is still open is escaped.
    pub(super) fn end_block(&mut self) {
        for open in std::mem::take(&mut self.open) {
            self.escape(open.place, open.inline);
        }
    }

    /// All edits.
    pub(super) fn finish(mut self) -> Vec<Edit> {
        self.end_block();
        self.edits
    }

    fn tag(&mut self, tag: &str, place: Range<usize>, inline: bool) {
        let inside = tag.trim_start_matches('<').trim_end_matches('>').trim();
        let name = inside.trim_matches('/').trim().to_ascii_lowercase();
        if let Some(name) = inside.strip_prefix('/') {
            self.close(&name.trim().to_ascii_lowercase(), place, inline);
        } else if name == "br" && tag.ends_with('>') {
            // Needs no end.
        } else if FORMATTING.contains(&inside.to_ascii_lowercase().as_str()) && tag.ends_with('>') {
            self.open.push(Open { name, href: None, place, inline });
        } else if let Some(href) = href(inside) {
            self.open.push(Open { name: "a".to_owned(), href: inline.then(|| href.to_owned()), place, inline });
        } else {
            self.escape(place, inline);
        }
    }

    fn close(&mut self, name: &str, place: Range<usize>, inline: bool) {
        match self.open.pop_if(|open| open.name == name) {
            Some(Open { href: Some(href), place: opening, .. }) if !is_reachable(&href) => {
                self.edits.push((opening, String::new()));
                self.edits.push((place, format!(" (`{href}`)")));
            }
            Some(Open { href: Some(href), place: opening, .. }) => {
                self.edits.push((opening, "[".to_owned()));
                self.edits.push((place, format!("](<{href}>)")));
            }
            Some(_) => {}
            None => self.escape(place, inline),
        }
    }

    /// A backslash means itself in a block of HTML, which other tags may keep going.
    fn escape(&mut self, place: Range<usize>, inline: bool) {
        let escaped = if inline { "\\<" } else { "&lt;" };
        self.edits.push((place.start..place.start + 1, escaped.to_owned()));
    }
}

/// The target of `a href="target"`, when there is no more to the tag than that and the target is a plain one.
fn href(inside: &str) -> Option<&str> {
    let value = inside.strip_prefix("a ")?.trim_start().strip_prefix("href=")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let target = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let plain = !target.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\\"'`&".contains(c));
    (plain && (is_reachable(target) || target.starts_with('/'))).then_some(target)
}
