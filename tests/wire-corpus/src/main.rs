//! In: a folder of API descriptions, or some of them. Out: how their operations fared on the wire, printed; the exit
//! code says whether anything is wrong that is not known.

use clap::Parser;
use oasmith::Source;
use oasmith_samples::client::Workshop;
use oasmith_samples::folders::documents;
use oasmith_samples::known::List;
use oasmith_wire::{document, report};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Call every operation over a socket and judge what is sent and decoded
#[derive(Parser)]
struct Arguments {
    /// Descriptions, or folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How many crates the compiler builds at a time
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Name every operation that is not supported, and whatever was not tried
    #[arg(long)]
    names: bool,
    /// Take from the list of known mistakes what is right now
    #[arg(long)]
    shrink: bool,
    /// Add every mistake to this file, as lines of JSON
    #[arg(long)]
    failures: Option<PathBuf>,
}

fn main() -> ExitCode {
    Arguments::parse().run().unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

impl Arguments {
    fn run(self) -> Result<ExitCode, String> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = package.ancestors().nth(2).unwrap_or(package);
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let workshop = Workshop::new(target.join("wire"), root.join("Cargo.lock"), self.jobs)?;
        let list = package.join("known.toml");
        let failed = |error: std::io::Error| format!("{}: {error}", list.display());
        let text = std::fs::read_to_string(&list).map_err(failed)?;
        let known = List::read(&text)?;
        let (mut outcomes, mut is_well) = (Vec::new(), true);
        for path in documents(&self.paths)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let outcome = document::run(&Source { name, text }, &workshop)?;
            println!("{}", report::line(&outcome, &known));
            self.details(&outcome);
            let mended = known.mended(&outcome.document, &outcome.failures);
            mended.iter().for_each(|one| println!("    is right now, take it from known.toml: {one}"));
            is_well &= mended.is_empty() && outcome.broken.is_none();
            self.write(&outcome)?;
            outcomes.push(outcome);
        }
        let failures: Vec<_> = outcomes.iter().flat_map(|outcome| outcome.failures.clone()).collect();
        if self.shrink {
            let tried: Vec<_> = outcomes.iter().map(|outcome| outcome.document.as_str()).collect();
            let opening = text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n"));
            let text = opening.collect::<String>() + "\n" + &known.shrunk(&tried, &failures, None).write()?;
            std::fs::write(&list, text).map_err(failed)?;
        }
        let mut new: Vec<_> = failures.iter().filter(|failure| !known.has(failure)).collect();
        // The smallest example first.
        new.sort_by_key(|failure| failure.sample.len() + failure.message.len());
        print!("\n{}", oasmith_samples::report::groups(&new));
        println!("\ntotal: {} documents, {}", outcomes.len(), report::counts(&outcomes));
        Ok(if is_well && new.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// Prints what is not supported, and what was not tried.
    fn details(&self, outcome: &document::Outcome) {
        if self.names {
            let each = outcome.unsupported.iter().map(|one| ("unsupported", one));
            for (what, (name, why)) in each.chain(outcome.untried.iter().map(|one| ("untried", one))) {
                println!("    {what}: {name}: {why}");
            }
        } else {
            print!("{}", oasmith_samples::report::untried("unsupported", &outcome.unsupported));
            print!("{}", oasmith_samples::report::untried("untried", &outcome.untried));
        }
    }

    /// Adds the mistakes to the file for them.
    fn write(&self, outcome: &document::Outcome) -> Result<(), String> {
        let Some(path) = &self.failures else { return Ok(()) };
        let mut text = String::new();
        for failure in &outcome.failures {
            let line = serde_json::json!({"document": failure.document, "pointer": failure.pointer,
                "cause": failure.cause,
                "operation": failure.name, "message": failure.message, "inputs": failure.sample});
            text.push_str(&format!("{line}\n"));
        }
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| format!("{}: {error}", path.display()))
    }
}
