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
    let operations = generated.ok().and_then(|generated| generated.files.iter().find(|file| file.path == "wire.txt"));
    let record = Record {
        verdict: if generated.is_ok() { "generated" } else { "rejected" },
        operations: operations.map_or(0, |wire| wire.text.lines().filter(|line| is_operation(line)).count()),
        found: found.all().map(|diagnostic| finding(input, diagnostic)).collect(),
    };
    let text = serde_json::to_string_pretty(&record).map_err(|error| Failure::usage(error.to_string()))?;
    folder::write_file(path, &(text + "\n"))
}

/// Whether a line of `wire.txt` opens an operation, `GET /things`: its parts repeat that and say more.
fn is_operation(line: &str) -> bool {
    let is_method = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
    line.split_once(' ').is_some_and(|(method, path)| is_method(method) && path.starts_with('/') && !path.contains(' '))
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

#[cfg(test)]
mod tests {
    use super::is_operation;

    #[test]
    fn each_operation_counts_once() {
        let wire =
            "server https://example.com\nGET /a\nGET /a query b: string\nPOST /a\nPOST /a 200\nThing.a: string\n";
        assert_eq!(wire.lines().filter(|line| is_operation(line)).count(), 2);
    }
}
