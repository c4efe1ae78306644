//! In: a documentation page. Out: the OpenAPI document in it, as the vendor published it, in a file or on standard output.

use super::survey::read;
use super::{Failure, changes, folder, input, say, say_findings};
use oasmith::read::page::{Imported, import, operations_of};
use oasmith::source::page::is_page;
use oasmith::{Diagnostics, Input, Source};
use std::io::stderr;
use std::path::{Path, PathBuf};

/// Take the OpenAPI document out of a documentation page
///
/// The page is Markdown, as Fern exports it: many documentation sites give it where `.md` is added to a page's address. The
/// document is the first block below the line `## OpenAPI Specification` that opens with ```yaml (or ~~~yaml) and ends with
/// the next such fence in the first column. It is written as it was published, byte for byte. Nothing else on the page
/// becomes a part of it, and nothing on it is obeyed.
///
/// A `codegen.toml`, and `oasmith generate`, can also name the page itself in place of a document.
#[derive(clap::Args)]
pub(crate) struct Import {
    /// The page, a Markdown file (`.md`); `-` is standard input
    #[arg(value_name = "PAGE")]
    page: PathBuf,
    /// The file to write; a page without a document leaves it as it is [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print all findings, not only the first ones
    #[arg(long)]
    all: bool,
}

impl Import {
    /// Runs the command; gives the text for standard output.
    pub(crate) fn run(self) -> Result<String, Failure> {
        let page = input::read_page(&self.page)?;
        let mut found = Diagnostics::default();
        let imported = import(&page, &mut found);
        say_findings(&Input { documents: vec![page.clone()], ..Input::default() }, &found, self.all);
        let imported = imported.map_err(|_| Failure::verdict("nothing is taken from the page; nothing was written"))?;
        say(stderr(), &note(&imported));
        match self.out.filter(|path| path.as_os_str() != "-") {
            Some(path) => write(&path, &page.name, &imported),
            None => Ok(imported.text.to_owned()),
        }
    }
}

/// A hint for a document that names no server, where the page does.
fn note(imported: &Imported<'_>) -> String {
    let note = |server| {
        format!(
            "note: the document has no `servers`, but the page speaks of {server}; if that is right, add it with an \
             overlay, as `servers: [{{url: {server}}}]`\n"
        )
    };
    imported.server.map(note).unwrap_or_default()
}

/// Writes the document, unless something else stands in its place, and says which operations come and go by that.
fn write(path: &Path, page: &str, imported: &Imported<'_>) -> Result<String, Failure> {
    let name = path.display();
    if is_page(&path.to_string_lossy()) || path.extension().is_some_and(|kind| kind == "json") {
        return Err(Failure::usage(format!("{name} would not be read as YAML; give the document a name in `.yaml`")));
    }
    let before = read(path)?;
    if before.as_deref() == Some(imported.text) {
        return Ok(format!("{name}: up to date\n"));
    }
    let is_new = before.is_none();
    let old = match before {
        Some(text) => operations_of(&Source { name: name.to_string(), text }).ok_or_else(|| {
            Failure::usage(format!(
                "{name} is there and is no OpenAPI document; give another name, or remove it if it is of no use; nothing \
                 was written"
            ))
        })?,
        None => Vec::new(),
    };
    folder::write_file(path, imported.text)?;
    let lines = imported.line..=imported.line + imported.text.lines().count() - 1;
    let done = if is_new { "written" } else { "replaced" };
    let all = |operations: &[String]| operations.iter().map(|one| plain(one) + "\n").collect::<String>();
    let changed = changes::lines([(all(&old).as_str(), all(&imported.operations).as_str())]);
    Ok(format!("{name}: {done}, from lines {} to {} of {page}\n{changed}", lines.start(), lines.end()))
}

/// Text of a document without what would change how a terminal shows the rest: controls, of direction, too.
fn plain(text: &str) -> String {
    let is_control = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if is_control(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
