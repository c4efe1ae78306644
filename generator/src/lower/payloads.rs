//! In: the `content` of a webhook's body, or of an answer to it. Out: the forms that it may take, each with its media
//! types. Nobody can ask for one of them: whoever sends a body chooses, so that each form is read.

use super::alike::alike;
use super::context::{Context, Place, Used};
use super::media;
use super::schemas::type_of;
use crate::diagnostic::Problem;
use crate::ir::{Encoded, Received, Type};
use crate::pointer::Pointer;
use openapiv3::{Content, MediaType, ReferenceOr, Schema};

/// A form of a body, and the schema that it was made of.
type Form<'a> = (Encoded, Option<&'a ReferenceOr<Schema>>);

/// The forms of a body, JSON first, then by name.
pub(super) fn forms<'a>(context: &mut Context<'a>, content: &'a Content, at: &Pointer, place: &Place) -> Vec<Encoded> {
    let mut forms: Vec<Form<'a>> = Vec::new();
    for (name, described) in media::ranked(content) {
        let place = if forms.is_empty() { place.clone() } else { place.part(&media::essence(name)) };
        let body = body(context, &forms, (name, described), &at.join(name), &place);
        if let Some((same, _)) = forms.iter_mut().find(|(form, _)| form.body == body) {
            same.media.push(name.to_owned());
            continue;
        }
        let form = Encoded { name: String::new(), media: vec![name.to_owned()], body };
        forms.push((form, described.schema.as_ref()));
    }
    let described: Vec<_> =
        forms.iter().filter_map(|(form, _)| Some((word(&form.body), form.media.first()?.as_str()))).collect();
    let names = media::names(&described);
    forms.into_iter().zip(names).map(|((form, _), name)| Encoded { name, ..form }).collect()
}

fn word(body: &Received) -> &'static str {
    match body {
        Received::Json(_) => "Json",
        Received::Form(_) => "Form",
        Received::Text => "Text",
        Received::Bytes => "Bytes",
    }
}

fn body<'a>(
    context: &mut Context<'a>,
    forms: &[Form<'a>],
    (name, described): (&str, &'a MediaType),
    at: &Pointer,
    place: &Place,
) -> Received {
    let schema = described.schema.as_ref();
    let json = media::is_taken_for_json(context, name, described);
    if json || media::is_form(name) {
        // One schema is one type, however it is written.
        let known = forms.iter().find(|(_, other)| schema.is_some() && alike(*other, schema));
        let known = known.and_then(|(form, _)| form.r#type()).cloned();
        let mut used =
            |schema: &'a ReferenceOr<Schema>| type_of(context, Used::from(schema), &at.join("schema"), place).element();
        let r#type = known.or_else(|| schema.map(&mut used));
        return match (json, r#type) {
            (true, r#type) => Received::Json(r#type.unwrap_or(Type::Json)),
            (false, r#type) => Received::Form(r#type.unwrap_or(Type::Object)),
        };
    }
    let essence = media::essence(name);
    if essence.starts_with("text/") && !essence.ends_with("xml") {
        return Received::Text;
    }
    if schema.is_some() && !media::is_file(context, described) {
        let taken = "a webhook's body is given as bytes";
        context.report(at, Problem::RawBody { media: name.to_owned(), taken });
    }
    Received::Bytes
}
