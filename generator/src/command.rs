//! In: the command line. Out: the exit code; results on standard output, findings and failures on standard error.

mod arguments;
mod changes;
mod config;
mod folder;
mod generate;
mod import;
mod input;
mod lock;
mod manifest;
mod output;
mod print;
mod record;
mod survey;

use clap::Parser;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;
use std::process::ExitCode;

/// How many findings are printed unless `--all` asks for the rest.
const MOST_FINDINGS: usize = 3;

const EXIT_CODES: &str = "Exit codes:
  0  done (there may be warnings)
  1  the document is rejected, or a page has none; with --check: the output is stale
  2  wrong usage, a file that cannot be read or written, or edits that would be lost";

/// Reads OpenAPI 3.0 and 3.1 descriptions and writes a Rust client crate.
#[derive(Parser)]
#[command(name = "oasmith", version, after_help = EXIT_CODES)]
enum Command {
    Generate(generate::Generate),
    Import(import::Import),
    Print(print::Print),
}

/// Why a command did not do its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The process's exit code.
    code: u8,
    /// What went wrong and how to mend it; lines without a final newline.
    text: String,
}

impl Failure {
    /// The document is rejected, or the output is stale.
    fn verdict(text: impl Into<String>) -> Self {
        Self { code: 1, text: text.into() }
    }

    /// Wrong usage, or files that cannot be read or written.
    fn usage(text: impl Into<String>) -> Self {
        Self { code: 2, text: text.into() }
    }

    /// The operating system refused to `act` on a path.
    fn io(act: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::usage(format!("cannot {act} {}: {error}", path.display()))
    }
}

/// Runs the command that the process was started with.
pub(crate) fn run() -> ExitCode {
    let done = match Command::parse() {
        Command::Generate(generate) => generate.run(),
        Command::Import(import) => import.run(),
        Command::Print(print) => print.run(),
    };
    match done {
        Ok(text) => {
            say(stdout(), &text);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say(stderr(), &format!("error: {}\n", failure.text));
            ExitCode::from(failure.code)
        }
    }
}

/// Prints what was found, in colour on a terminal.
fn say_findings(input: &oasmith::Input, found: &oasmith::Diagnostics, all: bool) {
    let to = std::io::stderr();
    let color = to.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    say(to, &oasmith::report::render(input, found, (!all).then_some(MOST_FINDINGS), color));
}

/// Prints text. A reader that went away (`oasmith print | head`) is no failure of ours.
fn say(mut to: impl Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
