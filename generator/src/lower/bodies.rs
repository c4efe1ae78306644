//! In: an operation's `requestBody`. Out: its `Body`: JSON, a form, or bytes of a media type.

use super::all_of;
use super::call::Call;
use super::constraints::Facts;
use super::context::{Context, Place};
use super::encodings::encodings;
use super::media;
use super::schemas::{docs, type_of};
use crate::diagnostic::Problem;
use crate::ir::{Access, Body, BodyShape, Type};
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, MediaType, SchemaKind};

/// The body, if the operation has one.
pub(super) fn body<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, place: &Place) -> Option<Body> {
    let at = call.at.join("requestBody");
    let described = call.operation.request_body.as_ref()?;
    let Some((at, body)) = context.follow(described, at.clone(), "requestBodies", |all| &all.request_bodies) else {
        let (what, reason) = ("a request body".to_owned(), "it could not be read");
        context.report(&at, Problem::LeftOut { what, reason });
        return None;
    };
    let content = at.join("content");
    let (media, described) = media::choose(context, &body.content, &content)?;
    let place = place.at(&at).part("request");
    let shape = shape(context, media, described, &content.join(media), &place);
    // Of bytes, the media type says what there is to know.
    let schema = described.schema.as_ref().filter(|_| shape.r#type().is_some());
    let facts = schema.map(|schema| Facts::of_use(context.options, schema.into(), Access::Full));
    let facts = facts.unwrap_or_default().with_example(described.example.as_ref());
    let media = match (media::is_range(media), &shape) {
        (false, _) => media,
        (true, BodyShape::Raw) => "application/octet-stream",
        (true, _) => "application/json",
    };
    Some(Body {
        origin: at,
        name: String::new(),
        docs: facts.after(docs(&[&body.description])),
        required: body.required,
        media: media.to_owned(),
        shape,
    })
}

/// How a body of this media type is given.
fn shape<'a>(
    context: &mut Context<'a>,
    media: &str,
    described: &'a MediaType,
    at: &Pointer,
    place: &Place,
) -> BodyShape {
    let json = media::is_json(media) || media::is_range(media) && !media::is_bytes(described);
    let (form, multipart) = (media::is_form(media), media::is_multipart_form(media));
    if !json && !((form || multipart) && is_form(context, described, multipart)) {
        report_raw(context, media, at);
        return BodyShape::Raw;
    }
    let used = described.schema.as_ref().map(|schema| type_of(context, schema.into(), &at.join("schema"), place));
    let r#type = used.map_or(Type::Json, |used| used.r#type);
    match r#type {
        r#type if json => BodyShape::Json(r#type),
        r#type if multipart => BodyShape::Multipart(r#type, encodings(context, described, at, true)),
        // Nothing is said of its properties, but it has some.
        Type::Json if says_nothing(context, described) => BodyShape::Form(Type::Object, Vec::new()),
        r#type => BodyShape::Form(r#type, encodings(context, described, at, false)),
    }
}

/// Whether a form is described that a value can stand for: an object, or one of several. Of a multipart form it has to be
/// said which properties are files.
fn is_form<'a>(context: &Context<'a>, described: &'a MediaType, multipart: bool) -> bool {
    let schema = described.schema.as_ref().and_then(|schema| context.written(schema.into()));
    match schema.map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(openapiv3::Type::Object(object))) => {
            let values = matches!(object.additional_properties, Some(AdditionalProperties::Schema(_)));
            !multipart || values || !object.properties.is_empty()
        }
        Some(SchemaKind::Type(_)) => false,
        _ => !multipart || !says_nothing(context, described),
    }
}

fn says_nothing<'a>(context: &Context<'a>, described: &'a MediaType) -> bool {
    let schema = described.schema.as_ref().and_then(|schema| context.written(schema.into()));
    match schema.map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Any(any)) => all_of::says_nothing(any),
        Some(_) => false,
        None => true,
    }
}

/// Bytes are what text and binary bodies are; of a form they are only the best that can be given.
fn report_raw(context: &mut Context<'_>, media: &str, at: &Pointer) {
    let taken = match media::essence(media).as_str() {
        "multipart/form-data" => "the body is given as bytes, and its boundary with `Body::with_content_type`",
        "application/x-www-form-urlencoded" => "the body is given as bytes",
        essence if essence.starts_with("multipart/") => "the body is given as bytes",
        _ => return,
    };
    context.report(at, Problem::RawBody { media: media.to_owned(), taken });
}
