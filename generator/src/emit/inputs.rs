//! In: an `Operation`. Out: its inputs, parameters and body alike.

use super::declare::literal;
use super::rust_type::{self, Scope};
use crate::ir::{Api, BodyShape, Encoding, Location, Operation, Parameter, Style, Type};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// What a caller gives to an operation.
pub(super) struct Input<'a> {
    /// The setter.
    pub(super) name: &'a str,
    /// The vendor's description.
    pub(super) docs: Option<&'a str>,
    /// Whether the document marks it as deprecated.
    pub(super) deprecated: bool,
    /// Whether a request without it cannot be sent.
    pub(super) required: bool,
    /// Its type; `None` for bytes.
    pub(super) r#type: Option<&'a Type>,
    /// The name of the type that is declared beside the request, for one of several bodies.
    pub(super) choice: Option<String>,
    /// The method of the runtime's `Call` that sends it, with its first arguments.
    pub(super) call: String,
}

impl Input<'_> {
    /// The type in the value that holds it.
    pub(super) fn stored(&self, api: &Api) -> TokenStream {
        match (self.r#type, &self.choice) {
            (Some(r#type), _) => rust_type::tokens(api, r#type, Scope::Crate),
            (None, Some(choice)) => rust_type::ident(choice).into_token_stream(),
            (None, None) => quote! { runtime::Body },
        }
    }
}

/// The inputs of an operation: parameters in the document's order, then the body.
pub(super) fn inputs(operation: &Operation) -> Vec<Input<'_>> {
    let parameters = operation.parameters.iter().map(|parameter| Input {
        name: &parameter.name,
        docs: parameter.docs.as_deref(),
        deprecated: parameter.deprecated,
        required: parameter.required,
        r#type: Some(&parameter.r#type),
        choice: None,
        call: call(parameter),
    });
    let body = operation.body.iter().map(|body| Input {
        name: &body.name,
        docs: body.docs.as_deref(),
        deprecated: false,
        required: body.required,
        r#type: body.shape.r#type(),
        choice: matches!(body.shape, BodyShape::Choice(_)).then(|| choice_name(operation)),
        call: sent(&body.media, &body.shape),
    });
    parameters.chain(body).collect()
}

/// Where a parameter is sent, in OpenAPI's word.
pub(super) fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Form => "form",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The name of the value that holds an operation's inputs.
pub(super) fn type_name(operation: &Operation) -> String {
    format!("{}Inputs", operation.type_name)
}

/// The method that sends a parameter.
fn call(parameter: &Parameter) -> String {
    let (wire, explode) = (literal(&parameter.wire), parameter.explode);
    let json = parameter.style == Style::Json;
    let style = || format!("Style::{:?}", parameter.style);
    match parameter.location {
        Location::Path => format!("path({wire}, {}, {explode})", style()),
        Location::Query if parameter.reserved => format!("query_reserved({wire}, {}, {explode})", style()),
        Location::Query => format!("query({wire}, {}, {explode})", style()),
        Location::Form => format!("field({wire}, {}, {explode})", style()),
        Location::Header if json => format!("header_json({wire})"),
        Location::Header => format!("header({wire}, {explode})"),
        Location::Cookie if json => format!("cookie_json({wire})"),
        Location::Cookie => format!("cookie({wire}, {explode})"),
    }
}

/// The name of the type of an operation's body, where that is one of several.
pub(super) fn choice_name(operation: &Operation) -> String {
    format!("{}Body", operation.type_name)
}

/// The method that sends a body.
pub(super) fn sent(media: &str, shape: &BodyShape) -> String {
    let media = literal(media);
    match shape {
        BodyShape::Choice(_) => "choice()".to_owned(),
        BodyShape::Text => format!("text({media})"),
        BodyShape::Json(_) => format!("json({media})"),
        BodyShape::Form(_, encodings) => format!("form({media}, {})", styles(encodings)),
        BodyShape::Multipart(_, encodings) => {
            format!("multipart({media}, {}, {})", styles(encodings), parts(encodings))
        }
        BodyShape::Raw => format!("raw({media})"),
    }
}

/// The styles of a form's properties, each with the names of those that have it.
fn styles(encodings: &[Encoding]) -> String {
    let mut styles: Vec<((Style, bool), Vec<String>)> = Vec::new();
    for (style, wire) in encodings.iter().filter_map(|one| Some((one.style?, literal(&one.wire)))) {
        match styles.iter_mut().find(|(known, _)| *known == style) {
            Some((_, names)) => names.push(wire),
            None => styles.push((style, vec![wire])),
        }
    }
    let one = |((style, explode), names): &((Style, bool), Vec<String>)| {
        format!("(Style::{style:?}, {explode}, &[{}])", names.join(", "))
    };
    format!("&[{}]", styles.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// The media types and headers of a multipart form's parts.
fn parts(encodings: &[Encoding]) -> String {
    let one = |encoding: &Encoding| {
        let media = encoding.media.as_deref().map(str::trim).unwrap_or_default();
        let headers = encoding.headers.iter().map(|(name, value)| format!("({}, {})", literal(name), literal(value)));
        let headers = headers.collect::<Vec<_>>().join(", ");
        let says = !(media.is_empty() && headers.is_empty());
        says.then(|| format!("({}, {}, &[{headers}])", literal(&encoding.wire), literal(media)))
    };
    format!("&[{}]", encodings.iter().filter_map(one).collect::<Vec<_>>().join(", "))
}
