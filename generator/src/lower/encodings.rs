//! In: the `encoding` of a form's media type. Out: how its properties are written, where that is not the default
//! (OpenAPI 3.1.1, section 4.8.15).

use super::context::{Context, Used};
use super::media;
use crate::diagnostic::Problem;
use crate::ir::{Encoding, Style};
use crate::pointer::Pointer;
use openapiv3::{MediaType, Schema, SchemaKind, Type};
use serde_json::{Map, Value};

/// The encodings of a form, or of a multipart form, sorted by name.
pub(super) fn encodings<'a>(
    context: &mut Context<'a>,
    described: &'a MediaType,
    at: &Pointer,
    multipart: bool,
) -> Vec<Encoding> {
    // `read` keeps them as they are written: the core language does not say which settings are given.
    let Some(Value::Object(all)) = described.extensions.get("x-oasmith-encoding") else { return Vec::new() };
    let mut all: Vec<_> = all.iter().filter_map(|(wire, value)| Some((wire, value.as_object()?))).collect();
    all.sort_by_key(|(wire, _)| *wire);
    let mut found = Vec::new();
    for (wire, given) in all {
        let at = at.join("encoding").join(wire.as_str());
        let property = property(context, described, wire);
        let encoding = Encoding {
            wire: wire.clone(),
            style: style(context, given, &at),
            media: None,
            headers: if multipart { headers(context, given, &at.join("headers")) } else { Vec::new() },
        };
        let encoding = content(context, encoding, given, property, &at, multipart);
        if encoding.style.is_some_and(|style| says_nothing(context, style, property)) {
            found.push(Encoding { style: None, ..encoding });
        } else {
            found.push(encoding);
        }
    }
    found.retain(|one| one.style.is_some() || one.media.is_some() || !one.headers.is_empty());
    found
}

/// The style, if one of its settings is given; the others have their default values then.
fn style(context: &mut Context<'_>, given: &Map<String, Value>, at: &Pointer) -> Option<(Style, bool)> {
    let style = match given.get("style").and_then(Value::as_str) {
        Some("form") => Some(Style::Form),
        Some("spaceDelimited") => Some(Style::SpaceDelimited),
        Some("pipeDelimited") => Some(Style::PipeDelimited),
        Some("deepObject") => Some(Style::DeepObject),
        Some(other) => {
            let (setting, effect) = (format!("style: {other}"), "the property is written in the style `form`");
            context.report(&at.join("style"), Problem::ParameterSetting { setting, effect });
            Some(Style::Form)
        }
        None => None,
    };
    let explode = given.get("explode").and_then(Value::as_bool);
    if style.is_none() && explode.is_none() && !given.contains_key("allowReserved") {
        return None;
    }
    let style = style.unwrap_or(Style::Form);
    Some((style, explode.unwrap_or(style == Style::Form || style == Style::DeepObject)))
}

/// What the media type asks for, which is nothing beside a style.
fn content<'a>(
    context: &mut Context<'a>,
    encoding: Encoding,
    given: &Map<String, Value>,
    property: Option<Used<'a>>,
    at: &Pointer,
    multipart: bool,
) -> Encoding {
    let Some(media) = given.get("contentType").and_then(Value::as_str).filter(|_| encoding.style.is_none()) else {
        return encoding;
    };
    if media::is_json(media) && !multipart {
        return Encoding { style: Some((Style::Json, false)), ..encoding };
    }
    let object = |schema: &Schema| matches!(schema.schema_kind, SchemaKind::Type(Type::Object(_)));
    if !media::is_json(media) && property.and_then(|one| context.written(one)).is_some_and(object) {
        let (setting, effect) = (format!("contentType: {media}"), "an object is written as JSON");
        context.report(&at.join("contentType"), Problem::ParameterSetting { setting, effect });
        return encoding;
    }
    Encoding { media: multipart.then(|| media.to_owned()), ..encoding }
}

/// The headers whose value the document fixes. A part's media type is not one of them.
fn headers(context: &mut Context<'_>, given: &Map<String, Value>, at: &Pointer) -> Vec<(String, String)> {
    let mut all: Vec<_> = given.get("headers").and_then(Value::as_object).into_iter().flatten().collect();
    all.sort_by_key(|(name, _)| *name);
    all.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let mut headers = Vec::new();
    for (name, header) in all {
        match fixed(&header["schema"]).filter(|_| is_token(name) && !name.eq_ignore_ascii_case("content-disposition")) {
            Some(value) => headers.push((name.clone(), value.to_owned())),
            None => {
                let (setting, effect) = (
                    format!("headers: {name}"),
                    "the part is sent without it, unless its `File` has it by `.with_header(..)`",
                );
                context.report(&at.join(name.as_str()), Problem::ParameterSetting { setting, effect });
            }
        }
    }
    headers
}

/// Whether a text can be the name of a header (RFC 9110, section 5.1).
fn is_token(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// The one text that a schema allows.
fn fixed(schema: &Value) -> Option<&str> {
    let lone = schema["enum"].as_array().filter(|values| values.len() == 1).and_then(|values| values.first());
    schema.get("const").or(lone)?.as_str()
}

/// A property of the form's schema.
fn property<'a>(context: &Context<'a>, described: &'a MediaType, wire: &str) -> Option<Used<'a>> {
    match &context.written(described.schema.as_ref()?.into())?.schema_kind {
        SchemaKind::Type(Type::Object(object)) => object.properties.get(wire).map(Used::from),
        _ => None,
    }
}

/// Whether a property is written in this style as it is without one.
fn says_nothing<'a>(context: &Context<'a>, style: (Style, bool), property: Option<Used<'a>>) -> bool {
    let is_scalar = |schema: &Schema| match &schema.schema_kind {
        SchemaKind::Type(Type::Array(_) | Type::Object(_)) => false,
        SchemaKind::Type(_) => true,
        _ => false,
    };
    let Some(schema) = property.and_then(|property| context.written(property)) else { return false };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) if style == (Style::Form, true) => {
            let items = array.items.as_ref().and_then(|items| context.written(items.into()));
            items.is_some_and(is_scalar)
        }
        _ => is_scalar(schema) && style.0 != Style::Json,
    }
}
