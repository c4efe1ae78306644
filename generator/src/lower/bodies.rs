//! In: an operation's `requestBody`. Out: its `Body`: JSON, or bytes of a media type.

use super::call::Call;
use super::constraints::Facts;
use super::context::{Context, Place};
use super::media;
use super::schemas::{docs, type_of};
use crate::diagnostic::Problem;
use crate::ir::{Access, Body, BodyShape, Type};

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
    let content = content.join(media);
    let json = media::is_json(media) || (media::is_range(media) && !media::is_bytes(described));
    let place = place.at(&at).part("request");
    let shape = if json {
        let schema = described.schema.as_ref();
        let used = schema.map(|schema| type_of(context, schema.into(), &content.join("schema"), &place));
        BodyShape::Json(used.map_or(Type::Json, |used| used.r#type))
    } else {
        report_raw(context, media, &content);
        BodyShape::Raw
    };
    // Of bytes, the media type says what there is to know.
    let schema = described.schema.as_ref().filter(|_| json);
    let facts = schema.map(|schema| Facts::of_use(context.options, schema.into(), Access::Full));
    let facts = facts.unwrap_or_default().with_example(described.example.as_ref());
    let media = match (media::is_range(media), json) {
        (false, _) => media,
        (true, true) => "application/json",
        (true, false) => "application/octet-stream",
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

/// Bytes are what text and binary bodies are; of a form they are only the best that can be given yet.
fn report_raw(context: &mut Context<'_>, media: &str, at: &crate::pointer::Pointer) {
    let taken = match media::essence(media).as_str() {
        "multipart/form-data" => "the body is given as bytes, and its boundary with `Body::with_content_type`",
        "application/x-www-form-urlencoded" => "the body is given as bytes",
        essence if essence.starts_with("multipart/") => "the body is given as bytes",
        _ => return,
    };
    context.report(at, Problem::RawBody { media: media.to_owned(), taken });
}
