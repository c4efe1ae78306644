//! In: several descriptions of one value, all of which hold. Out: the one type that keeps to all of them: the narrowest
//! description where there is one, else what they have in common.

use super::all_of::{self, Property, narrowest};
use super::context::{Context, LONGEST_CHAIN, Place, Used};
use super::schemas::{Use, nullable, tuple, type_of};
use crate::diagnostic::Problem;
use crate::ir::Type as Expression;
use crate::pointer::Pointer;
use openapiv3::{SchemaKind, Type};

/// How deep lists of lists are looked into.
const DEEPEST_LIST: usize = 4;

/// The property that several objects describe, which would stand at `at`, with its type. What no type can keep is
/// reported at both places.
pub(super) fn property<'a>(
    context: &mut Context<'a>,
    mut all: Vec<Property<'a>>,
    at: &Pointer,
    place: &Place,
) -> Option<(Property<'a>, Use)> {
    let null = all.len() == 1 || all.iter().all(|property| allows_null(context, property.schema));
    let schemas: Vec<_> = all.iter().map(|property| property.schema).collect();
    if let Some(index) = narrowest(context, &schemas) {
        let (property, used) = all.swap_remove(index).used(context);
        return Some((property, Use { nullable: used.nullable && null, ..used }));
    }
    if let Some(r#type) = combine(context, &all, at, place) {
        let property = all.pop()?;
        return Some((property, Use { r#type, nullable: null }));
    }
    if let [first, .., last] = all.as_slice() {
        let name = last.at.last().unwrap_or_default().to_owned();
        let other = context.sink.origins.resolve(&first.at);
        context.report(&last.at, Problem::ConflictingProperty { name, other });
    }
    None
}

/// The type of what several descriptions, none of them the narrowest, say together.
pub(super) fn combine<'a>(
    context: &mut Context<'a>,
    all: &[Property<'a>],
    at: &Pointer,
    place: &Place,
) -> Option<Expression> {
    combine_at(context, all, at, place, 0)
}

fn combine_at<'a>(
    context: &mut Context<'a>,
    all: &[Property<'a>],
    at: &Pointer,
    place: &Place,
    depth: usize,
) -> Option<Expression> {
    let schema = all.first()?.schema;
    let objects = |one: &Property<'a>| all_of::arm(context, one.schema, one.at.clone(), &one.place);
    if let Some(parts) = all.iter().map(objects).collect::<Option<Vec<_>>>() {
        let parts = parts.concat();
        let named = parts.iter().any(|part| !part.object.properties.is_empty());
        return named.then(|| Expression::Named(context.reserve_merged(schema, parts, at, place)));
    }
    if let Some(lone) = smallest_enum(context, all) {
        let lone = &all[lone];
        return Some(type_of(context, lone.schema, &lone.at, &lone.place).r#type);
    }
    let items = all.iter().map(|one| items(context, one)).collect::<Option<Vec<_>>>()?;
    if depth == DEEPEST_LIST {
        return None;
    }
    let null = items.iter().all(|item| allows_null(context, item.schema));
    let schemas: Vec<_> = items.iter().map(|item| item.schema).collect();
    let item = match narrowest(context, &schemas) {
        Some(index) => type_of(context, items[index].schema, &items[index].at, &items[index].place).r#type,
        None => combine_at(context, &items, &at.join("items"), &place.part("item"), depth + 1)?,
    };
    Some(Expression::Array(Box::new(Use { r#type: item, nullable: null }.element())))
}

/// The enum with the fewest strings, where some string is in all of them. It is open, so that the others are kept, too.
fn smallest_enum<'a>(context: &Context<'a>, all: &[Property<'a>]) -> Option<usize> {
    let strings = |one: &Property<'a>| match lone(context, one.schema) {
        Some(SchemaKind::Type(Type::String(string))) if !string.enumeration.is_empty() => Some(&string.enumeration),
        _ => None,
    };
    let enums: Vec<_> = all.iter().map(strings).collect::<Option<_>>()?;
    let first = enums.first()?;
    first.iter().find(|value| enums.iter().all(|values| values.contains(value)))?;
    (0..enums.len()).min_by_key(|index| enums[*index].len())
}

/// What a schema is, but for notes beside it.
fn lone<'a>(context: &Context<'a>, schema: Used<'a>) -> Option<&'a SchemaKind> {
    let mut schema = schema;
    for _ in 0..LONGEST_CHAIN {
        match &context.written(schema)?.schema_kind {
            SchemaKind::AllOf { all_of } if all_of.len() == 1 => schema = all_of.first()?.into(),
            kind => return Some(kind),
        }
    }
    None
}

/// The items of a list that is no tuple.
fn items<'a>(context: &Context<'a>, list: &Property<'a>) -> Option<Property<'a>> {
    let SchemaKind::Type(Type::Array(array)) = lone(context, list.schema)? else { return None };
    let items = array.items.as_ref().filter(|_| tuple(array).is_none())?;
    Some(Property { schema: items.into(), at: list.at.join("items"), place: list.place.part("item") })
}

/// Whether null is allowed, and be it because anything is.
fn allows_null<'a>(context: &Context<'a>, schema: Used<'a>) -> bool {
    let any = |kind: &SchemaKind| matches!(kind, SchemaKind::Any(any) if all_of::says_nothing(any));
    nullable(context, schema) || context.written(schema).is_some_and(|schema| any(&schema.schema_kind))
}
