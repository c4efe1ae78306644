//! In: the uses of schemas. Out: the `Type` of each use; in `define`, the `Shape` of each reserved type.

use super::all_of::{self, Part, Property, says_nothing};
use super::constraints::Facts;
use super::context::{Context, Job, LONGEST_CHAIN, Place, Used};
use super::scalars::scalar;
use super::{enums, merge, structs, unions};
use crate::Options;
use crate::diagnostic::Problem;
use crate::ir::{Access, Shape, Type};
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, ArrayType, ObjectType, ReferenceOr, Schema, SchemaKind};
use std::collections::BTreeSet;

/// The type of a use, and whether null may stand in its place.
pub(super) struct Use {
    pub r#type: Type,
    pub nullable: bool,
}

impl Use {
    /// The type inside a list or a map, where null is a value like any other.
    pub(super) fn element(self) -> Type {
        if self.nullable && self.r#type != Type::Json { Type::Nullable(Box::new(self.r#type)) } else { self.r#type }
    }

    /// The type with room for any other value; what holds any value has it.
    fn lenient(self) -> Self {
        match self.r#type {
            Type::Json | Type::Lenient(_) => self,
            r#type => Self { r#type: Type::Lenient(Box::new(r#type)), ..self },
        }
    }
}

/// What is said of the struct that stands for an `anyOf`.
const TOGETHER: &str = "Any of several objects, whose properties may stand together: it has those of all of them.";

/// Names the type of a schema where it is used; what has to be defined is queued.
pub(super) fn type_of<'a>(context: &mut Context<'a>, schema: Used<'a>, at: &Pointer, place: &Place) -> Use {
    let used = strict(context, schema, at, place);
    let lenient = match schema {
        // An alias is lenient itself; what is defined by name can be so only where it is used.
        Used::Reference(reference) => match context.component(reference) {
            Some((_, _, Used::Written(target))) => is_lenient(target) && is_definition(context, target),
            _ => false,
        },
        Used::Written(written) => is_lenient(written),
    };
    if lenient { used.lenient() } else { used }
}

/// Whether other values than the described ones are kept as they are.
pub(super) fn is_lenient(schema: &Schema) -> bool {
    schema.schema_data.extensions.get("x-oasmith-lenient").and_then(serde_json::Value::as_bool) == Some(true)
}

fn strict<'a>(context: &mut Context<'a>, schema: Used<'a>, at: &Pointer, place: &Place) -> Use {
    match schema {
        Used::Reference(reference) => match context.component(reference) {
            Some((id, _, target)) => Use { r#type: Type::Named(id), nullable: nullable(context, target) },
            None => Use { r#type: Type::Json, nullable: false },
        },
        Used::Written(written) if is_definition(context, written) => {
            let id = context.reserve(schema, at, place);
            Use { r#type: Type::Named(id), nullable: nullable(context, schema) }
        }
        Used::Written(written) => expression(context, written, at, place),
    }
}

/// Makes the definition of a reserved type.
pub(super) fn define<'a>(context: &mut Context<'a>, job: Job<'a>) {
    let Job { id, schema, at, place, parts, either } = job;
    let mut inner_docs = None;
    let merged = !parts.is_empty() || !either.is_empty();
    let (shape, data) = match schema {
        _ if !either.is_empty() => (unions::either(context, &either, &place), None),
        _ if !parts.is_empty() => (structs::shape(context, &parts, &at, &place), None),
        Used::Reference(_) => (Shape::Alias(type_of(context, schema, &at, &place).r#type), None),
        Used::Written(written) => {
            let (inner, inner_at) = innermost(context, written, &at);
            inner_docs = inner.schema_data.description.clone();
            (shape(context, inner, &inner_at, &place), Some(&written.schema_data))
        }
    };
    let together = matches!((&shape, schema), (Shape::Struct { .. }, Used::Written(written)) if is_any_of(written));
    let facts = if merged { Facts::default() } else { facts(context.options, schema, &at) };
    if let Some(definition) = context.definition(id) {
        definition.shape = shape;
        definition.docs = data.and_then(|data| docs(&[&data.description, &title(data, &at), &inner_docs]));
        if together {
            let words = definition.docs.take().map(|docs| format!("{docs}\n\n")).unwrap_or_default();
            definition.docs = Some(format!("{words}{TOGETHER}"));
        }
        definition.docs = facts.after(definition.docs.take());
        definition.deprecated = data.is_some_and(|data| data.deprecated);
    }
}

/// What a schema is that says by one inline schema all that it is: it needs no other name for that.
fn innermost<'a>(context: &Context<'a>, schema: &'a Schema, at: &Pointer) -> (&'a Schema, Pointer) {
    let (mut schema, mut at) = (schema, at.clone());
    for _ in 0..LONGEST_CHAIN {
        let inner = match &schema.schema_kind {
            SchemaKind::AllOf { all_of } if !is_struct(context, all_of) => {
                narrowest_arm(context, all_of).map(|index| ("allOf", index, &all_of[index]))
            }
            SchemaKind::OneOf { one_of: lone } if lone.len() == 1 => Some(("oneOf", 0, &lone[0])),
            SchemaKind::AnyOf { any_of: lone } if lone.len() == 1 => Some(("anyOf", 0, &lone[0])),
            _ => None,
        };
        match inner {
            Some((keyword, index, ReferenceOr::Item(inner))) if is_definition(context, inner) => {
                (schema, at) = (inner, at.join(keyword).index(index));
            }
            _ => break,
        }
    }
    (schema, at)
}

/// What there is to know of the values of a definition. Where it is inline, the rest is said where it is used.
fn facts(options: &Options, schema: Used<'_>, at: &Pointer) -> Facts {
    match schema {
        Used::Reference(_) => Facts::default(),
        Used::Written(written) if at.tokens().len() == 3 => {
            let access = match (written.schema_data.read_only, written.schema_data.write_only) {
                (true, false) => Access::ReadOnly,
                (false, true) => Access::WriteOnly,
                _ => Access::Full,
            };
            Facts::of_use(options, schema, access)
        }
        Used::Written(written) => Facts::of_type(options, written),
    }
}

/// A title that says more than the schema's own name does.
pub(super) fn title(data: &openapiv3::SchemaData, at: &Pointer) -> Option<String> {
    let name = at.last().unwrap_or_default();
    data.title.clone().filter(|title| crate::name::type_(title) != crate::name::type_(name))
}

/// The first text that says something.
pub(super) fn docs(texts: &[&Option<String>]) -> Option<String> {
    texts.iter().filter_map(|text| text.as_deref()).find(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn shape<'a>(context: &mut Context<'a>, schema: &'a Schema, at: &Pointer, place: &Place) -> Shape {
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::Object(object)) if !object.properties.is_empty() => {
            structs::shape(context, &[Part { object, at: at.clone(), place: place.clone() }], at, place)
        }
        SchemaKind::Type(openapiv3::Type::String(string)) if !string.enumeration.is_empty() => {
            enums::shape(string, &schema.schema_data)
        }
        SchemaKind::Type(openapiv3::Type::Integer(integer)) if !integer.enumeration.is_empty() => {
            enums::numbers(integer, &schema.schema_data)
        }
        SchemaKind::AllOf { all_of } if is_struct(context, all_of) => {
            match all_of::parts(context, all_of, &at.join("allOf"), place) {
                Some(parts) => structs::shape(context, &parts, at, place),
                None => Shape::Alias(expression(context, schema, at, place).r#type),
            }
        }
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } if is_definition(context, schema) => {
            unions::shape(context, schema, at, place)
        }
        _ => {
            let used = expression(context, schema, at, place);
            Shape::Alias(if is_lenient(schema) { used.lenient().r#type } else { used.r#type })
        }
    }
}

fn is_any_of(schema: &Schema) -> bool {
    matches!(schema.schema_kind, SchemaKind::AnyOf { .. })
}

/// Whether a schema has to be a definition with a name of its own.
fn is_definition<'a>(context: &Context<'a>, schema: &'a Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::Object(object)) => !object.properties.is_empty(),
        SchemaKind::Type(openapiv3::Type::String(string)) => !string.enumeration.is_empty(),
        SchemaKind::Type(openapiv3::Type::Integer(integer)) => !integer.enumeration.is_empty(),
        SchemaKind::AllOf { all_of } if all_of.len() > 1 => is_struct(context, all_of),
        _ => unions::alternatives(schema).is_some_and(|(_, arms)| unions::common(context, arms).is_none()),
    }
}

/// Whether several arms come down to one struct; where none of them names a property, one may say it all.
fn is_struct<'a>(context: &Context<'a>, arms: &'a [ReferenceOr<Schema>]) -> bool {
    let names_any = |parts: &[Part<'_>]| parts.iter().any(|part| !part.object.properties.is_empty());
    let objects = (arms.len() > 1).then(|| all_of::objects(context, arms)).flatten();
    objects.is_some_and(|parts| names_any(&parts) || !parts.is_empty() && narrowest_arm(context, arms).is_none())
}

/// Whether a schema, or what it stands for, allows null.
pub(super) fn nullable<'a>(context: &Context<'a>, schema: Used<'a>) -> bool {
    let (mut next, mut seen) = (vec![schema], BTreeSet::new());
    while let Some(schema) = next.pop() {
        match schema {
            // A component that was looked at already adds nothing.
            Used::Reference(reference) if seen.insert(reference) => {
                next.extend(context.component(reference).map(|(_, _, target)| target));
            }
            Used::Reference(_) => {}
            Used::Written(written) if written.schema_data.nullable => return true,
            Used::Written(written) => match &written.schema_kind {
                SchemaKind::AllOf { all_of } => {
                    next.extend(narrowest_arm(context, all_of).map(|index| Used::from(&all_of[index])));
                }
                SchemaKind::OneOf { one_of: arms } | SchemaKind::AnyOf { any_of: arms } => {
                    next.extend(arms.iter().map(Used::from));
                }
                _ => {}
            },
        }
    }
    false
}

/// The type of a schema that needs no name of its own.
fn expression<'a>(context: &mut Context<'a>, schema: &'a Schema, at: &Pointer, place: &Place) -> Use {
    let plain = match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::Array(array)) => list(context, array, at, place),
        SchemaKind::Type(openapiv3::Type::Object(object)) => map(context, object, at, place),
        SchemaKind::Type(_) => scalar(context.options, schema).unwrap_or(Type::String),
        SchemaKind::AllOf { all_of } => return composed(context, schema, "allOf", all_of, at, place),
        SchemaKind::OneOf { one_of } => return composed(context, schema, "oneOf", one_of, at, place),
        SchemaKind::AnyOf { any_of } => return composed(context, schema, "anyOf", any_of, at, place),
        SchemaKind::Not { .. } => {
            context.report(&at.join("not"), Problem::WideNot);
            Type::Json
        }
        SchemaKind::Any(_) if schema.schema_data.extensions.contains_key("x-oasmith-null") => {
            return Use { r#type: Type::Null, nullable: false };
        }
        SchemaKind::Any(any) => {
            if !says_nothing(any) {
                context.report(at, Problem::WideMixture);
            }
            Type::Json
        }
    };
    Use { r#type: plain, nullable: schema.schema_data.nullable }
}

/// One arm is what it is; of an `allOf`, the narrowest is. Others are not expressed yet.
fn composed<'a>(
    context: &mut Context<'a>,
    schema: &'a Schema,
    keyword: &'static str,
    arms: &'a [openapiv3::ReferenceOr<Schema>],
    at: &Pointer,
    place: &Place,
) -> Use {
    let at = at.join(keyword);
    let chosen = if keyword == "allOf" { narrowest_arm(context, arms) } else { (arms.len() == 1).then_some(0) };
    if let Some(index) = chosen {
        let used = type_of(context, (&arms[index]).into(), &at.index(index), place);
        return Use { nullable: used.nullable || schema.schema_data.nullable, ..used };
    }
    let common = if keyword == "allOf" { None } else { unions::common(context, arms) };
    if let Some(r#type) = common {
        let nullable = nullable(context, Used::Written(schema));
        return Use { r#type, nullable };
    }
    if keyword == "allOf" {
        let arm = |(index, arm)| Property { schema: Used::from(arm), at: at.index(index), place: place.clone() };
        let all: Vec<_> = arms.iter().enumerate().map(arm).collect();
        if let Some(r#type) = merge::combine(context, &all, &at, place) {
            return Use { r#type, nullable: schema.schema_data.nullable };
        }
    }
    if !arms.is_empty() {
        context.report(&at, Problem::WideAllOf);
    }
    Use { r#type: Type::Json, nullable: schema.schema_data.nullable }
}

/// The arm of an `allOf` that says all that the others say.
fn narrowest_arm(context: &Context<'_>, arms: &[openapiv3::ReferenceOr<Schema>]) -> Option<usize> {
    let arms: Vec<Used<'_>> = arms.iter().map(Used::from).collect();
    all_of::narrowest(context, &arms)
}

fn list<'a>(context: &mut Context<'a>, array: &'a ArrayType, at: &Pointer, place: &Place) -> Type {
    if let Some(items) = tuple(array) {
        return Type::Tuple(items_of(context, items, &at.join("items").join("anyOf"), place));
    }
    let item = array.items.as_ref().map(|items| {
        let items = Used::from(items);
        type_of(context, items, &at.join("items"), &place.titled("item", items))
    });
    Type::Array(Box::new(item.map_or(Type::Json, Use::element)))
}

/// The schemas of a tuple's items, which `read` marks.
pub(super) fn tuple(array: &ArrayType) -> Option<&[ReferenceOr<Schema>]> {
    let ReferenceOr::Item(items) = array.items.as_ref()? else { return None };
    let marked = items.schema_data.extensions.contains_key("x-oasmith-tuple");
    match &items.schema_kind {
        SchemaKind::AnyOf { any_of } if marked => Some(any_of),
        _ => None,
    }
}

fn items_of<'a>(context: &mut Context<'a>, items: &'a [ReferenceOr<Schema>], at: &Pointer, place: &Place) -> Vec<Type> {
    let item = |(index, item): (usize, &'a ReferenceOr<Schema>)| {
        type_of(context, item.into(), &at.index(index), &place.part(&format!("item{index}"))).element()
    };
    items.iter().enumerate().map(item).collect()
}

/// An object without named properties.
fn map<'a>(context: &mut Context<'a>, object: &'a ObjectType, at: &Pointer, place: &Place) -> Type {
    match &object.additional_properties {
        Some(AdditionalProperties::Schema(values)) => {
            let at = at.join("additionalProperties");
            let values = Used::from(values.as_ref());
            match type_of(context, values, &at, &place.titled("value", values)).element() {
                Type::Json => Type::Object,
                values => Type::Map(Box::new(values)),
            }
        }
        _ => {
            context.undescribed.of(&[&Part { object, at: at.clone(), place: place.clone() }]);
            Type::Object
        }
    }
}
