//! In: a schema. Out: every form of JSON that its values may take, in full detail, references and compositions
//! followed; `None` if it cannot be said, and so any value could be meant.

use super::tags;
use crate::ir::{Access, Form, Members};
use crate::lower::all_of::{self, Part};
use crate::lower::context::{Context, Used};
use crate::lower::directions;
use crate::lower::schemas::{is_lenient, nullable};
use crate::lower::undescribed;
use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind, Type, VariantOrUnknownOrEmpty};
use std::collections::{BTreeMap, BTreeSet};

/// How deep lists of lists are looked into; real documents have two levels.
const DEEPEST_LIST: usize = 3;

/// How deep an `allOf` within an `allOf` is searched for the values of a member.
const DEEPEST_CONSTANT: usize = 8;

/// Reads the forms of one variant.
pub(super) struct Reader<'c, 'a> {
    context: &'c Context<'a>,
    /// The components that were read: once more, they add nothing. This also ends every circle.
    seen: BTreeSet<&'a str>,
    lists: usize,
    /// The members of objects whose own forms are wanted.
    wanted: BTreeSet<String>,
}

impl<'c, 'a> Reader<'c, 'a> {
    pub(super) fn new(context: &'c Context<'a>) -> Self {
        Self { context, seen: BTreeSet::new(), lists: 0, wanted: BTreeSet::new() }
    }

    /// A reader that also looks into these members of objects, but not into members of these.
    pub(super) fn looking_into(context: &'c Context<'a>, wanted: BTreeSet<String>) -> Self {
        Self { wanted, ..Self::new(context) }
    }

    /// The forms of a schema.
    pub(super) fn forms(&mut self, used: Used<'a>) -> Option<Vec<Form>> {
        match used {
            Used::Reference(reference) if !self.seen.insert(reference) => Some(Vec::new()),
            Used::Reference(reference) => self.forms(self.context.component(reference)?.2),
            Used::Written(schema) => self.written(schema),
        }
    }

    fn written(&mut self, schema: &'a Schema) -> Option<Vec<Form>> {
        Some(match &schema.schema_kind {
            SchemaKind::Type(Type::Boolean(_)) => vec![Form::Boolean],
            SchemaKind::Type(Type::Integer(_)) => vec![Form::Integer],
            SchemaKind::Type(Type::Number(_)) => vec![Form::Integer, Form::Number],
            SchemaKind::Type(Type::String(_)) if is_numeric(schema) => vec![Form::Integer, Form::Number, Form::Text],
            SchemaKind::Type(Type::String(string)) if string.enumeration.is_empty() => vec![Form::Text],
            SchemaKind::Type(Type::String(_)) => {
                vec![Form::Constant(constants(self.context, Used::Written(schema), 0))]
            }
            SchemaKind::Type(Type::Array(array)) => {
                vec![Form::List(array.items.as_ref().map(|items| self.items(items.into())).unwrap_or_default())]
            }
            SchemaKind::Type(Type::Object(object)) => vec![self.object(std::iter::once(object))],
            SchemaKind::OneOf { one_of: arms } | SchemaKind::AnyOf { any_of: arms } => {
                self.arms(arms, tags::discriminator(self.context, schema, arms))?
            }
            SchemaKind::AllOf { all_of } => self.all_of(all_of)?,
            SchemaKind::Any(_) if schema.schema_data.extensions.contains_key("x-oasmith-null") => vec![Form::Null],
            SchemaKind::Not { .. } | SchemaKind::Any(_) => return None,
        })
    }

    /// The forms of a list's items; none if anything may stand there.
    fn items(&mut self, items: Used<'a>) -> Vec<Form> {
        if self.lists == DEEPEST_LIST {
            return Vec::new();
        }
        let mut inner = Reader { lists: self.lists + 1, ..Reader::new(self.context) };
        let mut forms = inner.forms(items).unwrap_or_default();
        if !forms.is_empty() && nullable(self.context, items) {
            forms.push(Form::Null);
        }
        forms
    }

    fn arms(&mut self, arms: &'a [ReferenceOr<Schema>], tag: Option<&'a Discriminator>) -> Option<Vec<Form>> {
        let mut all = Vec::new();
        for arm in arms {
            let mut forms = self.forms(arm.into())?;
            if let Some(tag) = tag {
                tags::apply(self.context, tag, arm.into(), &mut forms);
            }
            all.append(&mut forms);
        }
        Some(all)
    }

    fn all_of(&mut self, arms: &'a [ReferenceOr<Schema>]) -> Option<Vec<Form>> {
        if let Some(parts) = all_of::objects(self.context, arms).filter(|_| arms.len() > 1) {
            return (!parts.is_empty()).then(|| vec![self.object(parts.iter().map(|part: &Part<'a>| part.object))]);
        }
        let arms: Vec<Used<'a>> = arms.iter().map(Used::from).collect();
        let index = all_of::narrowest(self.context, &arms)?;
        self.forms(arms[index])
    }

    /// What the object looks like that these describe together.
    fn object(&self, objects: impl Iterator<Item = &'a openapiv3::ObjectType> + Clone) -> Form {
        let (mut required, mut known) = (BTreeSet::new(), BTreeSet::new());
        // No answer may have what nothing describes; an object that names no property describes none, either.
        let names_any = objects.clone().any(|object| !object.properties.is_empty());
        let undescribed = if names_any { undescribed::names(objects.clone()) } else { BTreeMap::new() };
        let mut inner: BTreeMap<&str, Vec<Form>> = BTreeMap::new();
        let mut fixed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for object in objects {
            // What is only written is in no answer, and answers are what a client decodes.
            let written = |name: &&String| {
                let schema = object.properties.get(*name);
                schema
                    .is_some_and(|schema| directions::access(self.context, [schema.into()]) == Some(Access::WriteOnly))
            };
            let demanded = |name: &&String| !written(name) && !undescribed.contains_key(name.as_str());
            required.extend(object.required.iter().filter(demanded).cloned());
            known.extend(object.properties.keys().chain(&object.required).cloned());
            for (name, schema) in &object.properties {
                if self.wanted.contains(name)
                    && let Some(forms) = self.member(schema.into())
                {
                    inner.insert(name, forms);
                }
                let values = constants(self.context, schema.into(), 0);
                if !values.is_empty() {
                    // Where several describe it, all of them hold.
                    let all = fixed.remove(name.as_str()).map_or(values.clone(), |all| common(all, values));
                    fixed.insert(name, all);
                }
            }
        }
        let constants = fixed.into_iter().filter(|(_, values)| !values.is_empty());
        Form::Object(Members {
            required: required.into_iter().collect(),
            constants: constants.map(|(name, values)| (name.to_owned(), values)).collect(),
            known: known.into_iter().collect(),
            inner: inner.into_iter().map(|(name, forms)| (name.to_owned(), forms)).collect(),
        })
    }

    /// The forms of a member; `None` if anything may stand there.
    fn member(&self, schema: Used<'a>) -> Option<Vec<Form>> {
        let mut forms = Reader::new(self.context).forms(schema)?;
        if forms.is_empty() || self.context.written(schema).is_none_or(is_lenient) {
            return None;
        }
        if nullable(self.context, schema) {
            forms.push(Form::Null);
        }
        forms.sort();
        forms.dedup();
        Some(forms)
    }
}

/// Whether a value is a number, or a text that says one.
fn is_numeric(schema: &Schema) -> bool {
    let SchemaKind::Type(Type::String(string)) = &schema.schema_kind else { return false };
    matches!(&string.format, VariantOrUnknownOrEmpty::Unknown(format) if format == "x-oasmith-numeric")
}

/// The strings that a schema is restricted to, or the JSON text of the numbers or booleans, sorted; none if it allows
/// others.
pub(in crate::lower) fn constants<'a>(context: &Context<'a>, used: Used<'a>, depth: usize) -> Vec<String> {
    fn texts<T: ToString>(values: &[Option<T>]) -> Vec<String> {
        let texts: BTreeSet<String> = values.iter().flatten().map(T::to_string).collect();
        texts.into_iter().collect()
    }
    match context.written(used).map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::String(string))) => texts(&string.enumeration),
        Some(SchemaKind::Type(Type::Integer(integer))) => texts(&integer.enumeration),
        Some(SchemaKind::Type(Type::Boolean(boolean))) => texts(&boolean.enumeration),
        Some(SchemaKind::AllOf { all_of }) if depth < DEEPEST_CONSTANT => {
            let arms = all_of.iter().map(|arm| constants(context, arm.into(), depth + 1));
            arms.filter(|values| !values.is_empty()).reduce(common).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// What both hold.
pub(in crate::lower) fn common(mut one: Vec<String>, other: Vec<String>) -> Vec<String> {
    one.retain(|value| other.contains(value));
    one
}
