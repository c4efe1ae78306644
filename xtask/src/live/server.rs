//! In: a `Server`. Out: it, installed in an environment of its own and running with an empty data folder; it ends when
//! `Running` is dropped.

use super::servers::Server;
use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take until it responds. The first start of some of them migrates a database.
const START: Duration = Duration::from_secs(300);

/// How many lines of the log are shown.
const LINES: usize = 60;

/// Installs the server, unless an earlier run has; gives the environment's Python.
pub(super) fn install(server: &Server, folder: &Path) -> Result<PathBuf, String> {
    let environment = folder.join("venv");
    let python = environment.join("bin/python");
    let installed = folder.join("installed");
    if fs::read_to_string(&installed).ok().as_deref() == Some(server.package) {
        return Ok(python);
    }
    call(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    call(Command::new(&python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        server.package,
    ]))?;
    fs::write(&installed, server.package).map_err(|error| format!("cannot write {}: {error}", installed.display()))?;
    Ok(python)
}

/// A server that runs.
pub(super) struct Running {
    process: Child,
    log: PathBuf,
    ready: &'static str,
    /// `http://127.0.0.1:4200`
    pub(super) url: String,
}

impl Running {
    /// Starts the server on a free port, with an empty data folder.
    pub(super) fn start(server: &Server, folder: &Path) -> Result<Self, String> {
        let data = folder.join("data");
        let log = folder.join("server.log");
        let _ = fs::remove_dir_all(&data);
        fs::create_dir_all(&data).map_err(|error| format!("cannot write {}: {error}", data.display()))?;
        let port = free_port().map_err(|error| format!("there is no free port: {error}"))?;
        let fill =
            |text: &str| text.replace("{port}", &port.to_string()).replace("{data}", &data.display().to_string());
        let output = File::create(&log).map_err(|error| format!("cannot write {}: {error}", log.display()))?;
        let errors = output.try_clone().map_err(|error| format!("cannot write {}: {error}", log.display()))?;
        let (program, arguments) = server.command.split_first().ok_or("the server has no command")?;
        let mut command = Command::new(folder.join("venv/bin").join(program));
        command.args(arguments.iter().map(|argument| fill(argument))).current_dir(folder);
        command.envs(server.environment.iter().map(|(name, value)| (name, fill(value))));
        // A group of its own, so that what it starts ends with it.
        command.stdin(Stdio::null()).stdout(output).stderr(errors).process_group(0);
        let process = command.spawn().map_err(|error| format!("cannot start {program}: {error}"))?;
        Ok(Self { process, log, ready: server.ready, url: format!("http://127.0.0.1:{port}") })
    }

    /// Waits until the server responds.
    pub(super) fn wait(&self, python: &Path) -> Result<(), String> {
        let end = Instant::now() + START;
        let url = format!("{}{}", self.url, self.ready);
        while fetch(python, &url, Path::new("/dev/null")).is_err() {
            if Instant::now() > end {
                return Err(format!("the server does not respond:\n{}", self.log(true)?));
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        Ok(())
    }

    /// The last lines that the server logged: all of them, or those of its requests.
    pub(super) fn log(&self, all: bool) -> Result<String, String> {
        let text = fs::read(&self.log).map_err(|error| format!("cannot read {}: {error}", self.log.display()))?;
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text.lines().filter(|line| all || line.contains(" HTTP/1.1\"")).collect();
        Ok(lines[lines.len().saturating_sub(LINES)..].join("\n"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.process.wait();
    }
}

fn free_port() -> std::io::Result<u16> {
    TcpListener::bind("127.0.0.1:0")?.local_addr().map(|address| address.port())
}

/// Writes what a GET of the URL gives to a file.
pub(super) fn fetch(python: &Path, url: &str, path: &Path) -> Result<(), String> {
    let program =
        "import sys, urllib.request as r\nopen(sys.argv[2], 'wb').write(r.urlopen(sys.argv[1], timeout=10).read())";
    let mut command = Command::new(python);
    command.args(["-c", program, url]).arg(path).stderr(Stdio::null());
    call(&mut command).map_err(|_| format!("cannot read {url}"))
}

/// Runs a command that has to succeed.
pub(super) fn call(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| format!("cannot run {name}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{name} fails ({status})")) }
}
