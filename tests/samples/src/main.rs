//! In: a folder of API descriptions, or some of them. Out: how samples of their schemas fared, printed; the exit code says
//! whether anything failed that is not known.

use clap::Parser;
use oasmith::Source;
use oasmith_samples::client::Workshop;
use oasmith_samples::document::{self, Failure};
use oasmith_samples::folders::documents;
use oasmith_samples::known::List;
use oasmith_samples::{permuted, report, suite};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Decode and encode samples of schemas with the generated types
#[derive(Parser)]
struct Arguments {
    /// Descriptions, or folders of them
    #[arg(required_unless_present = "suite")]
    paths: Vec<PathBuf>,
    /// Also try the JSON Schema Test Suite in this folder
    #[arg(long, value_name = "FOLDER")]
    suite: Option<PathBuf>,
    /// How many samples of each schema
    #[arg(long, default_value_t = 50)]
    samples: usize,
    /// How many crates the compiler builds at a time
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Take from the lists of known failures what fails no longer
    #[arg(long)]
    shrink: bool,
    /// Add every failure to this file, as lines of JSON
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
        let workshop = Workshop::new(target.join("samples"), root.join("Cargo.lock"), self.jobs)?;
        let mut is_well = self.paths.is_empty() || self.documents(&list("known.toml")?, &workshop)?;
        if let Some(folder) = &self.suite {
            is_well &= self.suite(folder, &list("suite.toml")?, &workshop)?;
        }
        Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// Tries the documents; says whether all is as it is known to be.
    fn documents(&self, known: &List, workshop: &Workshop) -> Result<bool, String> {
        let mut outcomes = Vec::new();
        let mut is_well = true;
        for path in documents(&self.paths)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let source = Source { name, text };
            let outcome = document::run(&source, self.samples, workshop)?;
            println!("{}", report::line(&outcome, known));
            print!("{}", report::untried("untried", &outcome.untried));
            let order = permuted::differences(&source).into_iter();
            let order = order.map(|difference| format!("the order of variants matters: {difference}"));
            let mended = known.mended(&outcome.document, &outcome.failures).into_iter();
            let mended = mended.map(|one| format!("fails no longer, take it from known.toml: {one}"));
            for line in order.chain(mended) {
                is_well = false;
                println!("    {line}");
            }
            is_well &= outcome.broken.is_none();
            self.write(&outcome.failures)?;
            outcomes.push(outcome);
        }
        let failures: Vec<_> = outcomes.iter().flat_map(|outcome| outcome.failures.clone()).collect();
        if self.shrink {
            let tried: Vec<_> = outcomes.iter().map(|outcome| outcome.document.as_str()).collect();
            save("known.toml", &known.shrunk(&tried, &failures, None))?;
        }
        let new: Vec<_> = failures.iter().filter(|failure| !known.has(failure)).collect();
        print!("\n{}", report::groups(&new));
        println!("\ntotal: {} documents, {}", outcomes.len(), report::counts(&outcomes));
        Ok(is_well && new.is_empty())
    }

    /// Tries the suite; says whether all is as it is known to be.
    fn suite(&self, folder: &Path, known: &List, workshop: &Workshop) -> Result<bool, String> {
        let outcome = suite::run(folder, workshop)?;
        print!("{}", report::untried("untried", &outcome.untried));
        let new: Vec<_> = outcome.failures.iter().filter(|failure| !known.has(failure)).collect();
        for failure in &new {
            println!("    NEW {}: {}: {}: {}", failure.document, failure.pointer, failure.cause, failure.message);
        }
        let mended = known.documents().into_iter().flat_map(|file| known.mended(file, &outcome.failures));
        let mut others: Vec<_> =
            mended.map(|line| format!("fails no longer, take it from suite.toml: {line}")).collect();
        others.extend(known.wider(&outcome.wide));
        others.iter().for_each(|line| println!("    {line}"));
        if self.shrink {
            let files: Vec<_> = known.documents().into_iter().collect();
            save("suite.toml", &known.shrunk(&files, &outcome.failures, Some(&outcome.wide)))?;
        }
        println!("suite: {}", report::suite(&outcome));
        Ok(new.is_empty() && others.is_empty())
    }

    /// Adds the failures to the file for them.
    fn write(&self, failures: &[Failure]) -> Result<(), String> {
        let Some(path) = &self.failures else { return Ok(()) };
        let mut text = String::new();
        for failure in failures {
            let line = serde_json::json!({"document": failure.document, "pointer": failure.pointer, "type": failure.name,
                "cause": failure.cause, "message": failure.message, "sample": failure.sample});
            text.push_str(&format!("{line}\n"));
        }
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| format!("{}: {error}", path.display()))
    }
}

/// Reads a list of known failures.
fn list(name: &str) -> Result<List, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    List::read(&std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// Writes a list of known failures.
fn save(name: &str, list: &List) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    // What stands at the top says what the file is.
    let opening: String =
        text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    std::fs::write(&path, opening + "\n" + &list.write()?).map_err(|error| format!("{}: {error}", path.display()))
}
