//! In: one API description. Out: what became of samples of all its schemas.

use crate::built;
use crate::client::{self, PACKAGE, Program, Workshop};
use crate::compare::{Difference, compare};
use crate::samples::{Sample, draw};
use crate::schema::{self, Deviation, UNKNOWN};
use crate::validator::Judge;
use jsonschema::Validator;
use oasmith::diagnostic::Problem;
use oasmith::ir::{Definition, Shape};
use oasmith::read::{self, tree};
use oasmith::{Diagnostics, Generated, Input, Options, Source, emit, lower};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How many samples of each subschema of a union are tried.
const OF_EACH: usize = 5;
/// How many samples of a variant's content are tried, the smallest among them.
const BUILT: usize = 3;
/// How many items the lists of a union have.
const ITEMS: usize = 1000;

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
    /// How many variants of unions were built with what they require and nothing else.
    pub built: usize,
    /// How many lists of unions were tried.
    pub lists: usize,
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
    /// The variants that nothing tells from another one, as is reported: the index of the union's type, and theirs.
    pub ambiguous: BTreeSet<(usize, usize)>,
    /// The names of the properties that unions write by themselves.
    pub tags: BTreeSet<String>,
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
    let (ambiguous, tags) = (ambiguous(&api.types.0, &sink), tags(&api.types.0));
    let place = |definition: Definition| (sink.origins.resolve(&definition.origin).pointer.to_string(), definition);
    Some(Client { made, types: api.types.0.into_iter().map(place).collect(), ambiguous, tags })
}

/// The variants of which it was reported that nothing tells them from another one.
fn ambiguous(types: &[Definition], sink: &Diagnostics) -> BTreeSet<(usize, usize)> {
    let mut places = BTreeSet::new();
    for found in sink.all() {
        if let Problem::AmbiguousUnion { other, .. } = &found.problem {
            places.extend([&found.place, other]);
        }
    }
    let mut ambiguous = BTreeSet::new();
    for (index, definition) in types.iter().enumerate() {
        let Shape::Union(union) = &definition.shape else { continue };
        let all = union.variants.iter().enumerate();
        let those = all.filter(|(_, variant)| places.contains(&sink.origins.resolve(&variant.origin)));
        ambiguous.extend(those.map(|(place, _)| (index, place)));
    }
    ambiguous
}

/// The names of the properties that variants write beside their content.
fn tags(types: &[Definition]) -> BTreeSet<String> {
    let variants = types.iter().filter_map(|definition| match &definition.shape {
        Shape::Union(union) => Some(&union.variants),
        _ => None,
    });
    variants.flatten().filter_map(|variant| Some(variant.tag.as_ref()?.0.clone())).collect()
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
    let (variants, lists) = (built::variants(&client), built::lists(&client));
    let mut rows: Vec<_> = client.types.iter().map(|(_, definition)| client::trip(&definition.name)).collect();
    rows.extend(variants.iter().chain(&lists).map(|row| row.code.clone()));
    let mut program = match workshop.build(&client.made, &rows) {
        Ok(program) => program,
        Err(error) => {
            outcome.broken = Some(error);
            return Ok(outcome);
        }
    };
    let schemas = Schemas::new(&tree)?;
    let mut drawn_of = BTreeMap::new();
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
            let (wrong, vanished) = judged(sample, answer, &validator, &client.tags);
            outcome.vanished += vanished;
            outcome.fail(pointer, &definition.name, wrong, &sample.value);
        }
        drawn_of.insert(index, samples);
    }
    let (client, first) = (&client, client.types.len());
    outcome.variants(client, &variants, &drawn_of, &mut program, first)?;
    outcome.lists(client, &lists, &drawn_of, &mut program, first + variants.len())?;
    Ok(outcome)
}

/// The samples of each type, by its index.
type Drawn = BTreeMap<usize, Vec<Sample>>;

impl Outcome {
    fn fail(&mut self, pointer: &str, name: &str, wrong: Option<(String, String)>, sample: &Value) {
        self.failures.extend(wrong.map(|(cause, message)| Failure {
            document: self.document.clone(),
            pointer: pointer.to_owned(),
            name: name.to_owned(),
            cause,
            message,
            sample: sample.to_string(),
        }));
    }

    /// Builds each variant of each union; the rows are those from `first` on.
    fn variants(
        &mut self,
        client: &Client,
        rows: &[built::Row],
        drawn: &Drawn,
        program: &mut Program,
        first: usize,
    ) -> Result<(), String> {
        for (index, row) in rows.iter().enumerate() {
            let samples: Vec<_> =
                drawn.get(&row.of).into_iter().flatten().filter(|one| one.is_valid()).take(BUILT).collect();
            let texts: Vec<_> = samples.iter().map(|sample| sample.value.to_string()).collect();
            let answers = program.trips(first + index, &texts)?;
            self.built += usize::from(answers.iter().any(Result::is_ok));
            for (sample, answer) in samples.iter().zip(answers) {
                // What cannot be read at all was found before.
                let wrong = answer.err().filter(|error| !error.starts_with("not tried"));
                let wrong = wrong.map(|error| (cause(&error), error));
                self.fail(&client.types[row.of].0, &row.name, wrong, &sample.value);
            }
        }
        Ok(())
    }

    /// Tries long lists of each union; the rows are those from `first` on.
    fn lists(
        &mut self,
        client: &Client,
        rows: &[built::Row],
        drawn: &Drawn,
        program: &mut Program,
        first: usize,
    ) -> Result<(), String> {
        for (index, row) in rows.iter().enumerate() {
            let pointer = &client.types[row.of].0;
            // What fails alone was found before.
            let failed: BTreeSet<_> =
                self.failures.iter().filter(|one| one.pointer == *pointer).map(|one| &one.sample).collect();
            let good = drawn.get(&row.of).into_iter().flatten().filter(|one| !failed.contains(&one.value.to_string()));
            let good: Vec<_> = good.map(|sample| sample.value.clone()).collect();
            if good.is_empty() {
                continue;
            }
            self.lists += 1;
            let list = Value::Array(good.iter().cycle().take(ITEMS).cloned().collect());
            let answer = program.trips(first + index, &[list.to_string()])?.pop();
            let wrong = match answer.map(|answer| answer.map(|text| serde_json::from_str::<Value>(&text))) {
                Some(Ok(Ok(received))) => {
                    let found = compare(&list, &received, &|name| name.starts_with(UNKNOWN)).differences;
                    let first = found.iter().find(|one| !is_tag(one, &client.tags));
                    first.map(|first| (format!("in a long list: {}", first.what), first.at.clone()))
                }
                Some(Err(error)) => Some((format!("in a long list: {}", cause(&error)), error)),
                _ => Some(("in a long list: what is written is no JSON".to_owned(), String::new())),
            };
            self.fail(pointer, &row.name, wrong, &good[0]);
        }
        Ok(())
    }
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
        let mut samples = draw(&self.root, &place, &strict, count);
        // Each subschema of a union has its turn.
        for arm in schema::arms(&self.root, &place) {
            for sample in draw(&self.root, &arm, &strict, OF_EACH) {
                if sample.is_valid() && !samples.iter().any(|known| known.value == sample.value) {
                    samples.push(sample);
                }
            }
        }
        if samples.iter().any(Sample::is_valid) {
            return Ok((strict, samples));
        }
        let relaxed = self.relaxed.schema(&place)?;
        let samples = draw(&self.root, &place, &relaxed, count);
        if samples.is_empty() { Err("no valid sample could be drawn".to_owned()) } else { Ok((relaxed, samples)) }
    }
}

/// The cause and message of a failure, and how many unknown members vanished.
fn judged(
    sample: &Sample,
    answer: Result<String, String>,
    validator: &Validator,
    tags: &BTreeSet<String>,
) -> (Option<(String, String)>, usize) {
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
    if let Some(first) = found.differences.iter().find(|one| !is_tag(one, tags)) {
        return (one(first.what.clone(), format!("{}: {}: {received}", first.at, first.what)), found.vanished);
    }
    if validator.is_valid(&sample.value) && !validator.is_valid(&received) {
        return (one("what is written is not valid".to_owned(), received.to_string()), found.vanished);
    }
    (None, found.vanished)
}

/// Whether a difference is what a union writes by itself, which need not have been there.
fn is_tag(difference: &Difference, tags: &BTreeSet<String>) -> bool {
    let name = difference.at.rsplit('/').next().unwrap_or_default();
    difference.what == "a member is invented: a string" && tags.contains(name)
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
