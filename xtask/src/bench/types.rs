//! In: an API description. Out: what each way for its types to meet serde costs the compiler, and how fast it is.

use super::cost::Cost;
use super::crates::{self, Crates, VARIANTS};
use super::instances;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Compare the ways for types to meet serde, on one description
#[derive(clap::Args)]
pub(super) struct Types {
    /// The description; a large one
    #[arg(long)]
    spec: PathBuf,
    /// How often each figure is taken; the best one counts
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// How many of the largest objects are decoded and encoded
    #[arg(long, default_value_t = 10)]
    roots: usize,
    /// Also measure decoding that follows the path of an error: the programs are built twice
    #[arg(long)]
    paths: bool,
    /// Only these objects, by their names in Rust
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Check only the types that these objects reach, in place of all
    #[arg(long)]
    reached: bool,
    /// Leave out a variant
    #[arg(long)]
    without: Vec<String>,
}

/// What was measured of a variant.
#[derive(Default)]
struct Figures {
    check: Option<Cost>,
    release: Option<Cost>,
    program: Option<Cost>,
    /// KB of the program.
    size: f64,
    /// MB a second: decoding, decoding with paths, encoding.
    speeds: [f64; 3],
    /// What came out.
    output: String,
}

impl Types {
    pub(super) fn run(self) -> Result<(), String> {
        let oasmith = crate::corpus::build()?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let client = folder.path().join("client");
        generate(&oasmith, &self.spec, &client)?;
        let crates = Crates::new(folder.path(), &client)?;
        let roots = self.instances(folder.path(), &client)?;
        for name in VARIANTS {
            crates.variant(name, &roots)?;
        }
        let bench = Workspace { folder: folder.path().to_owned(), paths: self.paths, reached: self.reached };
        bench.build("check", &["--package", "needs"])?;
        bench.build("build", &["--release", "--package", "needs"])?;
        let mut all: BTreeMap<&str, Figures> = BTreeMap::new();
        let variants: Vec<_> = VARIANTS.iter().filter(|name| !self.without.iter().any(|one| one == *name)).collect();
        for run in 0..self.runs {
            for name in &variants {
                eprintln!("run {}: {name}", run + 1);
                bench.measure(name, all.entry(name).or_default())?;
            }
        }
        report(&variants, &all, &roots)
    }

    /// Writes the values to be decoded; gives the names of their types.
    fn instances(&self, folder: &Path, client: &Path) -> Result<Vec<String>, String> {
        let text = crates::read(&self.spec)?;
        let document = serde_json::from_str(&text).or_else(|_| serde_yaml::from_str(&text));
        let document = document.map_err(|error| format!("{}: {error}", self.spec.display()))?;
        let types = crates::files(&client.join("src/generated/types"))?;
        let types: String = types.iter().map(|path| crates::read(path)).collect::<Result<_, _>>()?;
        let is_asked = |name: &str| self.only.is_empty() || self.only.iter().any(|one| one == name);
        let is_type = |name: &str| is_asked(name) && types.contains(&format!("pub struct {name} =>"));
        let drawn = instances::draw(&document, self.roots, 300_000, is_type);
        for (name, json) in &drawn {
            crates::write(&folder.join("instances").join(format!("{name}.json")), json)?;
        }
        Ok(drawn.into_keys().collect())
    }
}

/// Generates a client.
pub(super) fn generate(oasmith: &Path, spec: &Path, client: &Path) -> Result<(), String> {
    let mut generate = Command::new(oasmith);
    generate.arg("generate").arg(spec).arg("--out").arg(client).stdout(Stdio::null()).stderr(Stdio::null());
    let status = generate.status().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("{} is rejected", spec.display())) }
}

/// Where the packages are built.
struct Workspace {
    folder: PathBuf,
    paths: bool,
    reached: bool,
}

impl Workspace {
    fn build(&self, command: &str, arguments: &[&str]) -> Result<Cost, String> {
        let mut cargo = Command::new(crate::cargo().get_program());
        cargo.args([command, "--quiet"]).args(arguments).current_dir(&self.folder);
        cargo
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTFLAGS", "--cap-lints=allow");
        Cost::of(&mut cargo)
    }

    /// Builds a package whose dependencies are built.
    fn rebuild(&self, command: &[&str], package: &str, source: &str) -> Result<Cost, String> {
        let path = self.folder.join(package).join("src").join(source);
        let touched = File::options().append(true).open(&path);
        touched.and_then(|file| file.set_modified(std::time::SystemTime::now())).map_err(|error| error.to_string())?;
        let (first, rest) = command.split_first().ok_or("no command")?;
        self.build(first, &[rest, &["--package", package]].concat())
    }

    fn measure(&self, name: &str, figures: &mut Figures) -> Result<(), String> {
        let (types, reached, program) = (crates::types(name), crates::reached(name), crates::program(name));
        figures.check = Some(
            self.rebuild(&["check"], if self.reached { &reached } else { &types }, "lib.rs")?.least(figures.check),
        );
        figures.release = Some(self.rebuild(&["build", "--release"], &reached, "lib.rs")?.least(figures.release));
        figures.program = Some(self.rebuild(&["build", "--release"], &program, "main.rs")?.least(figures.program));
        let path = self.folder.join("target/release").join(&program);
        figures.size = std::fs::metadata(&path).map_err(|error| error.to_string())?.len() as f64 / 1e3;
        if self.paths {
            self.build("build", &["--release", "--package", &program, "--features", "paths"])?;
        }
        let output = Command::new(&path).arg(self.folder.join("instances")).stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&output.stdout);
        let words: Vec<_> = text.split_whitespace().collect();
        let [decode, located, encode, hash] = words.as_slice() else { return Err(format!("{name} does not decode")) };
        for (best, speed) in figures.speeds.iter_mut().zip([decode, located, encode]) {
            *best = best.max(speed.parse().unwrap_or(0.0));
        }
        figures.output = (*hash).to_owned();
        Ok(())
    }
}

fn report(variants: &[&&str], all: &BTreeMap<&str, Figures>, roots: &[String]) -> Result<(), String> {
    println!("types: {}\n", roots.join(", "));
    println!(
        "| | check: CPU s | peak MB | release build: CPU s | program: CPU s | KB | decode MB/s | with paths | encode |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let figures = |name: &str| {
        let found = all.get(name)?;
        let (check, release, program) = (found.check?, found.release?, found.program?);
        let [decode, located, encode] = found.speeds;
        Some([check.cpu, check.peak, release.cpu, program.cpu, found.size, decode, located, encode])
    };
    let base = variants.first().and_then(|name| figures(name)).ok_or("nothing was measured")?;
    for name in variants {
        let own = figures(name).ok_or("a variant was not measured")?;
        let cell = |(own, base): (&f64, &f64)| match own.is_finite() {
            true => format!(" {own:.1} ({:.2}) |", own / base),
            false => " - |".to_owned(),
        };
        println!("| {name} |{}", own.iter().zip(&base).map(cell).collect::<String>());
    }
    let mut outputs: Vec<_> = all.values().map(|figures| &figures.output).collect();
    outputs.dedup();
    println!(
        "\nIn parentheses: of the first row. What all decode and encode is {}.",
        match outputs.len() {
            1 => "the same",
            _ => "NOT THE SAME",
        }
    );
    Ok(())
}
