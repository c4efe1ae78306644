//! In: `Api`. Out: `wire.txt`: what is sent and received, one line for each part, sorted: first what belongs to the
//! whole API, then the operations, then the objects. A new optional parameter is one new line.

use super::choices;
use super::inputs::place;
use crate::ir::{
    Api, BodyShape, Decoded, Definition, Encoded, Encoding, Envelope, Float, Form, Format, Location, Operation,
    Placement, Shape, Style, Type, Variant, Webhook,
};
use std::collections::BTreeSet;

/// The whole text.
pub(super) fn list(api: &Api) -> String {
    let mut operations = BTreeSet::new();
    for operation in api.groups.iter().flat_map(|group| &group.operations) {
        self::operation(api, operation, &mut operations);
    }
    for webhook in &api.webhooks {
        self::webhook(api, webhook, &mut operations);
    }
    let mut types = BTreeSet::new();
    for definition in &api.types.0 {
        self::definition(api, definition, &mut types);
    }
    whole(api).into_iter().chain(operations).chain(types).map(|line| line + "\n").collect()
}

fn whole(api: &Api) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    lines.extend(api.server.iter().map(|server| format!("server {}", plain(server))));
    for crate::ir::Server { name, url, variables, .. } in &api.servers {
        lines.insert(format!("server {name} {}", plain(url)));
        lines.extend(variables.iter().map(|variable| {
            let values: Vec<_> = variable.constants.iter().map(|constant| format!("{:?}", constant.wire)).collect();
            let values = if values.is_empty() { "string".to_owned() } else { values.join(" | ") };
            let default = variable.default.as_deref().map(|default| format!(" default {default:?}"));
            format!("server {name} {}: {values}{}", plain(&variable.wire), default.unwrap_or_default())
        }));
    }
    lines.extend(api.schemes.iter().map(|scheme| {
        let placement = match &scheme.placement {
            Placement::Bearer => "bearer".to_owned(),
            Placement::Basic => "basic".to_owned(),
            Placement::Header(name) => format!("header {}", plain(name)),
            Placement::Query(name) => format!("query {}", plain(name)),
            Placement::Cookie(name) => format!("cookie {}", plain(name)),
        };
        let tokens = scheme.token_url.as_deref().map(|url| format!(" tokens {}", plain(url))).unwrap_or_default();
        format!("scheme {} {placement}{tokens}", plain(&scheme.name))
    }));
    if let Some(Envelope { error, code, message, errors, refused, retryable, .. }) = &api.envelope {
        for (name, codes) in [("refused", refused), ("retryable", retryable)] {
            lines.extend(codes.iter().map(|code| format!("envelope {name} {}", plain(code))));
        }
        lines.insert(format!("envelope error {}", plain(error)));
        for (name, pointer) in [("code", code), ("message", message), ("errors", errors)] {
            lines.extend(pointer.iter().map(|pointer| format!("envelope {name} {}", plain(pointer))));
        }
    }
    lines
}

fn operation(api: &Api, operation: &Operation, lines: &mut BTreeSet<String>) {
    let start = format!("{} {}", operation.method, plain(&operation.path));
    lines.insert(start.clone());
    lines.extend(operation.server.iter().map(|server| format!("{start} server {}", plain(server))));
    lines.extend(operation.deprecated.then(|| format!("{start} deprecated")));
    lines.extend(operation.security.iter().map(|together| match together.as_slice() {
        [] => format!("{start} auth none"),
        names => format!("{start} auth {}", names.iter().map(|name| plain(name)).collect::<Vec<_>>().join(" + ")),
    }));
    for parameter in &operation.parameters {
        let place = place(parameter.location);
        let mut line = format!("{start} {place} {}: {}", plain(&parameter.wire), spelt(api, &parameter.r#type));
        line.push_str(if parameter.required { " required" } else { "" });
        line.push_str(&spelling(parameter.location, parameter.style, parameter.explode));
        line.push_str(if parameter.reserved { " reserved" } else { "" });
        line.push_str(if parameter.deprecated { " deprecated" } else { "" });
        lines.insert(line);
    }
    if let Some(body) = &operation.body {
        let required = if body.required { " required" } else { "" };
        let one = |media: &str, shape: &BodyShape| {
            let r#type = shape.r#type().map_or("bytes".to_owned(), |r#type| spelt(api, r#type));
            format!("{start} body {}: {type}{required}", plain(media))
        };
        let encoded = |shape: &BodyShape| {
            let line = |one: &Encoding| format!("{start} body.{}:{}", plain(&one.wire), encoded(one));
            shape.encodings().iter().map(line).collect::<Vec<_>>()
        };
        for choice in choices::choices(operation) {
            lines.insert(one(&choice.media, &choice.shape));
            lines.extend(choice.also.iter().map(|media| one(media, &choice.shape)));
            lines.extend(encoded(&choice.shape));
        }
        if !matches!(body.shape, BodyShape::Choice(_)) {
            lines.insert(one(&body.media, &body.shape));
            lines.extend(encoded(&body.shape));
        }
    }
    for response in &operation.responses {
        let start = format!("{start} {}", plain(&response.status));
        if response.contents.iter().all(|content| content.media.is_empty()) {
            lines.insert(start.clone());
        }
        for content in &response.contents {
            let r#type = match &content.decoded {
                Decoded::Lines(item) => format!(": [{}]", spelt(api, item)),
                decoded => decoded.r#type().map(|r#type| format!(": {}", spelt(api, r#type))).unwrap_or_default(),
            };
            lines.extend(content.media.iter().map(|media| format!("{start} {}{type}", plain(media))));
        }
        lines.extend(response.events.iter().filter_map(|events| {
            let data = spelt(api, events.r#type()?);
            Some(format!("{start} {} data: {data}", plain(events.media()?)))
        }));
    }
    lines.extend(operation.headers.iter().map(|header| {
        let json = if header.json { " json" } else { "" };
        format!("{start} answer header {}: {}{json}", plain(&header.wire), spelt(api, &header.r#type))
    }));
}

fn webhook(api: &Api, webhook: &Webhook, lines: &mut BTreeSet<String>) {
    let of = webhook.callback.as_ref().map(|callback| format!("{} ", plain(&callback.operation))).unwrap_or_default();
    let word = if webhook.callback.is_some() { "callback" } else { "webhook" };
    let start = format!("{word} {of}{} {}", plain(&webhook.wire), webhook.method);
    lines.insert(start.clone());
    let forms = |start: &str, forms: &[Encoded]| {
        let line = |form: &Encoded, media: &str| {
            let r#type = form.r#type().map(|r#type| format!(": {}", spelt(api, r#type))).unwrap_or_default();
            format!("{start} {}{type}", plain(media))
        };
        let all = forms.iter().flat_map(|form| form.media.iter().map(move |media| line(form, media)));
        all.collect::<Vec<_>>()
    };
    lines.extend(webhook.payload.iter().flat_map(|payload| forms(&format!("{start} body"), &payload.forms)));
    for reply in &webhook.replies {
        let start = format!("{start} {}", plain(&reply.status));
        lines.extend(forms(&start, &reply.forms));
        lines.extend(reply.forms.is_empty().then_some(start));
    }
    lines.extend(webhook.parameters.iter().map(|one| {
        let required = if one.required { " required" } else { "" };
        format!("{start} {} {}: {}{required}", place(one.location), plain(&one.wire), spelt(api, &one.r#type))
    }));
}

/// How a parameter is spelt, where it is not the default (OpenAPI 3.1, section 4.8.12.2.1).
fn spelling(location: Location, style: Style, explode: bool) -> String {
    let form = matches!(location, Location::Query | Location::Form | Location::Cookie);
    let default = if form { Style::Form } else { Style::Simple };
    let mut text = String::new();
    if style != default {
        text.push_str(&styled(style));
    }
    if style != Style::Json && explode != (style == Style::Form) {
        text.push_str(if explode { " explode" } else { " no-explode" });
    }
    text
}

fn styled(style: Style) -> String {
    let name = match style {
        Style::Simple => " simple",
        Style::Label => " label",
        Style::Matrix => " matrix",
        Style::Form => " form",
        Style::SpaceDelimited => " spaceDelimited",
        Style::PipeDelimited => " pipeDelimited",
        Style::DeepObject => " deepObject",
        Style::Separated(separator) => return format!(" separated {}", plain(&separator.to_string())),
        Style::Json => " json",
    };
    name.to_owned()
}

/// How a property of a form is written.
fn encoded(encoding: &Encoding) -> String {
    let mut text = String::new();
    if let Some((style, explode)) = encoding.style {
        text.push_str(&styled(style));
        text.push_str(match (style, explode) {
            (Style::Json, _) => "",
            (_, true) => " explode",
            (_, false) => " no-explode",
        });
    }
    text.extend(encoding.media.iter().map(|media| format!(" {media}")));
    text.extend(encoding.headers.iter().map(|(name, value)| format!(" {name}={value:?}")));
    text
}

fn definition(api: &Api, definition: &Definition, lines: &mut BTreeSet<String>) {
    let name = &definition.name;
    match &definition.shape {
        Shape::Alias(inner) | Shape::Newtype(inner) => {
            lines.insert(format!("{name}: {}", spelt(api, inner)));
        }
        Shape::Enum(constants) => {
            lines.insert(format!("{name}: string"));
            lines.extend(constants.iter().map(|constant| format!("{name} = {:?}", constant.wire)));
        }
        Shape::Numbers(constants) => {
            lines.insert(format!("{name}: integer"));
            lines.extend(constants.iter().map(|constant| format!("{name} = {}", constant.wire)));
        }
        Shape::Union(union) => {
            let key = union.key.as_ref().map(|key| format!(" by {}", plain(key))).unwrap_or_default();
            lines.insert(format!("{name}: one of{key}"));
            lines.extend(union.variants.iter().map(|variant| alternative(api, name, variant)));
        }
        Shape::Struct { fields, rest } => {
            lines.insert(format!("{name}: object"));
            lines.extend(fields.iter().map(|field| {
                let null = if field.nullable { "?" } else { "" };
                let required = if field.required { " required" } else { "" };
                let only = field.constant.as_ref().map(|only| format!(" = {}", only.json())).unwrap_or_default();
                format!("{name}.{}: {}{null}{required}{only}", plain(&field.wire), spelt(api, &field.r#type))
            }));
            lines.extend(rest.iter().map(|rest| format!("{name}.*: {}", spelt(api, rest))));
        }
    }
}

/// A variant: its type, and the strings that prove an object to be one.
fn alternative(api: &Api, union: &str, variant: &Variant) -> String {
    let proof = variant.forms.iter().find_map(|form| match form {
        Form::Object(members) => members.constants.first(),
        _ => None,
    });
    let proof = proof.map(|(key, values)| format!(" if {} = {values:?}", plain(key))).unwrap_or_default();
    format!("{union} | {}{proof}", spelt(api, &variant.r#type))
}

/// A type in words of OpenAPI: `[T]` is a list, `{T}` a map, `(A, B)` a tuple, `T?` may be null, `T or any` is lenient.
fn spelt(api: &Api, r#type: &Type) -> String {
    match r#type {
        Type::Named(id) | Type::Boxed(id) => api.types.get(*id).name.clone(),
        Type::Json => "any".to_owned(),
        Type::Null => "null".to_owned(),
        Type::Object => "object".to_owned(),
        Type::String => "string".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Format(Format::Numeric) => "number or string".to_owned(),
        Type::Format(format) => format!("string({})", named(*format)),
        Type::Integer(integer) => format!("integer({})", integer.format()),
        Type::Number(Float::F32) => "number(float)".to_owned(),
        Type::Number(Float::F64) => "number(double)".to_owned(),
        Type::Array(item) => format!("[{}]", spelt(api, item)),
        Type::Map(item) => format!("{{{}}}", spelt(api, item)),
        Type::Tuple(items) => {
            let items: Vec<_> = items.iter().map(|item| spelt(api, item)).collect();
            format!("({})", items.join(", "))
        }
        Type::Nullable(item) => format!("{}?", spelt(api, item)),
        Type::Lenient(item) => format!("{} or any", spelt(api, item)),
    }
}

/// The name of a form in the OpenAPI Format Registry.
fn named(format: Format) -> &'static str {
    match format {
        Format::DateTime(_) => "date-time",
        Format::Date(_) => "date",
        Format::Time(_) => "time",
        Format::SqlDateTime(_) => "sql-date-time",
        Format::Duration => "duration",
        Format::Uuid => "uuid",
        Format::Base64 => "byte",
        Format::Numeric => "numeric",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Secret => "password",
        Format::File => "binary",
    }
}

/// A name that the document chose, quoted if it could be taken for something else.
fn plain(name: &str) -> String {
    let safe = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c.is_ascii_punctuation() && c != '"');
    if safe { name.to_owned() } else { format!("{name:?}") }
}

#[cfg(test)]
mod tests {
    use super::list;
    use crate::emit::sample;
    use crate::ir::{Api, Type};

    #[test]
    fn a_new_optional_parameter_is_one_new_line() {
        let mut api = Api { groups: vec![sample::sms()], types: sample::api().types, ..Api::default() };
        let old = list(&api);
        api.groups[0].operations[0].parameters.push(sample::parameter("trace id", Type::Boolean, false));
        let new = list(&api);
        let added: Vec<_> = new.lines().filter(|line| !old.lines().any(|old| old == *line)).collect();
        assert_eq!(added, ["POST /SendSmsMessage query \"trace id\": boolean"]);
        assert_eq!(new.lines().count(), old.lines().count() + 1);
    }
}
