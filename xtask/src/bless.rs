//! In: what the generator and the compiler say today. Out: the expected results of the tests, replaced by that; a
//! person then reviews the difference.

use std::process::{Command, ExitCode};

/// Accept today's results as the expected ones of the tests
#[derive(clap::Args)]
pub(crate) struct Bless {}

impl Bless {
    /// Runs the tests so that they write what they would compare, then shows what changed.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let mut tests = crate::cargo();
        tests.args(["test", "--quiet", "--no-fail-fast", "--package", "oasmith-tests", "--package", "oasmith-ui"]);
        tests.args(
            ["golden", "rejected", "desugar", "kept_types", "rivals", "ui"].iter().flat_map(|test| ["--test", *test]),
        );
        tests.env("OASMITH_BLESS", "1").env("TRYBUILD", "overwrite");
        let done = crate::status(&mut tests)?;
        for show in [["diff", "--stat", "--", "tests"], ["status", "--short", "--", "tests"]] {
            crate::status(Command::new("git").args(show).current_dir(crate::root()))?;
        }
        Ok(done)
    }
}
