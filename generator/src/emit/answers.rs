//! In: what an operation's answers are. Out: the lines of its declaration that say so, and the declaration of the enum of
//! those successful answers that differ.

use super::declare::{Declaration, literal};
use super::docs;
use super::rust_type::{self, Scope, text};
use super::streams;
use crate::ir::{Api, Decoded, Operation, Outcome, Response, Success};
use proc_macro2::TokenStream;
use quote::quote;

/// The names of the request and of what stands beside it.
pub(super) fn names(operation: &Operation) -> Vec<String> {
    let name = &operation.type_name;
    let beside = operation.beside().into_iter().map(|word| format!("{name}{word}"));
    std::iter::once(name.clone()).chain(beside).collect()
}

/// The enum of the answers with which a call fails, if there is one.
pub(super) fn error_name(operation: &Operation) -> Option<String> {
    (!operation.failures.is_empty()).then(|| format!("{}Error", operation.type_name))
}

/// The enum of the successful answers that differ.
pub(super) fn success_name(operation: &Operation) -> String {
    format!("{}Success", operation.type_name)
}

/// What the answers are: the media types that are asked for, what a successful call gives, what one that fails does, and
/// which headers there are.
pub(super) fn lines(api: &Api, operation: &Operation, declaration: &mut Declaration) {
    let (decoder, accepted) = (decoder(&operation.success), accepted(operation));
    let by_default = if decoder.ends_with("json") { "application/json" } else { "" };
    if accepted != by_default {
        declaration.line(&format!("accept {};", literal(&accepted)));
    }
    declaration.line(&format!("answer {decoder}{} -> {};", statuses(operation), text(&output(api, operation))));
    if let Some(stream) = &operation.stream {
        let item = |r#type| text(&rust_type::tokens(api, r#type, Scope::Crate));
        let items = stream.r#type().zip(stream.media());
        let items = items.map(|(r#type, media)| format!(" {} -> {}", literal(media), item(r#type)));
        declaration.line(&format!("stream {}{};", streams::word(stream), items.unwrap_or_default()));
    }
    if let Some(name) = error_name(operation) {
        let cases: Vec<_> = operation.failures.iter().map(|outcome| case(api, outcome)).collect();
        declaration.line(&format!("errors {name}: {};", cases.join(", ")));
    }
    let header = |header: &crate::ir::Header| {
        let (name, r#type) = (&header.name, text(&rust_type::tokens(api, &header.r#type, Scope::Crate)));
        let read = if header.json { "json" } else { "simple" };
        format!("{name}: {type} = {read}({})", literal(&header.wire))
    };
    let headers: Vec<_> = operation.headers.iter().map(header).collect();
    if !headers.is_empty() {
        declaration.line(&format!("headers {}Headers: {};", operation.type_name, headers.join(", ")));
    }
}

/// The statuses of the successful answers in parentheses, those without content after `or`, unless they are the ones that
/// such an answer has by default. Several answers have them beside each of their variants.
fn statuses(operation: &Operation) -> String {
    let default = match operation.success {
        Success::Several(_) | Success::Alone(Decoded::Raw) => return String::new(),
        Success::Alone(Decoded::OptionalJson(_)) => "200 or 204",
        Success::Alone(Decoded::Nothing) => "204",
        Success::Alone(_) => "200",
    };
    let of = |empty: bool| {
        let all = successes(operation).into_iter().filter(|response| response.contents.is_empty() == empty);
        all.map(|response| status(&response.status)).collect::<Vec<_>>().join(", ")
    };
    let both: Vec<_> = [of(false), of(true)].into_iter().filter(|statuses| !statuses.is_empty()).collect();
    let declared = both.join(" or ");
    if declared == default { String::new() } else { format!("({declared})") }
}

/// A status as a declaration has it: `404`, `400..=499`, `_`.
fn status(declared: &str) -> String {
    match declared {
        "default" => "_".to_owned(),
        range if range.ends_with("XX") => format!("{0}00..={0}99", &range[..1]),
        exact => exact.to_owned(),
    }
}

/// The answers that are successes; where none is named, what `default` describes.
fn successes(operation: &Operation) -> Vec<&Response> {
    let lone = operation.responses.iter().all(|response| response.status == "default");
    operation.responses.iter().filter(|response| response.status.starts_with('2') || lone).collect()
}

/// The declaration of the successful answers that differ, if they do.
pub(super) fn success(api: &Api, operation: &Operation) -> Option<String> {
    let Success::Several(outcomes) = &operation.success else { return None };
    let mut declaration = Declaration::new("answers");
    let request = docs::link(&operation.type_name);
    declaration.docs(&format!("The successful answers to {request}, by their status."));
    declaration.line(&format!("pub enum {};", success_name(operation)));
    for outcome in outcomes {
        let own = docs::vendor(outcome.docs.as_deref());
        declaration.docs(&own.unwrap_or_else(|| format!("{}.", docs::code(&outcome.name))));
        declaration.line(&format!("{},", case(api, outcome)));
    }
    Some(declaration.end())
}

/// A variant, and for which answers it stands: `NotFound(types::Problem) = json(404)`.
fn case(api: &Api, outcome: &Outcome) -> String {
    let status = status(&outcome.status);
    let media: String = outcome.media.iter().map(|media| format!(", {}", literal(media))).collect();
    format!("{} = {}({status}{media})", variant(api, outcome), function(&outcome.decoded))
}

/// A variant with what it holds: `NotFound(types::Problem)`.
pub(super) fn variant(api: &Api, outcome: &Outcome) -> String {
    match &outcome.decoded {
        Decoded::Nothing => outcome.name.clone(),
        decoded => format!("{}({})", outcome.name, text(&tokens(api, decoded))),
    }
}

/// What a successful call gives.
pub(super) fn output(api: &Api, operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::Alone(decoded) => tokens(api, decoded),
        Success::Several(_) => {
            let name = rust_type::ident(&success_name(operation));
            quote! { #name }
        }
    }
}

fn tokens(api: &Api, decoded: &Decoded) -> TokenStream {
    let tokens = |r#type| rust_type::tokens(api, r#type, Scope::Crate);
    match decoded {
        Decoded::Json(r#type) => tokens(r#type),
        Decoded::OptionalJson(r#type) => {
            let inner = tokens(r#type);
            quote! { Option<#inner> }
        }
        Decoded::Lines(r#type) => {
            let item = tokens(r#type);
            quote! { Vec<#item> }
        }
        Decoded::Text => quote! { String },
        Decoded::Bytes => quote! { bytes::Bytes },
        Decoded::Nothing => quote! { () },
        Decoded::Raw => quote! { http::Response<bytes::Bytes> },
    }
}

/// The function of the runtime that decodes a successful answer.
fn decoder(success: &Success) -> &'static str {
    match success {
        Success::Alone(decoded) => function(decoded),
        Success::Several(_) => "several",
    }
}

fn function(decoded: &Decoded) -> &'static str {
    match decoded {
        Decoded::Json(_) => "json",
        Decoded::OptionalJson(_) => "optional_json",
        Decoded::Lines(_) => "lines",
        Decoded::Text => "text",
        Decoded::Bytes => "bytes",
        Decoded::Nothing => "nothing",
        Decoded::Raw => "raw",
    }
}

/// The media types of the successful answers, for the `Accept` header (RFC 9110, section 12.5.1).
fn accepted(operation: &Operation) -> String {
    let mut media: Vec<&str> = Vec::new();
    for response in successes(operation) {
        for name in response.contents.iter().flat_map(|content| &content.media) {
            if !media.contains(&name.as_str()) {
                media.push(name);
            }
        }
    }
    media.join(", ")
}
