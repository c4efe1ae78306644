//! In: a table of problems. Out: the enum of them and the words that a person reads about each.

use super::{Place, Problem};

/// What a finding does to the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document is rejected; nothing is written.
    Error,
    /// The document generates; what is described here is left out or typed wider than written.
    Warning,
}

/// What a person reads about one problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// A stable name of the kind of problem, in kebab-case: `duplicate-key`.
    pub code: &'static str,
    /// What it does to the run.
    pub severity: Severity,
    /// What is wrong, in the author's terms.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// Writes `Problem` and [`Problem::wording`] from one table. An entry is
/// `Variant { fields } => Severity "code", "message", "help";` where both texts may name fields as `format!` does.
macro_rules! problems {
    ($($(#[$doc:meta])+ $name:ident $({ $($field:ident: $kind:ty),+ })? =>
        $severity:ident $code:literal, $message:literal, $help:literal;)+) => {
        /// Everything that oasmith can say about a description.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        #[allow(missing_docs)] // The messages say what the fields are.
        pub enum Problem {
            $($(#[$doc])+ $name $({ $($field: $kind),+ })?,)+
        }

        impl Problem {
            /// The words for it.
            #[allow(unused_variables)] // A field may serve `related` alone.
            pub fn wording(&self) -> Wording {
                match self {
                    $(Self::$name $({ $($field),+ })? => Wording {
                        code: $code,
                        severity: Severity::$severity,
                        message: format!($message),
                        help: format!($help),
                    },)+
                }
            }
        }
    };
}

pub(super) use problems;

impl Problem {
    /// A stable name of the kind of problem, in kebab-case.
    pub fn code(&self) -> &'static str {
        self.wording().code
    }

    /// Whether the document is rejected for it.
    pub fn severity(&self) -> Severity {
        self.wording().severity
    }

    /// What is wrong, in the author's terms.
    pub fn message(&self) -> String {
        self.wording().message
    }

    /// How to mend it.
    pub fn help(&self) -> String {
        self.wording().help
    }

    /// A second place that belongs to it, and the label to put there.
    pub fn related(&self) -> Option<(&Place, &'static str)> {
        match self {
            Self::MergeConflict { first, .. } => Some((first, "first described here")),
            Self::DuplicateOperationId { first, .. } => Some((first, "first used here")),
            Self::ConflictingProperty { other, .. }
            | Self::AmbiguousUnion { other, .. }
            | Self::WideProperty { other, .. } => Some((other, "also described here")),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, Severity};

    #[test]
    fn words_name_their_fields() {
        let problem = Problem::DuplicateKey { key: "get".into() };
        assert_eq!(problem.code(), "duplicate-key");
        assert_eq!(problem.severity(), Severity::Error);
        assert_eq!(problem.message(), "the key `get` is written a second time in the same object");
    }
}
