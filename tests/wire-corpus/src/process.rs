//! In: a program and a line. Out: the line that it answers.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A program that calls operations. It runs as soon as one of them is called, and is started anew when it crashed.
#[derive(Debug)]
pub struct Program {
    path: PathBuf,
    url: String,
    running: Option<(Child, ChildStdin, BufReader<ChildStdout>)>,
}

impl Program {
    /// A program that calls the server at `url`.
    pub fn new(path: PathBuf, url: &str) -> Self {
        Self { path, url: url.to_owned(), running: None }
    }

    /// Calls an operation: what it gives or how it fails.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn call(&mut self, index: usize, inputs: &Value) -> Result<Value, String> {
        let (_, input, output) = match &mut self.running {
            Some(running) => running,
            none => none.insert(start(&self.path, &self.url)?),
        };
        let mut line = String::new();
        let sent = writeln!(input, "{}", json!([index, inputs])).and_then(|()| input.flush());
        let read = sent.and_then(|()| output.read_line(&mut line));
        match read.ok().and_then(|_| serde_json::from_str(&line).ok()) {
            Some(answer) => Ok(answer),
            None => {
                self.stop();
                Ok(json!({"fails": {"message": "the program crashes"}}))
            }
        }
    }

    fn stop(&mut self) {
        if let Some((mut child, ..)) = self.running.take() {
            // Nothing more is asked of it.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn start(path: &PathBuf, url: &str) -> Result<(Child, ChildStdin, BufReader<ChildStdout>), String> {
    let mut command = Command::new(path);
    command.arg(url).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("cannot run {}: {error}", path.display()))?;
    match (child.stdin.take(), child.stdout.take()) {
        (Some(input), Some(output)) => Ok((child, input, BufReader::new(output))),
        _ => Err("the program has no pipes".to_owned()),
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
    }
}
