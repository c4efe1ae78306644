//! In: the document's webhooks, and the callbacks of its operations. Out: `Webhook`s with their final names: what a
//! server of the user's may receive from the API, and how it may answer.

use super::call::{self, Call};
use super::context::{Context, Place};
use super::names::PRELUDE;
use super::parameters::{declared, not_in_form, place_of};
use super::payloads::forms;
use super::schemas::docs;
use crate::diagnostic::Problem;
use crate::ir::{Callback, Location, Parameter, Payload, Reply, Style, Webhook};
use crate::name::{self, Wish};
use crate::pointer::Pointer;
use openapiv3::{Operation, PathItem};

/// A webhook before it has its name.
struct Draft {
    webhook: Webhook,
    /// The names that it would take, best first.
    names: Vec<String>,
}

/// Lowers every webhook, and every callback of every operation.
pub(super) fn webhooks(context: &mut Context<'_>) -> Vec<Webhook> {
    let document = context.document;
    let mut drafts = Vec::new();
    let mut webhooks: Vec<_> = document.webhooks.iter().collect();
    webhooks.sort_by_key(|(name, _)| *name);
    for (wire, item) in webhooks {
        let at = Pointer::root().join("webhooks").join(wire.as_str());
        path_item(context, Source { wire, callback: None, prefix: "", at: &at, item }, &mut drafts);
    }
    let mut paths: Vec<_> = document.openapi.paths.iter().collect();
    paths.sort_by_key(|(path, _)| *path);
    for (path, item) in paths {
        let at = Pointer::root().join("paths").join(path.as_str());
        for (method, operation) in item.as_item().into_iter().flat_map(PathItem::iter) {
            callbacks(context, method, path, operation, &at.join(method), &mut drafts);
        }
    }
    let wish = |draft: &Draft| Wish { names: draft.names.clone(), address: draft.webhook.origin.to_string() };
    // The type of a body that takes several forms stands beside its webhook's.
    let endings = |draft: &Draft| match &draft.webhook.payload {
        Some(payload) if payload.forms.len() > 1 => vec!["Body"],
        _ => Vec::new(),
    };
    let taken: Vec<&str> = PRELUDE.iter().copied().chain(["WebhookError"]).collect();
    let (wishes, endings): (Vec<_>, Vec<_>) = drafts.iter().map(|draft| (wish(draft), endings(draft))).unzip();
    let names = name::distinct_with(&wishes, &endings, &taken);
    let named = |(draft, name): (Draft, String)| Webhook { name, ..draft.webhook };
    let mut webhooks: Vec<_> = drafts.into_iter().zip(names).map(named).collect();
    webhooks.sort_by(|a, b| a.name.cmp(&b.name));
    webhooks
}

/// Where a path item of requests that the API sends comes from.
struct Source<'a, 's> {
    wire: &'a str,
    callback: Option<Callback>,
    /// What its names begin with.
    prefix: &'s str,
    at: &'s Pointer,
    item: &'a PathItem,
}

/// The callbacks of an operation, which are named after it.
fn callbacks<'a>(
    context: &mut Context<'a>,
    method: &str,
    path: &'a str,
    operation: &'a Operation,
    at: &Pointer,
    drafts: &mut Vec<Draft>,
) {
    let id = call::id(method, path, operation);
    let mut all: Vec<_> = operation.callbacks.iter().collect();
    all.sort_by_key(|(wire, _)| *wire);
    for (wire, callback) in all {
        let mut items: Vec<_> = callback.iter().collect();
        items.sort_by_key(|(expression, _)| *expression);
        for (expression, item) in items {
            let at = at.join("callbacks").join(wire.as_str()).join(expression.as_str());
            let callback = Some(Callback { operation: id.clone(), expression: expression.clone() });
            path_item(context, Source { wire, callback, prefix: &name::type_(&id), at: &at, item }, drafts);
        }
    }
}

fn path_item<'a>(context: &mut Context<'a>, source: Source<'a, '_>, drafts: &mut Vec<Draft>) {
    let Source { wire, callback, prefix, at, item } = source;
    let own = format!("{prefix}{}", name::type_(wire));
    let several = item.iter().count() > 1;
    for (method, operation) in item.iter() {
        let with_method = format!("{own}{}", name::type_(method));
        let mut names = if several { vec![with_method] } else { vec![own.clone(), with_method] };
        if let Some(Callback { expression, .. }) = &callback {
            names.push(format!("{own}{}{}", name::type_(expression), name::type_(method)));
        }
        let call = Call { path: wire, method, item, operation, at: at.join(method), item_at: at };
        let place = Place::named(names.first().cloned().unwrap_or_default());
        let webhook = lower(context, &call, callback.clone(), &place);
        drafts.push(Draft { webhook, names });
        callbacks(context, method, wire, operation, &call.at, drafts);
    }
}

fn lower<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, callback: Option<Callback>, place: &Place) -> Webhook {
    let Call { operation, .. } = call;
    Webhook {
        origin: call.at.clone(),
        wire: call.path.to_owned(),
        name: String::new(),
        callback,
        summary: docs(&[&operation.summary, &call.item.summary]),
        docs: docs(&[&operation.description, &call.item.description]),
        deprecated: operation.deprecated,
        method: call.method.to_uppercase(),
        parameters: parameters(context, call, place),
        payload: payload(context, call, place),
        replies: replies(context, call, place),
    }
}

/// The parameters, but for those of a path: it is the user's own. Which credential the API sends is the user's to
/// check, so that nothing is said of an `Authorization` header.
fn parameters<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, place: &Place) -> Vec<Parameter> {
    let mut parameters = declared(context, call, place);
    for parameter in parameters.iter_mut().filter(|parameter| parameter.location == Location::Form) {
        not_in_form(context, &parameter.origin);
        parameter.location = Location::Query;
    }
    parameters.retain(|parameter| {
        let reason = match (parameter.location, parameter.style) {
            (Location::Path, _) => "a webhook comes to a path of your own",
            (_, Style::DeepObject | Style::Separated(_)) => {
                "what is spelt so is not read from a webhook; the request has it"
            }
            _ => return true,
        };
        let what = format!("the {} parameter `{}`", place_of(parameter.location), parameter.wire);
        context.report(&parameter.origin, Problem::LeftOut { what, reason });
        false
    });
    let wish = |parameter: &Parameter| {
        let (name, place) = (name::member(&parameter.wire), place_of(parameter.location));
        let longer = format!("{}_{place}", name.trim_end_matches('_'));
        Wish { names: vec![name, longer], address: format!("{place} {}", parameter.wire) }
    };
    let names = name::distinct(&parameters.iter().map(wish).collect::<Vec<_>>(), &["body"]);
    parameters.iter_mut().zip(names).for_each(|(parameter, name)| parameter.name = name);
    parameters
}

fn payload<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, place: &Place) -> Option<Payload> {
    let at = call.at.join("requestBody");
    let described = call.operation.request_body.as_ref()?;
    let (at, body) = context.follow(described, at, "requestBodies", |all| &all.request_bodies)?;
    let forms = forms(context, &body.content, &at.join("content"), &place.at(&at).part("payload"));
    (!forms.is_empty()).then(|| Payload { docs: docs(&[&body.description]), required: body.required, forms })
}

/// The answers that the API expects.
fn replies<'a>(context: &mut Context<'a>, call: &Call<'a, '_>, place: &Place) -> Vec<Reply> {
    let declared = &call.operation.responses;
    let mut all: Vec<_> = declared.responses.iter().map(|(status, item)| (status.to_string(), item)).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all.extend(declared.default.iter().map(|item| ("default".to_owned(), item)));
    let mut replies = Vec::new();
    for (status, item) in all {
        let at = call.at.join("responses").join(status.as_str());
        let Some((at, response)) = context.follow(item, at, "responses", |all| &all.responses) else { continue };
        let place = place.at(&at).part(&format!("reply_{status}"));
        let forms = forms(context, &response.content, &at.join("content"), &place);
        replies.push(Reply { status, docs: docs(&[&Some(response.description.clone())]), forms });
    }
    replies
}
