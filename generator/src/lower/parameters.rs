//! In: the parameters of an operation and of its path item. Out: `Parameter`s with their setters' names.

use super::call::Call;
use super::constraints::Facts;
use super::context::{Context, Place, Used};
use super::schemas::{docs, type_of};
use super::{headers, media};
use crate::Options;
use crate::diagnostic::Problem;
use crate::ir::{Access, Body, Location, Parameter, Style, Type};
use crate::name::{self, Wish};
use crate::pointer::Pointer;
use openapiv3::{ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle};
use std::collections::BTreeSet;

/// The setters that every request has.
const METHODS: &[&str] = &["clone", "decode", "new", "request", "send", "send_response", "send_stream"];

/// The operation's own parameters, then those of its path item that it does not override (OpenAPI 3.1.1, 4.8.9).
pub(super) fn parameters<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, place: &Place) -> Vec<Parameter> {
    let mut found = declared(context, call, place);
    fit_path(context, call, &mut found);
    found
}

/// The same, whatever the path is.
pub(super) fn declared<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, place: &Place) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    let takes_form = call.operation.request_body.is_none() && !["get", "head"].contains(&call.method);
    let own = call.at.join("parameters");
    let shared = call.item_at.join("parameters");
    // What a path item shares is named by the path, whichever operation comes to it first.
    let item = Place::named(crate::name::type_(call.path));
    for (list, at, place) in [(&call.operation.parameters, own, place), (&call.item.parameters, shared, &item)] {
        let mut seen = BTreeSet::new();
        for (index, item) in list.iter().enumerate() {
            let at_item = at.index(index);
            let Some((at, parameter)) = context.follow(item, at_item.clone(), "parameters", |all| &all.parameters)
            else {
                let (what, reason) = ("a parameter".to_owned(), "it could not be read");
                context.report(&at_item, Problem::LeftOut { what, reason });
                continue;
            };
            let Some(lowered) = lower(context, parameter, &at, place, takes_form) else { continue };
            let key = (described(lowered.location), lowered.wire.clone());
            if !seen.insert(key.clone()) {
                let (what, reason) = (format!("the parameter `{}`", key.1), "it is described twice");
                context.report(&at_item, Problem::LeftOut { what, reason });
            } else if !found.iter().any(|other| (described(other.location), &other.wire) == (key.0, &key.1)) {
                found.push(lowered);
            }
        }
    }
    same_headers(context, &found);
    found
}

/// Reports parameters that are one header.
fn same_headers(context: &mut Context<'_>, found: &[Parameter]) {
    let headers: Vec<_> = found.iter().filter(|one| one.location == Location::Header).collect();
    for (index, one) in headers.iter().enumerate() {
        if let Some(other) = headers[..index].iter().find(|other| other.wire.eq_ignore_ascii_case(&one.wire)) {
            let (name, other) = (one.wire.clone(), other.wire.clone());
            context.report(&one.origin, Problem::SameHeader { name, other });
        }
    }
}

/// Where the document has a parameter, wherever it is sent.
fn described(location: Location) -> Location {
    if location == Location::Form { Location::Query } else { location }
}

fn lower<'a>(
    context: &mut Context<'a>,
    parameter: &'a openapiv3::Parameter,
    at: &Pointer,
    place: &Place,
    takes_form: bool,
) -> Option<Parameter> {
    let data = parameter.parameter_data_ref();
    if data.extensions.contains_key("x-oasmith-left-out") {
        return None;
    }
    let (location, style) = match parameter {
        openapiv3::Parameter::Query { style, .. } => (Location::Query, query_style(style)),
        openapiv3::Parameter::Path { style, .. } => (Location::Path, path_style(style)),
        openapiv3::Parameter::Header { .. } => (Location::Header, Style::Simple),
        openapiv3::Parameter::Cookie { .. } => (Location::Cookie, Style::Form),
    };
    if location == Location::Header && is_reserved(&data.name) {
        return None;
    }
    if location == Location::Header && !headers::is_name(&data.name) {
        let (what, reason) = (format!("the parameter `{}`", data.name), "no header can have this name");
        context.report(at, Problem::LeftOut { what, reason });
        return None;
    }
    let place = match place.at(at) {
        shared if at.tokens().first().is_some_and(|token| token == "components") => shared.part("parameter"),
        own => own.part(&data.name),
    };
    let (r#type, style) = value(context, data, style, at, &place);
    let (style, explode) = match separator(context, data, location, at) {
        Some(separator) if style != Style::Json => (Style::Separated(separator), false),
        _ => (style, data.explode.unwrap_or(style == Style::Form || style == Style::DeepObject)),
    };
    let location = if in_form(context, data, location, takes_form, at) { Location::Form } else { location };
    Some(Parameter {
        origin: at.clone(),
        name: String::new(),
        wire: data.name.clone(),
        docs: facts(context.options, data).after(docs(&[&data.description])),
        deprecated: data.deprecated.unwrap_or(false),
        location,
        required: data.required || location == Location::Path,
        r#type,
        style,
        explode,
        reserved: matches!(parameter, openapiv3::Parameter::Query { allow_reserved: true, .. }),
    })
}

/// The character that a vendor puts between the items of a list, where it is none of OpenAPI's: `x-oasmith-separator`.
fn separator(context: &mut Context<'_>, data: &ParameterData, location: Location, at: &Pointer) -> Option<char> {
    let given = data.extensions.get("x-oasmith-separator")?;
    let mut characters = given.as_str().unwrap_or_default().chars();
    match (characters.next(), characters.next()) {
        (Some(one), None) if one.is_ascii() && !one.is_ascii_alphanumeric() && location == Location::Query => Some(one),
        _ => {
            let member = "x-oasmith-separator";
            let shape = "one character, no letter or digit, of a parameter in the query";
            context.report(&at.join(member), Problem::BadExtension { member, shape });
            None
        }
    }
}

/// Whether a parameter of the query is sent in a form, as an API takes it, too: `x-oasmith-in`. A URL has a limited length
/// and is written to logs.
fn in_form(
    context: &mut Context<'_>,
    data: &ParameterData,
    location: Location,
    takes_form: bool,
    at: &Pointer,
) -> bool {
    let Some(given) = data.extensions.get("x-oasmith-in") else { return false };
    let is_well = given.as_str() == Some("form") && location == Location::Query && takes_form;
    if !is_well {
        not_in_form(context, at);
    }
    is_well
}

/// Reports a parameter that cannot be sent in a form.
pub(super) fn not_in_form(context: &mut Context<'_>, at: &Pointer) {
    let member = "x-oasmith-in";
    let shape = "`form`, of a parameter in the query of an operation without a body that is no GET";
    context.report(&at.join(member), Problem::BadExtension { member, shape });
}

/// What there is to know of a parameter's value.
fn facts(options: &Options, data: &ParameterData) -> Facts {
    let (schema, example) = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => (Some(schema), None),
        ParameterSchemaOrContent::Content(content) => {
            // There MUST be one entry alone (OpenAPI 3.1.1, section 4.8.12.2.2); of several none is taken here.
            let described = content.values().next().filter(|_| content.len() == 1);
            (described.and_then(|one| one.schema.as_ref()), described.and_then(|one| one.example.as_ref()))
        }
    };
    let facts = schema.map(|schema| Facts::of_use(options, schema.into(), Access::Full));
    facts.unwrap_or_default().with_example(data.example.as_ref().or(example))
}

/// Header parameters with these names SHALL be ignored (OpenAPI 3.1.1, section 4.8.12.2.1): the media types decide the
/// first two, the security requirements the third.
fn is_reserved(name: &str) -> bool {
    ["Accept", "Content-Type", "Authorization"].iter().any(|reserved| name.eq_ignore_ascii_case(reserved))
}

fn value<'a>(
    context: &mut Context<'a>,
    data: &'a ParameterData,
    style: Style,
    at: &Pointer,
    place: &Place,
) -> (Type, Style) {
    let content = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => {
            return (type_of(context, schema.into(), &at.join("schema"), place).r#type, style);
        }
        ParameterSchemaOrContent::Content(content) => content,
    };
    let at = at.join("content");
    let Some((media, described)) = media::choose(context, content, &at) else { return (Type::String, style) };
    let at = at.join(media);
    if !media::is_json(media) {
        let taken = "the parameter is given as text";
        context.report(&at, Problem::RawBody { media: media.to_owned(), taken });
        return (Type::String, style);
    }
    let used = described.schema.as_ref().map(|schema| type_of(context, Used::from(schema), &at.join("schema"), place));
    (used.map_or(Type::Json, |used| used.r#type), Style::Json)
}

fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

fn path_style(style: &PathStyle) -> Style {
    match style {
        PathStyle::Matrix => Style::Matrix,
        PathStyle::Label => Style::Label,
        PathStyle::Simple => Style::Simple,
    }
}

/// Every name in the template has a parameter, and every path parameter is in the template.
fn fit_path(context: &mut Context<'_>, call: &Call<'_, '_>, parameters: &mut Vec<Parameter>) {
    let names: Vec<&str> = call.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    parameters.retain(|parameter| {
        let used = parameter.location != Location::Path || names.contains(&parameter.wire.as_str());
        if !used {
            context.report(&parameter.origin, Problem::UnusedPathParameter { name: parameter.wire.clone() });
        }
        used
    });
    for name in names {
        if parameters.iter().any(|known| known.location == Location::Path && known.wire == name) {
            continue;
        }
        context.report(&call.at, Problem::UndescribedPathParameter { name: name.to_owned() });
        parameters.push(Parameter {
            origin: call.at.clone(),
            name: String::new(),
            wire: name.to_owned(),
            docs: None,
            deprecated: false,
            location: Location::Path,
            required: true,
            r#type: Type::String,
            style: Style::Simple,
            explode: false,
            reserved: false,
        });
    }
}

/// Names the setters; two parameters of one name are told apart by where they are sent.
pub(super) fn name(parameters: &mut [Parameter], body: Option<&mut Body>) {
    let wish = |parameter: &Parameter| {
        let (name, location) = (name::member(&parameter.wire), place_of(parameter.location));
        Wish {
            names: vec![
                name.clone(),
                name::member_spelled(&parameter.wire),
                format!("{}_{location}", name.trim_end_matches('_')),
            ],
            address: format!("{location} {}", parameter.wire),
        }
    };
    let mut wishes: Vec<_> = parameters.iter().map(wish).collect();
    wishes.extend(body.is_some().then(|| Wish { names: vec!["body".into()], address: "body".into() }));
    let mut names = name::distinct(&wishes, METHODS).into_iter();
    for (parameter, name) in parameters.iter_mut().zip(names.by_ref()) {
        parameter.name = name;
    }
    if let Some((body, name)) = body.zip(names.next()) {
        body.name = name;
    }
}

pub(super) fn place_of(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Form => "form",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}
