//! In: a generated client and the types to try. Out: programs that decode and encode with them, built and running.

use oasmith::{File, Generated};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The name of every package: one after another takes the other's place in the target folder.
pub const PACKAGE: &str = "sample";

/// How many types are tried by one program. What is compiled for a type is compiled anew in every program, with all that
/// is within the type; but a program of thousands of types takes more memory to compile than there is.
const PART: usize = 500;

/// The features of the client that no type needs are left out, and with them what they depend on.
const MANIFEST: &str = r#"
[workspace]

[profile.dev]
opt-level = 0
debug = false
incremental = false
"#;

/// What the program does with a line: `index`, tab, JSON.
const MAIN: &str = r#"
use std::io::{BufRead, Write};

type Trip = fn(&str) -> Result<String, String>;

fn trip<T: serde::Serialize + serde::de::DeserializeOwned>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| format!("decode: {error}"))?;
    serde_json::to_string(&value).map_err(|error| format!("encode: {error}"))
}

/// Builds a union's variant of what its content requires and nothing else; what is written is read as the same variant.
#[allow(dead_code)]
fn built<S, U>(text: &str, required: &[&str], make: fn(S) -> U, is: fn(&U) -> bool) -> Result<String, String>
where
    S: serde::Serialize + serde::de::DeserializeOwned,
    U: serde::Serialize + serde::de::DeserializeOwned,
{
    let base: S = serde_json::from_str(text).map_err(|error| format!("not tried: {error}"))?;
    let own = serde_json::to_value(&base).map_err(|error| format!("encode: {error}"))?;
    let written = serde_json::to_value(make(base)).map_err(|error| format!("encode: {error}"))?;
    if let Some(lost) = required.iter().find(|name| own.get(name) != written.get(name)) {
        return Err(format!("built: a required property is lost: `{lost}`"));
    }
    let back: U = serde_json::from_str(&written.to_string()).map_err(|error| format!("built: not read back: {error}"))?;
    if serde_json::to_value(&back).ok().as_ref() != Some(&written) {
        return Err("built: read and written it is another value".to_owned());
    }
    if is(&back) { Ok(written.to_string()) } else { Err("built: it is read as another variant".to_owned()) }
}

fn serve() {
    let (stdin, stdout) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mut stdout = std::io::BufWriter::new(stdout);
    for line in stdin.lines() {
        let line = line.unwrap();
        if line.is_empty() {
            stdout.flush().unwrap();
            continue;
        }
        let (index, text) = line.split_once('\t').unwrap();
        match TRIPS[index.parse::<usize>().unwrap()](text) {
            Ok(text) => writeln!(stdout, "{text}").unwrap(),
            Err(error) => writeln!(stdout, "!{}", error.replace('\n', " ")).unwrap(),
        }
    }
}

fn main() {
    std::thread::Builder::new().stack_size(64 << 20).spawn(serve).unwrap().join().unwrap();
}
"#;

/// Where clients are written and built, one after another.
#[derive(Debug)]
pub struct Workshop {
    /// Holds the package and Cargo's target folder.
    folder: PathBuf,
    /// Locked, so that no other process works there at the same time.
    _door: fs::File,
    jobs: usize,
    /// The lock file whose versions are taken.
    lock: PathBuf,
}

impl Workshop {
    /// A workshop in a folder, which may be there from before: what clients depend on is then built already. Waits for
    /// another process that works there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(folder: PathBuf, lock: PathBuf, jobs: usize) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("cannot work in {}: {error}", folder.display());
        fs::create_dir_all(&folder).map_err(failed)?;
        let door = fs::File::create(folder.join("lock")).map_err(failed)?;
        door.lock().map_err(failed)?;
        Ok(Self { folder, _door: door, jobs, lock })
    }

    /// Writes and builds a client that tries what these rows say, each an expression that is a `Trip`.
    ///
    /// # Errors
    /// What the compiler says.
    pub fn build(&self, made: &Generated, rows: &[String]) -> Result<Program, String> {
        let sources: Vec<_> = rows.chunks(PART).map(main).collect();
        let parts = self.programs(made, &sources)?.into_iter().map(|path| Part { path, running: None });
        Ok(Program { parts: parts.collect() })
    }

    /// Writes and builds a client with programs that use it; gives their paths.
    ///
    /// # Errors
    /// What the compiler says.
    pub fn programs(&self, made: &Generated, programs: &[String]) -> Result<Vec<PathBuf>, String> {
        let package = self.folder.join("client");
        let failed = |error: std::io::Error| format!("cannot write {}: {error}", package.display());
        if package.exists() {
            fs::remove_dir_all(&package).map_err(failed)?;
        }
        for File { path, text } in made.files.iter().chain(&made.scaffold) {
            let path = package.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&package)).map_err(failed)?;
            fs::write(path, text).map_err(failed)?;
        }
        let manifest = package.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).map_err(failed)?;
        fs::write(manifest, text + MANIFEST).map_err(failed)?;
        let sources = package.join("src/bin");
        fs::create_dir_all(&sources).map_err(failed)?;
        let names: Vec<_> = (0..programs.len()).map(|number| format!("part_{number}")).collect();
        for (name, source) in names.iter().zip(programs) {
            fs::write(sources.join(name).with_extension("rs"), source).map_err(failed)?;
        }
        fs::copy(&self.lock, package.join("Cargo.lock")).map_err(failed)?;
        let folder = self.compile(&package, !made.features.is_empty())?;
        Ok(names.iter().map(|name| folder.join(name)).collect())
    }

    /// Builds the package with its builders, and with all its tags where they are features; the folder with its programs.
    fn compile(&self, package: &Path, has_tags: bool) -> Result<PathBuf, String> {
        let target = self.folder.join("target");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--quiet", "--no-default-features", "--lib", "--bins", "--message-format", "short"]);
        cargo.args(["--features", if has_tags { "full,mock" } else { "mock" }]);
        cargo.args(["--jobs", &self.jobs.to_string()]).current_dir(package);
        cargo.env("CARGO_TARGET_DIR", &target).env("RUSTFLAGS", "-Awarnings");
        let output = cargo.output().map_err(|error| format!("cannot run cargo: {error}"))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            let errors = text.lines().filter(|line| line.contains("error")).take(5);
            return Err(format!("does not compile: {}", errors.collect::<Vec<_>>().join(" / ")));
        }
        Ok(target.join("debug"))
    }
}

/// The row that decodes and encodes a type.
pub fn trip(name: &str) -> String {
    format!("trip::<{PACKAGE}::types::{name}>")
}

/// A program's source: a table of the rows, then what is the same for all.
fn main(rows: &[String]) -> String {
    let rows: Vec<_> = rows.iter().map(|row| format!("    {row},\n")).collect();
    format!("#![recursion_limit = \"512\"]\n{MAIN}\nstatic TRIPS: &[Trip] = &[\n{}];\n", rows.concat())
}

/// What tries the rows: several programs where there are many.
#[derive(Debug)]
pub struct Program {
    parts: Vec<Part>,
}

/// A program for some of the types, which runs as soon as one of them is tried.
#[derive(Debug)]
struct Part {
    path: PathBuf,
    running: Option<Process>,
}

#[derive(Debug)]
struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Program {
    /// Decodes and encodes each text with one type. A program that crashes is started anew.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn trips(&mut self, index: usize, texts: &[String]) -> Result<Vec<Result<String, String>>, String> {
        let part = self.parts.get_mut(index / PART).ok_or_else(|| format!("there is no type {index}"))?;
        let process = match &mut part.running {
            Some(process) => process,
            none => none.insert(Process::start(&part.path)?),
        };
        let mut results = process.trips(index % PART, texts);
        if results.len() < texts.len() {
            results.resize(texts.len(), Err("the program crashes".to_owned()));
            part.running = None;
        }
        Ok(results)
    }
}

impl Process {
    fn start(path: &Path) -> Result<Self, String> {
        let mut command = Command::new(path);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("cannot run {}: {error}", path.display()))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the program has no pipes".to_owned());
        };
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    /// The answers, as many as came before it crashed.
    fn trips(&mut self, index: usize, texts: &[String]) -> Vec<Result<String, String>> {
        let input = &mut self.input;
        let output = &mut self.output;
        let answers: Vec<_> = std::thread::scope(|scope| {
            scope.spawn(move || {
                for text in texts {
                    // What is not taken is seen by the answers that are missing.
                    let _ = writeln!(input, "{index}\t{text}");
                }
                let _ = writeln!(input).and_then(|()| input.flush());
            });
            output.lines().take(texts.len()).map_while(Result::ok).collect()
        });
        answers.into_iter().map(read).collect()
    }
}

fn read(answer: String) -> Result<String, String> {
    match answer.strip_prefix('!') {
        Some(error) => Err(error.to_owned()),
        None => Ok(answer),
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Nothing more is asked of it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
