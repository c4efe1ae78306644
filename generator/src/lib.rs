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
pub mod pointer;
pub mod source;

pub use diagnostic::{Diagnostics, Rejected};
pub use source::{File, Input, Options, Source};
