//! In: nothing. Out: `Problem`, one entry for everything that can be said about a description: the variant, its code,
//! its severity, its message (what is wrong, in the author's terms) and its help (how to mend it).

use super::Place;

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

problems! {
    // The text (read/tree).

    /// A text has no content.
    EmptyText => Error "empty-text",
        "this file is empty",
        "give the path of an OpenAPI document or overlay";
    /// A text is too large to read.
    TextTooLarge { megabytes: usize, limit: usize } => Error "text-too-large",
        "this file has {megabytes} MiB, more than the {limit} MiB that can be read",
        "split it into several documents, or leave out what the client does not need";
    /// A text is neither YAML nor JSON. Line and column are 1-based, the column counts characters.
    Syntax { format: &'static str, line: usize, column: usize, reason: String } => Error "syntax",
        "this is not valid {format}: {reason}",
        "correct the {format} at this place, or just before it";
    /// A text holds several YAML documents. The line is that of the second one's start.
    SeveralDocuments { line: usize } => Error "several-documents",
        "this file holds more than one YAML document",
        "put each document, from `---` to the next, in a file of its own";
    /// A text is a list or a scalar.
    NotAnObject { found: &'static str } => Error "not-an-object",
        "a document is an object with members such as `openapi`, but this file is {found}",
        "check that this is the right file, and that its top level is `key: value`";
    /// A text is nested too deeply.
    TooDeep { limit: usize } => Error "too-deep",
        "this is nested more than {limit} levels deep",
        "move inner schemas to `components/schemas` and refer to them with `$ref`";
    /// A text expands, by aliases, to too much.
    TooManyNodes => Error "too-many-nodes",
        "this file has too many values once its aliases are expanded",
        "use `$ref` in place of nested YAML aliases";
    /// A member is written twice.
    DuplicateKey { key: String } => Error "duplicate-key",
        "the key `{key}` is written a second time in the same object",
        "keep one of the two, or give this one another name";
    /// A YAML merge key has something else than maps.
    MergeKey => Error "merge-key",
        "`<<` takes an object or a list of objects",
        "write an alias to an object: `<<: *name`";
    /// A number that JSON cannot write.
    NotFinite { number: &'static str } => Warning "not-finite",
        "`{number}` is not a number in JSON; it is read as null",
        "put it in quotes if text is meant, or leave it out";
    /// A YAML tag that says nothing to OpenAPI.
    Tag { tag: String } => Warning "yaml-tag",
        "the YAML tag `{tag}` is ignored",
        "remove the tag; an OpenAPI document has only the types of JSON";

    // Several documents (read/merge).

    /// Two documents describe the same thing differently.
    MergeConflict { what: String, first: Place } => Error "merge-conflict",
        "{what} is described differently in an earlier document",
        "make the two equal, or remove or rename one of them";

    // Overlays (read/overlay).

    /// An overlay has no `overlay` member.
    NotAnOverlay => Error "not-an-overlay",
        "this file is given as an overlay, but has no `overlay` member",
        "start it with `overlay: 1.0.0`, or give it as a document";
    /// An overlay of another version.
    OverlayVersion { found: String } => Error "overlay-version",
        "overlay version `{found}` is not known",
        "write `overlay: 1.0.0` or `overlay: 1.1.0`";
    /// A part of an overlay is missing or has the wrong shape.
    OverlayShape { wrong: String, mend: String } => Error "overlay-shape",
        "{wrong}",
        "{mend}";
    /// An action that changes nothing.
    OverlayNoEffect { given: &'static str } => Error "overlay-no-effect",
        "this action changes nothing, for it has {given}",
        "give it either `remove: true` or an `update` with what is to be merged in";
    /// A JSONPath is wrong.
    OverlayPath { path: String, reason: String } => Error "overlay-path",
        "`{path}` is not a JSONPath: {reason}",
        "write a JSONPath of RFC 9535, with names that hold `/` or `-` in brackets: `$.paths['/pets'].get['x-a']`";
    /// A target that selects nothing: what it mends is no longer there.
    OverlayNoMatch { path: String } => Error "overlay-no-match",
        "`{path}` matches nothing in the document",
        "adapt the path to the document as it is now, or remove this action";
    /// A change that does not fit what the target selects.
    OverlayMismatch { path: String, reason: String } => Error "overlay-mismatch",
        "this change does not fit what `{path}` selects: {reason}",
        "to put another kind of value there, remove the old value in an action of its own first";
}

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

    /// The line and column, counted from 1 and in characters, of a problem that has no address in a tree.
    pub fn position(&self) -> Option<(usize, usize)> {
        match self {
            Self::Syntax { line, column, .. } => Some((*line, *column)),
            Self::SeveralDocuments { line } => Some((*line, 1)),
            _ => None,
        }
    }

    /// A second place that belongs to it, and the label to put there.
    pub fn related(&self) -> Option<(&Place, &'static str)> {
        match self {
            Self::MergeConflict { first, .. } => Some((first, "first described here")),
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
