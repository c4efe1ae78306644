//! In: one API description. Out: what became of each of its operations.

use crate::described;
use crate::draw::Schemas;
use crate::driver::{self, PART};
use crate::process::Program;
use crate::server::Server;
use crate::trial::{Trial, Verdict};
use oasmith::ir::Api;
use oasmith::read::{self, tree};
use oasmith::{Diagnostics, Generated, Input, Options, Source, emit, lower};
use oasmith_samples::client::{PACKAGE, Workshop};
use oasmith_samples::document::Failure;

/// What became of one document.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Its name.
    pub document: String,
    /// How many operations are right.
    pub right: usize,
    /// How many are wrong.
    pub wrong: usize,
    /// Those that are not supported, and why.
    pub unsupported: Vec<(String, String)>,
    /// What was not tried of the others, and why.
    pub untried: Vec<(String, String)>,
    /// How many calls were made.
    pub calls: usize,
    /// What was wrong: the smallest example of each cause for each operation.
    pub failures: Vec<Failure>,
    /// Why there is no client, or none that compiles.
    pub broken: Option<String>,
}

/// Generates the client; `None` if the document is rejected.
fn generate(source: &Source) -> Option<(Api, Generated)> {
    let input = Input { documents: vec![source.clone()], ..Input::default() };
    let options = Options { package: PACKAGE.to_owned(), ..Options::default() };
    let mut sink = Diagnostics::default();
    let document = read::read(&input, &options, &mut sink).ok()?;
    let api = lower::lower(&document, &options, &mut sink);
    let (files, scaffold) = (emit::emit(&api, &options), emit::scaffold(&api, &options));
    let features = emit::features(&api);
    Some((api, Generated { files, scaffold, features, ..Generated::default() }))
}

/// Tries all operations of a document.
///
/// # Errors
/// When the server or the programs cannot be run.
pub fn run(source: &Source, workshop: &Workshop) -> Result<Outcome, String> {
    let mut outcome = Outcome { document: source.name.clone(), ..Outcome::default() };
    let (Some(tree), Some((api, made))) = (tree::parse(0, source, &mut Diagnostics::default()), generate(source))
    else {
        outcome.broken = Some("it is rejected".to_owned());
        return Ok(outcome);
    };
    let driver = driver::driver(&api, &made.files);
    let paths = match workshop.programs(&made, &driver.sources) {
        Ok(paths) => paths,
        Err(error) => {
            outcome.broken = Some(error);
            return Ok(outcome);
        }
    };
    let (server, schemas) = (Server::start()?, Schemas::new(&tree)?);
    let mut programs: Vec<_> = paths.into_iter().map(|path| Program::new(path, &server.url)).collect();
    for operation in &described::operations(&tree) {
        let name = format!("{} {}", operation.method, operation.path);
        let is_it = |one: &driver::Callable| one.pointer == operation.pointer;
        let Some(index) = driver.callables.iter().position(is_it) else {
            outcome.unsupported.push((name, "the client has no such operation".to_owned()));
            continue;
        };
        let callable = &driver.callables[index];
        let trial = Trial { operation, callable, schemas: &schemas, server: &server };
        let verdict = trial.run(&mut programs[index / PART], index % PART)?;
        outcome.add(&name, &operation.pointer, verdict);
    }
    Ok(outcome)
}

impl Outcome {
    /// Adds what became of an operation.
    fn add(&mut self, name: &str, pointer: &str, verdict: Verdict) {
        self.calls += verdict.calls;
        self.untried.extend(verdict.untried.into_iter().map(|why| (name.to_owned(), why)));
        match (verdict.wrong.is_empty(), verdict.unsupported) {
            (false, _) => self.wrong += 1,
            (true, Some(why)) => self.unsupported.push((name.to_owned(), why)),
            (true, None) => self.right += 1,
        }
        let mut wrong = verdict.wrong;
        wrong.sort_by_key(|(wrong, sample)| (wrong.cause.clone(), sample.len()));
        wrong.dedup_by_key(|(wrong, _)| wrong.cause.clone());
        self.failures.extend(wrong.into_iter().map(|(wrong, sample)| Failure {
            document: self.document.clone(),
            pointer: pointer.to_owned(),
            name: name.to_owned(),
            cause: wrong.cause,
            message: wrong.message,
            sample,
        }));
    }
}
