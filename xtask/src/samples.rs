//! In: API descriptions. Out: how samples of their schemas fared with the generated types, printed.

use std::path::PathBuf;
use std::process::ExitCode;

/// Decode and encode samples of every schema with the generated types
#[derive(clap::Args)]
pub(crate) struct Samples {
    /// What `--help` of the program itself lists: descriptions or folders, `--suite FOLDER`, `--samples N`, `--jobs N`,
    /// `--shrink`, `--failures FILE`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    arguments: Vec<PathBuf>,
}

impl Samples {
    /// Builds and runs the program; gives its exit code. It is a program of its own so that the other tasks need not
    /// build a validator of JSON Schema.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let mut samples = crate::cargo();
        samples.args(["run", "--quiet", "--release", "--package", "oasmith-samples", "--"]).args(self.arguments);
        crate::status(&mut samples)
    }
}
