//! In: the generated client and a variant's files. Out: two packages: the client's types as the variant has them, and
//! a program that decodes and encodes some of them.

use super::reached;
use std::fs;
use std::path::{Path, PathBuf};

/// A way for types to meet serde: a folder below `xtask/bench`. Its files stand in for those of the runtime that have
/// the same name, or are added to it; `codec.rs` is the program's.
pub(super) const VARIANTS: [&str; 3] = ["derive", "visitor", "reader"];

/// All packages, in one workspace.
pub(super) struct Crates {
    pub(super) folder: PathBuf,
    /// The client's sources, `src/generated`.
    generated: PathBuf,
    /// The lines below `[dependencies]`.
    dependencies: String,
}

impl Crates {
    /// Begins with a generated client.
    pub(super) fn new(folder: &Path, client: &Path) -> Result<Self, String> {
        let manifest = read(&client.join("Cargo.toml"))?;
        let (_, dependencies) = manifest.split_once("[dependencies]\n").ok_or("the client needs nothing")?;
        // The same for all variants, so that all of them are built once.
        let own = ["jiter = { version = \"0.19\", default-features = false }", "serde_path_to_error = \"0.1\""];
        let own = own.iter().filter(|line| !dependencies.contains(line.split(' ').next().unwrap_or(line)));
        let dependencies = own.fold(dependencies.to_owned(), |all, line| format!("{all}{line}\n"));
        let crates = Self { folder: folder.to_owned(), generated: client.join("src/generated"), dependencies };
        let members =
            VARIANTS.map(|name| format!("{:?}, {:?}, {:?}", types(name), reached(name), program(name))).join(", ");
        let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = [\"needs\", {members}]\n");
        write(&folder.join("Cargo.toml"), &workspace)?;
        write(&folder.join("Cargo.lock"), &read(&crate::root().join("Cargo.lock"))?)?;
        crates.manifest("needs", "")?;
        write(&folder.join("needs/src/lib.rs"), "")?;
        Ok(crates)
    }

    /// Writes the packages of a variant.
    pub(super) fn variant(&self, name: &str, roots: &[String]) -> Result<(), String> {
        let own = crate::root().join("xtask/bench").join(name);
        self.library(&types(name), &own)?;
        self.library(&reached(name), &own)?;
        // No package has the features of tags.
        let place = |package: String| self.folder.join(package).join("src/types");
        let (all, some) = (place(types(name)), place(reached(name)));
        write(&all.join("mod.rs"), &reached::index(reached::modules(&all)?.keys()))?;
        write(&some.join("mod.rs"), &reached::index(&reached::only(&some, roots)?))?;
        self.program(name, &own, roots)
    }

    fn library(&self, package: &str, own: &Path) -> Result<(), String> {
        self.manifest(package, "")?;
        let source = self.folder.join(package).join("src");
        for part in ["runtime", "types", "formats"] {
            copy(&self.generated.join(part), &source.join(part))?;
        }
        copy_file(&self.generated.join("required.rs"), &source.join("required.rs"))?;
        let whole = read(&self.generated.join("mod.rs"))?;
        let part = |line: &&str| !["mod client;", "pub mod operations;"].contains(line);
        let library: Vec<_> = whole.lines().filter(part).collect();
        write(&source.join("lib.rs"), &library.join("\n"))?;
        let module = source.join("runtime/mod.rs");
        for file in files(own)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match name.trim_end_matches(".rs") {
                "codec" => continue,
                "text" if !source.join("formats").exists() => continue,
                "text" => copy_file(&file, &source.join("formats/text.rs"))?,
                stem => {
                    let place = source.join("runtime").join(&name);
                    if !place.exists() {
                        write(&module, &format!("{}pub mod {stem};\n", read(&module)?))?;
                    }
                    copy_file(&file, &place)?;
                }
            }
        }
        Ok(())
    }

    fn program(&self, name: &str, own: &Path, roots: &[String]) -> Result<(), String> {
        let package = program(name);
        self.manifest(&package, &format!("{0} = {{ path = \"../{0}\" }}\n", reached(name)))?;
        let source = self.folder.join(&package).join("src");
        copy_file(&own.join("codec.rs"), &source.join("codec.rs"))?;
        copy_file(&crate::root().join("xtask/bench/clock.rs"), &source.join("clock.rs"))?;
        let library = reached(name).replace('-', "_");
        let roots: Vec<_> =
            roots.iter().map(|root| format!("    sum.add::<library::types::{root}>(\"{root}\");\n")).collect();
        let main = format!(
            "mod clock;\nmod codec;\nuse {library} as library;\n\nfn main() {{\n    let mut sum = clock::Sum::default();\n{}    sum.print();\n}}\n",
            roots.concat()
        );
        write(&source.join("main.rs"), &main)
    }

    fn manifest(&self, package: &str, more: &str) -> Result<(), String> {
        let head = format!("[package]\nname = {package:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n");
        let features = "[features]\nreqwest = [\"dep:reqwest\"]\nureq = [\"dep:ureq\"]\nmock = []\ntracing = [\"dep:tracing\"]\npaths = []\n\n";
        let text = format!("{head}{features}[dependencies]\n{}{more}", self.dependencies);
        write(&self.folder.join(package).join("Cargo.toml"), &text)
    }
}

/// The package of a variant's types.
pub(super) fn types(variant: &str) -> String {
    format!("{variant}-types")
}

/// The package of those types that the program's types reach: nothing else of them costs the program.
pub(super) fn reached(variant: &str) -> String {
    format!("{variant}-reached")
}

/// The package of a variant's program.
pub(super) fn program(variant: &str) -> String {
    format!("{variant}-program")
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    if !from.exists() {
        return Ok(());
    }
    for file in files(from)? {
        let place = to.join(file.file_name().unwrap_or_default());
        if file.is_dir() { copy(&file, &place)? } else { copy_file(&file, &place)? }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<(), String> {
    write(to, &read(from)?)
}

/// What a folder holds, sorted.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let told = |error| format!("{}: {error}", folder.display());
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(told)?.collect();
    let mut paths: Vec<_> = entries.map_err(told)?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    Ok(paths)
}

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file, and the folders that it is in.
pub(super) fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, text)).map_err(|error| format!("{}: {error}", path.display()))
}
