//! In: the `headers` of an answer. Out: its `Header`s, typed; and those of all successful answers together.

use super::context::{Context, Place, Used};
use super::media;
use super::schemas::type_of;
use crate::diagnostic::Problem;
use crate::ir::{Format, Header, Response, Type};
use crate::name::{self, Wish};
use crate::pointer::Pointer;
use indexmap::IndexMap;
use openapiv3::{ParameterSchemaOrContent, ReferenceOr, SchemaKind};

/// The headers of an answer, sorted by name, without a `Content-Type`.
pub(super) fn headers<'a>(
    context: &mut Context<'a>,
    declared: &'a IndexMap<String, ReferenceOr<openapiv3::Header>>,
    at: &Pointer,
    place: &Place,
) -> Vec<Header> {
    let mut headers = Vec::new();
    let mut declared: Vec<_> = declared.iter().collect();
    declared.sort_by_key(|(wire, _)| *wire);
    for (wire, item) in declared {
        let at = at.join(wire.as_str());
        let Some((at, header)) = context.follow(item, at.clone(), "headers", |all| &all.headers) else {
            let (what, reason) = (format!("the header `{wire}`"), "it could not be read");
            context.report(&at, Problem::LeftOut { what, reason });
            continue;
        };
        if is_content_type(wire) {
            continue;
        }
        let known = headers.iter().find(|known: &&Header| known.wire.eq_ignore_ascii_case(wire));
        if let Some(other) = known.map(|known| known.wire.clone()) {
            context.report(&at, Problem::SameHeader { name: wire.clone(), other });
        }
        let own = place.at(&at);
        let place = if own.name == place.name { own.part(wire) } else { own.part("header") };
        let (r#type, json) = value(context, wire, &header.format, &at, &place);
        headers.push(Header { name: String::new(), wire: wire.clone(), r#type, json });
    }
    headers
}

/// The names of the headers of an answer that is no success: nothing more is made of them.
pub(super) fn names(declared: &IndexMap<String, ReferenceOr<openapiv3::Header>>) -> Vec<String> {
    let mut names: Vec<_> = declared.keys().filter(|wire| !is_content_type(wire)).cloned().collect();
    names.sort();
    names
}

/// It "SHALL be ignored" (OpenAPI 3.1.1, section 4.8.17).
fn is_content_type(wire: &str) -> bool {
    wire.eq_ignore_ascii_case("content-type")
}

/// The type of a header's value, and whether it is JSON text.
fn value<'a>(
    context: &mut Context<'a>,
    wire: &str,
    format: &'a ParameterSchemaOrContent,
    at: &Pointer,
    place: &Place,
) -> (Type, bool) {
    // It is a credential as often as not, and what is printed should not show it.
    if wire.eq_ignore_ascii_case("set-cookie") {
        return (Type::Format(Format::Secret), false);
    }
    match format {
        ParameterSchemaOrContent::Schema(schema) => {
            let schema = Used::from(schema);
            if context.written(schema).is_some_and(is_object) {
                let (setting, effect) = ("type: object".to_owned(), "the header's value is given as text");
                context.report(at, Problem::ParameterSetting { setting, effect });
                return (Type::String, false);
            }
            (type_of(context, schema, &at.join("schema"), place).r#type, false)
        }
        ParameterSchemaOrContent::Content(content) => {
            let (at, json) = (at.join("content"), |(name, _): &(&str, _)| media::is_json(name));
            let Some((name, described)) = media::ranked(content).into_iter().find(json) else {
                return (Type::String, false);
            };
            let at = at.join(name).join("schema");
            let used = described.schema.as_ref().map(|schema| type_of(context, schema.into(), &at, place));
            (used.map_or(Type::Json, |used| used.r#type), true)
        }
    }
}

fn is_object(schema: &openapiv3::Schema) -> bool {
    matches!(schema.schema_kind, SchemaKind::Type(openapiv3::Type::Object(_)) | SchemaKind::AllOf { .. })
}

/// The headers that any of the answers may have, with the names of their fields. One that they describe differently is
/// text.
pub(super) fn of_all(answers: &[&Response]) -> Vec<Header> {
    let mut all: Vec<Header> = Vec::new();
    for header in answers.iter().flat_map(|answer| &answer.headers) {
        match all.iter_mut().find(|known| known.wire.eq_ignore_ascii_case(&header.wire)) {
            None => all.push(header.clone()),
            Some(known) if (&known.r#type, known.json) == (&header.r#type, header.json) => {}
            Some(known) => (known.r#type, known.json) = (Type::String, false),
        }
    }
    all.sort_by(|a, b| a.wire.cmp(&b.wire));
    let wish = |header: &Header| Wish { names: vec![name::member(&header.wire)], address: header.wire.clone() };
    let names = name::distinct(&all.iter().map(wish).collect::<Vec<_>>(), &[]);
    all.iter_mut().zip(names).for_each(|(header, name)| header.name = name);
    all
}

/// Whether a header can have this name (RFC 9110, section 5.1: a token).
pub(super) fn is_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}
