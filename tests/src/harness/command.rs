//! In: arguments. Out: what the `oasmith` command, built as it is now, does with them.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What a run of the command gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs the command in a folder; panics if it takes more than 20 seconds.
pub fn oasmith(folder: &Path, arguments: &[&str]) -> Output {
    let temporary = tempfile::tempdir().unwrap();
    let [out, err] = ["out", "err"].map(|name| temporary.path().join(name));
    let file = |path| Stdio::from(std::fs::File::create(path).unwrap());
    let mut command = Command::new(binary());
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).stdout(file(&out)).stderr(file(&err));
    let code = wait(command.spawn().unwrap(), Duration::from_secs(20), arguments);
    let text = |path| std::fs::read_to_string(path).unwrap();
    Output { code, stdout: text(out), stderr: text(err) }
}

fn wait(mut child: Child, limit: Duration, arguments: &[&str]) -> i32 {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().unwrap_or_else(|| panic!("oasmith {arguments:?} was ended by a signal"));
        }
        if start.elapsed() > limit {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("oasmith {arguments:?} takes more than {limit:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The command, brought up to date once for each test program. The whole workspace is named so that its packages are
/// taken as the tests have built them.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(super::root());
        cargo.args(["build", "--quiet", "--workspace", "--bin", "oasmith", "--message-format", "json"]);
        let output = cargo.stderr(Stdio::inherit()).output().unwrap();
        let messages = String::from_utf8(output.stdout).unwrap();
        let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let mut paths = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
        paths.next_back().expect("the command does not build")
    })
}
