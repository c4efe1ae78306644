//! In: API descriptions. Out: how the operations of their clients fared over a socket, printed.

use std::path::PathBuf;
use std::process::ExitCode;

/// Call every operation over a socket and judge what is sent and decoded
#[derive(clap::Args)]
pub(crate) struct Wire {
    /// What `--help` of the program itself lists: descriptions or folders, `--jobs N`, `--names`, `--shrink`,
    /// `--failures FILE`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    arguments: Vec<PathBuf>,
}

impl Wire {
    /// Builds and runs the program; gives its exit code. It is a program of its own so that the other tasks need not
    /// build a validator of JSON Schema.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let mut wire = crate::cargo();
        wire.args(["run", "--quiet", "--release", "--package", "oasmith-wire", "--"]).args(self.arguments);
        crate::status(&mut wire)
    }
}
