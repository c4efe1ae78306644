//! In: nothing. Out: messages sent by the generated client to a server on this machine, printed; or only that server.

use std::process::ExitCode;

/// Send messages to a local server with the generated client
#[derive(clap::Args)]
pub(crate) struct Demo {
    /// Only serve, for clients of other languages; prints the URL, and where credentials for it are
    #[arg(long)]
    serve: bool,
}

impl Demo {
    /// Builds and runs the demonstration; gives its exit code. It is a program of its own so that the other tasks
    /// need not build a server.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let mut demo = crate::cargo();
        demo.args(["run", "--quiet", "--package", "oasmith-tests", "--bin", "demo"]);
        if self.serve {
            demo.args(["--", "--serve"]);
        }
        crate::status(&mut demo)
    }
}
