//! oasmith reads OpenAPI 3.0 and 3.1 descriptions and writes a Rust client crate.
//!
//! ```text
//! text --read--> Document --lower--> Api --emit--> files
//! ```
//!
//! In: [`Input`] (texts that the caller has read). Out: [`File`]s (texts that the caller writes), and everything that
//! was found on the way in [`Diagnostics`]. The library itself reads and writes no files.

pub mod diagnostic;
pub mod ir;
pub mod pointer;
pub mod report;
pub mod source;

pub use diagnostic::{Diagnostics, Rejected};
pub use source::{File, Input, Options, Source};

/// What one run makes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Generated {
    /// The files that the generator owns.
    pub files: Vec<File>,
    /// The files that are written once, for the user to own.
    pub scaffold: Vec<File>,
}

/// A stage whose result can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The document in the core language.
    Core,
    /// The client to be written.
    Api,
}

/// Stand-in for the pipeline: a private file format, for the command's own tests.
pub fn generate(input: &Input, options: &Options, _: &mut Diagnostics) -> Result<Generated, Rejected> {
    let text: String = input.documents.iter().map(|source| source.text.as_str()).collect();
    if text.contains("reject") {
        return Err(Rejected);
    }
    let file = |path: &str, text: String| File { path: path.to_owned(), text };
    let files = vec![
        file("src/generated/mod.rs", format!("//! {text}\npub fn it() {{}}\n")),
        file("api.txt", text.clone()),
        file("wire.txt", "GET /it\n".to_owned()),
    ];
    let manifest = format!("[package]\nname = \"{}\"\n", options.package);
    let scaffold = vec![file("Cargo.toml", manifest), file("src/lib.rs", "mod generated;\n".to_owned())];
    Ok(Generated { files, scaffold })
}

/// Stand-in for printing a stage.
pub fn print(_: &Input, _: &Options, stage: Stage, _: &mut Diagnostics) -> Result<String, Rejected> {
    Ok(format!("{stage:?}\n"))
}
