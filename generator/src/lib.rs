//! oasmith reads OpenAPI 3.0 and 3.1 descriptions and writes a Rust client crate.
//!
//! ```text
//! text --read--> Document --lower--> Api --emit--> files
//! ```
//!
//! In: [`Input`] (texts that the caller has read). Out: [`File`]s (texts that the caller writes), and everything that
//! was found on the way in [`Diagnostics`]. The library itself reads and writes no files.

pub mod diagnostic;
pub mod emit;
pub mod ir;
pub mod lower;
pub mod name;
pub mod pointer;
pub mod read;
pub mod report;
pub mod source;

pub use diagnostic::{Diagnostics, Rejected};
pub use source::{Dependency, Feature, File, Input, Options, Pagination, Source};

use read::tree::to_yaml;

/// What one run makes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Generated {
    /// The files that the generator owns, sorted by path.
    pub files: Vec<File>,
    /// The files that are written once and then belong to the user: `Cargo.toml` and `src/lib.rs`.
    pub scaffold: Vec<File>,
    /// The packages that `Cargo.toml` must name for these files, sorted by name.
    pub dependencies: Vec<Dependency>,
    /// The features that `Cargo.toml` must name for these files, sorted by name, the one of everything at last.
    pub features: Vec<Feature>,
    /// How many operations the client has.
    pub operations: usize,
}

/// Makes the files of a client crate.
///
/// # Errors
/// `Rejected` when a text cannot be read, or something in it leaves nothing sensible to generate; `sink` says what.
pub fn generate(input: &Input, options: &Options, sink: &mut Diagnostics) -> Result<Generated, Rejected> {
    let document = read::read(input, options, sink)?;
    let api = lower::lower(&document, options, sink);
    Ok(Generated {
        files: emit::emit(&api, options),
        scaffold: emit::scaffold(&api, options),
        dependencies: emit::dependencies(&api),
        features: emit::features(&api),
        operations: api.groups.iter().map(|group| group.operations.len()).sum(),
    })
}

/// A stage whose noun can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The document in the core language.
    Core,
    /// The client to be written.
    Api,
    /// The Rust names in it, with the address and the reason of each.
    Names,
}

/// What a stage makes of the documents, as YAML; of the names, a table.
///
/// # Errors
/// As [`generate`].
pub fn print(input: &Input, options: &Options, stage: Stage, sink: &mut Diagnostics) -> Result<String, Rejected> {
    match stage {
        Stage::Core => Ok(to_yaml(&read::core(input, options, sink)?)),
        Stage::Api => {
            let document = read::read(input, options, sink)?;
            let api = lower::lower(&document, options, sink);
            serde_json::to_value(&api).map(|value| to_yaml(&value)).map_err(|_| Rejected)
        }
        Stage::Names => {
            let document = read::read(input, options, sink)?;
            let api = lower::lower(&document, options, sink);
            Ok(lower::table_of_names(&api, |at| address(input, sink, at)))
        }
    }
}

/// Where the author wrote what stands at a pointer: `#/paths/..`, after the name of any text but the first.
fn address(input: &Input, sink: &Diagnostics, at: &pointer::Pointer) -> String {
    let place = sink.origins.resolve(at);
    let source = input.source(place.source).filter(|_| place.source > 0);
    format!("{}#{}", source.map_or("", |source| &source.name), place.pointer)
}
