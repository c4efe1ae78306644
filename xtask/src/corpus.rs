//! In: a folder of API descriptions. Out: a table of what the generator makes of each, and with `--check` what the
//! compiler makes of that, with `--docs` also rustdoc. A document that crashes or hangs the generator is a row, not the end.

mod compile;
mod count;
mod document;
mod table;

use compile::Questions;
use document::{Document, Outcome};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::Duration;

/// Generate a client from every description of a folder
#[derive(clap::Args)]
pub(crate) struct Corpus {
    /// The folder: its *.yaml, *.yml and *.json
    folder: PathBuf,
    /// Also look in folders within it
    #[arg(long)]
    recursive: bool,
    /// Also compile every client, with the feature `mock` and without it; a warning is a failure
    #[arg(long)]
    check: bool,
    /// Also compile the documentation of every client
    #[arg(long, requires = "check")]
    docs: bool,
    /// Also compile every client with each feature of a tag alone, and with none: takes long where there are many
    #[arg(long, requires = "check")]
    features: bool,
    /// How many documents at a time
    #[arg(long, default_value = "2")]
    jobs: NonZeroUsize,
    /// Seconds after which the generator is taken to hang
    #[arg(long, default_value_t = 60)]
    timeout: u64,
    /// Keep the clients in this folder
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

impl Corpus {
    /// Prints the table; the exit code says whether anything crashed, hung or did not compile.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let documents = documents(&self.folder, self.recursive)?;
        let oasmith = build()?;
        // Dropped, and so removed, at the end.
        let temporary = tempfile::tempdir().map_err(|error| format!("cannot make a temporary folder: {error}"))?;
        let out = self.keep.clone().unwrap_or_else(|| temporary.path().to_owned());
        std::fs::create_dir_all(&out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
        let out = std::path::absolute(&out).map_err(|error| error.to_string())?;

        let outcomes = self.generate(&oasmith, &documents, &out)?;
        let clients: Vec<_> = outcomes.iter().filter(|outcome| outcome.is_generated()).map(Outcome::package).collect();
        let compiled = match oasmith.parent().and_then(Path::parent) {
            Some(target) if self.check => {
                let questions = Questions { jobs: self.jobs.get(), docs: self.docs, features: self.features };
                Some(compile::check(&out, &clients, &target.join("corpus"), questions)?)
            }
            _ => None,
        };
        print!("{}", table::table(&outcomes, compiled.as_ref()));
        let sound = outcomes.iter().all(Outcome::is_verdict);
        let compiles = compiled.is_none_or(|compiled| compiled.values().all(compile::Compiled::is_ok));
        Ok(if sound && compiles { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn generate(&self, oasmith: &Path, documents: &[Document], out: &Path) -> Result<Vec<Outcome>, String> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs.get()).build();
        let pool = pool.map_err(|error| format!("cannot start threads: {error}"))?;
        let bar = bar(documents.len());
        let timeout = Duration::from_secs(self.timeout);
        let one = |document: &Document| {
            bar.set_message(document.name.clone());
            let outcome = document.generate(oasmith, out, timeout);
            bar.inc(1);
            outcome
        };
        let outcomes = pool.install(|| documents.par_iter().map(one).collect());
        bar.finish_and_clear();
        outcomes
    }
}

fn bar(length: usize) -> ProgressBar {
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta} {msg}") {
        bar.set_style(style);
    }
    bar
}

/// The descriptions of a folder, sorted by path.
fn documents(folder: &Path, recursive: bool) -> Result<Vec<Document>, String> {
    let mut paths = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let read = |error| format!("cannot read {}: {error}", folder.display());
        for entry in std::fs::read_dir(&folder).map_err(read)? {
            let path = entry.map_err(read)?.path();
            let kind = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                folders.extend(recursive.then_some(path));
            } else if matches!(kind, Some("yaml" | "yml" | "json")) {
                paths.insert(path);
            }
        }
    }
    if paths.is_empty() {
        return Err(format!("{} holds no *.yaml, *.yml or *.json", folder.display()));
    }
    Ok(paths.into_iter().map(|path| Document::new(folder, path)).collect())
}

/// Builds the generator as its users have it; gives its path.
pub(crate) fn build() -> Result<PathBuf, String> {
    let mut cargo = crate::cargo();
    cargo.args(["build", "--release", "--package", "oasmith", "--bin", "oasmith", "--message-format", "json"]);
    let output = cargo.stderr(Stdio::inherit()).output().map_err(|error| format!("cannot run cargo: {error}"))?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut paths = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    paths.next_back().filter(|_| output.status.success()).ok_or_else(|| "the generator does not build".to_owned())
}
