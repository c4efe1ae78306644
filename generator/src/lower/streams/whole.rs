//! Schemas of `text/event-stream` that describe the event and not its data: objects that have `data`, and beside it nothing but
//! `event`, `id` and `retry`, the fields of an event (HTML, section 9.2.6). So huma, Speakeasy and others publish them, alone,
//! as the items of a list, or as the subschemas of a union, which `event` tells apart.

use super::super::context::{Context, LONGEST_CHAIN, Place, Used};
use crate::ir::EventId;
use crate::pointer::Pointer;
use openapiv3::{ObjectType, SchemaKind, Type};

/// The fields of an event.
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// The schema of the data, where one object describes the whole event, and where it stands.
pub(super) fn data<'a>(
    context: &Context<'a>,
    schema: Used<'a>,
    at: &Pointer,
    place: &Place,
) -> Option<(Used<'a>, Pointer, Place)> {
    let (schema, at, place) = item(context, schema, at, place)?;
    let (schema, at, place) = written(context, schema, &at, &place)?;
    let SchemaKind::Type(Type::Object(object)) = &context.written(schema)?.schema_kind else { return None };
    let data = object.properties.get("data").filter(|_| is_event(object))?;
    Some((data.into(), at.join("properties").join("data"), place.part("data")))
}

/// How the id of an event is written, where a union describes whole events.
pub(super) fn id<'a>(context: &Context<'a>, schema: Used<'a>) -> Option<EventId> {
    let at = Pointer::root();
    let (schema, ..) = item(context, schema, &at, &Place::named(String::new()))?;
    let mut objects = Vec::new();
    collect(context, schema, 0, &mut objects)?;
    let of = |object: &&ObjectType| {
        let id = object.properties.get("id")?;
        Some(match context.written(id.into()).map(|id| &id.schema_kind) {
            Some(SchemaKind::Type(Type::Integer(_) | Type::Number(_))) => EventId::Number,
            _ => EventId::Text,
        })
    };
    Some(objects.iter().find_map(of).unwrap_or(EventId::None))
}

/// The objects of a union, all of which are events; `None` if one is not.
fn collect<'a>(context: &Context<'a>, schema: Used<'a>, depth: usize, objects: &mut Vec<&'a ObjectType>) -> Option<()> {
    if depth > LONGEST_CHAIN {
        return None;
    }
    match &context.written(schema)?.schema_kind {
        SchemaKind::Type(Type::Object(object)) if is_event(object) => objects.push(object),
        SchemaKind::OneOf { one_of: arms } | SchemaKind::AnyOf { any_of: arms } if !arms.is_empty() => {
            arms.iter().try_for_each(|one| collect(context, one.into(), depth + 1, objects))?;
        }
        SchemaKind::AllOf { all_of } if all_of.len() == 1 => {
            collect(context, all_of.first()?.into(), depth + 1, objects)?;
        }
        _ => return None,
    }
    Some(())
}

fn is_event(object: &ObjectType) -> bool {
    object.properties.contains_key("data") && object.properties.keys().all(|name| FIELDS.contains(&name.as_str()))
}

/// The schema of the items, where a list stands for all events together.
fn item<'a>(
    context: &Context<'a>,
    schema: Used<'a>,
    at: &Pointer,
    place: &Place,
) -> Option<(Used<'a>, Pointer, Place)> {
    let (list, at_list, place_of_list) = written(context, schema, at, place)?;
    let SchemaKind::Type(Type::Array(array)) = &context.written(list)?.schema_kind else {
        return Some((schema, at.clone(), place.clone()));
    };
    Some((array.items.as_ref()?.into(), at_list.join("items"), place_of_list.part("item")))
}

/// Where a schema is written, references followed.
fn written<'a>(
    context: &Context<'a>,
    schema: Used<'a>,
    at: &Pointer,
    place: &Place,
) -> Option<(Used<'a>, Pointer, Place)> {
    let (mut schema, mut at, mut place) = (schema, at.clone(), place.clone());
    for _ in 0..LONGEST_CHAIN {
        let Used::Reference(reference) = schema else { return Some((schema, at, place)) };
        let (id, name, target) = context.component(reference)?;
        at = Pointer::root().join("components").join("schemas").join(name);
        place = Place::component(name, id);
        schema = target;
    }
    None
}
