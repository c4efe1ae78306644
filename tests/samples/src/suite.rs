//! In: the cases of the JSON Schema Test Suite. Out: which values the generated types refuse or change though they are
//! valid, and how many they take though they are not. A type may be wider than its schema; it must not be narrower.

mod embed;

use crate::client::{Program, Workshop, trip};
use crate::compare::compare;
use crate::document::{Client, Failure, generate};
use oasmith::Source;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The drafts, each the base of a version of OpenAPI.
const DRAFTS: [(&str, &str); 2] = [("draft2020-12", "3.1.0"), ("draft4", "3.0.3")];

/// A group of cases: one schema.
#[derive(Clone, Debug, Deserialize)]
struct Group {
    description: String,
    schema: Value,
    tests: Vec<Test>,
    /// The file it stands in: `draft4/enum.json`.
    #[serde(skip)]
    file: String,
}

/// A value, and whether it is valid.
#[derive(Clone, Debug, Deserialize)]
struct Test {
    description: String,
    data: Value,
    valid: bool,
}

/// What became of the suite.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How many groups were tried.
    pub groups: usize,
    /// How many valid values came back unchanged.
    pub kept: usize,
    /// Valid values that were refused or changed; `pointer` is the group and the test.
    pub failures: Vec<Failure>,
    /// How many values are taken that are not valid, by file.
    pub wide: BTreeMap<String, usize>,
    /// How many values are refused that are not valid.
    pub refused: usize,
    /// The groups that were not tried, and why.
    pub untried: Vec<(String, String)>,
}

/// Tries all groups of the suite.
///
/// # Errors
/// When the suite cannot be read, or a client not be built.
pub fn run(folder: &Path, workshop: &Workshop) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    for (draft, version) in DRAFTS {
        let mut taken = Vec::new();
        let mut schemas = Map::new();
        for (index, group) in groups(folder, draft)?.into_iter().enumerate() {
            let name = format!("S{index}");
            match embed::embed(&group.schema, &name, version) {
                Some(schema) if is_accepted(&name, &schema, version) => {
                    schemas.insert(name.clone(), schema);
                    taken.push((name, group));
                }
                Some(_) => outcome.untried.push((title(&group), "the document is rejected".to_owned())),
                None => outcome.untried.push((title(&group), "it needs what OpenAPI has not".to_owned())),
            }
        }
        let source = document(version, Value::Object(schemas));
        let client = generate(&source).ok_or("the suite's document is rejected")?;
        judge(&client, &taken, workshop, &mut outcome)?;
    }
    Ok(outcome)
}

fn judge(
    client: &Client,
    groups: &[(String, Group)],
    workshop: &Workshop,
    outcome: &mut Outcome,
) -> Result<(), String> {
    let names: Vec<_> = client.types.iter().map(|(_, definition)| trip(&definition.name)).collect();
    let mut program = workshop.build(&client.made, &names)?;
    for (name, group) in groups {
        let address = format!("/components/schemas/{}", holder(name));
        let Some(index) = client.types.iter().position(|(_, definition)| definition.origin.to_string() == address)
        else {
            outcome.untried.push((title(group), "it has no type".to_owned()));
            continue;
        };
        outcome.groups += 1;
        group_of(&mut program, index, group, outcome)?;
    }
    Ok(())
}

fn group_of(program: &mut Program, index: usize, group: &Group, outcome: &mut Outcome) -> Result<(), String> {
    let named = embed::property_names(&group.schema);
    let texts: Vec<_> = group.tests.iter().map(|test| json!({ "value": test.data }).to_string()).collect();
    for (test, answer) in group.tests.iter().zip(program.trips(index, &texts)?) {
        if !test.valid {
            match answer {
                Ok(_) => *outcome.wide.entry(group.file.clone()).or_default() += 1,
                Err(_) => outcome.refused += 1,
            }
            continue;
        }
        let wrong = match answer {
            Err(error) => Some(("refused".to_owned(), error)),
            Ok(text) => changed(&test.data, &text, &named),
        };
        match wrong {
            None => outcome.kept += 1,
            Some((cause, message)) => outcome.failures.push(Failure {
                document: group.file.clone(),
                pointer: format!("{} / {}", group.description, test.description),
                name: format!("S{index}"),
                cause,
                message,
                sample: test.data.to_string(),
            }),
        }
    }
    Ok(())
}

fn changed(sent: &Value, received: &str, named: &BTreeSet<String>) -> Option<(String, String)> {
    let Ok(value) = serde_json::from_str(received) else {
        return Some(("changed".to_owned(), format!("no JSON: {received}")));
    };
    let found = compare(&json!({ "value": sent }), &value, &|name| !named.contains(name) && name != "value");
    let first = found.differences.first()?;
    Some(("changed".to_owned(), format!("{}: {}: {received}", first.at, first.what)))
}

/// Whether the generator takes a document with just this schema.
fn is_accepted(name: &str, schema: &Value, version: &str) -> bool {
    generate(&document(version, json!({ name: schema }))).is_some()
}

/// Each schema is also the member of an object: whether a value may be null is known where it is used.
fn document(version: &str, schemas: Value) -> Source {
    let mut all = schemas.as_object().cloned().unwrap_or_default();
    for name in schemas.as_object().into_iter().flat_map(Map::keys) {
        let value = json!({ "$ref": format!("#/components/schemas/{name}") });
        let schema = json!({ "type": "object", "required": ["value"], "properties": { "value": value } });
        all.insert(holder(name), schema);
    }
    let text = json!({
        "openapi": version, "info": { "title": "Suite", "version": "1" }, "paths": {},
        "components": { "schemas": all },
    });
    Source { name: "suite.json".to_owned(), text: text.to_string() }
}

/// The name of the object that holds a schema's value.
fn holder(name: &str) -> String {
    format!("HolderOf{name}")
}

fn title(group: &Group) -> String {
    format!("{}: {}", group.file, group.description)
}

/// The groups of a draft, by file.
fn groups(folder: &Path, draft: &str) -> Result<Vec<Group>, String> {
    let mut files = BTreeSet::new();
    for folder in [folder.join(draft), folder.join(draft).join("optional-format")] {
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(failed)? {
            files.insert(entry.map_err(failed)?.path());
        }
    }
    let mut all = Vec::new();
    for path in files.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "json")) {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let groups: Vec<Group> = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let file = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        all.extend(groups.into_iter().map(|group| Group { file: file.clone(), ..group }));
    }
    Ok(all)
}
