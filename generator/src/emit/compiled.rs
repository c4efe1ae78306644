//! In: the sample `Api`. Out: proof that the crate written from it is free of warnings, in code and in docs.

use super::{emit, sample, scaffold};
use std::path::Path;
use std::process::Command;

/// Runs cargo in a folder; `arguments` are separated by spaces.
fn cargo(folder: &Path, arguments: &str) {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments.split(' ')).current_dir(folder);
    command.env("RUSTFLAGS", "-D warnings -W missing_docs").env("RUSTDOCFLAGS", "-D warnings");
    // Kept between runs: the transports take long to build.
    command.env("CARGO_TARGET_DIR", std::env::temp_dir().join("oasmith-sample-target"));
    assert!(command.status().unwrap().success(), "cargo {arguments}");
}

#[test]
#[ignore = "builds a crate with all its dependencies: minutes"]
fn the_sample_compiles_without_warnings() {
    let folder = tempfile::tempdir().unwrap();
    let (api, options) = (sample::api(), sample::options());
    for file in emit(&api, &options).into_iter().chain(scaffold(&api, &options)) {
        let path = folder.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    if let Some(kept) = std::env::var_os("OASMITH_KEEP_SAMPLE") {
        let copied = Command::new("cp").arg("-rT").arg(folder.path()).arg(kept).status().unwrap();
        assert!(copied.success());
    }
    cargo(folder.path(), "check --no-default-features");
    cargo(folder.path(), "clippy --no-default-features --features ureq -- -D warnings");
    cargo(folder.path(), "clippy -- -D warnings");
    cargo(folder.path(), "doc --no-deps");
    cargo(folder.path(), "test --doc");
}
