//! In: the outcomes of documents. Out: a table of them, and the failures grouped by cause.

use crate::document::{Failure, Outcome};
use crate::known::List;
use crate::suite;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How many schemas are named for each cause.
const EXAMPLES: usize = 3;
/// How much of a sample or message is shown.
const LONGEST: usize = 300;

/// One line for a document.
pub fn line(outcome: &Outcome, known: &List) -> String {
    if let Some(reason) = &outcome.broken {
        return format!("{}: {reason}", outcome.document);
    }
    let new = outcome.failures.iter().filter(|failure| !known.has(failure)).count();
    let mut line = format!("{}: {}", outcome.document, counts(std::slice::from_ref(outcome)));
    if new > 0 {
        let _ = write!(line, ", {new} of them NEW");
    }
    line
}

/// What was not tried, in this word, by reason, with examples of each.
pub fn untried(word: &str, untried: &[(String, String)]) -> String {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (what, why) in untried {
        reasons.entry(why).or_default().push(what);
    }
    let line = |(why, what): (&str, Vec<&str>)| {
        format!(
            "    {} {word}: {why}: {}\n",
            what.len(),
            what.into_iter().take(EXAMPLES).collect::<Vec<_>>().join(", ")
        )
    };
    reasons.into_iter().map(line).collect()
}

/// The counts of some documents.
pub fn counts(outcomes: &[Outcome]) -> String {
    let sum = |count: fn(&Outcome) -> usize| outcomes.iter().map(count).sum::<usize>();
    format!(
        "{} schemas, {} samples, {} with fewer, {} variants built, {} lists, {} failures, {} untried, {} unknown members not kept",
        sum(|outcome| outcome.schemas),
        sum(|outcome| outcome.samples),
        sum(|outcome| outcome.fewer),
        sum(|outcome| outcome.built),
        sum(|outcome| outcome.lists),
        sum(|outcome| outcome.failures.len()),
        sum(|outcome| outcome.untried.len()),
        sum(|outcome| outcome.vanished)
    )
}

/// The counts of the suite.
pub fn suite(outcome: &suite::Outcome) -> String {
    let suite::Outcome { groups, kept, failures, wide, refused, untried } = outcome;
    let count = |cause: &str| failures.iter().filter(|failure| failure.cause == cause).count();
    format!(
        "{groups} groups, {} untried; valid: {kept} kept, {} refused, {} changed; invalid: {refused} refused, {} taken",
        untried.len(),
        count("refused"),
        count("changed"),
        wide.values().sum::<usize>()
    )
}

/// The failures by cause, the most frequent one first.
pub fn groups(failures: &[&Failure]) -> String {
    let mut groups: BTreeMap<&str, Vec<&Failure>> = BTreeMap::new();
    for failure in failures {
        groups.entry(&failure.cause).or_default().push(failure);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, failures)| std::cmp::Reverse(failures.len()));
    let mut text = String::new();
    for (cause, failures) in groups {
        let schemas: BTreeSet<_> = failures.iter().map(|failure| (&failure.document, &failure.pointer)).collect();
        let _ = writeln!(text, "{cause}: {} samples of {} schemas", failures.len(), schemas.len());
        let mut shown = BTreeSet::new();
        for failure in failures {
            if shown.len() < EXAMPLES && shown.insert((&failure.document, &failure.pointer)) {
                let Failure { document, pointer, name, message, sample, .. } = failure;
                let [message, sample] = [message, sample].map(|text| short(text));
                let _ =
                    writeln!(text, "    {document} {pointer} ({name})\n        {message}\n        sample: {sample}");
            }
        }
    }
    text
}

fn short(text: &str) -> String {
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::counts;
    use crate::document::Outcome;

    #[test]
    fn counts_are_sums() {
        let outcome = Outcome { schemas: 2, samples: 51, fewer: 1, ..Outcome::default() };
        let expected = "4 schemas, 102 samples, 2 with fewer, 0 variants built, 0 lists, 0 failures, 0 untried, 0 unknown members not kept";
        assert_eq!(counts(&[outcome.clone(), outcome]), expected);
    }
}
