//! In: one API description. Out: what the generator, run as a process of its own, made of it.

use super::count;
use serde::Deserialize;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

/// One API description of the corpus.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Its path in the corpus.
    pub(super) name: String,
    path: PathBuf,
}

/// How the generator ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// A client was written.
    Generated,
    /// The document was rejected.
    Rejected,
    /// The file cannot be read, or the client cannot be written.
    Unreadable,
    /// The generator panicked, or a signal ended it.
    Crashed,
    /// The generator did not end in time.
    TimedOut,
}

/// What the generator made of a document.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// The document's name.
    pub(super) name: String,
    pub(super) verdict: Verdict,
    /// How many operations the client has.
    pub(super) operations: usize,
    /// How many the document has, if it can be counted.
    pub(super) written: Option<usize>,
    /// The codes of all findings.
    pub(super) codes: Vec<String>,
    /// The first line of a crash, or of why the file cannot be read.
    pub(super) failure: Option<String>,
    pub(super) time: Duration,
}

/// The file that `oasmith generate --report` writes.
#[derive(Default, Deserialize)]
struct Report {
    operations: usize,
    found: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    code: String,
}

impl Document {
    /// The document at a path below the corpus's folder.
    pub(super) fn new(folder: &Path, path: PathBuf) -> Self {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        Self { name, path }
    }

    /// Generates its client below `out`.
    pub(super) fn generate(&self, oasmith: &Path, out: &Path, timeout: Duration) -> Result<Outcome, String> {
        let package = package(&self.name);
        let told = out.join(format!("{package}.stderr"));
        let report = out.join(format!("{package}.report.json"));
        let start = Instant::now();
        let write = |error| format!("cannot write {}: {error}", told.display());
        let mut command = Command::new(oasmith);
        command.arg("generate").arg(&self.path).arg("--name").arg(&package).arg("--all");
        command.arg("--out").arg(out.join(&package)).arg("--report").arg(&report);
        command.stdout(std::process::Stdio::null()).stderr(File::create(&told).map_err(write)?);
        let child = command.spawn().map_err(|error| format!("cannot run {}: {error}", oasmith.display()))?;
        let status = wait(child, timeout).map_err(|error| format!("cannot wait for the generator: {error}"))?;
        let time = start.elapsed();

        let told = std::fs::read(&told).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let verdict = verdict(status);
        let report = match verdict {
            Verdict::Generated | Verdict::Rejected => read_report(&report)?,
            _ => Report::default(),
        };
        Ok(Outcome {
            name: self.name.clone(),
            verdict,
            operations: report.operations,
            written: count::operations(&self.path),
            codes: report.found.into_iter().map(|finding| finding.code).collect(),
            failure: failure(verdict, &told),
            time,
        })
    }
}

impl Outcome {
    /// Whether a client was written.
    pub(super) fn is_generated(&self) -> bool {
        self.verdict == Verdict::Generated
    }

    /// Whether the generator came to an end that it meant to come to.
    pub(super) fn is_verdict(&self) -> bool {
        !matches!(self.verdict, Verdict::Crashed | Verdict::TimedOut)
    }

    /// Whether the client lacks operations and nobody is told.
    pub(super) fn lost_in_silence(&self) -> bool {
        self.written.is_some_and(|written| self.operations < written) && self.codes.is_empty()
    }

    /// The client's package, which is also its folder.
    pub(super) fn package(&self) -> String {
        package(&self.name)
    }
}

/// A package name that no other document has: `a/b.yaml` is `doc-a-b-yaml`, and other signs become their code.
fn package(name: &str) -> String {
    let spell = |c: char| match c {
        c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase().to_string(),
        '.' | '-' | '/' => "-".to_owned(),
        '_' => "_".to_owned(),
        c => format!("_{:x}", u32::from(c)),
    };
    let spelled: String = name.chars().map(spell).collect();
    format!("doc-{spelled}")
}

/// Waits for a process; ends it if it takes too long (`None`).
fn wait(mut child: Child, timeout: Duration) -> std::io::Result<Option<ExitStatus>> {
    let end = Instant::now() + timeout;
    while Instant::now() < end {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn verdict(status: Option<ExitStatus>) -> Verdict {
    match status.map(|status| status.code()) {
        None => Verdict::TimedOut,
        Some(Some(0)) => Verdict::Generated,
        Some(Some(1)) => Verdict::Rejected,
        Some(Some(2)) => Verdict::Unreadable,
        Some(_) => Verdict::Crashed,
    }
}

fn failure(verdict: Verdict, told: &str) -> Option<String> {
    let sign = match verdict {
        Verdict::Crashed => "panicked at",
        Verdict::Unreadable => "error:",
        _ => return None,
    };
    let mut lines = told.lines().skip_while(|line| !line.contains(sign));
    let first = lines.next().or(told.lines().last()).unwrap_or("a signal ended it");
    // A panic's message stands below its place.
    Some(lines.next().map_or_else(|| first.to_owned(), |next| format!("{first} {next}")))
}

fn read_report(path: &Path) -> Result<Report, String> {
    let failed = |error: &dyn std::fmt::Display| format!("cannot read {}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
    serde_json::from_str(&text).map_err(|error| failed(&error))
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// What comes of a generator that does this.
    fn with_generator(script: &str) -> Outcome {
        let folder = tempfile::tempdir().unwrap();
        let oasmith = folder.path().join("oasmith");
        std::fs::write(&oasmith, format!("#!/bin/sh\nfor report; do :; done\n{script}\n")).unwrap();
        std::fs::set_permissions(&oasmith, PermissionsExt::from_mode(0o755)).unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "paths: {/a: {get: {}, post: {}}}").unwrap();
        let document = Document::new(folder.path(), path);
        // A short timeout: `exec` makes the sleeper the process that is ended.
        document.generate(&oasmith, folder.path(), Duration::from_millis(800)).unwrap()
    }

    #[test]
    fn every_end_has_its_verdict() {
        let told = r#"echo '{"operations": 1, "found": [{"code": "a"}]}' > "$report""#;
        let generated = with_generator(told);
        assert_eq!((generated.verdict, generated.operations, generated.written), (Verdict::Generated, 1, Some(2)));
        assert_eq!(generated.codes, ["a"]);
        assert_eq!(with_generator(&format!("{told}; exit 1")).verdict, Verdict::Rejected);
        assert_eq!(with_generator("exit 2").verdict, Verdict::Unreadable);
        assert_eq!(with_generator("exec sleep 5").verdict, Verdict::TimedOut);
        assert_eq!(with_generator("kill -9 $$").verdict, Verdict::Crashed);
        let panic = with_generator("echo 'thread panicked at a.rs:1:' >&2; echo 'oh' >&2; exit 101");
        assert_eq!(panic.failure.as_deref(), Some("thread panicked at a.rs:1: oh"));
        assert!(!panic.is_verdict());
    }

    #[test]
    fn packages_have_names_of_their_own() {
        assert_eq!(package("a/b.v1.yaml"), "doc-a-b-v1-yaml");
        assert_ne!(package("a.yaml"), package("a.json"));
        assert_eq!(package("a b"), "doc-a_20b");
    }
}
