//! In: a program for WebAssembly with the generated client in it. Out: whether it compiles, and whether it runs, in Node,
//! where there is neither a clock nor a second thread.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith_tests::harness::root;
use std::path::Path;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Calls the program's `main`; what panics in it is an error.
const RUN: &str = "
    const program = require('fs').readFileSync(process.argv[1]);
    WebAssembly.instantiate(program, {})
        .then(({ instance }) => instance.exports.main(0, 0))
        .catch((error) => { console.error(error); process.exit(1); });
";

/// What a program prints, if it is there.
fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).current_dir(root()).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn the_client_works_in_web_assembly() {
    let library = output("rustc", &["--print", "target-libdir", "--target", TARGET]).unwrap_or_default();
    if !Path::new(&library).is_dir() {
        eprintln!(
            "SKIPPED: whether the client compiles for WebAssembly: `rustup target add {TARGET}` installs what it needs"
        );
        return;
    }
    let folder = root().join("target/tests/wasm");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", "oasmith-wasm", "--target", TARGET, "--offline", "--target-dir"]);
    let status = cargo.arg(&folder).current_dir(root()).env_remove("RUSTFLAGS").status().unwrap();
    assert!(status.success(), "the client does not compile for WebAssembly");
    if output("node", &["--version"]).is_none() {
        eprintln!("SKIPPED: whether it works there: Node is not installed");
        return;
    }
    let program = folder.join(TARGET).join("debug/oasmith-wasm.wasm");
    let ran = Command::new("node").arg("-e").arg(RUN).arg(program).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}
