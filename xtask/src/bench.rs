//! In: the name of a measurement. Out: its table, as Markdown.

mod client;
mod cost;
mod crates;
mod instances;
mod lines;
mod reached;
mod synthetic;
mod types;

use std::process::ExitCode;

/// Measure what generated code costs
#[derive(clap::Args)]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    Types(types::Types),
    Lines(lines::Lines),
    Client(client::Client),
}

impl Bench {
    /// Measures, and prints the table.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        match self.what {
            What::Types(types) => types.run()?,
            What::Lines(lines) => lines.run()?,
            What::Client(client) => client.run()?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
