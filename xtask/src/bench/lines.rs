//! In: API descriptions. Out: how many lines the generator writes for each, in all and for what they are written.

use super::crates;
use super::synthetic;
use super::types::generate;
use std::path::{Path, PathBuf};

/// Count the lines of generated clients
#[derive(clap::Args)]
pub(super) struct Lines {
    /// The descriptions
    specs: Vec<PathBuf>,
}

/// Lines of a client, by what they are for, and what it has.
struct Count {
    total: usize,
    types: usize,
    operations: usize,
    runtime: usize,
    declarations: usize,
    variants: usize,
    unions: usize,
}

impl Lines {
    pub(super) fn run(self) -> Result<(), String> {
        let oasmith = crate::corpus::build()?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        println!(
            "| | lines | types | operations | runtime | declared types | lines a type | lines a variant of a union |"
        );
        println!("|---|---|---|---|---|---|---|---|");
        for (index, spec) in self.specs.iter().enumerate() {
            let client = folder.path().join(format!("client-{index}"));
            generate(&oasmith, spec, &client)?;
            let name = spec.file_stem().unwrap_or_default().to_string_lossy();
            println!("{}", Count::of(&client)?.row(&name));
        }
        for (what, document) in [("schemas", synthetic::schemas as fn(usize) -> _), ("variants", synthetic::variants)] {
            let [one, two] = [400, 800].map(|number| {
                let path = folder.path().join(format!("{what}-{number}.json"));
                crates::write(&path, &document(number).to_string())?;
                let client = path.with_extension("");
                generate(&oasmith, &path, &client)?;
                Count::of(&client)
            });
            let (one, two) = (one?, two?);
            println!("{}", one.row(&format!("synthetic: 400 {what}")));
            println!("{}", two.row(&format!("synthetic: 800 {what}")));
            println!("| twice the {what} | | x {:.2} | | | | | |", two.types as f64 / one.types as f64);
        }
        Ok(())
    }
}

impl Count {
    fn of(client: &Path) -> Result<Self, String> {
        let generated = client.join("src/generated");
        let types = text(&generated.join("types"))?;
        let lines = |folder: &str| text(&generated.join(folder)).map(|text| text.lines().count());
        let begins = |word: &str| types.lines().filter(|line| line.starts_with(word)).count();
        let unions = types.split("one_of! {").skip(1).filter_map(|rest| rest.split("\n}").next());
        let unions: Vec<_> = unions.collect();
        let is_variant = |line: &&str| line.contains(" = [") && line.starts_with("    ") && !line.contains("///");
        Ok(Self {
            total: text(&client.join("src"))?.lines().count(),
            types: types.lines().count(),
            operations: lines("operations")?,
            runtime: lines("runtime")? + lines("formats")? + lines("streams")?,
            declarations: ["object!", "one_of!", "text_enum!", "number_enum!", "pub type"].map(begins).iter().sum(),
            variants: unions.iter().flat_map(|union| union.lines()).filter(is_variant).count(),
            unions: unions.iter().map(|union| union.lines().count() + 1).sum(),
        })
    }

    fn row(&self, name: &str) -> String {
        let per = |lines: usize, what: usize| {
            if what == 0 { "-".to_owned() } else { format!("{:.1}", lines as f64 / what as f64) }
        };
        let Self { total, types, operations, runtime, declarations, variants, unions } = self;
        let shares = format!("{} | {}", per(*types, *declarations), per(*unions, *variants));
        format!("| {name} | {total} | {types} | {operations} | {runtime} | {declarations} | {shares} |")
    }
}

/// The text of all Rust files below a folder; none if there is no such folder.
fn text(folder: &Path) -> Result<String, String> {
    if !folder.exists() {
        return Ok(String::new());
    }
    let mut all = String::new();
    for path in crates::files(folder)? {
        if path.is_dir() {
            all += &text(&path)?;
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            all += &crates::read(&path)?;
        }
    }
    Ok(all)
}
