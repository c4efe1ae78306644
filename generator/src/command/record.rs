//! In: what a run found. Out: the file that `--report` asks for: the findings as JSON, for other programs.

use super::{Failure, folder};
use oasmith::diagnostic::Severity;
use oasmith::{Diagnostics, Generated, Input, Rejected};
use serde::Serialize;
use std::path::Path;

/// The whole file.
#[derive(Serialize)]
struct Record<'a> {
    verdict: &'static str,
    /// How many operations the client has.
    operations: usize,
    found: Vec<Finding<'a>>,
}

/// One finding.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    /// The name of the text.
    source: &'a str,
    /// The JSON pointer in that text.
    pointer: String,
}

/// Writes the file.
pub(crate) fn write(
    path: &Path,
    input: &Input,
    generated: Result<&Generated, &Rejected>,
    found: &Diagnostics,
) -> Result<(), Failure> {
    let record = Record {
        verdict: if generated.is_ok() { "generated" } else { "rejected" },
        operations: generated.map_or(0, |generated| generated.operations),
        found: found.all().map(|diagnostic| finding(input, diagnostic)).collect(),
    };
    let text = serde_json::to_string_pretty(&record).map_err(|error| Failure::usage(error.to_string()))?;
    folder::write_file(path, &(text + "\n"))
}

fn finding<'a>(input: &'a Input, diagnostic: &oasmith::diagnostic::Diagnostic) -> Finding<'a> {
    let place = &diagnostic.place;
    Finding {
        code: diagnostic.problem.wording().code,
        severity: match diagnostic.problem.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        source: input.source(place.source).map_or("", |source| source.name.as_str()),
        pointer: place.pointer.to_string(),
    }
}
