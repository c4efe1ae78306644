//! In: one API description. Out: what became of samples of all its schemas.

use crate::client::{PACKAGE, Workshop};
use crate::compare::compare;
use crate::samples::{Sample, draw};
use crate::schema::{self, Deviation, UNKNOWN};
use crate::validator::Judge;
use jsonschema::Validator;
use oasmith::ir::{Definition, Shape};
use oasmith::read::{self, tree};
use oasmith::{Diagnostics, Generated, Input, Options, Source, emit, lower};
use serde_json::Value;

/// A sample that did not come back as it went.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The document's name.
    pub document: String,
    /// The schema's JSON pointer.
    pub pointer: String,
    /// The type's name.
    pub name: String,
    /// What happened, the same for all failures of one kind.
    pub cause: String,
    /// What happened, in full.
    pub message: String,
    /// The sample.
    pub sample: String,
}

/// What became of one document.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Its name.
    pub document: String,
    /// How many types were tried.
    pub schemas: usize,
    /// How many samples.
    pub samples: usize,
    /// Of how many types fewer samples than asked for could be drawn: an enum has no more values.
    pub fewer: usize,
    /// How many members vanished that nothing names.
    pub vanished: usize,
    /// The types of which nothing could be tried, and why.
    pub untried: Vec<(String, String)>,
    /// The samples that failed.
    pub failures: Vec<Failure>,
    /// Why there is no client, or none that compiles.
    pub broken: Option<String>,
}

/// A client and the definitions of its types.
#[derive(Debug)]
pub struct Client {
    /// Its files.
    pub made: Generated,
    /// Its types with the address where their author wrote them.
    pub types: Vec<(String, Definition)>,
}

/// Generates the client from one text; `None` if it is rejected.
pub fn generate(source: &Source) -> Option<Client> {
    let input = Input { documents: vec![source.clone()], ..Input::default() };
    let options = Options { package: PACKAGE.to_owned(), ..Options::default() };
    let mut sink = Diagnostics::default();
    let document = read::read(&input, &options, &mut sink).ok()?;
    let api = lower::lower(&document, &options, &mut sink);
    let (files, scaffold) = (emit::emit(&api, &options), emit::scaffold(&api, &options));
    let features = emit::features(&api);
    let made = Generated { files, scaffold, features, ..Generated::default() };
    let place = |definition: Definition| (sink.origins.resolve(&definition.origin).pointer.to_string(), definition);
    Some(Client { made, types: api.types.0.into_iter().map(place).collect() })
}

/// Tries all schemas of a document with `count` samples each.
///
/// # Errors
/// When the program that tries them cannot be run.
pub fn run(source: &Source, count: usize, workshop: &Workshop) -> Result<Outcome, String> {
    let mut outcome = Outcome { document: source.name.clone(), ..Outcome::default() };
    let (Some(tree), Some(client)) = (tree::parse(0, source, &mut Diagnostics::default()), generate(source)) else {
        outcome.broken = Some("it is rejected".to_owned());
        return Ok(outcome);
    };
    let names: Vec<_> = client.types.iter().map(|(_, definition)| definition.name.clone()).collect();
    let mut program = match workshop.build(&client.made, &names) {
        Ok(program) => program,
        Err(error) => {
            outcome.broken = Some(error);
            return Ok(outcome);
        }
    };
    let schemas = Schemas::new(&tree)?;
    for (index, (pointer, definition)) in client.types.iter().enumerate() {
        if is_divided(pointer, definition, &client.types) {
            continue;
        }
        let (validator, samples) = match schemas.samples(pointer, count) {
            Ok(drawn) => drawn,
            Err(why) => {
                outcome.untried.push((pointer.clone(), why));
                continue;
            }
        };
        outcome.schemas += 1;
        outcome.samples += samples.len();
        outcome.fewer += usize::from(samples.len() < count);
        let texts: Vec<_> = samples.iter().map(|sample| sample.value.to_string()).collect();
        let answers = program.trips(index, &texts)?;
        for (sample, answer) in samples.iter().zip(answers) {
            let (wrong, vanished) = judged(sample, answer, &validator);
            outcome.vanished += vanished;
            outcome.failures.extend(wrong.map(|(cause, message)| Failure {
                document: source.name.clone(),
                pointer: pointer.clone(),
                name: definition.name.clone(),
                cause,
                message,
                sample: sample.value.to_string(),
            }));
        }
    }
    Ok(outcome)
}

/// Whether the schema there is a union, and this type one of those that were made of its arms and of what stands beside
/// it: then its samples are not samples of this type.
fn is_divided(pointer: &str, definition: &Definition, types: &[(String, Definition)]) -> bool {
    let is_union = |definition: &Definition| matches!(definition.shape, Shape::Union(_));
    let is_arm = pointer.rsplit('/').nth(1) == Some("allOf");
    let mut others = types.iter().filter(|(at, other)| at == pointer && other.name != definition.name);
    !is_union(definition) && others.any(|(_, other)| is_arm || is_union(other))
}

/// A document's schemas, to the letter and as they are meant.
struct Schemas {
    root: Value,
    strict: Judge,
    relaxed: Judge,
}

impl Schemas {
    fn new(tree: &Value) -> Result<Self, String> {
        let root = schema::document(tree);
        Ok(Self { strict: Judge::new(&root)?, relaxed: Judge::new(&schema::relaxed(&root))?, root })
    }

    /// Samples of the schema that stood at an address, and what judges them. Where the arms of `oneOf` overlap so that
    /// little is valid, more than one of them may hold.
    fn samples(&self, pointer: &str, count: usize) -> Result<(Validator, Vec<Sample>), String> {
        let place = schema::place(&self.root, pointer).ok_or("the author wrote nothing there")?;
        let strict = self.strict.schema(&place)?;
        let samples = draw(&self.root, &place, &strict, count);
        if samples.iter().any(|sample| sample.deviation == Deviation::None) {
            return Ok((strict, samples));
        }
        let relaxed = self.relaxed.schema(&place)?;
        let samples = draw(&self.root, &place, &relaxed, count);
        if samples.is_empty() { Err("no valid sample could be drawn".to_owned()) } else { Ok((relaxed, samples)) }
    }
}

/// The cause and message of a failure, and how many unknown members vanished.
fn judged(sample: &Sample, answer: Result<String, String>, validator: &Validator) -> (Option<(String, String)>, usize) {
    let class = match sample.deviation {
        Deviation::None => String::new(),
        other => format!(" (unknown {})", format!("{other:?}").to_lowercase()),
    };
    let one = |cause: String, message: String| Some((cause + &class, message));
    let received: Value = match answer.map(|text| serde_json::from_str(&text)) {
        Ok(Ok(value)) => value,
        Ok(Err(error)) => return (one("what is written is no JSON".to_owned(), error.to_string()), 0),
        Err(error) => return (one(cause(&error), error), 0),
    };
    let found = compare(&sample.value, &received, &|name| name.starts_with(UNKNOWN));
    if let Some(first) = found.differences.first() {
        return (one(first.what.clone(), format!("{}: {}: {received}", first.at, first.what)), found.vanished);
    }
    if validator.is_valid(&sample.value) && !validator.is_valid(&received) {
        return (one("what is written is not valid".to_owned(), received.to_string()), found.vanished);
    }
    (None, found.vanished)
}

/// A message without what differs from sample to sample: quoted text, numbers, the places in the type and in the text.
pub fn cause(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or_default();
    let message = match message.split_once("decode: $").and_then(|(_, rest)| rest.split_once(": ")) {
        Some((_, what)) => &format!("decode: in a union: {what}"),
        None => message,
    };
    let mut cause = String::new();
    let mut quote = None;
    for character in message.chars() {
        match quote {
            Some(end) if character == end => quote = None,
            Some(_) => {}
            None if matches!(character, '`' | '"') => {
                quote = Some(character);
                cause.push('_');
            }
            None if character.is_ascii_digit() && cause.ends_with('0') => {}
            None if character.is_ascii_digit() => cause.push('0'),
            None => cause.push(character),
        }
    }
    cause
}

#[cfg(test)]
mod tests {
    use super::cause;

    #[test]
    fn a_cause_names_no_values() {
        let message = r#"decode: invalid value: integer `-1205`, expected u64 at line 1 column 33"#;
        assert_eq!(cause(message), "decode: invalid value: integer _, expected u0");
        assert_eq!(cause("decode: $.a[0].b: missing field `id`"), "decode: in a union: missing field _");
    }
}
