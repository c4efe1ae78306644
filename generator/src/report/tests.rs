//! In: small texts and findings. Out: whether the report reads as it should.

use super::render;
use crate::diagnostic::Diagnostics as Found;

/// The report as a pipe gets it.
fn plain(input: &crate::Input, found: &Found) -> String {
    render(input, found, Some(3), false)
}
use crate::diagnostic::{Diagnostics, Place, Problem};
use crate::pointer::Pointer;
use crate::source::{Input, Source};

fn input(texts: &[(&str, &str)]) -> Input {
    let source = |(name, text): &(&str, &str)| Source { name: (*name).into(), text: (*text).into() };
    Input { documents: texts.iter().map(source).collect(), ..Input::default() }
}

fn found(problems: &[(usize, &str, Problem)]) -> Diagnostics {
    let mut sink = Diagnostics::default();
    for (source, pointer, problem) in problems {
        sink.report_at(Place { source: *source, pointer: Pointer::parse(pointer).unwrap() }, problem.clone());
    }
    sink
}

fn tag(tag: &str) -> Problem {
    Problem::Tag { tag: tag.into() }
}

#[test]
fn errors_come_first_then_warnings_by_place() {
    let input = input(&[("spec/a.yaml", "\u{feff}b: !x 1\na:\n  c: !y 2\n  c: 3\n")]);
    let key = Problem::DuplicateKey { key: "c".into() };
    let sink = found(&[(0, "/a/c", tag("!y")), (0, "/b", tag("!x")), (0, "/a/c", key)]);
    let expected = "\
error[duplicate-key]: the key `c` is written a second time in the same object
 --> spec/a.yaml:4:3
  |
4 |   c: 3
  |   ^^^^
  |
  = help: keep one of the two, or give this one another name

warning[yaml-tag]: the YAML tag `!x` is ignored
 --> spec/a.yaml:1:1
  |
1 | b: !x 1
  | ^^^^^^^
  |
  = help: remove the tag; an OpenAPI document has only the types of JSON

warning[yaml-tag]: the YAML tag `!y` is ignored
 --> spec/a.yaml:4:3
  |
4 |   c: 3
  |   ^^^^
  |
  = help: remove the tag; an OpenAPI document has only the types of JSON

1 error, 2 warnings
";
    assert_eq!(plain(&input, &sink), expected);
}

#[test]
fn syntax_errors_are_shown_at_their_line() {
    let input = input(&[("a.yaml", "a: 1\nbé: [\n"), ("b.yaml", "")]);
    let reason = "did not find expected node content".into();
    let syntax = Problem::Syntax { format: "YAML", line: 2, column: 5, reason };
    let expected = "\
error[syntax]: this is not valid YAML: did not find expected node content
 --> a.yaml:2:5
  |
2 | bé: [
  |     ^
  |
  = help: correct the YAML at this place, or just before it

error[empty-text]: this file is empty
 --> b.yaml
  = help: give the path of an OpenAPI document or overlay

2 errors
";
    assert_eq!(plain(&input, &found(&[(0, "", syntax), (1, "", Problem::EmptyText)])), expected);
}

#[test]
fn a_related_place_is_shown_with_its_label() {
    let input = input(&[("a.yaml", "paths:\n  /a:\n    get: {}\n"), ("b.yaml", "paths: {/a: {get: {x: 1}}}\n")]);
    let first = Place { source: 0, pointer: Pointer::parse("/paths/~1a/get").unwrap() };
    let conflict = Problem::MergeConflict { what: "`GET /a`".into(), first };
    let text = plain(&input, &found(&[(1, "/paths/~1a/get", conflict)]));
    let expected = "\
error[merge-conflict]: `GET /a` is described differently in an earlier document
 --> b.yaml:1:14
  |
1 | paths: {/a: {get: {x: 1}}}
  |              ^^^
  |
 ::: a.yaml:3:5
  |
3 |     get: {}
  |     --- first described here
  |
  = help: make the two equal, or remove or rename one of them

1 error
";
    assert_eq!(text, expected);
}

#[test]
fn many_warnings_of_a_code_are_summed_up() {
    let text: String = (10..25).map(|index| format!("k{index}: 1\n")).collect();
    let input = input(&[("a.yaml", &text)]);
    let mut problems: Vec<_> = (10..25).map(|index| (0, format!("/k{index}"), tag("!t"))).collect();
    problems.push((0, "/k10".into(), Problem::NotFinite { number: ".nan" }));
    let problems: Vec<_> =
        problems.iter().map(|(source, at, problem)| (*source, at.as_str(), problem.clone())).collect();
    let sink = found(&problems);
    let text = plain(&input, &sink);
    assert_eq!(text.matches("warning[yaml-tag]").count(), 3);
    let end = "\n\n... and 12 more `yaml-tag` (use --all to see them)\n\n16 warnings\n";
    assert!(text.ends_with(end), "{text}");
    assert_eq!(render(&input, &sink, None, false).matches("warning[").count(), 16);
    assert!(render(&input, &sink, None, true).contains('\u{1b}'));
}

#[test]
fn long_lines_are_cut_and_keep_their_column() {
    let text = format!("{{\n\"a\": \"{}\", \"b\": \"{}\", \"c\": 1}}", "x".repeat(5000), "é".repeat(5000));
    let input = input(&[("a.json", &text)]);
    let sink = found(&[(0, "/b", tag("!t")), (0, "/c", tag("!t"))]);
    assert!(render(&input, &sink, None, true).contains("a.json:2:5010"));
    let text = plain(&input, &sink);
    assert!(text.contains(" --> a.json:2:5010\n") && text.contains(" --> a.json:2:10019\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 140 && line.trim_end() == line), "{text}");
}

#[test]
fn places_in_a_long_text_of_one_line_are_addresses() {
    let text = format!("{{\"a\": \"{}\", \"b\": {{\"c\": 1}}}}", "x".repeat(5000));
    let text = plain(&input(&[("a.json", &text)]), &found(&[(0, "/b/c", tag("!t"))]));
    assert!(text.contains(" --> a.json#/b/c\n"), "{text}");
}

#[test]
fn nothing_found_says_nothing() {
    assert_eq!(plain(&input(&[]), &Diagnostics::default()), "");
}
