//! In: text that the caller has read. Out: the nouns `Source`, `Input`, `Options` and `File`, values that cross the
//! library's border. The library itself reads and writes no files.

/// One text that a person wrote: an OpenAPI document or an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What a person calls it in a message, usually its path as given on the command line.
    pub name: String,
    /// The whole text, YAML or JSON.
    pub text: String,
}

/// What one run reads: documents (merged in this order), then overlays (applied in this order).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// OpenAPI documents; the first one is the main one.
    pub documents: Vec<Source>,
    /// OpenAPI Overlay documents.
    pub overlays: Vec<Source>,
}

impl Input {
    /// The source with this index: documents first, then overlays.
    pub fn source(&self, index: usize) -> Option<&Source> {
        self.documents.iter().chain(&self.overlays).nth(index)
    }
}

/// What the caller decides about the output; everything else follows from the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The generated package's name, as in its `Cargo.toml`: `voximplant-client`.
    pub package: String,
}

impl Options {
    /// The package's name as Rust code spells it: `voximplant_client`.
    pub fn crate_name(&self) -> String {
        self.package.replace('-', "_")
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
