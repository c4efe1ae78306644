//! In: the name of a server that other people wrote. Out: that server, installed with pip and running on loopback, called by a
//! program with a client that is generated from what the server publishes about itself, without an overlay.
//!
//! ```text
//! pip install --> start --> its document --> oasmith generate --> tests/live/<name>.rs --> stop
//! ```
//!
//! Not a part of the tests, for it needs Python, pip's index, and minutes.

mod server;
mod servers;

use server::{Running, call};
use servers::{SERVERS, Server};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Call a real server with a client generated from its own document
#[derive(clap::Args)]
pub(crate) struct Live {
    /// The server: `prefect` or `chroma`
    #[arg(value_parser = SERVERS.map(|server| server.name))]
    name: String,
}

impl Live {
    /// Installs and starts the server, generates its client and runs the program with it; gives the program's exit code.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let server = SERVERS.iter().find(|server| server.name == self.name).ok_or("no such server")?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), PathBuf::from);
        let folder = target.join("live").join(server.name);
        fs::create_dir_all(&folder).map_err(|error| format!("cannot write {}: {error}", folder.display()))?;
        let python = server::install(server, &folder)?;
        let running = Running::start(server, &folder)?;
        running.wait(&python)?;
        println!("{} listens on {}", server.package, running.url);
        let document = folder.join("document.json");
        server::fetch(&python, &format!("{}{}", running.url, server.document), &document)?;
        let client = folder.join("client");
        let mut generate = crate::cargo();
        generate.args(["run", "--quiet", "--package", "oasmith", "--", "generate"]).arg(&document);
        generate.args(["--name", "live-client", "--out"]).arg(&client).arg("--discard-edits");
        call(&mut generate)?;
        let program = write_program(server, &folder)?;
        let mut run = crate::cargo();
        run.current_dir(&program).args(["run", "--quiet"]).env("SERVER", &running.url);
        let code = crate::status(run.env("CARGO_TARGET_DIR", target.join("live").join("target")))?;
        println!("\n{} logged:\n{}", server.package, running.log(code != ExitCode::SUCCESS)?);
        Ok(code)
    }
}

/// Writes the package of the program, which depends on the generated client alone.
fn write_program(server: &Server, folder: &Path) -> Result<PathBuf, String> {
    let program = folder.join("program");
    let source = crate::root().join("tests/live").join(server.name).with_extension("rs");
    let manifest = format!(
        "[package]\nname = \"live-{}\"\nedition = \"2024\"\n\n[[bin]]\nname = \"live\"\npath = {:?}\n\n[dependencies]\n\
         live-client = {{ path = \"../client\", default-features = false, features = [\"full\", \"ureq\"] }}\n\n[workspace]\n",
        server.name,
        source.display().to_string()
    );
    let copy = |error: std::io::Error| format!("cannot write {}: {error}", program.display());
    fs::create_dir_all(&program).map_err(copy)?;
    fs::write(program.join("Cargo.toml"), manifest).map_err(copy)?;
    // The same versions of packages as here.
    fs::copy(crate::root().join("Cargo.lock"), program.join("Cargo.lock")).map_err(copy)?;
    Ok(program)
}
