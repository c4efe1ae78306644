//! In: the vendor's Markdown. Out: Markdown that says the same and that rustdoc takes without a warning: no code
//! that would be run as a test, no link into Rust code, no broken HTML. The one door to `pulldown-cmark`, the parser
//! that rustdoc itself uses.

use super::characters;
use super::tags::{Edit, Tags};
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// One pass may bring to light what the next must mend: an escaped HTML block is read as Markdown. Most texts take
/// two or three.
const MAX_PASSES: usize = 16;

/// Makes a text safe. Only what rustdoc would take amiss is changed; a text that cannot be mended is shown verbatim.
pub(super) fn safe(text: &str) -> String {
    let text = characters::safe(text);
    let mut text = text.trim_matches('\n').trim_end().to_owned();
    for _ in 0..MAX_PASSES {
        let edits = edits(&text);
        if edits.is_empty() {
            return trimmed(&text);
        }
        text = apply(&text, edits);
    }
    verbatim(&text)
}

/// Whether a link leads somewhere from a page that is not the vendor's: a path would lead to whoever hosts the docs, and
/// rustdoc reads anything else as a name in Rust.
pub(super) fn is_reachable(target: &str) -> bool {
    let lower = target.to_ascii_lowercase();
    ["http://", "https://", "mailto:", "#"].iter().any(|start| lower.starts_with(start))
}

/// The text without spaces at the ends of lines.
fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// The text as a block of plain text.
fn verbatim(text: &str) -> String {
    let fence = "`".repeat(characters::longest_run(text, '`').max(2) + 1);
    format!("{fence}text\n{}\n{fence}", trimmed(text))
}

/// Makes the edits; of two that touch the same place, the earlier one.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(place, _)| (place.start, place.end));
    let mut result = String::new();
    let mut done = 0;
    for (place, new) in edits {
        if place.start >= done {
            result.push_str(&text[done..place.start]);
            result.push_str(&new);
            done = place.end;
        }
    }
    result.push_str(&text[done..]);
    result
}

/// What must change. The extensions are those that rustdoc turns on.
fn edits(text: &str) -> Vec<Edit> {
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut broken = Vec::new();
    let note = |link: BrokenLink| -> Option<(CowStr, CowStr)> {
        broken.push(link.span);
        None
    };
    let events: Vec<_> =
        Parser::new_with_broken_link_callback(text, extensions, Some(note)).into_offset_iter().collect();
    let mut pass = Pass { text, edits: Vec::new(), tags: Tags::default(), depth: 0, verbatim: 0, bare_from: 0 };
    for (event, place) in events {
        pass.event(event, place);
    }
    for span in broken {
        pass.escape(span, '[');
    }
    let mut edits = pass.edits;
    edits.extend(pass.tags.finish());
    edits
}

/// One walk over the text.
struct Pass<'a> {
    text: &'a str,
    edits: Vec<Edit>,
    tags: Tags,
    /// How many lists, quotations and footnotes are open.
    depth: usize,
    /// How many links and code blocks are open, in which a URL is left alone.
    verbatim: usize,
    /// Where the last bare URL ended.
    bare_from: usize,
}

impl Pass<'_> {
    fn event(&mut self, event: Event, place: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, place),
            Event::End(end) => self.end(end),
            Event::Html(_) => self.tags.read(&self.text[place.clone()], place.start, false),
            Event::InlineHtml(_) => self.tags.read(&self.text[place.clone()], place.start, true),
            Event::Text(_) if self.verbatim == 0 => self.urls(place),
            // Two spaces at the end of a line, which editors and reviewers do not like, mean the same as this.
            Event::HardBreak if self.text[place.clone()].starts_with(' ') => {
                let spaces = self.text[place.clone()].bytes().take_while(|byte| *byte == b' ').count();
                self.edits.push((place.start..place.start + spaces, "\\".to_owned()));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag, place: Range<usize>) {
        match tag {
            Tag::CodeBlock(kind) => {
                self.verbatim += 1;
                match kind {
                    CodeBlockKind::Fenced(language) => self.fenced(&language, place),
                    CodeBlockKind::Indented => self.indented(place),
                }
            }
            Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.depth += 1,
            Tag::Link { dest_url, .. } => {
                self.verbatim += 1;
                let mail = self.text[place.clone()].starts_with('<') && !dest_url.contains(':');
                if !mail && !is_reachable(&dest_url) && !self.spell_out(&dest_url, place.clone()) {
                    let opening = if self.text[place.clone()].starts_with('<') { '<' } else { '[' };
                    self.escape(place, opening);
                }
            }
            Tag::Image { dest_url, .. } if !is_reachable(&dest_url) => self.escape(place, '['),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::CodeBlock | TagEnd::Link => self.verbatim -= 1,
            TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => self.depth -= 1,
            _ => {}
        }
        let inline =
            matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image);
        if !inline {
            self.tags.end_block();
        }
    }

    /// Writes a link to a path on the vendor's host as its text and its address, if that can be done.
    fn spell_out(&mut self, target: &str, place: Range<usize>) -> bool {
        let link = &self.text[place.clone()];
        let Some(close) = link.rfind("](").filter(|_| link.starts_with('[')) else { return false };
        if !target.starts_with('/') || target.contains('`') {
            return false;
        }
        self.edits.push((place.start..place.start + 1, String::new()));
        self.edits.push((place.start + close..place.end, format!(" (`{target}`)")));
        true
    }

    /// Puts a backslash before the first `opening` in a place.
    fn escape(&mut self, place: Range<usize>, opening: char) {
        if let Some(at) = self.text[place.clone()].find(opening) {
            let at = place.start + at;
            self.edits.push((at..at, "\\".to_owned()));
        }
    }

    /// A fenced block: whatever its language is, rustdoc must not run it; without an end, it gets one.
    fn fenced(&mut self, language: &str, place: Range<usize>) {
        let block = &self.text[place.clone()];
        let Some(mark) = block.chars().find(|c| matches!(c, '`' | '~')) else { return };
        let Some(at) = block.find(mark) else { return };
        let fence = block[at..].chars().take_while(|c| *c == mark).count();
        let line = block.find('\n').unwrap_or(block.len());
        if language != "text" {
            self.edits.push((place.start + at + fence..place.start + line, "text".to_owned()));
        }
        let last = block.trim_end().lines().skip(1).last().map_or("", str::trim);
        let closed = last.len() >= fence && last.chars().all(|c| c == mark);
        if !closed && self.depth == 0 {
            let end = format!("\n{}", mark.to_string().repeat(fence));
            self.edits.push((self.text.len()..self.text.len(), end));
        }
    }

    /// An indented block, which rustdoc would run: it gets fences. Its own indentation stays inside lists and
    /// quotations, where only the parser knows which part of a line is whose.
    fn indented(&mut self, place: Range<usize>) {
        let first = self.text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        let end = place.start + self.text[place.clone()].trim_end().len();
        let end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at);
        let block = &self.text[first..end];
        let fence = "`".repeat(characters::longest_run(block, '`').max(2) + 1);
        let (prefix, block) = if self.depth == 0 {
            ("", block.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n"))
        } else {
            let before = &self.text[first..place.start];
            (before.strip_suffix("    ").unwrap_or(before), block.to_owned())
        };
        self.edits.push((first..end, format!("{prefix}{fence}text\n{block}\n{prefix}{fence}")));
    }

    /// A bare URL is put in `<>`, as rustdoc advises.
    fn urls(&mut self, place: Range<usize>) {
        let mut from = place.start.max(self.bare_from);
        while let Some(at) = self.text.get(from..place.end).and_then(|text| text.find("http")) {
            let start = from + at;
            let url = url(&self.text[start..]);
            from = start + url.len().max(4);
            let part_of_word = self.text[..start].ends_with(|c: char| c.is_alphanumeric());
            if !url.is_empty() && !part_of_word {
                self.edits.push((start..from, format!("<{url}>")));
                self.bare_from = from;
            }
        }
    }
}

/// The URL that a text starts with; empty if it starts with none.
fn url(text: &str) -> &str {
    let Some(scheme) = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme)) else { return "" };
    let stops = |c: char| c.is_whitespace() || "<>\"'`()[]|\\^*".contains(c);
    let rest = text[scheme.len()..].split(stops).next().unwrap_or_default();
    let rest = rest.trim_end_matches(|c: char| ".,;:!?_~".contains(c));
    if rest.is_empty() { "" } else { &text[..scheme.len() + rest.len()] }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn safe_markdown_is_left_alone() {
        let text = "# Title\n\nA *b* `Vec<T>` [c](#docs) and <https://d.e>.\n\n- f\n- g\n\n| h |\n|---|\n| i<br>j |\n\n```text\nk [l]\n```";
        assert_eq!(safe(text), text);
    }

    #[test]
    fn code_is_never_a_test() {
        assert_eq!(safe("```json\n{}\n```"), "```text\n{}\n```");
        assert_eq!(safe("~~~\n{}\n~~~~"), "~~~text\n{}\n~~~~");
        assert_eq!(safe("```rust\nfn"), "```text\nfn\n```");
        assert_eq!(safe("````\n```\n````"), "````text\n```\n````");
        assert_eq!(safe("a\n\n    let b;\n\n    ```\n\nc"), "a\n\n````text\nlet b;\n\n```\n````\n\nc");
        assert_eq!(safe("    whole"), "```text\nwhole\n```");
        assert_eq!(safe("- a\n\n      b\n- c"), "- a\n\n  ```text\n      b\n  ```\n- c");
        assert_eq!(safe("- a\n\n  ```sh\n  b\n  ```"), "- a\n\n  ```text\n  b\n  ```");
        assert_eq!(safe("> ```\n> a"), "> ```text\n> a");
    }

    #[test]
    fn brackets_are_not_links_into_rust() {
        assert_eq!(safe("Calls [GetPhoneNumbers], [a][b]."), "Calls \\[GetPhoneNumbers], \\[a]\\[b].");
        assert_eq!(safe("see [*a* b](/c/d), [e](/f \"g\")"), "see *a* b (`/c/d`), e (`/f`)");
        assert_eq!(safe("[a](GetB) ![c](d)"), "\\[a](GetB) !\\[c](d)");
        assert_eq!(safe("[a](https://b.c \"d\")"), "[a](https://b.c \"d\")");
        assert_eq!(safe("[a]\n\n[a]: https://b.c"), "[a]\n\n[a]: https://b.c");
        assert_eq!(safe("<javascript:alert(1)> <a@b.c>"), "\\<javascript:alert(1)> <a@b.c>");
    }

    #[test]
    fn html_is_kept_only_when_harmless() {
        assert_eq!(safe("a<br>b <b>c</b> <i>d"), "a<br>b <b>c</b> \\<i>d");
        assert_eq!(safe("Vec<T> <!-- x --> </p>"), "Vec\\<T> \\<!-- x --> \\</p>");
        assert_eq!(safe("<a href='/docs/x'>the docs</a>"), "the docs (`/docs/x`)");
        assert_eq!(safe("<a href='javascript:x()'>y</a>"), "\\<a href='javascript:x()'>y\\</a>");
        assert_eq!(safe("<script>alert(1)</script>"), "&lt;script>alert(1)&lt;/script>");
        assert_eq!(safe("<div class=x>\n[a]\n</div>"), "&lt;div class=x>\n\\[a]\n&lt;/div>");
        assert_eq!(safe("<br>\n<div id=a>"), "<br>\n&lt;div id=a>");
        let block = "<p>a <a href=\"https://b.c\">d</a></p>";
        assert_eq!(safe(block), block);
    }

    #[test]
    fn urls_are_links() {
        assert_eq!(
            safe("See https://a.b/c_d?e=f&g=h, (http://i.j)."),
            "See <https://a.b/c_d?e=f&g=h>, (<http://i.j>)."
        );
        assert_eq!(safe("`https://a.b` https:// xhttps://y.z"), "`https://a.b` https:// xhttps://y.z");
        assert_eq!(safe("[https://a.b](https://a.b)"), "[https://a.b](https://a.b)");
    }

    #[test]
    fn spaces_at_the_ends_of_lines_go() {
        assert_eq!(safe("a  \nb \nc"), "a\\\nb\nc");
        assert_eq!(safe("\n \n"), "");
    }

    #[test]
    fn any_text_is_safe_after_one_run() {
        let pieces = [
            "<",
            "a",
            ">",
            "[",
            "]",
            "(",
            ")",
            "`",
            "```",
            "~~~\n",
            "\n",
            "\n\n",
            "    ",
            "- ",
            "> ",
            "\\",
            "</",
            "!--",
            "http://x.y",
            "*",
            "|",
            "#",
            "&lt;",
            "<pre>",
            "[^1]",
            ":",
        ];
        let mut seed: u32 = 7;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(pieces[(seed >> 16) as usize % pieces.len()]);
            }
            let once = safe(&text);
            assert_eq!(super::edits(&once), [], "{text:?} gave {once:?}");
        }
    }
}
