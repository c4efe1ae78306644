//! In: documents and an output folder. Out: the client's files there, and a few lines that say what changed.

use super::arguments::Sources;
use super::manifest::{self, Lacking};
use super::output::Plan;
use super::survey::list;
use super::{Failure, changes, folder, input, record, say_findings};
use oasmith::Diagnostics;
use std::path::{Path, PathBuf};

/// How many changed files are named.
const MOST_NAMES: usize = 8;

/// Write a client crate
#[derive(clap::Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    sources: Sources,
    /// The package's folder
    #[arg(long, value_name = "DIR", required_unless_present = "config")]
    out: Option<PathBuf>,
    /// Write nothing; fail if a run would change anything
    #[arg(long)]
    check: bool,
    /// Replace files that were edited after oasmith wrote them
    #[arg(long)]
    discard_edits: bool,
    /// Print all findings, not only the first ones
    #[arg(long)]
    all: bool,
    /// Also write the verdict and all findings to this file, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The command that `--check` names as the mend
    #[arg(long, value_name = "COMMAND", hide = true)]
    mend: Option<String>,
}

impl Generate {
    /// Runs the command; gives the text for standard output.
    pub(crate) fn run(self) -> Result<String, Failure> {
        let run = self.sources.run(self.out)?;
        let input = input::read(&run)?;
        let mut found = Diagnostics::default();
        let generated = oasmith::generate(&input, &run.options, &mut found);
        say_findings(&input, &found, self.all);
        if let Some(path) = &self.report {
            record::write(path, &input, generated.as_ref(), &found)?;
        }
        let generated = generated.map_err(|_| Failure::verdict("the document is rejected; nothing was written"))?;
        let root = run.output.as_path();
        if self.check {
            let mend = self.mend.unwrap_or_else(this_command);
            let lacking = manifest::lacks(root, &generated)?;
            return check(root, &Plan::new(root, &generated)?, &lacking, &mend);
        }
        let done = write(root, &generated, self.discard_edits)?;
        let lacking = manifest::lacks(root, &generated)?;
        if lacking.is_empty() {
            return Ok(done);
        }
        Ok(format!("{done}note: {}", lacking.sentence(root)))
    }
}

/// Brings the folder up to date and says what changed.
fn write(root: &Path, generated: &oasmith::Generated, discard_edits: bool) -> Result<String, Failure> {
    let guard = if root.is_dir() { Some(folder::take(root)?) } else { None };
    folder::recover(root)?;
    let plan = Plan::new(root, generated)?;
    plan.guard(discard_edits)?;
    if plan.is_current() {
        return Ok(format!("{}: up to date\n", root.display()));
    }
    plan.apply()?;
    drop(guard);
    Ok(summary(root, &plan) + &note(root))
}

/// What changed: how many files, then the lines of the two files that people review.
fn summary(root: &Path, plan: &Plan<'_>) -> String {
    let (changed, added, removed) = (plan.changed.len(), plan.added.len() + plan.scaffold.len(), plan.removed.len());
    let root = root.display();
    if changed + added + removed == 0 {
        return format!("{root}: only codegen.lock changed\n");
    }
    let files = if changed == 1 { "file" } else { "files" };
    let head = format!("{root}: {changed} {files} changed, {added} added, {removed} removed\n{}", names(plan));
    head + &changes::lines(["api.txt", "wire.txt"].into_iter().filter_map(|path| plan.texts(path)))
}

/// The files, where they are few enough to be named.
fn names(plan: &Plan<'_>) -> String {
    let reviewed = |path: &&str| !["api.txt", "wire.txt"].contains(path);
    let all = plan.changed.iter().chain(&plan.added).copied().filter(reviewed).collect::<Vec<_>>();
    let removed = plan.removed.iter().map(|path| format!("  {path} (removed)\n"));
    let lines: Vec<String> = all.iter().map(|path| format!("  {path}\n")).chain(removed).collect();
    if lines.len() <= MOST_NAMES { lines.concat() } else { String::new() }
}

/// A hint for a package whose own `src/lib.rs` leaves the generated module out.
fn note(root: &Path) -> String {
    match std::fs::read_to_string(root.join("src/lib.rs")) {
        Ok(text) if !text.contains("mod generated;") => {
            "note: src/lib.rs does not name the generated module; add\n    #[rustfmt::skip]\n    mod generated;\n    pub \
             use generated::*;\n"
                .to_owned()
        }
        _ => String::new(),
    }
}

/// Says what is stale and how to mend it.
fn check(root: &Path, plan: &Plan<'_>, lacking: &Lacking, mend: &str) -> Result<String, Failure> {
    let lacking = if lacking.is_empty() { String::new() } else { lacking.sentence(root) };
    if plan.is_current() && !lacking.is_empty() {
        return Err(Failure::verdict(lacking.trim_end()));
    }
    if plan.is_current() {
        return Ok(format!("{}: up to date\n", root.display()));
    }
    let mut stale = Vec::new();
    stale.extend(plan.foreign.iter().map(|path| format!("{path}: not written by oasmith; move it away")));
    stale.extend(plan.edited.iter().map(|path| format!("{path}: edited by hand")));
    let known = |path: &str| plan.foreign.iter().chain(&plan.edited).any(|other| other == path);
    let changed = plan.changed.iter().filter(|path| !known(path));
    stale.extend(changed.map(|path| format!("{path}: differs")));
    let missing = plan.added.iter().copied().chain(plan.scaffold.iter().map(|file| file.path.as_str()));
    stale.extend(missing.map(|path| format!("{path}: missing")));
    let removed = plan.removed.iter().filter(|path| !known(path));
    stale.extend(removed.map(|path| format!("{path}: no longer made")));
    if stale.is_empty() {
        stale.push("codegen.lock: differs".to_owned());
    }
    let lines = changes::lines(["api.txt", "wire.txt"].into_iter().filter_map(|path| plan.texts(path)));
    let discard = if plan.edited.is_empty() && plan.lock_wrong.is_none() { "" } else { " --discard-edits" };
    let root = root.display();
    let stale = list(&stale);
    Err(Failure::verdict(format!("{root} is stale:\n{stale}\n{lines}{lacking}to mend it, run: {mend}{discard}")))
}

/// The command line of this process without `--check`.
fn this_command() -> String {
    let rest = std::env::args().skip(1).filter(|argument| argument != "--check");
    let quote = |word: String| if word.contains(char::is_whitespace) { format!("'{word}'") } else { word };
    std::iter::once("oasmith".to_owned()).chain(rest.map(quote)).collect::<Vec<_>>().join(" ")
}
