//! In: the client in `generated-client/`. Out: what depending on it costs: packages, and the time of a build from nothing.

use super::cost::Cost;
use crate::cargo;
use std::collections::BTreeSet;
use std::process::Command;
use std::time::Instant;

/// Count the packages that the client needs, and time its build from nothing
#[derive(clap::Args)]
pub(super) struct Client {
    /// How often each build is timed; the least figures count
    #[arg(long, default_value_t = 1)]
    repeat: u32,
}

/// A way to depend on the client: what a manifest says, and Cargo's arguments for it.
const WAYS: [(&str, &[&str]); 3] = [
    ("`default-features = false`", &["--no-default-features"]),
    (
        "`default-features = false`, `features = [\"service-account\", \"sms\", \"ureq\"]`",
        &["--no-default-features", "--features", "service-account,sms,ureq"],
    ),
    ("the default features", &[]),
];

impl Client {
    pub(super) fn run(self) -> Result<(), String> {
        println!("| with | packages | seconds of CPU | seconds |");
        println!("|---|---|---|---|");
        for (name, arguments) in WAYS {
            // First, as it also downloads what is missing.
            let packages = packages(arguments)?;
            let mut least: Option<(Cost, f64)> = None;
            for _ in 0..self.repeat.max(1) {
                let (cost, wall) = build(arguments)?;
                least = Some(match least {
                    Some((other, time)) => (cost.least(Some(other)), wall.min(time)),
                    None => (cost, wall),
                });
            }
            let (cost, wall) = least.ok_or("nothing was built")?;
            println!("| {name} | {packages} | {:.0} | {wall:.0} |", cost.cpu);
        }
        println!("\n{}", machine()?);
        Ok(())
    }
}

/// A command of Cargo for the client with these features.
fn of_client(command: &str, features: &[&str]) -> Command {
    let mut cargo = cargo();
    cargo.args([command, "--quiet", "--locked", "--package", "voximplant-client"]).args(features);
    cargo
}

/// How many packages Cargo builds for the client beside itself, on this machine, without those of tests.
fn packages(features: &[&str]) -> Result<usize, String> {
    let mut tree = of_client("tree", features);
    let text = output(tree.args(["--edges", "normal,build", "--prefix", "none", "--no-dedupe"]))?;
    let packages: BTreeSet<_> = text.lines().filter(|line| !line.is_empty()).collect();
    packages.len().checked_sub(1).ok_or_else(|| "cargo tree shows nothing".to_owned())
}

/// What a debug build in an empty folder costs, and the seconds that it takes.
fn build(features: &[&str]) -> Result<(Cost, f64), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let start = Instant::now();
    let cost = Cost::of(of_client("build", features).arg("--target-dir").arg(folder.path()))?;
    Ok((cost, start.elapsed().as_secs_f64()))
}

/// Where it was measured: processor, how many of its threads Cargo uses, and compiler.
fn machine() -> Result<String, String> {
    let rustc = output(Command::new("rustc").arg("--version"))?;
    let cpus = std::thread::available_parallelism().map_err(|error| error.to_string())?;
    // Only Linux has this file.
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, model)| model);
    Ok(format!("{}, {cpus} threads of {model}, debug build", rustc.trim()))
}

/// What a command prints.
fn output(command: &mut Command) -> Result<String, String> {
    let name = format!("{command:?}");
    let output = command.output().map_err(|error| format!("cannot run {name}: {error}"))?;
    if !output.status.success() {
        return Err(format!("failed: {name}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
