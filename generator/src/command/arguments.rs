//! In: the arguments that name documents, overlays and the output, or a `codegen.toml` that does. Out: `Run`, what is
//! read, under which options, and where the result goes.

use super::{Failure, config};
use oasmith::{Options, Source, source};
use std::path::{Component, Path, PathBuf};

/// What every command reads.
#[derive(clap::Args)]
pub(crate) struct Sources {
    /// OpenAPI documents (YAML or JSON), or documentation pages that hold one (`.md`), merged in this order; `-` is
    /// standard input
    #[arg(value_name = "SPEC", required_unless_present = "config")]
    documents: Vec<PathBuf>,
    /// OpenAPI Overlay document, applied after the merge; may be given several times
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// Read documents, overlays, output and options from this codegen.toml
    #[arg(long, value_name = "FILE", conflicts_with_all = ["documents", "overlays", "name", "date_time", "uuid", "lenient", "responses"])]
    config: Option<PathBuf>,
    /// The generated package's name [default: made from the output folder's name]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// What dates and times become: types of this package, or strings
    #[arg(long, value_name = "LIBRARY", default_value = "jiff")]
    date_time: DateTime,
    /// What UUIDs become: `uuid::Uuid`, or strings
    #[arg(long, value_name = "TYPE", default_value = "uuid")]
    uuid: Uuid,
    /// Keep other values than the schema at this JSON pointer allows; may be given several times
    #[arg(long, value_name = "POINTER")]
    lenient: Vec<String>,
    /// What responses may be: as described, or with null or nothing in the place of any property
    #[arg(long, value_name = "KIND", default_value = "strict")]
    responses: Responses,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Responses {
    Strict,
    Tolerant,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum DateTime {
    Jiff,
    Chrono,
    Time,
    String,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Uuid {
    Uuid,
    String,
}

/// What one run reads and writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Paths of OpenAPI documents.
    pub(crate) documents: Vec<PathBuf>,
    /// Paths of overlays.
    pub(crate) overlays: Vec<PathBuf>,
    /// The package's folder.
    pub(crate) output: PathBuf,
    /// What the caller decides about the output.
    pub(crate) options: Options,
    /// The `codegen.toml` that says so.
    pub(crate) config: Option<Source>,
}

impl Sources {
    /// What to read, and where to write: into `out`, else where the `codegen.toml` says.
    pub(crate) fn run(self, out: Option<PathBuf>) -> Result<Run, Failure> {
        if let Some(path) = &self.config {
            let run = config::read(path)?;
            check_name(&run.options.package, "`options.package` in the configuration")?;
            return Ok(Run { output: out.unwrap_or(run.output), ..run });
        }
        let output = out.ok_or_else(|| Failure::usage("name the output folder with --out, or give a --config"))?;
        let package = match self.name {
            Some(name) => name,
            None => name_of(&output).ok_or_else(|| {
                let folder = output.display();
                Failure::usage(format!(
                    "no package name can be made from the folder name `{folder}`; give one with --name"
                ))
            })?,
        };
        check_name(&package, "--name")?;
        let options = Options {
            package,
            date_time: match self.date_time {
                DateTime::Jiff => source::DateTime::Jiff,
                DateTime::Chrono => source::DateTime::Chrono,
                DateTime::Time => source::DateTime::Time,
                DateTime::String => source::DateTime::String,
            },
            uuid: match self.uuid {
                Uuid::Uuid => source::Uuid::Uuid,
                Uuid::String => source::Uuid::String,
            },
            lenient: self.lenient,
            responses: match self.responses {
                Responses::Strict => source::Responses::Strict,
                Responses::Tolerant => source::Responses::Tolerant,
            },
            // Too much for a command line: `codegen.toml` has it.
            pagination: Vec::new(),
        };
        Ok(Run { documents: self.documents, overlays: self.overlays, output, options, config: None })
    }
}

/// A path without `.` and without the `..` that follow a name, as people would write it. For messages and for paths
/// that are read; the folders of a project are not symbolic links to elsewhere.
pub(crate) fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        let after_name = matches!(clean.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if after_name => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    if clean.as_os_str().is_empty() { PathBuf::from(".") } else { clean }
}

/// A package name made from a folder's name: `My API (v2)` gives `my-api-v2`.
fn name_of(folder: &Path) -> Option<String> {
    let folder = std::path::absolute(folder).ok()?;
    let folder = clean(&folder);
    let name = folder.file_name()?.to_string_lossy().to_ascii_lowercase();
    let words = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    check_name(&name, "").is_ok().then_some(name)
}

/// Words that cannot be a crate's name: Rust's keywords, and crates that every other one can see.
const RESERVED: &str = "abstract alloc as async await become box break const continue core crate do dyn else enum extern \
    false final fn for gen if impl in let loop macro match mod move mut override priv proc_macro pub ref return self \
    static std struct super test trait true try type typeof unsafe unsized use virtual where while yield";

/// Whether Cargo takes this as the name of a package that others depend on (The Cargo Book, "The `name` field").
fn check_name(name: &str, what: &str) -> Result<(), Failure> {
    let start = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if start && rest && !RESERVED.split(' ').any(|word| word == name.replace('-', "_")) {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "{what}: `{name}` cannot be a package's name; use letters, digits, `-` and `_`, a letter first, and no word of \
         the Rust language or library"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_folders() {
        assert_eq!(name_of(Path::new("out/My API (v2)")).as_deref(), Some("my-api-v2"));
        assert_eq!(name_of(Path::new("a/../pet-store/.")).as_deref(), Some("pet-store"));
        assert_eq!(name_of(Path::new("2024")), None);
        assert_eq!(name_of(Path::new("type")), None);
        assert_eq!(name_of(Path::new("/")), None);
    }

    #[test]
    fn names_are_checked() {
        assert!(check_name("voximplant-client", "").is_ok());
        for bad in ["", "1a", "a b", "fn", "test", "é", "-a"] {
            assert!(check_name(bad, "--name").is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_are_cleaned() {
        assert_eq!(clean(Path::new("spec/../generated-client")), Path::new("generated-client"));
        assert_eq!(clean(Path::new("../a/./b")), Path::new("../a/b"));
        assert_eq!(clean(Path::new("a/..")), Path::new("."));
    }
}
