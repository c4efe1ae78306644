//! In: the name of a task. Out: the project's chores done: `cargo xtask --help` lists them.

mod bench;
mod bless;
mod codegen;
mod corpus;
mod demo;
mod error_codes;
mod live;
mod samples;
mod tidy;
mod wire;

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The project's chores
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    Codegen(codegen::Codegen),
    Bless(bless::Bless),
    Tidy(tidy::Tidy),
    Corpus(corpus::Corpus),
    Demo(demo::Demo),
    Bench(bench::Bench),
    Samples(samples::Samples),
    Wire(wire::Wire),
    Live(live::Live),
}

fn main() -> ExitCode {
    let done = match Task::parse() {
        Task::Codegen(task) => task.run(),
        Task::Bless(task) => task.run(),
        Task::Tidy(task) => task.run(),
        Task::Corpus(task) => task.run(),
        Task::Demo(task) => task.run(),
        Task::Bench(task) => task.run(),
        Task::Samples(task) => task.run(),
        Task::Wire(task) => task.run(),
        Task::Live(task) => task.run(),
    };
    done.unwrap_or_else(|failure| {
        eprintln!("error: {failure}");
        ExitCode::from(2)
    })
}

/// The workspace's folder. Cargo says where this package is at run time; a binary may come from another checkout.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.parent().map_or_else(|| here.clone(), Path::to_owned)
}

/// The Cargo that runs this, in the workspace's folder.
fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Runs a command to its end; gives its exit code, or why it could not be started.
fn status(command: &mut Command) -> Result<ExitCode, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| format!("cannot run {name}: {error}"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(101);
    Ok(ExitCode::from(code))
}
