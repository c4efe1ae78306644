//! In: paths. Out: their texts, as the library's `Input`; or one clear error with the path and the mend.

use super::Failure;
use super::arguments::Run;
use oasmith::source::page::is_page;
use oasmith::{Input, Source};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How many files the references of a description may lead into.
const MOST_FILES: usize = 10_000;

/// Reads all documents and overlays, and the files that the documents refer to.
pub(crate) fn read(run: &Run) -> Result<Input, Failure> {
    let Run { documents, overlays, config, .. } = run;
    if documents.iter().chain(overlays).filter(|path| is_standard_input(path)).count() > 1 {
        return Err(Failure::usage("`-`, standard input, can be read only once; put the other text into a file"));
    }
    let sources = |paths: &[PathBuf]| paths.iter().map(|path| read_source(path)).collect::<Result<_, _>>();
    let mut input = Input {
        documents: sources(documents)?,
        overlays: sources(overlays)?,
        referenced: Vec::new(),
        config: config.clone(),
    };
    read_referenced(&mut input)?;
    Ok(input)
}

/// Reads the files that references lead into, and those that these lead into. One that is not there is no failure: the
/// library reports each reference to it.
fn read_referenced(input: &mut Input) -> Result<(), Failure> {
    let mut absent = BTreeSet::new();
    loop {
        let wanted: Vec<_> = oasmith::read::wanted(input).into_iter().filter(|name| !absent.contains(name)).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        for name in wanted {
            let path = Path::new(&name);
            if !path.is_file() {
                absent.insert(name);
            } else if input.referenced.len() < MOST_FILES {
                input.referenced.push(read_source(path)?);
            } else {
                return Err(Failure::usage(format!("the description refers to more than {MOST_FILES} files")));
            }
        }
    }
}

/// Reads one file of UTF-8 text.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    if path.is_dir() {
        let path = path.display();
        return Err(Failure::usage(format!("{path} is a folder; give the path of a file in it")));
    }
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Failure::usage(format!("there is no file {}; check its name and the current folder", path.display()))
        }
        _ => Failure::io("read", path, &error),
    })?;
    decode(bytes, &path.display().to_string())
}

/// Reads one documentation page.
pub(crate) fn read_page(path: &Path) -> Result<Source, Failure> {
    let source = read_source(path)?;
    if is_standard_input(path) {
        return Ok(Source { name: "<stdin>.md".to_owned(), ..source });
    }
    if !is_page(&source.name) {
        return Err(Failure::usage(format!(
            "{} is no page: a page is a Markdown file, and its name ends in `.md`; many documentation sites give it where \
             `.md` is added to the page's address",
            source.name
        )));
    }
    Ok(source)
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read_source(path: &Path) -> Result<Source, Failure> {
    if !is_standard_input(path) {
        return Ok(Source { name: path.display().to_string(), text: read_text(path)? });
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|error| Failure::io("read", Path::new("<stdin>"), &error))?;
    Ok(Source { name: "<stdin>".to_owned(), text: decode(bytes, "<stdin>")? })
}

fn decode(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        Failure::usage(format!("{name} is not UTF-8: the byte at offset {offset} is wrong; save the file as UTF-8"))
    })
}
