//! In: folders of cases, and what the generator makes of them. Out: what the tests share: cases read, results compared
//! with the expected ones or, when they are blessed, written in their place.

// A test should stop at once when its own files cannot be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod case;
mod command;
mod compare;
mod compile;
mod run;
mod shuffle;

pub use case::{Case, check_list};
pub use command::{Output, oasmith};
pub use compare::{Files, compare, difference, read};
pub use compile::Workspace;
pub use run::Run;
pub use shuffle::shuffle;

use std::io::Write;
use std::path::{Path, PathBuf};

/// Whether results are to be written rather than compared: `cargo xtask bless` asks for it.
pub fn blesses() -> bool {
    std::env::var_os("OASMITH_BLESS").is_some_and(|value| value == "1")
}

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is in the workspace").to_owned()
}

/// A folder beside the workspace, in `../shared`. Where it is absent, says so, and what is not checked for that.
pub fn shared(path: &str, not_checked: &str) -> Option<PathBuf> {
    let found = root().join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    say(&format!("SKIPPED: ../shared/{path} is not there; not checked: {not_checked}"));
    None
}

/// Writes a line to standard error itself, which the test runner does not keep to itself as it does `eprintln!`.
pub fn say(line: &str) {
    // A closed standard error is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
}
