//! In: an operation's `requestBody`. Out: its `Body`: JSON, a form, text or bytes, or one of these as the caller
//! chooses.

use super::alike::alike;
use super::all_of;
use super::call::Call;
use super::constraints::Facts;
use super::context::{Context, Place};
use super::encodings::encodings;
use super::media;
use super::schemas::{docs, type_of};
use crate::diagnostic::Problem;
use crate::ir::{Access, Body, BodyShape, Choice, Type};
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, Content, MediaType, ReferenceOr, Schema, SchemaKind};

/// The body, if the operation has one.
pub(super) fn body<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, place: &Place) -> Option<Body> {
    let at = call.at.join("requestBody");
    let described = call.operation.request_body.as_ref()?;
    let Some((at, body)) = context.follow(described, at.clone(), "requestBodies", |all| &all.request_bodies) else {
        let (what, reason) = ("a request body".to_owned(), "it could not be read");
        context.report(&at, Problem::LeftOut { what, reason });
        return None;
    };
    let place = place.at(&at).part("request");
    let mut choices = choices(context, &body.content, &at.join("content"), &place);
    if choices.is_empty() {
        return None;
    }
    let Choice { media, shape, .. } = choices.first()?.clone();
    // Of bytes, the media type says what there is to know.
    let described = media::ranked(&body.content).first().map(|(_, described)| *described)?;
    let schema = described.schema.as_ref().filter(|_| shape.r#type().is_some());
    let facts = schema.map(|schema| Facts::of_use(context.options, schema.into(), Access::Full));
    let facts = facts.unwrap_or_default().with_example(described.example.as_ref());
    let shape = if choices.len() == 1 { choices.remove(0).shape } else { BodyShape::Choice(choices) };
    Some(Body {
        origin: at,
        name: String::new(),
        docs: facts.after(docs(&[&body.description])),
        required: body.required,
        media,
        shape,
    })
}

/// All ways to give a body. JSON of the same schema is the same under any name, and of bytes all is said once.
fn choices<'a>(context: &mut Context<'a>, content: &'a Content, at: &Pointer, place: &Place) -> Vec<Choice> {
    let mut choices: Vec<(Choice, Option<&ReferenceOr<Schema>>)> = Vec::new();
    let mut forms: Vec<(&str, &str)> = Vec::new();
    for (media, described) in media::ranked(content) {
        let schema = described.schema.as_ref();
        let is_json = media::is_taken_for_json(context, media, described);
        let is_typed = choices.iter().any(|(choice, _)| matches!(choice.shape, BodyShape::Json(_)));
        let same: Vec<_> = choices.iter().filter(|(_, other)| schema.is_some() && alike(*other, schema)).collect();
        let is_same = same.iter().any(|(choice, _)| matches!(choice.shape, BodyShape::Json(_)));
        if is_json && (is_same || is_typed && media::is_untyped(described)) {
            continue;
        }
        let r#type = same.iter().find_map(|(choice, _)| match &choice.shape {
            BodyShape::Json(r#type) | BodyShape::Form(r#type, _) | BodyShape::Multipart(r#type, _) => {
                Some(r#type.clone())
            }
            BodyShape::Text | BodyShape::Raw | BodyShape::Choice(_) => None,
        });
        let part = match media {
            media if media::is_form(media) => "form".to_owned(),
            media if media::is_multipart_form(media) => "multipart".to_owned(),
            media => media::essence(media),
        };
        let place = if choices.is_empty() { place.clone() } else { place.part(&part) };
        let shape = shape(context, media, described, &at.join(media), &place, r#type);
        let raw = choices.iter_mut().find(|(choice, _)| choice.shape == BodyShape::Raw);
        if let (BodyShape::Raw, Some((raw, _))) = (&shape, raw) {
            match (media::is_range(&raw.media), media::is_range(media)) {
                // One of either, as the caller says.
                (true, true) => raw.media = format!("{}, {media}", raw.media),
                (_, false) => raw.also.push(media.to_owned()),
                (false, true) => {}
            }
            continue;
        }
        forms.push((name_of(&shape), media));
        let media = match (media::is_range(media), &shape) {
            (true, BodyShape::Json(_)) => "application/json",
            (true, BodyShape::Text) => "text/plain",
            (true, _) if matches!(media::essence(media).as_str(), "*/*" | "application/*") => {
                "application/octet-stream"
            }
            // Of another range, the caller says which one it is.
            _ => media,
        };
        choices.push((Choice { name: String::new(), media: media.to_owned(), also: Vec::new(), shape }, schema));
    }
    let named = choices.into_iter().zip(media::names(&forms));
    named.map(|((choice, _), name)| Choice { name, ..choice }).collect()
}

fn name_of(shape: &BodyShape) -> &'static str {
    match shape {
        BodyShape::Json(_) => "Json",
        BodyShape::Form(..) => "Form",
        BodyShape::Multipart(..) => "Multipart",
        BodyShape::Text => "Text",
        BodyShape::Raw | BodyShape::Choice(_) => "Bytes",
    }
}

/// How a body of this media type is given; its type is the given one, if its schema was seen before.
fn shape<'a>(
    context: &mut Context<'a>,
    media: &str,
    described: &'a MediaType,
    at: &Pointer,
    place: &Place,
    known: Option<Type>,
) -> BodyShape {
    let json = media::is_taken_for_json(context, media, described);
    let (form, multipart) = (media::is_form(media), media::is_multipart_form(media));
    if let Some(schema) = described.schema.as_ref().filter(|_| multipart && has_no_parts(context, described)) {
        // Whatever it is, a form has parts, and a part has a name.
        context.report(at, Problem::UnnamedParts { media: media.to_owned() });
        let part = type_of(context, schema.into(), &at.join("schema"), &place.part("part")).element();
        return BodyShape::Multipart(Type::Map(Box::new(part)), Vec::new());
    }
    if !json && !((form || multipart) && is_form(context, described, multipart)) {
        if media::is_text(media) && !media::is_file(context, described) {
            return BodyShape::Text;
        }
        report_raw(context, media, at);
        return BodyShape::Raw;
    }
    let mut typed = |schema: &'a ReferenceOr<Schema>| {
        let used = type_of(context, schema.into(), &at.join("schema"), place);
        // JSON can be null; a form has nothing to say it with.
        if json { used.element() } else { used.r#type }
    };
    let known = known.map(|known| match known {
        Type::Nullable(inner) if !json => *inner,
        known => known,
    });
    let r#type = known.or_else(|| described.schema.as_ref().map(&mut typed)).unwrap_or(Type::Json);
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

/// Whether a multipart form is described as one value or a list of them, and not as an object with its parts.
fn has_no_parts<'a>(context: &Context<'a>, described: &'a MediaType) -> bool {
    let schema = described.schema.as_ref().and_then(|schema| context.written(schema.into()));
    let Some(SchemaKind::Type(r#type)) = schema.map(|schema| &schema.schema_kind) else { return false };
    !matches!(r#type, openapiv3::Type::Object(_))
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
