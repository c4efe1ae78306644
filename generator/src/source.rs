//! In: text that the caller has read. Out: the nouns `Source`, `Input`, `Options` and `File`, values that cross the
//! library's border. The library itself reads and writes no files.

pub mod page;

use serde::Deserialize;
use std::borrow::Cow;

/// One text that a person wrote: an OpenAPI document or an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What a person calls it in a message, usually its path as given on the command line. One that ends in `.md` makes the
    /// text a documentation [`page`].
    pub name: String,
    /// The whole text: YAML, JSON, or a page that holds YAML.
    pub text: String,
}

impl Source {
    /// The text without a byte order mark.
    pub fn whole(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// What is to be read of the whole text: of a page, only the document in it, at its place.
    ///
    /// # Errors
    /// What is in the way, where a page has none.
    pub fn document(&self) -> Result<Cow<'_, str>, page::NoBlock> {
        if !page::is_page(&self.name) {
            return Ok(Cow::Borrowed(self.whole()));
        }
        let block = page::find(self.whole())?;
        Ok(Cow::Owned(page::alone(self.whole(), &block)))
    }
}

/// What one run reads: documents (merged in this order), then overlays (applied in this order).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// OpenAPI documents; the first one is the main one.
    pub documents: Vec<Source>,
    /// OpenAPI Overlay documents.
    pub overlays: Vec<Source>,
    /// Texts that references of the documents lead into: those that [`wanted`](crate::read::wanted) asks for. Their names
    /// are paths, relative to what the documents' names are relative to.
    pub referenced: Vec<Source>,
    /// The `codegen.toml` that the options are from, if they are from one: findings about them are shown there.
    pub config: Option<Source>,
}

impl Input {
    /// All texts: documents first, then overlays, then what is referred to, at last the `codegen.toml`.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.documents.iter().chain(&self.overlays).chain(&self.referenced).chain(&self.config)
    }

    /// The index of the `codegen.toml` among all texts.
    pub fn config(&self) -> Option<usize> {
        self.config.as_ref().map(|_| self.documents.len() + self.overlays.len() + self.referenced.len())
    }

    /// The text with this index.
    pub fn source(&self, index: usize) -> Option<&Source> {
        self.sources().nth(index)
    }
}

/// What the caller decides about the output; everything else follows from the documents. It is the table `[options]`
/// of a `codegen.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The generated package's name, as in its `Cargo.toml`: `voximplant-client`.
    pub package: String,
    /// What dates and times become.
    #[serde(default)]
    pub date_time: DateTime,
    /// What UUIDs become.
    #[serde(default)]
    pub uuid: Uuid,
    /// JSON pointers to schemas, as if each said `x-oasmith-lenient: true`: what is no such value is kept as it came.
    #[serde(default)]
    pub lenient: Vec<String>,
    /// What responses may be that are not as described.
    #[serde(default)]
    pub responses: Responses,
    /// Which operations answer a list page by page, and how.
    #[serde(default)]
    pub pagination: Vec<Pagination>,
}

/// What responses may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Responses {
    /// As the document describes them.
    #[default]
    Strict,
    /// Null, or nothing, may stand in the place of any property of a type that only responses bring: each is an `Option`.
    Tolerant,
}

/// How operations answer a list page by page: a table `[[options.pagination]]`, or the value of `x-oasmith-pagination`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pagination {
    /// What says which page is next.
    pub kind: PageKind,
    /// The `operationId`s of the operations; where none is named, every operation that it fits.
    #[serde(default)]
    pub operations: Vec<String>,
    /// A JSON pointer to the list in an answer; empty: the answer is the list.
    #[serde(default)]
    pub items: String,
    /// The parameter that says which page is wanted.
    pub parameter: Option<String>,
    /// The property of the body that says which page is wanted.
    pub member: Option<String>,
    /// A JSON pointer to what says which page is next: a token or a URL.
    pub next: Option<String>,
    /// The header of an answer with the token of the next page.
    pub next_header: Option<String>,
    /// A JSON pointer to what is `false` in the last page.
    pub more: Option<String>,
    /// The number of the first page, by default 1, or of the first item, by default 0.
    pub start: Option<u64>,
    /// A JSON pointer to how many pages, or how many items, there are in all.
    pub total: Option<String>,
}

/// What says which page is next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// A token in the answer.
    #[default]
    Cursor,
    /// The number of the page.
    Page,
    /// The number of items that come before.
    Offset,
    /// The header `Link` with `rel="next"` (RFC 8288).
    Link,
    /// A URL in the answer.
    Url,
}

/// What dates and times become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateTime {
    /// Types of the package `jiff`.
    #[default]
    Jiff,
    /// Types of the package `chrono`.
    Chrono,
    /// Types of the package `time`.
    Time,
    /// `String`.
    String,
}

/// What UUIDs become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uuid {
    /// `uuid::Uuid`.
    #[default]
    Uuid,
    /// `String`.
    String,
}

impl Options {
    /// The package's name as Rust code spells it: `voximplant_client`.
    pub fn crate_name(&self) -> String {
        self.package.replace('-', "_")
    }
}

/// A package that the generated code needs, beside those that every client needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    /// Its name: `uuid`.
    pub name: &'static str,
    /// The version and the default features, as `Cargo.toml` spells them: `version = "1", default-features = false`.
    pub source: &'static str,
    /// The features to ask for.
    pub features: &'static [&'static str],
}

impl Dependency {
    /// Its line below `[dependencies]`.
    pub fn line(&self) -> String {
        let features: Vec<_> = self.features.iter().map(|feature| format!("{feature:?}")).collect();
        match features.as_slice() {
            [] => format!("{} = {{ {} }}", self.name, self.source),
            features => format!("{} = {{ {}, features = [{}] }}", self.name, self.source, features.join(", ")),
        }
    }
}

/// A feature of the generated crate, beside those that every client has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature {
    /// Its name: `user-accounts`.
    pub name: String,
    /// The features that it turns on.
    pub enables: Vec<String>,
}

impl Feature {
    /// Its line below `[features]`.
    pub fn line(&self) -> String {
        let enables: Vec<_> = self.enables.iter().map(|feature| format!("    {feature:?},\n")).collect();
        let enables = if enables.is_empty() { String::new() } else { format!("\n{}", enables.concat()) };
        format!("{} = [{enables}]", self.name)
    }
}

/// One file of the output.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// Relative to the package's folder, with `/` between folders: `src/generated/client.rs`.
    pub path: String,
    /// The whole text, ending in a newline.
    pub text: String,
}
