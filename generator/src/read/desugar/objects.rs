//! In: the objects around schemas. Out: the same in the core language: what it requires is there, what it cannot hold
//! is reported and taken out.

use super::Members;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Value, json};

fn unsupported(members: &mut Members, keyword: &str, effect: &'static str, at: &Pointer, sink: &mut Diagnostics) {
    if let Some(value) = members.shift_remove(keyword)
        && value.as_object().is_none_or(|members| !members.is_empty())
    {
        let keyword = keyword.to_owned();
        sink.report(&at.join(keyword.as_str()), Problem::UnsupportedKeyword { keyword, effect });
    }
}

/// Who wrote a document and under what licence is not part of a client.
pub(super) fn info(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    members.shift_remove("contact");
    members.shift_remove("license");
}

/// Examples are documentation; links are reported where they are used.
pub(super) fn components(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    for section in ["examples", "links"] {
        members.shift_remove(section);
    }
}

/// A callback has nothing but path items; words beside a reference to one have no place.
pub(super) fn callback(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    members.retain(|name, _| !(name.starts_with("x-") || name == "summary" || name == "description"));
}

/// Each requirement leads from names of schemes to lists of scopes (OpenAPI 3.1.1, section 4.8.30).
pub(super) fn security(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let Some(Value::Array(alternatives)) = members.get_mut("security") else { return };
    let list = at.join("security");
    for (index, alternative) in alternatives.iter_mut().enumerate() {
        match alternative {
            Value::Object(schemes) => schemes.values_mut().for_each(|scopes| *scopes = json!([])),
            _ => {
                let (member, expected) = (format!("security[{index}]"), "an object");
                let problem = Problem::Misshapen { member, expected, found: "something else" };
                sink.report(&list.index(index), problem);
                *alternative = json!({});
            }
        }
    }
}

/// A parameter is in one of four places (OpenAPI 3.1.1, section 4.8.12.1); `body` and `formData` were Swagger's.
pub(super) fn parameters(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    let Some(Value::Array(parameters)) = members.get_mut("parameters") else { return };
    let list = at.join("parameters");
    let known = |parameter: &Value| {
        let place = parameter.get("in").and_then(Value::as_str);
        parameter.get("$ref").is_some() || matches!(place, Some("path" | "query" | "header" | "cookie"))
    };
    let mut moves = Vec::new();
    let mut kept = Vec::new();
    for (index, parameter) in std::mem::take(parameters).into_iter().enumerate() {
        if known(&parameter) {
            moves.push((list.index(index), list.index(kept.len())));
            kept.push(parameter);
        } else {
            let what = format!("the parameter `{}`", parameter["name"].as_str().unwrap_or_default());
            let reason = "it has to be in `path`, `query`, `header` or `cookie`";
            sink.report(&list.index(index), Problem::LeftOut { what, reason });
        }
    }
    moves.retain(|(from, to)| from != to);
    *parameters = kept;
    sink.origins.relocate(&moves);
}

/// The styles that a place allows (OpenAPI 3.1.1, section 4.8.12.3).
fn styles(place: &str) -> &'static [&'static str] {
    match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "cookie" => &["form"],
        _ => &["simple"],
    }
}

/// A parameter has a schema or a content, and a style that its place allows.
pub(super) fn parameter(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    if !members.contains_key("$ref") {
        let place = members.get("in").and_then(Value::as_str).unwrap_or_default().to_owned();
        value_of(members, &place, at, sink);
    }
}

/// A header is a parameter in `header` (OpenAPI 3.1.1, section 4.8.21).
pub(super) fn header(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    if !members.contains_key("$ref") {
        value_of(members, "header", at, sink);
    }
}

fn value_of(members: &mut Members, place: &str, at: &Pointer, sink: &mut Diagnostics) {
    members.shift_remove("examples");
    let style = members.get("style").and_then(Value::as_str);
    if style.is_some_and(|style| !styles(place).contains(&style)) {
        let setting = format!("style: {}", style.unwrap_or_default());
        let effect = "it is not a style of this place; the default style is used";
        sink.report(&at.join("style"), Problem::ParameterSetting { setting, effect });
        members.shift_remove("style");
    }
    if members.get("content").and_then(Value::as_object).is_some_and(serde_json::Map::is_empty) {
        members.shift_remove("content");
    }
    match (members.contains_key("schema"), members.contains_key("content")) {
        (true, true) => {
            let problem = Problem::OtherMedia { media: "content".into(), chosen: "schema".into() };
            sink.report(&at.join("content"), problem);
            members.shift_remove("content");
        }
        (false, false) => {
            if place != "header" || members.contains_key("in") {
                sink.report(at, Problem::MissingMember { member: "schema".into(), kind: "a parameter" });
            }
            members.insert("schema".into(), json!({"type": "string"}));
        }
        _ => {}
    }
}

/// Examples are documentation. How the parts of a form are encoded is kept for later.
pub(super) fn media_type(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    members.shift_remove("examples");
    if let Some(encoding) = members.shift_remove("encoding") {
        // It is for forms alone (OpenAPI 3.1.1, section 4.8.14.1).
        let media = at.last().unwrap_or_default().to_ascii_lowercase();
        if !media.starts_with("multipart/") && !media.starts_with("application/x-www-form-urlencoded") {
            let (keyword, type_) = ("encoding".to_owned(), media);
            sink.report(&at.join("encoding"), Problem::ForeignKeyword { keyword, type_ });
        }
        members.insert("x-oasmith-encoding".into(), encoding);
    }
}

/// Links say what to call next, which the caller decides.
pub(super) fn response(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    unsupported(members, "links", "the next call is yours to make", at, sink);
}

/// A scheme has what its type needs (OpenAPI 3.1.1, section 4.8.27.1). The core language knows no `mutualTLS`: it becomes
/// an HTTP scheme of that name, which nobody supports, so that it is reported by its name.
pub(super) fn security_scheme(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    match members.get("type").and_then(Value::as_str) {
        Some("oauth2") => {
            if let Some(flows) = members.insert("flows".into(), json!({})) {
                members.insert("x-oasmith-flows".into(), flows);
            }
        }
        Some("mutualTLS") => {
            members.insert("type".into(), json!("http"));
            members.insert("scheme".into(), json!("mutualTLS"));
        }
        Some("openIdConnect") => {
            members.entry("openIdConnectUrl").or_insert_with(|| json!(""));
        }
        _ => {}
    }
}
