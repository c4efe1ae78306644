//! In: documents and a stage. Out: what that stage made of them, as text, for people who want to see why.

use super::arguments::Sources;
use super::{Failure, input, say_findings};
use oasmith::Diagnostics;
use std::path::PathBuf;

/// Print what a stage makes of the documents
#[derive(clap::Args)]
pub(crate) struct Print {
    #[command(flatten)]
    sources: Sources,
    /// The stage to look at
    #[arg(long)]
    stage: Stage,
    /// Print all findings, not only the first ones
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Stage {
    /// The document, rewritten to OpenAPI 3.0 in which every schema has one kind
    Core,
    /// The client that is to be written: its types and operations
    Api,
    /// The names in that client: where each comes from, and why it is what it is
    Names,
}

impl From<Stage> for oasmith::Stage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Core => Self::Core,
            Stage::Api => Self::Api,
            Stage::Names => Self::Names,
        }
    }
}

impl Print {
    /// Runs the command; gives the text for standard output.
    pub(crate) fn run(self) -> Result<String, Failure> {
        // Nothing is written: the output's name only stands in for the package's.
        let run = self.sources.run(Some(PathBuf::from("client")))?;
        let input = input::read(&run)?;
        let mut found = Diagnostics::default();
        let printed = oasmith::print(&input, &run.options, self.stage.into(), &mut found);
        say_findings(&input, &found, self.all);
        printed.map_err(|_| Failure::verdict("the document is rejected"))
    }
}
