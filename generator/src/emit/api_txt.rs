//! In: `Api`. Out: `api.txt`: one line for each public symbol of the generated code with its type, sorted, for people
//! who review a change of it. What the runtime offers is not listed: no description changes it.

use super::choices;
use super::features::features;
use super::inputs::inputs;
use super::rust_type::{self, Scope};
use super::{answers, defaults, pages, servers, streams, structs, webhooks};
use crate::ir::{Api, Definition, Direction, Group, Operation, Outcome, Shape, Success, Type, Webhook};
use proc_macro2::TokenStream;
use std::collections::BTreeSet;

/// The whole text.
pub(super) fn list(api: &Api) -> String {
    let mut lines = BTreeSet::new();
    for group in &api.groups {
        self::group(api, group, &mut lines);
    }
    lines.extend(features(api).iter().map(|feature| format!("feature {}", feature.name)));
    for one in &api.servers {
        lines.insert(format!("servers::{}: server", one.name));
        for variable in &one.variables {
            let required = if variable.default.is_none() { " required" } else { "" };
            lines.insert(format!("servers::{}::{}({}){required}", one.name, variable.name, servers::stored(variable)));
            let values = variable.constants.iter().map(|value| (servers::stored(variable), value));
            lines.extend(values.map(|(name, value)| format!("servers::{name}::{} = {:?}", value.name, value.wire)));
        }
    }
    for definition in &api.types.0 {
        self::definition(api, definition, &mut lines);
    }
    for webhook in &api.webhooks {
        self::webhook(api, webhook, &mut lines);
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn webhook(api: &Api, webhook: &Webhook, lines: &mut BTreeSet<String>) {
    let name = format!("webhooks::{}", webhook.name);
    lines.insert(format!("{name}: {}{}", webhook.method, mark(webhook.deprecated)));
    let field = |name: &str, required: bool, spelt: &str| match required {
        true => format!("{name}: {spelt}"),
        false => format!("{name}: Option<{spelt}>"),
    };
    if let (Some(payload), Some(body)) = (&webhook.payload, webhooks::body(api, webhook)) {
        lines.insert(field(&format!("{name}.body"), payload.required, &body.replace("formats::", "")));
        for form in payload.forms.iter().filter(|_| payload.forms.len() > 1) {
            let held = webhooks::held(api, form).replace("formats::", "");
            lines.insert(format!("{name}Body::{}({held})", form.name));
        }
    }
    lines.extend(webhook.parameters.iter().map(|one| {
        let spelt = text(&rust_type::tokens(api, &one.r#type, Scope::Crate));
        field(&format!("{name}.{}", one.name), one.required, &spelt)
    }));
}

fn group(api: &Api, group: &Group, lines: &mut BTreeSet<String>) {
    let module = format!("operations::{}", group.module);
    let handle = format!("{module}::{}", group.name);
    if group.tag.is_some() {
        lines.insert(format!("Client::{}() -> {handle}", group.module));
    }
    for operation in &group.operations {
        let request = format!("{module}::{}", operation.type_name);
        let owner = if group.tag.is_some() { &handle } else { "Client" };
        let deprecated = mark(operation.deprecated);
        lines.insert(format!("{owner}::{}() -> {request}{deprecated}", operation.name));
        self::request(api, operation, &request, lines);
    }
}

fn request(api: &Api, operation: &Operation, request: &str, lines: &mut BTreeSet<String>) {
    for input in inputs(operation) {
        let required = if input.required { " required" } else { "" };
        let deprecated = mark(input.deprecated);
        lines.insert(format!("{request}::{}({}){required}{deprecated}", input.name, text(&input.stored(api))));
    }
    let server = operation.server_setter.iter();
    lines.extend(server.map(|setter| format!("{request}::{setter}(impl Server)")));
    for choice in choices::choices(operation) {
        let stored = choices::stored(api, choice).replace("formats::", "");
        lines.insert(format!("{request}Body::{}({stored})", choice.name));
    }
    let variant = |outcome: &Outcome| answers::variant(api, outcome).replace("formats::", "");
    let mut output = text(&answers::output(api, operation));
    if let Success::Several(outcomes) = &operation.success {
        output = format!("{request}Success");
        lines.extend(outcomes.iter().map(|outcome| format!("{output}::{}", variant(outcome))));
    }
    lines.insert(format!("{request}::send() -> {output}"));
    lines.extend(operation.stream.iter().map(|stream| {
        let symbol = streams::symbol(stream, |r#type| text(&rust_type::tokens(api, r#type, Scope::Crate)));
        format!("{request}::send_stream() -> {symbol}")
    }));
    if let Some(pages) = &operation.pages {
        lines.insert(format!("{request}::{}() -> pages of {output}", pages.pages));
        let item = pages::of(api, pages).replace("formats::", "");
        lines.insert(format!("{request}::{}() -> items of {item}", pages.items));
    }
    lines.extend(operation.failures.iter().map(|outcome| format!("{request}Error::{}", variant(outcome))));
    lines.extend(operation.headers.iter().map(|header| {
        let r#type = text(&rust_type::tokens(api, &header.r#type, Scope::Crate));
        format!("{request}Headers.{}: Option<{type}>", header.name)
    }));
}

fn definition(api: &Api, definition: &Definition, lines: &mut BTreeSet<String>) {
    let name = format!("types::{}", definition.name);
    let deprecated = mark(definition.deprecated);
    let spelt = |r#type: &Type| text(&rust_type::tokens(api, r#type, Scope::Crate));
    match &definition.shape {
        Shape::Alias(inner) => {
            lines.insert(format!("{name} = {}{deprecated}", spelt(inner)));
        }
        Shape::Newtype(inner) => {
            lines.insert(format!("{name}({}){deprecated}", spelt(inner)));
        }
        Shape::Enum(constants) => {
            lines.insert(format!("{name}: enum{deprecated}"));
            lines.extend(constants.iter().map(|one| format!("{name}::{} = {:?}", one.name, one.wire)));
        }
        Shape::Numbers(constants) => {
            lines.insert(format!("{name}: enum{deprecated}"));
            lines.extend(constants.iter().map(|one| format!("{name}::{} = {}", one.name, one.wire)));
        }
        Shape::Union(union) => {
            lines.insert(format!("{name}: union{deprecated}"));
            lines.extend(union.variants.iter().map(|one| format!("{name}::{}({})", one.name, spelt(&one.r#type))));
        }
        Shape::Struct { fields, rest } => {
            lines.insert(format!("{name}: struct{deprecated}"));
            let required: Vec<_> = structs::required(definition).collect();
            if let (Some(builder), true) = (structs::builder(definition), definition.direction != Direction::Received) {
                lines.insert(format!("{name}::builder() -> types::{builder} required({})", required.join(", ")));
            }
            lines.extend(fields.iter().map(|field| {
                let r#type = text(&structs::stored(api, field, Scope::Crate));
                let only = field.constant.as_ref().map(|only| format!(" = {}", only.json())).unwrap_or_default();
                format!("{name}.{}: {type}{only}{}", field.name, mark(field.deprecated))
            }));
            lines.extend(
                defaults::lines(api, fields).iter().map(|line| format!("{name}::{}", line.trim_end_matches(','))),
            );
            if let Some(rest) = rest {
                lines.insert(format!("{name}.{}: {}", structs::REST, text(&rust_type::map(api, rest, Scope::Crate))));
            }
        }
    }
}

fn mark(deprecated: bool) -> &'static str {
    if deprecated { " deprecated" } else { "" }
}

/// Tokens without the spaces between them; the types of `formats` are at the crate's root.
fn text(tokens: &TokenStream) -> String {
    rust_type::text(tokens).replace("formats::", "")
}

#[cfg(test)]
mod tests {
    use super::list;
    use crate::emit::sample;
    use crate::ir::Api;

    #[test]
    fn each_symbol_is_one_line() {
        let api = Api { groups: vec![sample::sms()], types: sample::api().types, ..Api::default() };
        let text = list(&api);
        let expected = "Client::sms() -> operations::sms::Sms
feature full
feature sms
operations::sms::SendSmsMessage::destination(String) required
operations::sms::SendSmsMessage::send() -> types::SendSmsMessageResponse
operations::sms::SendSmsMessage::sms_body(String) required
operations::sms::SendSmsMessage::source(String) required
operations::sms::SendSmsMessage::store_body(bool)
operations::sms::Sms::send_sms_message() -> operations::sms::SendSmsMessage
";
        assert!(text.starts_with(expected), "{text}");
        assert!(text.contains("\ntypes::SendSmsMessageResponse.message_id: Option<i64>\n"), "{text}");
    }
}
