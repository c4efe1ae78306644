//! In: `spec/codegen.toml` and `spec/errors.tsv`. Out: `generated-client/` up to date, or with `--check` the word on whether it is.

use std::process::ExitCode;

/// Write the generated client anew
#[derive(clap::Args)]
pub(crate) struct Codegen {
    /// Write nothing; fail if the client is stale
    #[arg(long)]
    check: bool,
    /// Replace generated files that were edited by hand
    #[arg(long)]
    discard_edits: bool,
}

impl Codegen {
    /// Writes the document of error codes, then runs `oasmith generate`; gives its exit code.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let is_fresh = crate::error_codes::write(self.check)?;
        let mut oasmith = crate::cargo();
        oasmith.args(["run", "--quiet", "--package", "oasmith", "--", "generate", "--config", "spec/codegen.toml"]);
        oasmith.args(["--mend", "cargo xtask codegen"]);
        oasmith.args(self.check.then_some("--check"));
        oasmith.args(self.discard_edits.then_some("--discard-edits"));
        let done = crate::status(&mut oasmith)?;
        Ok(if is_fresh { done } else { ExitCode::FAILURE })
    }
}
