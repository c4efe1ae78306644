//! In: nothing. Out: messages sent by the generated client to a server on this machine, printed; or only that server.

use std::process::ExitCode;

/// Send messages to a local server with the generated client
#[derive(clap::Args)]
pub(crate) struct Demo {
    /// Only serve, for clients of other languages; prints the URL, and where credentials for it are
    #[arg(long)]
    serve: bool,
    /// With `--serve`: the URL of a server of yours, which is told of messages that come in
    #[arg(long, value_name = "URL", requires = "serve")]
    callback: Option<String>,
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
        if let Some(url) = &self.callback {
            demo.args(["--callback", url]);
        }
        crate::status(&mut demo)
    }
}
