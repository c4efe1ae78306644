//! In: one problem and the lines it is about. Out: its text for a person. The one door to `annotate-snippets`.

use super::lines::Line;
use crate::diagnostic::{Severity, Wording};
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

/// How wide the shown source may be, in columns.
const WIDTH: usize = 120;

/// A line of a file, and what is to be said about it.
pub(super) struct Shown<'a> {
    /// The file's name.
    pub(super) file: &'a str,
    /// The line; `None` shows the file's name alone.
    pub(super) line: Option<Line<'a>>,
    /// What to write beside the mark.
    pub(super) label: Option<&'a str>,
    /// The address to print in place of line and column.
    pub(super) pointer: Option<String>,
}

/// The text for a problem, ending without a newline: title, source, help. The first place is the problem's own.
pub(super) fn render(wording: &Wording, shown: &[Shown<'_>], color: bool) -> String {
    let level = match wording.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level.primary_title(&wording.message).id(wording.code).elements(Vec::<Origin<'_>>::new());
    for (index, place) in shown.iter().enumerate() {
        let Some(line) = &place.line else {
            group = group.element(Origin::path(place.file));
            continue;
        };
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let mark = kind.span(line.marked.clone()).label(place.label);
        let source = Snippet::source(line.text).path(place.file).line_start(line.number);
        group = group.element(source.annotation(mark));
    }
    let group = group.element(Level::HELP.message(&wording.help));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.term_width(WIDTH).render(&[group]);
    for place in shown {
        text = with_column(text, place);
    }
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Corrects the column of a line that was cut, for the renderer counts from the start of what it was given; or puts the
/// address in the place of line and column.
fn with_column(text: String, place: &Shown<'_>) -> String {
    let Some(line) = &place.line else { return text };
    let given = line.text[..line.marked.start].chars().count() + 1;
    let (file, number) = (place.file, line.number);
    let right = match &place.pointer {
        Some(pointer) => format!("{file}#{pointer}\n"),
        None if given == line.column => return text,
        None => format!("{file}:{number}:{}\n", line.column),
    };
    text.replacen(&format!("{file}:{number}:{given}\n"), &right, 1)
}
