//! In: the webhooks of an `Api`. Out: `webhooks.rs`, which declares what each of them brings, and the code that decodes
//! it: files of the runtime that only an API with webhooks needs.

use super::declare::{Declaration, literal};
use super::rust_type::{self, Scope, text};
use super::{docs, files, formats, print};
use crate::File;
use crate::ir::{Api, Callback, Encoded, Location, Parameter, Payload, Received, Style, Webhook};
use proc_macro2::TokenStream;
use quote::quote;

/// The files of `generator/runtime/webhooks`.
const SOURCES: [(&str, &str); 2] = [
    ("receive.rs", include_str!("../../runtime/webhooks/receive.rs")),
    ("spelt.rs", include_str!("../../runtime/webhooks/spelt.rs")),
];

const DOCS: &str = "\
What the API sends by itself: its webhooks, and the callbacks of its operations.

Each has a type with what it brings, and `decode`, which makes one of an `http::Request` that a server of yours received.
Which of them came is told by the path, header or member that the API's documentation names; how they are signed is yours
to check, with the request in hand.";

/// The module and its files; none where the API sends nothing by itself.
pub(super) fn files(api: &Api) -> Vec<File> {
    if api.webhooks.is_empty() {
        return Vec::new();
    }
    let uses = uses(api);
    let mut parts = vec![print::items(uses)];
    for webhook in &api.webhooks {
        parts.push(item(api, webhook));
        parts.extend(choice(api, webhook));
    }
    let mut all = vec![files::rust("webhooks.rs", DOCS, &parts.join("\n"))];
    all.extend(
        SOURCES
            .iter()
            .map(|(name, text)| File { path: format!("src/generated/webhooks/{name}"), text: (*text).to_owned() }),
    );
    all
}

fn uses(api: &Api) -> TokenStream {
    let received: Vec<_> = api.webhooks.iter().flat_map(Webhook::received).collect();
    let formats = received.iter().any(|r#type| formats::mentioned(r#type)).then(|| quote! { use super::formats; });
    let mentioned = |r#type: &&crate::ir::Type| !r#type.named().is_empty();
    let in_docs = api.webhooks.iter().flat_map(Webhook::sent).any(|r#type| mentioned(&r#type));
    let types = (received.iter().any(mentioned) || in_docs).then(|| {
        // Docs alone may name them.
        let unused = (!received.iter().any(mentioned)).then(|| quote! { #[allow(unused_imports)] });
        quote! { #unused use super::types; }
    });
    let several = api.webhooks.iter().any(|webhook| forms(webhook).len() > 1).then(|| quote! { payload, });
    quote! {
        mod receive;
        mod spelt;
        #formats
        #types
        pub use receive::WebhookError;
        use receive::{#several webhook};
    }
}

fn forms(webhook: &Webhook) -> &[Encoded] {
    webhook.payload.as_ref().map(|payload| payload.forms.as_slice()).unwrap_or_default()
}

/// The type of a webhook's body.
pub(super) fn body(api: &Api, webhook: &Webhook) -> Option<String> {
    match forms(webhook) {
        [] => None,
        [one] => Some(held(api, one)),
        _ => Some(format!("{}Body", webhook.name)),
    }
}

/// What one form holds.
pub(super) fn held(api: &Api, form: &Encoded) -> String {
    match &form.body {
        Received::Json(r#type) | Received::Form(r#type) => text(&rust_type::tokens(api, r#type, Scope::Crate)),
        Received::Text => "String".to_owned(),
        Received::Bytes => "bytes::Bytes".to_owned(),
    }
}

fn item(api: &Api, webhook: &Webhook) -> String {
    let mut declaration = Declaration::new("webhook");
    declaration.docs(&words(api, webhook));
    if webhook.deprecated {
        declaration.line("#[deprecated]");
    }
    let name = literal(&webhook.wire);
    declaration.line(&match &webhook.callback {
        None => format!("pub struct {}: {} {name};", webhook.name, webhook.method),
        Some(Callback { operation, expression }) => {
            let (operation, expression) = (literal(operation), literal(expression));
            format!("pub struct {}: {} {name} of {operation} to {expression};", webhook.name, webhook.method)
        }
    });
    if let (Some(body), Some(Payload { required, forms, docs, .. })) = (body(api, webhook), &webhook.payload) {
        declaration.line(if *required { "[body]" } else { "[optional_body]" });
        declaration.vendor(docs.as_deref(), false);
        let media: Vec<_> = forms.iter().flat_map(|form| &form.media).map(|media| literal(media)).collect();
        let read = if forms.len() > 1 { "several" } else { forms.first().map_or("bytes", read) };
        declaration.line(&format!("{body} = {read}({}),", media.join(", ")));
    }
    let (required, optional): (Vec<_>, Vec<_>) = webhook.parameters.iter().partition(|one| one.required);
    for (name, parameters) in [("required", required), ("optional", optional)] {
        declaration.section(name, &parameters, |section, parameter| {
            section.vendor(parameter.docs.as_deref(), parameter.deprecated);
            let r#type = text(&rust_type::tokens(api, &parameter.r#type, Scope::Crate));
            section.line(&format!("{}: {type} = {},", parameter.name, source(parameter)));
        });
    }
    declaration.end()
}

fn read(form: &Encoded) -> &'static str {
    match form.body {
        Received::Json(_) => "json",
        Received::Form(_) => "form",
        Received::Text => "text",
        Received::Bytes => "bytes",
    }
}

/// Where a parameter comes from, and what is between its items.
fn source(parameter: &Parameter) -> String {
    let place = match parameter.location {
        Location::Query | Location::Form => "query",
        Location::Cookie => "cookie",
        Location::Header | Location::Path => "header",
    };
    let delimiter = match (parameter.style, parameter.explode) {
        (Style::Json, _) => "json",
        (Style::Simple, _) => ",",
        (_, true) => "",
        (Style::SpaceDelimited, _) => "%20",
        (Style::PipeDelimited, _) => "%7C",
        _ => ",",
    };
    format!("{place}({}, {})", literal(&parameter.wire), literal(delimiter))
}

/// The declaration of a body that takes several forms.
fn choice(api: &Api, webhook: &Webhook) -> Option<String> {
    let (name, forms) = (&webhook.name, forms(webhook));
    if forms.len() < 2 {
        return None;
    }
    let mut declaration = Declaration::new("payload");
    declaration.docs(&format!("The body of {}, by its content type.", docs::link(name)));
    declaration.line(&format!("pub enum {name}Body;"));
    for form in forms {
        let media: Vec<_> = form.media.iter().map(|media| literal(media)).collect();
        declaration.line(&format!("{}({}) = {}({}),", form.name, held(api, form), read(form), media.join(", ")));
    }
    Some(declaration.end())
}

/// What the vendor says, and how to answer it.
fn words(api: &Api, webhook: &Webhook) -> String {
    let description = docs::vendor(webhook.docs.as_deref());
    let summary = docs::line(webhook.summary.as_deref());
    let mut parts: Vec<String> = summary.into_iter().chain(description).collect();
    let reply = |reply: &crate::ir::Reply| {
        let docs = docs::line(reply.docs.as_deref()).map(|docs| format!(": {docs}")).unwrap_or_default();
        let form = |form: &Encoded| {
            let media: Vec<_> = form.media.iter().map(|media| docs::code(media)).collect();
            format!("{}, {}", link(&held(api, form)), media.join(", "))
        };
        let forms: Vec<_> = reply.forms.iter().map(form).collect();
        let body = if forms.is_empty() { String::new() } else { format!(" ({})", forms.join("; ")) };
        format!("{}{docs}{body}", docs::code(&reply.status))
    };
    let replies: Vec<_> = webhook.replies.iter().map(reply).collect();
    match replies.as_slice() {
        [] => {}
        [one] => parts.push(format!("To be answered with {one}")),
        several => parts.push(format!("To be answered with:\n\n- {}", several.join("\n- "))),
    }
    parts.join("\n\n")
}

/// A type as docs spell it, with a link where it is one of the API's own.
fn link(r#type: &str) -> String {
    match r#type.strip_prefix("types::") {
        Some(name) => format!("[`{name}`](types::{name})"),
        None => docs::code(r#type),
    }
}
