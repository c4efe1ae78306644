//! In: what the stages find. Out: `Diagnostics`, the sink that crosses every stage, and `Problem`, the one place for
//! every wording that a person sees about a description.

mod origins;
mod position;
mod problem;
mod wording;

pub use origins::{Origins, Place};
pub use problem::Problem;
pub use wording::{Severity, Wording};

use crate::pointer::Pointer;
use std::collections::BTreeSet;

/// One finding about one place in one of the author's texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where the author wrote it.
    pub place: Place,
    /// What it is.
    pub problem: Problem,
}

/// The sink into which every stage reports all that it finds.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: BTreeSet<Diagnostic>,
    /// Where the parts of the working document came from; kept up to date by `read`.
    pub origins: Origins,
    /// The index of the `codegen.toml` among the author's texts, if the options are from one.
    pub config: Option<usize>,
}

impl Diagnostics {
    /// Reports a problem at an address of the working document.
    pub fn report(&mut self, pointer: &Pointer, problem: Problem) {
        let place = self.origins.resolve(pointer);
        self.report_at(place, problem);
    }

    /// Reports a problem with an option, which is at this address of the `codegen.toml`.
    pub fn report_option(&mut self, option: Pointer, problem: Problem) {
        let place = self
            .config
            .map(|source| Place { source, pointer: Pointer::root().join("options").concat(option.tokens()) });
        self.report_at(place.unwrap_or_default(), problem);
    }

    /// Reports a problem at a place of one of the author's texts. The same finding at the same place is kept once.
    pub fn report_at(&mut self, place: Place, problem: Problem) {
        self.found.insert(Diagnostic { place, problem });
    }

    /// All findings, in the order of their places.
    pub fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Whether any finding rejects the document.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.problem.severity() == Severity::Error)
    }
}

/// The verdict that a document cannot be generated from; why is in the `Diagnostics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejected;
