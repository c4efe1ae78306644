//! In: nothing. Out: messages sent by the generated client to a server on this machine, printed.

use std::process::ExitCode;

/// Send messages to a local server with the generated client
#[derive(clap::Args)]
pub(crate) struct Demo {}

impl Demo {
    /// Builds and runs the demonstration; gives its exit code. It is a program of its own so that the other tasks
    /// need not build a server.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let mut demo = crate::cargo();
        demo.args(["run", "--quiet", "--package", "oasmith-tests", "--bin", "demo"]);
        crate::status(&mut demo)
    }
}
