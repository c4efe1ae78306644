//! In: the outcomes of documents. Out: a line for each, and the sum.

use crate::document::Outcome;
use oasmith_samples::known::List;
use std::fmt::Write;

/// One line for a document.
pub fn line(outcome: &Outcome, known: &List) -> String {
    if let Some(reason) = &outcome.broken {
        return format!("{}: {reason}", outcome.document);
    }
    let new = outcome.failures.iter().filter(|failure| !known.has(failure)).count();
    let mut line = format!("{}: {}", outcome.document, counts(std::slice::from_ref(outcome)));
    if new > 0 {
        let _ = write!(line, ", {new} mistakes NEW");
    }
    line
}

/// The counts of some documents.
pub fn counts(outcomes: &[Outcome]) -> String {
    let sum = |count: fn(&Outcome) -> usize| outcomes.iter().map(count).sum::<usize>();
    let (right, wrong) = (sum(|outcome| outcome.right), sum(|outcome| outcome.wrong));
    let unsupported = sum(|outcome| outcome.unsupported.len());
    format!(
        "{} operations tried, {right} right, {wrong} wrong, {unsupported} unsupported, {} calls",
        right + wrong + unsupported,
        sum(|outcome| outcome.calls)
    )
}

#[cfg(test)]
mod tests {
    use super::counts;
    use crate::document::Outcome;

    #[test]
    fn counts_are_sums() {
        let unsupported = vec![("GET /".to_owned(), "reason".to_owned())];
        let outcome = Outcome { right: 2, wrong: 1, unsupported, calls: 9, ..Outcome::default() };
        let expected = "8 operations tried, 4 right, 2 wrong, 2 unsupported, 18 calls";
        assert_eq!(counts(&[outcome.clone(), outcome]), expected);
    }
}
