//! In: what became of each document. Out: the table that a person reads, and its totals.

use super::compile::Compiled;
use super::document::{Outcome, Verdict};
use std::collections::BTreeMap;

/// The whole table.
pub(super) fn table(outcomes: &[Outcome], compiled: Option<&BTreeMap<String, Compiled>>) -> String {
    let width = outcomes.iter().map(|outcome| outcome.name.chars().count()).max().unwrap_or(0).max("document".len());
    let mut text =
        format!("{:width$}  {:9}  {:>11}  {:>7}  reported\n", "document", "verdict", "operations", "seconds");
    for outcome in outcomes {
        let written = outcome.written.map_or_else(|| "?".to_owned(), |written| written.to_string());
        let operations = format!("{}/{written}", outcome.operations);
        let compiled = compiled.and_then(|compiled| compiled.get(&outcome.package())).map(Compiled::text);
        let said = [outcome.failure.clone(), compiled, Some(codes(&outcome.codes))];
        let said: Vec<_> = said.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let row = format!(
            "{:width$}  {:9}  {operations:>11}  {:>7.2}  {}",
            outcome.name,
            word(outcome.verdict),
            outcome.time.as_secs_f64(),
            said.join("; ")
        );
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text + "\n" + &totals(outcomes, compiled)
}

fn totals(outcomes: &[Outcome], compiled: Option<&BTreeMap<String, Compiled>>) -> String {
    let mut verdicts = BTreeMap::<_, usize>::new();
    let mut places = BTreeMap::<_, (usize, usize)>::new();
    for outcome in outcomes {
        *verdicts.entry(outcome.verdict).or_default() += 1;
        for (code, count) in counts(&outcome.codes) {
            let (documents, all) = places.entry(code).or_default();
            *documents += 1;
            *all += count;
        }
    }
    let mut lines = vec![format!("{} documents", outcomes.len())];
    lines.extend(verdicts.into_iter().map(|(verdict, count)| format!("  {count:6}  {}", word(verdict))));
    if let Some(compiled) = compiled {
        let ok = compiled.values().filter(|compiled| compiled.is_ok()).count();
        lines.push(format!("  {ok:6}  of {} clients compile", compiled.len()));
    }
    let generated = outcomes.iter().filter(|outcome| outcome.is_generated());
    let (written, made) = generated
        .clone()
        .filter_map(|outcome| Some((outcome.written?, outcome.operations)))
        .fold((0, 0), |(written, made), (more_written, more_made)| (written + more_written, made + more_made));
    lines.push(format!("  {made:6}  of {written} operations in generated clients"));
    let silent = generated.filter(|outcome| outcome.lost_in_silence()).map(|outcome| outcome.name.as_str());
    lines.extend(silent.map(|name| format!("  {name}: fewer operations than written, and nothing is reported")));
    if !places.is_empty() {
        lines.push("reported (places, documents)".to_owned());
    }
    lines.extend(places.into_iter().map(|(code, (documents, all))| format!("  {all:6}  {documents:6}  {code}")));
    lines.join("\n") + "\n"
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Generated => "generated",
        Verdict::Rejected => "rejected",
        Verdict::Unreadable => "unread",
        Verdict::Crashed => "PANIC",
        Verdict::TimedOut => "TIMEOUT",
    }
}

/// `a, b x2`.
fn codes(codes: &[String]) -> String {
    let words = counts(codes).into_iter().map(|(code, count)| match count {
        1 => code.to_owned(),
        count => format!("{code} x{count}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn counts(codes: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    codes.iter().for_each(|code| *counts.entry(code.as_str()).or_default() += 1);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn rows_and_totals_say_what_happened() {
        let outcome = |name: &str, verdict, operations, codes: &[&str]| Outcome {
            name: name.to_owned(),
            verdict,
            operations,
            written: Some(3),
            codes: codes.iter().copied().map(str::to_owned).collect(),
            failure: None,
            time: Duration::from_millis(120),
        };
        let outcomes = [
            outcome("a.yaml", Verdict::Generated, 2, &["y", "x", "x"]),
            outcome("b.yaml", Verdict::Generated, 1, &[]),
            outcome("long.yaml", Verdict::Crashed, 0, &[]),
        ];
        let text = table(&outcomes, None);
        let expected = "\
document   verdict     operations  seconds  reported
a.yaml     generated          2/3     0.12  x x2, y
b.yaml     generated          1/3     0.12
long.yaml  PANIC              0/3     0.12

3 documents
       2  generated
       1  PANIC
       3  of 6 operations in generated clients
  b.yaml: fewer operations than written, and nothing is reported
reported (places, documents)
       2       1  x
       1       1  y
";
        assert_eq!(text, expected);
    }
}
