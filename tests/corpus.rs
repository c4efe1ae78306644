//! In: the public descriptions beside the workspace, in `../shared/corpus` (its README says where they are from). Out:
//! whether the generator ends on each without a panic and in time, with the verdict that is expected, and says where in
//! the text everything is that it reports. Skipped where they are absent.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use oasmith::read::tree;
use oasmith::{Diagnostics, Input, Source};
use oasmith_tests::harness::{Run, difference, shared, shuffle};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::Duration;

/// The descriptions that are refused, and the errors for which they are.
const REJECTED: [(&str, &[&str]); 1] = [
    // Only the target of another probe's references.
    ("common.yaml", &["not-openapi"]),
];

/// How long one description may take, in a build without optimisation.
const LIMIT: Duration = Duration::from_secs(120);

/// Up to how many bytes a description is generated from a second time, its members in another order.
const MOST_SHUFFLED: usize = 200_000;

fn documents(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_document = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "yaml" || kind == "json");
    let mut paths: Vec<_> = paths.filter(is_document).collect();
    // The largest first, so that no thread is left with one when the others are done.
    paths.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).unwrap().len()));
    paths
}

/// What is wrong with the run on one description.
fn check(path: &Path) -> Result<(), String> {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let input = Input {
        documents: vec![Source { name: name.clone(), text: fs::read_to_string(path).unwrap() }],
        ..Input::default()
    };
    let (sender, receiver) = channel();
    let run = std::thread::spawn(move || {
        let run = Run::new(input, "corpus");
        let report = run.report();
        let _ = sender.send(());
        (run, report)
    });
    if receiver.recv_timeout(LIMIT) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
        return Err(format!("takes more than {LIMIT:?}"));
    }
    let (run, report) = run.join().map_err(|_| "panics".to_owned())?;
    verdict(&name, &run)?;
    located(&name, &run, &report)?;
    if run.input.documents[0].text.len() <= MOST_SHUFFLED {
        shuffled(&run).and_then(|()| described(&run))
    } else {
        Ok(())
    }
}

/// Whether the prose changes a name or a type.
fn described(run: &Run) -> Result<(), String> {
    let source = &run.input.documents[0];
    let Some(mut tree) = tree::parse(0, source, &mut Diagnostics::default()) else { return Ok(()) };
    describe(&mut tree);
    let input = Input { documents: vec![Source { text: tree.to_string(), ..source.clone() }], ..Input::default() };
    let reviewed = |run: &Run| {
        let mut files = run.files();
        files.retain(|path, _| path == "api.txt" || path == "wire.txt");
        files
    };
    let difference = difference(&reviewed(run), &reviewed(&Run::new(input, "corpus")));
    if difference.is_empty() { Ok(()) } else { Err(format!("depends on prose:\n{difference}")) }
}

/// Puts other words into each description.
fn describe(tree: &mut Value) {
    match tree {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if name == "description" => text.push_str(" In other words."),
                    _ => describe(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(describe),
        _ => {}
    }
}

/// Whether the order of the members changes the client.
fn shuffled(run: &Run) -> Result<(), String> {
    let source = &run.input.documents[0];
    let Some(tree) = tree::parse(0, source, &mut Diagnostics::default()) else { return Ok(()) };
    let text = shuffle(&tree, &mut 2026).to_string();
    let input = Input { documents: vec![Source { text, ..source.clone() }], ..Input::default() };
    let difference = difference(&run.package(), &Run::new(input, "corpus").package());
    if difference.is_empty() { Ok(()) } else { Err(format!("depends on the order of members:\n{difference}")) }
}

fn verdict(name: &str, run: &Run) -> Result<(), String> {
    let expected = REJECTED.iter().find(|(rejected, _)| *rejected == name).map_or(&[][..], |(_, codes)| codes);
    let mut codes: Vec<_> = run.found.all().map(|found| found.problem.wording()).collect();
    codes.retain(|wording| wording.severity == oasmith::diagnostic::Severity::Error);
    let mut codes: Vec<_> = codes.into_iter().map(|wording| wording.code).collect();
    codes.dedup();
    if codes != expected || run.made.is_some() != expected.is_empty() {
        return Err(format!("is refused for {codes:?}, not for {expected:?}"));
    }
    Ok(())
}

/// Whether every finding of the report has its line and column, or in a document of one line its pointer.
fn located(name: &str, run: &Run, report: &str) -> Result<(), String> {
    let (arrow, pointer) = (format!("--> {name}:"), format!("--> {name}#/"));
    let is_place = |line: &str| {
        if line.trim_start().starts_with(&pointer) {
            return Some(());
        }
        let place = line.trim_start().strip_prefix(&arrow)?.split_once(':')?;
        (place.0.parse::<usize>().is_ok() && place.1.parse::<usize>().is_ok()).then_some(())
    };
    let (places, findings) = (report.lines().filter_map(is_place).count(), run.found.all().count());
    if places == findings { Ok(()) } else { Err(format!("has {findings} findings, but {places} places")) }
}

fn check_all(folder: &str) {
    let Some(folder) = shared(folder, "whether real descriptions are read without a panic") else { return };
    let queue = Mutex::new(documents(&folder).into_iter());
    let wrong = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(path) = { queue.lock().unwrap().next() } {
                    if let Err(reason) = check(&path) {
                        wrong.lock().unwrap().insert(path, reason);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    let lines: Vec<_> = wrong.iter().map(|(path, reason)| format!("{}: {reason}", path.display())).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn real_descriptions_end_in_a_verdict() {
    check_all("corpus/specs");
}

#[test]
fn documents_of_frameworks_end_in_a_verdict() {
    check_all("corpus/reality");
}

#[test]
fn documents_of_servers_end_in_a_verdict() {
    check_all("corpus/served");
}

#[test]
fn probes_end_in_a_verdict() {
    check_all("corpus/probes");
}
