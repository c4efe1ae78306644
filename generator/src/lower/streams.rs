//! In: answers that can be read while they come. Out: `Stream`, what they give one by one.

mod whole;

use super::context::{Context, Place, Used};
use super::schemas::type_of;
use crate::diagnostic::Problem;
use crate::ir::{Content, Decoded, Response, Stream, Success, Type};
use crate::pointer::Pointer;
use openapiv3::{MediaType, SchemaKind};

/// The events of `text/event-stream`: the schema is that of their data, which is JSON, or text where it is a string; or it is
/// that of the whole events, with `data` beside `event`, `id` and `retry`.
pub(super) fn events<'a>(
    context: &mut Context<'a>,
    media: &str,
    described: &'a MediaType,
    at: &Pointer,
    place: &Place,
) -> Stream {
    let Some(schema) = &described.schema else { return Stream::TextEvents(media.to_owned(), Type::String) };
    let (schema, at, place) = (Used::from(schema), at.join("schema"), place.part("event"));
    if let Some((data, at, place)) = whole::data(context, schema, &at, &place) {
        return of_data(context, media, data, &at, &place);
    }
    match whole::id(context, schema) {
        Some(id) => {
            let r#type = item(type_of(context, schema, &at, &place).element());
            Stream::WholeEvents(media.to_owned(), r#type, id)
        }
        None => of_data(context, media, schema, &at, &place),
    }
}

/// Events whose data has this schema.
fn of_data<'a>(context: &mut Context<'a>, media: &str, schema: Used<'a>, at: &Pointer, place: &Place) -> Stream {
    let written = context.written(schema).map(|schema| &schema.schema_kind);
    let is_text = matches!(written, Some(SchemaKind::Type(openapiv3::Type::String(_))));
    match type_of(context, schema, at, place).element() {
        r#type if is_text => Stream::TextEvents(media.to_owned(), r#type),
        r#type => Stream::Events(media.to_owned(), item(r#type)),
    }
}

/// A list is all events together, as of lines.
fn item(r#type: Type) -> Type {
    match r#type {
        Type::Array(item) => *item,
        r#type => r#type,
    }
}

/// What a successful call gives while it comes: events, else items, else bytes. Events are of one type; others are reported.
pub(super) fn stream(context: &mut Context<'_>, successes: &[&Response], success: &Success) -> Option<Stream> {
    let mut of_statuses = successes.iter().filter(|response| response.events.is_some());
    if let Some(first) = of_statuses.next() {
        for other in of_statuses.filter(|other| other.events != first.events) {
            context.report(&other.origin, Problem::OtherEvents { chosen: first.status.clone() });
        }
    }
    let items = |content: &Content| match &content.decoded {
        Decoded::Lines(r#type) => Some(Stream::Items(content.media.join(", "), r#type.clone())),
        _ => None,
    };
    let events = successes.iter().find_map(|response| response.events.clone());
    let items = || successes.iter().flat_map(|response| &response.contents).find_map(items);
    events.or_else(items).or_else(|| (*success == Success::Alone(Decoded::Bytes)).then_some(Stream::Bytes))
}
