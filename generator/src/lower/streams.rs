//! In: answers that can be read while they come. Out: `Stream`, what they give one by one.

use super::context::{Context, Place};
use super::schemas::type_of;
use crate::diagnostic::Problem;
use crate::ir::{Content, Decoded, Response, Stream, Success, Type};
use crate::pointer::Pointer;
use openapiv3::{MediaType, SchemaKind};

/// The events of `text/event-stream`: the schema is that of their data, which is JSON, or text where it is a string.
pub(super) fn events<'a>(
    context: &mut Context<'a>,
    media: &str,
    described: &'a MediaType,
    at: &Pointer,
    place: &Place,
) -> Stream {
    let Some(schema) = &described.schema else { return Stream::TextEvents(media.to_owned(), Type::String) };
    let written = context.written(schema.into()).map(|schema| &schema.schema_kind);
    let is_text = matches!(written, Some(SchemaKind::Type(openapiv3::Type::String(_))));
    match type_of(context, schema.into(), &at.join("schema"), &place.part("event")).element() {
        r#type if is_text => Stream::TextEvents(media.to_owned(), r#type),
        // A list is all events together, as of lines.
        Type::Array(item) => Stream::Events(media.to_owned(), *item),
        r#type => Stream::Events(media.to_owned(), r#type),
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
