//! In: nothing. Out: `Problem`, one variant for everything that can be said about a description, with its code, its
//! severity, its message and the help line that says how to mend it.

/// What a finding does to the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document is rejected; nothing is written.
    Error,
    /// The document generates; what is described here is left out or typed wider than written.
    Warning,
}

/// Stand-in: what a person reads about one problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// A stable name of the kind of problem, in kebab-case: `duplicate-key`.
    pub code: &'static str,
}

/// Everything that oasmith can say about a description.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Problem {}

impl Problem {
    /// Whether the document is rejected for it.
    pub fn severity(&self) -> Severity {
        match *self {}
    }

    /// The words for it.
    pub fn wording(&self) -> Wording {
        match *self {}
    }
}
