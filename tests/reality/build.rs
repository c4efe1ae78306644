//! In: the small documents in `../shared/corpus/reality`, in `documents` and the options in `options`. Out: a module for
//! each, `documents.rs` in the output folder, which `src/lib.rs` includes; and `cfg(shared)` where the first folder is there.
//!
//! A module is what is generated, but for the runtime, of which all share one copy, and so for the macro `client!`, which
//! would give that one `Client` the operations of all documents.

#![allow(clippy::unwrap_used, clippy::panic)]

use oasmith::{Diagnostics, Generated, Input, Options, Source};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = package.join("../../../shared/corpus/reality");
    println!("cargo::rustc-check-cfg=cfg(shared)");
    println!("cargo::rustc-check-cfg=cfg(feature, values(any()))");
    let mut found = documents(&package.join("documents"));
    println!("cargo::rerun-if-changed={}", shared.display());
    if shared.is_dir() {
        println!("cargo::rustc-cfg=shared");
        found.extend(documents(&shared));
    }
    found.sort();

    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    let mut all = Output::default();
    for (name, path) in &found {
        all.add(&out, name, path, &Options::default());
        let options = package.join("options").join(name).with_extension("toml");
        println!("cargo::rerun-if-changed={}", options.display());
        if let Ok(text) = fs::read_to_string(options) {
            let options =
                toml::from_str(&format!("package = \"\"\n{text}")).unwrap_or_else(|error| panic!("{name}: {error}"));
            all.add(&out, &format!("{name}_by_options"), path, &options);
        }
    }
    fs::write(out.join("documents.rs"), all.modules).unwrap();
    for feature in all.features {
        println!("cargo::rustc-cfg=feature={feature:?}");
    }
}

/// The documents in a folder, each a file or the `main.yaml` of a folder, with the names of their modules.
fn documents(folder: &Path) -> Vec<(String, PathBuf)> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let document = |path: PathBuf| {
        let name = path.file_stem()?.to_str()?.replace('-', "_");
        let path = if path.is_dir() { path.join("main.yaml") } else { path };
        let extension = path.extension()?;
        (extension == "yaml" || extension == "json").then_some((name, path))
    };
    entries.filter_map(document).collect()
}

#[derive(Default)]
struct Output {
    modules: String,
    features: BTreeSet<String>,
}

impl Output {
    /// Adds the module of a document.
    fn add(&mut self, out: &Path, name: &str, path: &Path, options: &Options) {
        let input = read(path);
        let mut found = Diagnostics::default();
        let options = Options { package: "oasmith-reality".to_owned(), ..options.clone() };
        let generated = oasmith::generate(&input, &options, &mut found).unwrap_or_default();
        let folder = out.join(name);
        let _ = fs::remove_dir_all(&folder);
        write(&folder, &generated);
        let report = oasmith::report::render(&input, &found, None, false);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("report.txt"), report).unwrap();
        writeln!(self.modules, "/// What is generated from `{}`.", path.display()).unwrap();
        if folder.join("mod.rs").exists() {
            writeln!(self.modules, "#[rustfmt::skip]\n#[path = {:?}]\npub mod {name};\n", folder.join("mod.rs"))
                .unwrap();
        } else {
            let report = folder.join("report.txt");
            let report =
                format!("    /// Why it is rejected.\n    pub const REPORT: &str = include_str!({report:?});\n");
            writeln!(self.modules, "pub mod {name} {{\n{report}}}\n").unwrap();
        }
        self.features.extend(generated.features.into_iter().map(|feature| feature.name));
    }
}

/// The document and what it refers to.
fn read(path: &Path) -> Input {
    let source = |path: &Path| {
        let text = fs::read_to_string(path).ok()?;
        Some(Source { name: path.display().to_string(), text })
    };
    let mut input = Input { documents: vec![source(path).unwrap()], ..Input::default() };
    loop {
        let wanted = oasmith::read::wanted(&input);
        let read: Vec<_> = wanted.iter().filter_map(|name| source(Path::new(name))).collect();
        if read.is_empty() {
            return input;
        }
        input.referenced.extend(read);
    }
}

/// Writes the generated files, which then use the runtime of this package.
fn write(folder: &Path, generated: &Generated) {
    for file in &generated.files {
        let path = file.path.strip_prefix("src/generated/").unwrap_or(&file.path);
        if path.starts_with("runtime/") {
            continue;
        }
        let text = match path {
            "mod.rs" => root(&file.text),
            "client.rs" => replace(&file.text, "runtime::{self, client};", "runtime;\nuse crate::client;"),
            _ => file.text.clone(),
        };
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The root of a client with the shared runtime, and with what was reported and what reviewers read.
fn root(text: &str) -> String {
    let text = replace(text, "\nmod runtime;", "\npub use crate::runtime;");
    let text = replace(&text, "\nmod client;", "\npub mod client;\npub use client::{Operations, builder};");
    let lint = "#![allow(dead_code, missing_docs, unused_imports, unused_macros, unreachable_pub)]\n";
    let texts = ["REPORT", "API", "WIRE"].map(|name| {
        let (file, name) = (format!("{}.txt", name.to_lowercase()), name);
        format!("pub const {name}: &str = include_str!({file:?});\n")
    });
    let (docs, items) = text.split_at(text.find("\n#![allow").unwrap_or_default());
    format!("{docs}\n{lint}{items}\n{}", texts.concat())
}

/// Replaces what has to be there.
fn replace(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "there is no `{from}` in:\n{text}");
    text.replace(from, to)
}
