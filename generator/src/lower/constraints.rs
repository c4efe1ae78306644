//! In: a schema, and what its author says of it. Out: the same with a last paragraph that says what a value must be
//! beyond its Rust type: "Length: 1 to 765. Default: `true`." The server checks it, so people should know it.

mod code;
mod limits;

use super::context::Used;
use crate::Options;
use crate::ir::Access;
use code::{closed, code};
use openapiv3::{ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

/// Examples that are longer say less than the room that they take.
const LONGEST_EXAMPLE: usize = 60;
/// How much of a default is shown.
const LONGEST_DEFAULT: usize = 200;

/// One thing to know: `Length` and `1 to 765`, or `Unique items` and nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fact {
    label: &'static str,
    value: String,
}

/// What there is to know of a value, in the order in which it is said.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts(Vec<Fact>);

impl Facts {
    /// What a schema asks of each value of its type.
    pub(super) fn of_type(options: &Options, schema: &Schema) -> Self {
        let mut facts = Self::default();
        facts.add_type(options, schema);
        facts
    }

    /// What a schema asks of a value, and what is so where that value stands. What it refers to says the rest.
    pub(super) fn of_use(options: &Options, schema: Used<'_>, access: Access) -> Self {
        let mut facts = Self::default();
        let written = match schema {
            Used::Written(written) => Some(written),
            Used::Reference(_) => None,
        };
        written.into_iter().for_each(|written| facts.add_type(options, written));
        match access {
            Access::Full => {}
            Access::ReadOnly => facts.add("Read-only", String::new()),
            Access::WriteOnly => facts.add("Write-only", String::new()),
        }
        written.into_iter().for_each(|written| facts.add_annotations(written));
        facts
    }

    /// With what another description of the same value adds.
    pub(super) fn and(mut self, other: Self) -> Self {
        for Fact { label, value } in other.0 {
            let one_is_enough = matches!(label, "Default" | "Example");
            if !(one_is_enough && self.0.iter().any(|fact| fact.label == label)) {
                self.add(label, value);
            }
        }
        self
    }

    /// With an example that stands beside the schema.
    pub(super) fn with_example(mut self, example: Option<&Value>) -> Self {
        if !self.0.iter().any(|fact| fact.label == "Example") {
            self.add_example(example);
        }
        self
    }

    /// The author's words, then the facts.
    pub(super) fn after(self, docs: Option<String>) -> Option<String> {
        let sentence = |Fact { label, value }: &Fact| match value.as_str() {
            "" => format!("{label}."),
            value => format!("{label}: {value}."),
        };
        let facts = self.0.iter().map(sentence).collect::<Vec<_>>().join(" ");
        match docs {
            docs if facts.is_empty() => docs,
            None => Some(facts),
            Some(docs) if is_sentence(&docs) => {
                let docs = docs.trim();
                let stop = if docs.ends_with(['.', '!', '?', ':', ';']) { "" } else { "." };
                Some(format!("{docs}{stop} {facts}"))
            }
            Some(docs) => Some(format!("{}\n\n{facts}", closed(&docs))),
        }
    }

    fn add(&mut self, label: &'static str, value: String) {
        let fact = Fact { label, value };
        if !self.0.contains(&fact) {
            self.0.push(fact);
        }
    }

    fn add_type(&mut self, options: &Options, schema: &Schema) {
        for (label, value) in limits::limits(options, schema) {
            self.add(label, value);
        }
        for arm in arms(schema) {
            self.add_type(options, arm);
        }
    }

    fn add_annotations(&mut self, schema: &Schema) {
        if let Some(default) = &schema.schema_data.default {
            let text = json(default);
            let shown: String = text.chars().take(LONGEST_DEFAULT).collect();
            let more = if shown.len() < text.len() { " …" } else { "" };
            self.add("Default", format!("{}{more}", code(&shown)));
        }
        for arm in arms(schema) {
            self.add_annotations(arm);
        }
        self.add_example(schema.schema_data.example.as_ref());
    }

    fn add_example(&mut self, example: Option<&Value>) {
        let text = example.map(json).filter(|text| text.chars().count() <= LONGEST_EXAMPLE);
        if let Some(text) = text {
            self.add("Example", code(&text));
        }
    }
}

/// Whether words are one plain line, so that more can be said after them; at its begin a list, a heading or a quotation
/// would take it in.
fn is_sentence(docs: &str) -> bool {
    let plain = |c: char| c.is_alphabetic() || matches!(c, '`' | '"' | '(');
    !docs.trim().contains('\n')
        && docs.len() <= 200
        && docs.starts_with(plain)
        && !docs.trim_end().ends_with(['\\', '`'])
}

/// A value's JSON, its members sorted: their order has no meaning (decision 3).
fn json(value: &Value) -> String {
    let mut value = value.clone();
    value.sort_all_objects();
    value.to_string()
}

/// The parts of a schema that hold beside it and are written there.
fn arms(schema: &Schema) -> impl Iterator<Item = &Schema> {
    let arms = match &schema.schema_kind {
        SchemaKind::AllOf { all_of: arms } => arms.as_slice(),
        SchemaKind::OneOf { one_of: arms } | SchemaKind::AnyOf { any_of: arms } if arms.len() == 1 => arms.as_slice(),
        _ => &[],
    };
    arms.iter().filter_map(ReferenceOr::as_item)
}

#[cfg(test)]
mod tests {
    use super::Facts;
    use crate::Options;
    use crate::ir::Access;
    use crate::lower::context::Used;
    use serde_json::{Value, json};

    fn said(schema: Value) -> String {
        let schema = serde_json::from_value(schema).unwrap();
        Facts::of_use(&Options::default(), Used::Written(&schema), Access::Full).after(None).unwrap_or_default()
    }

    #[test]
    fn facts_are_short_sentences() {
        for (schema, words) in [
            (json!({"type": "string"}), ""),
            (json!({"type": "string", "minLength": 1, "maxLength": 765}), "Length: 1 to 765."),
            (json!({"type": "string", "minLength": 2, "maxLength": 2}), "Length: 2."),
            (json!({"type": "string", "maxLength": 9, "pattern": "^a`"}), "Length: at most 9. Pattern: `` ^a` ``."),
            (
                json!({"type": "string", "format": "email", "example": "a@b.c"}),
                "Format: `email`. Example: `\"a@b.c\"`.",
            ),
            (json!({"type": "integer", "format": "int32", "minimum": 1}), "Range: at least 1."),
            (json!({"type": "integer", "format": "unix-time"}), "Format: `unix-time`."),
            (
                json!({"type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 0.5}),
                "Range: more than 0, at most 0.5.",
            ),
            (json!({"type": "number", "multipleOf": 0.01, "default": 1}), "Multiple of: 0.01. Default: `1`."),
            (
                json!({"type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string", "maxLength": 3}}),
                "Number of items: at least 1. Unique items. Items: length at most 3.",
            ),
            (json!({"type": "object", "maxProperties": 3}), "Number of properties: at most 3."),
            (
                json!({"allOf": [{"type": "integer", "minimum": 1, "maximum": 5}], "default": 3}),
                "Range: 1 to 5. Default: `3`.",
            ),
            (
                json!({"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}),
                "Values: range at least 0.",
            ),
            (json!({"minLength": 1}), "Length: at least 1."),
        ] {
            assert_eq!(said(schema.clone()), words, "{schema}");
        }
    }

    #[test]
    fn only_long_things_are_cut() {
        let long = "x".repeat(300);
        let text = said(json!({"type": "string", "default": long, "example": long}));
        assert!(text.starts_with("Default: `\"xxx") && text.ends_with("xxx` …."), "{text}");
        assert!(!text.contains("Example"), "{text}");
    }

    #[test]
    fn words_come_first_and_nothing_stays_nothing() {
        let facts = || Facts::default().with_example(Some(&json!(1)));
        assert_eq!(facts().after(Some("Words.".into())).as_deref(), Some("Words. Example: `1`."));
        assert_eq!(facts().after(None).as_deref(), Some("Example: `1`."));
        assert_eq!(Facts::default().after(None), None);
    }
}
