//! In: the author's texts and what was found about them. Out: the report that a person reads, in rustc's style, each
//! finding at its line and column.

mod lines;
mod locate;
mod options;
mod render;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Wording};
use crate::source::Input;
use lines::Lines;
use render::Shown;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many errors are shown, unless all are asked for.
const MOST_ERRORS: usize = 50;

/// The report: errors, then warnings, by place, coloured for a terminal or not; at most 50 errors and `most` warnings of
/// one code, then what was left out, and the counts. `None` shows everything. Empty if nothing was found.
pub fn render(input: &Input, found: &Diagnostics, most: Option<usize>, color: bool) -> String {
    let texts = Texts::read(input, found);
    let mut findings: Vec<_> = found.all().map(|found| (found, found.problem.wording())).collect();
    findings.sort_by_cached_key(|(found, wording)| (wording.severity, found.place.source, texts.start(found)));
    let mut blocks = Vec::new();
    let mut counts = Counts::default();
    for (found, wording) in &findings {
        if counts.shows(wording, most) {
            blocks.push(texts.block(found, wording, color));
        }
    }
    blocks.extend(counts.left_out());
    blocks.extend(counts.total());
    blocks.iter().map(|block| format!("{block}\n")).collect::<Vec<_>>().join("\n")
}

/// How many of each kind there are.
#[derive(Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    by_code: BTreeMap<&'static str, usize>,
    left_out: BTreeMap<(Severity, &'static str), usize>,
}

impl Counts {
    /// Counts one; whether it is among those to show.
    fn shows(&mut self, wording: &Wording, most: Option<usize>) -> bool {
        let of_code = self.by_code.entry(wording.code).or_default();
        *of_code += 1;
        let shows = match wording.severity {
            Severity::Error => {
                self.errors += 1;
                most.is_none() || self.errors <= MOST_ERRORS
            }
            Severity::Warning => {
                self.warnings += 1;
                most.is_none_or(|most| *of_code <= most)
            }
        };
        if !shows {
            *self.left_out.entry((wording.severity, wording.code)).or_default() += 1;
        }
        shows
    }

    /// One line for each code of which some were left out.
    fn left_out(&self) -> Option<String> {
        let line = |((_, code), count): (&(Severity, &str), &usize)| {
            format!("... and {count} more `{code}` (use --all to see them)")
        };
        let lines: Vec<_> = self.left_out.iter().map(line).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn total(&self) -> Option<String> {
        let counted = |count: usize, noun: &str| match count {
            0 => None,
            1 => Some(format!("1 {noun}")),
            _ => Some(format!("{count} {noun}s")),
        };
        let counts: Vec<_> =
            [counted(self.errors, "error"), counted(self.warnings, "warning")].into_iter().flatten().collect();
        (!counts.is_empty()).then(|| counts.join(", "))
    }
}

/// The texts that something was found in, and where in them.
struct Texts<'a> {
    input: &'a Input,
    lines: BTreeMap<usize, Lines<'a>>,
    ranges: BTreeMap<&'a Place, Range<usize>>,
}

impl<'a> Texts<'a> {
    /// Looks up all places, in one pass over each text.
    fn read(input: &'a Input, found: &'a Diagnostics) -> Self {
        let mut places: BTreeMap<usize, BTreeSet<&Place>> = BTreeMap::new();
        for found in found.all() {
            let of_source = places.entry(found.place.source).or_default();
            if found.problem.position().is_none() {
                of_source.insert(&found.place);
            }
            if let Some((place, _)) = found.problem.related() {
                places.entry(place.source).or_default().insert(place);
            }
        }
        let mut texts = Self { input, lines: BTreeMap::new(), ranges: BTreeMap::new() };
        for (source, places) in places {
            let Some(written) = input.source(source) else { continue };
            let pointers: Vec<_> = places.iter().map(|place| &place.pointer).collect();
            let ranges = match written.document() {
                Ok(document) if Some(source) == input.config() => options::locate(&document, &pointers),
                Ok(document) if !pointers.is_empty() => locate::locate(&document, &pointers),
                _ => Vec::new(),
            };
            let known = places.into_iter().zip(ranges).filter_map(|(place, range)| Some((place, range?)));
            texts.ranges.extend(known);
            texts.lines.insert(source, Lines::new(written.whole()));
        }
        texts
    }

    /// Where a finding is in its text.
    fn range(&self, found: &Diagnostic) -> Option<Range<usize>> {
        match found.problem.position() {
            Some((line, column)) => Some(self.lines.get(&found.place.source)?.range(line, column)),
            None => self.ranges.get(&found.place).cloned(),
        }
    }

    /// The byte offset at which a finding starts, to sort by.
    fn start(&self, found: &Diagnostic) -> usize {
        self.range(found).map_or(0, |range| range.start)
    }

    /// The text for one finding.
    fn block(&self, found: &Diagnostic, wording: &Wording, color: bool) -> String {
        let mut shown = vec![self.shown(&found.place, self.range(found), None)];
        if let Some((place, label)) = found.problem.related() {
            shown.push(self.shown(place, self.ranges.get(place).cloned(), Some(label)));
        }
        render::render(wording, &shown, color)
    }

    fn shown<'s>(&'s self, place: &Place, range: Option<Range<usize>>, label: Option<&'s str>) -> Shown<'s> {
        let file = self.input.source(place.source).map_or("input", |source| &source.name);
        let lines = self.lines.get(&place.source);
        let line = range.and_then(|range| Some(lines?.line(&range)));
        // A place in a document of one line is best found by its address.
        let pointer = lines.filter(|lines| lines.is_one()).map(|_| place.pointer.to_string());
        Shown { file, line, label, pointer: pointer.filter(|pointer| !pointer.is_empty()) }
    }
}

#[cfg(test)]
mod tests;
