//! In: the path of a `codegen.toml`. Out: the `Run` that it describes, its paths taken from the file's own folder.

use super::arguments::{Run, clean};
use super::{Failure, input};
use oasmith::{Options, Source};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// OpenAPI documents, or documentation pages that hold them, merged in this order.
    inputs: Vec<PathBuf>,
    /// OpenAPI Overlay documents, applied in this order.
    #[serde(default)]
    overlays: Vec<PathBuf>,
    /// The package's folder.
    output: PathBuf,
    options: Options,
}

const EXAMPLE: &str = "a codegen.toml looks like this, with paths relative to its own folder:
    inputs = [\"openapi.yaml\"] # or a documentation page that holds one: page.md
    overlays = []
    output = \"../client\"
    [options]
    package = \"my-client\"
    date-time = \"jiff\" # or chrono, time, string
    uuid = \"uuid\" # or string
    lenient = [] # pointers to schemas whose values may be others, such as /components/schemas/User/properties/id
    responses = \"strict\" # or tolerant: null, or nothing, in the place of any property
    [[options.pagination]]
    kind = \"cursor\" # or page, offset, link, url: see docs/mapping.md
    operations = [\"listUsers\"]
    parameter = \"cursor\"
    next = \"/next_cursor\"
    items = \"/users\"";

/// Reads a `codegen.toml`.
pub(crate) fn read(path: &Path) -> Result<Run, Failure> {
    let text = input::read_text(path)?;
    let config: Config = toml::from_str(&text).map_err(|error| {
        let near = meant(error.message()).map(|near| format!("\ndid you mean `{near}`?")).unwrap_or_default();
        Failure::usage(format!("{}: {}{near}\n{EXAMPLE}", path.display(), error.to_string().trim_end()))
    })?;
    if config.inputs.is_empty() {
        return Err(Failure::usage(format!("{}: `inputs` names no document\n{EXAMPLE}", path.display())));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let from_here = |paths: Vec<PathBuf>| paths.iter().map(|path| clean(&folder.join(path))).collect();
    Ok(Run {
        documents: from_here(config.inputs),
        overlays: from_here(config.overlays),
        output: clean(&folder.join(config.output)),
        options: config.options,
        config: Some(Source { name: path.display().to_string(), text }),
    })
}

/// The key or value that a misspelled one was probably meant to be, by serde's message: "unknown field `ouput`, expected
/// one of `inputs`, `output`".
fn meant(message: &str) -> Option<&str> {
    let (found, expected) = message.strip_prefix("unknown ")?.split_once(", expected ")?;
    oasmith::name::near(found.split('`').nth(1)?, expected.split('`').skip(1).step_by(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(text: &str) -> Result<Run, Failure> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("spec")).unwrap();
        let path = folder.path().join("spec/codegen.toml");
        std::fs::write(&path, text).unwrap();
        let run = read(&path)?;
        let inside = |path: PathBuf| path.strip_prefix(folder.path()).unwrap().to_owned();
        Ok(Run {
            documents: run.documents.into_iter().map(inside).collect(),
            overlays: run.overlays.into_iter().map(inside).collect(),
            output: inside(run.output),
            ..run
        })
    }

    #[test]
    fn paths_start_at_the_file() {
        let text = "inputs = ['a.yaml']\noverlays = ['overlays/b.yaml']\noutput = '../c'\n[options]\npackage = 'd'\n";
        let run = read_as(text).unwrap();
        assert_eq!(run.documents, [Path::new("spec/a.yaml")]);
        assert_eq!(run.overlays, [Path::new("spec/overlays/b.yaml")]);
        assert_eq!((run.output.as_path(), run.options.package.as_str()), (Path::new("c"), "d"));
    }

    #[test]
    fn the_example_is_one() {
        let (_, example) = EXAMPLE.split_once('\n').unwrap();
        let options = read_as(example).unwrap().options;
        assert_eq!(options.pagination[0].next.as_deref(), Some("/next_cursor"));
    }

    #[test]
    fn unknown_and_missing_keys_are_named() {
        let unknown = read_as("inputs = ['a']\noutput = 'c'\nouput = 'd'\n[options]\npackage = 'd'\n").unwrap_err();
        assert!(unknown.text.contains("did you mean `output`?"), "{}", unknown.text);
        assert!(unknown.text.contains("`ouput`") && unknown.text.contains("line 3"), "{}", unknown.text);
        let missing = read_as("inputs = ['a']\noutput = 'c'\n").unwrap_err();
        assert!(missing.text.contains("`options`"), "{}", missing.text);
        assert_eq!((unknown.code, missing.code), (2, 2));
        assert!(read_as("inputs = []\noutput = 'c'\n[options]\npackage = 'd'\n").is_err());
    }
}
