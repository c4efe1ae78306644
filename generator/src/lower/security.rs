//! In: security schemes and requirements, and the declaration of errors inside successful answers. Out: `Scheme`s, the
//! alternatives of each operation, and the `Envelope`.

use super::call::Call;
use super::context::{Context, follow};
use super::headers;
use super::stand_ins::{self, StandIns};
use crate::diagnostic::{Diagnostics, Problem};
use crate::ir::{Envelope, Group, Placement, Scheme};
use crate::pointer::Pointer;
use crate::read::Document;
use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};
use serde_json::Value;
use std::collections::BTreeSet;

/// The extension at the document's root that says how errors arrive inside a successful answer.
const ENVELOPE: &str = "x-error-envelope";
/// What it may say.
const ENVELOPE_MEMBERS: [&str; 7] = ["error", "code", "message", "errors", "codes", "refused", "retryable"];

/// The name that `read` gives to `mutualTLS`, as an HTTP scheme.
const CERTIFICATE: &str = "mutualTLS";

/// Every scheme that a credential can be sent for, sorted by name: those that the document defines, and those that stand in
/// for others.
pub(super) fn schemes(
    document: &Document,
    stand_ins: StandIns,
    groups: &[Group],
    sink: &mut Diagnostics,
) -> Vec<Scheme> {
    let mut found = defined(document, sink);
    found.extend(stand_ins.into_schemes());
    found.sort_by(|a, b| a.name.cmp(&b.name));
    let operations = groups.iter().flat_map(|group| &group.operations);
    let named: BTreeSet<&String> = operations.flat_map(|operation| operation.security.iter().flatten()).collect();
    if named.is_empty() && !found.is_empty() {
        let schemes: Vec<_> = found.iter().map(|scheme| scheme.name.as_str()).collect();
        let at = Pointer::root().join("components").join("securitySchemes");
        sink.report(&at, Problem::UnusedSchemes { schemes: schemes.join("`, `") });
    }
    found.iter_mut().for_each(|scheme| scheme.is_used = named.contains(&scheme.name));
    found
}

fn defined(document: &Document, sink: &mut Diagnostics) -> Vec<Scheme> {
    let section = Pointer::root().join("components").join("securitySchemes");
    let Some(components) = &document.openapi.components else { return Vec::new() };
    let mut all: Vec<_> = components.security_schemes.iter().collect();
    all.sort_by_key(|(name, _)| *name);
    let mut found = Vec::new();
    for (name, scheme) in all {
        let origin = section.join(name.as_str());
        let Some(scheme) = written(document, scheme) else { continue };
        match placement(name, scheme) {
            Ok((placement, problem)) => {
                if let Some(problem) = problem.filter(|_| token_url(scheme).is_none()) {
                    sink.report(&origin, problem);
                }
                let docs = description(scheme).filter(|docs| !docs.trim().is_empty());
                let token_url = token_url(scheme).map(str::to_owned);
                found.push(Scheme { origin, name: name.clone(), docs, placement, token_url, is_used: true });
            }
            Err(reason) => sink.report(&origin, Problem::UnsupportedScheme { scheme: name.clone(), reason }),
        }
    }
    found
}

/// What a scheme is, references followed.
fn written<'a>(document: &'a Document, scheme: &'a ReferenceOr<SecurityScheme>) -> Option<&'a SecurityScheme> {
    follow(document, scheme, Pointer::root(), "securitySchemes", |all| &all.security_schemes).map(|(_, scheme)| scheme)
}

fn placement(name: &str, scheme: &SecurityScheme) -> Result<(Placement, Option<Problem>), &'static str> {
    let token = || Ok((Placement::Bearer, Some(Problem::TokenGiven { scheme: name.to_owned() })));
    match scheme {
        SecurityScheme::APIKey { location, name, .. } => {
            if *location == APIKeyLocation::Header && !headers::is_name(name) {
                return Err("no header can have its name");
            }
            let name = name.clone();
            let placement = match location {
                APIKeyLocation::Header => Placement::Header(name),
                APIKeyLocation::Query => Placement::Query(name),
                APIKeyLocation::Cookie => Placement::Cookie(name),
            };
            Ok((placement, None))
        }
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => Ok((Placement::Bearer, None)),
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => Ok((Placement::Basic, None)),
        SecurityScheme::HTTP { scheme, .. } if scheme == CERTIFICATE => {
            Err("a certificate belongs to the transport, and the client can be given one of your own")
        }
        // RFC 9110, section 11.4: what follows the scheme's name is its own.
        SecurityScheme::HTTP { scheme, .. } => Ok((
            Placement::Header("Authorization".to_owned()),
            Some(Problem::WholeCredentials { scheme: name.to_owned(), word: scheme.clone() }),
        )),
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => token(),
    }
}

/// Where a program gets tokens by its own name and secret (RFC 6749, section 4.4): an absolute URL, or a path.
fn token_url(scheme: &SecurityScheme) -> Option<&str> {
    let SecurityScheme::OAuth2 { extensions, .. } = scheme else { return None };
    let url = extensions.get("x-oasmith-flows")?.pointer("/clientCredentials/tokenUrl")?.as_str()?;
    ["https://", "http://", "/"].iter().any(|start| url.starts_with(start)).then_some(url)
}

fn description(scheme: &SecurityScheme) -> Option<String> {
    match scheme {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.clone(),
    }
}

/// The alternatives of an operation: its own, else the document's (OpenAPI 3.1.1, section 4.8.10). An alternative
/// that names a scheme which cannot be used is left out. Where there are none, a header parameter `Authorization` is one.
pub(super) fn requirements(context: &mut Context<'_>, stand_ins: &StandIns, call: &Call<'_, '_>) -> Vec<Vec<String>> {
    let openapi = &context.document.openapi;
    let (alternatives, at) = match (&call.operation.security, &openapi.security) {
        (Some(own), _) => (own.as_slice(), call.at.join("security")),
        (None, Some(shared)) => (shared.as_slice(), Pointer::root().join("security")),
        (None, None) => (&[][..], Pointer::root()),
    };
    let usable = usable(context.document, stand_ins, alternatives);
    for (index, alternative) in alternatives.iter().enumerate() {
        let names = sent(context.document, alternative);
        match names.iter().find(|name| !is_usable(context.document, stand_ins, name)) {
            None => {
                for (scheme, other, place) in clashes(context.document, &names) {
                    context.report(&at.index(index).join(scheme.as_str()), Problem::SamePlace { scheme, other, place });
                }
            }
            Some(name) => {
                let known = context.components().is_some_and(|all| all.security_schemes.contains_key(name.as_str()));
                if !known {
                    let scheme = name.clone();
                    context.report(&at.index(index).join(name.as_str()), Problem::UnknownScheme { scheme });
                }
            }
        }
    }
    // Nothing but "no credential" is the same as no requirement.
    if usable.iter().any(|names| !names.is_empty()) {
        return usable;
    }
    let header = stand_ins::is_required(context, call.item, call.operation).zip(stand_ins.header());
    header.map_or_else(Vec::new, |(is_required, name)| {
        let none = (!is_required).then(Vec::new);
        none.into_iter().chain([vec![name.to_owned()]]).collect()
    })
}

/// The alternatives of which every scheme can be used.
pub(super) fn usable(
    document: &Document,
    stand_ins: &StandIns,
    alternatives: &[SecurityRequirement],
) -> Vec<Vec<String>> {
    let named = alternatives.iter().map(|alternative| sent(document, alternative));
    named.filter(|names| names.iter().all(|name| is_usable(document, stand_ins, name))).collect()
}

/// The schemes of an alternative that a request has a secret for: a certificate is shown before any request is, which is the
/// transport's matter.
fn sent(document: &Document, alternative: &SecurityRequirement) -> Vec<String> {
    let mut names: Vec<String> = alternative.keys().filter(|name| !is_certificate(document, name)).cloned().collect();
    names.sort();
    names
}

/// The schemes whose secret another one of the same alternative replaces, that one, and where both are sent.
fn clashes(document: &Document, names: &[String]) -> Vec<(String, String, String)> {
    let of = |name: &String| match placement(name, named(document, name)?).ok()?.0 {
        Placement::Bearer | Placement::Basic => Some("the header `authorization`".to_owned()),
        Placement::Header(name) => Some(format!("the header `{}`", name.to_ascii_lowercase())),
        Placement::Query(name) => Some(format!("the query's `{name}`")),
        // Nothing replaces a cookie.
        Placement::Cookie(_) => None,
    };
    let pairs = names.iter().enumerate().filter_map(|(index, name)| {
        let place = of(name)?;
        let last = names[index + 1..].iter().rfind(|other| of(other).as_ref() == Some(&place))?;
        Some((name.clone(), last.clone(), place))
    });
    pairs.collect()
}

fn is_usable(document: &Document, stand_ins: &StandIns, name: &str) -> bool {
    let stands_in = stand_ins.placement(name).is_some();
    stands_in || named(document, name).is_some_and(|scheme| placement(name, scheme).is_ok())
}

fn is_certificate(document: &Document, name: &str) -> bool {
    matches!(named(document, name), Some(SecurityScheme::HTTP { scheme, .. }) if scheme == CERTIFICATE)
}

fn named<'a>(document: &'a Document, name: &str) -> Option<&'a SecurityScheme> {
    written(document, document.openapi.components.as_ref()?.security_schemes.get(name)?)
}

/// Reads the envelope's declaration: `x-error-envelope: {error: /error, code: /error/code, ...}`.
pub(super) fn envelope(document: &Document, sink: &mut Diagnostics) -> Option<Envelope> {
    let declared = document.openapi.extensions.get(ENVELOPE)?;
    let origin = Pointer::root().join(ENVELOPE);
    for name in declared.as_object().into_iter().flat_map(serde_json::Map::keys) {
        if !ENVELOPE_MEMBERS.contains(&name.as_str()) {
            let (member, hint) = (name.clone(), format!("its members are `{}`", ENVELOPE_MEMBERS.join("`, `")));
            sink.report(&origin.join(name.as_str()), Problem::UnknownMember { member, kind: "the envelope", hint });
        }
    }
    let mut member = |name: &str, needed: bool| match declared.get(name) {
        Some(Value::String(pointer)) if pointer.starts_with('/') => Some(pointer.clone()),
        None if !needed => None,
        _ => {
            sink.report(&origin.join(name), bad(name, "a JSON pointer, such as `/error/code`"));
            None
        }
    };
    let (error, code, message) = (member("error", true), member("code", false), member("message", false));
    let errors = member("errors", false);
    let [refused, retryable] =
        ["refused", "retryable"].map(|name| codes(name, declared.get(name), code.is_some(), &origin, sink));
    let codes = schema_of_codes(document, declared.get("codes"), &origin, sink);
    Some(Envelope { origin, error: error?, code, message, errors, codes, refused, retryable })
}

fn bad(member: &str, shape: &'static str) -> Problem {
    Problem::BadEnvelope { member: member.to_owned(), shape }
}

/// The schema that `codes` refers to.
fn schema_of_codes(
    document: &Document,
    declared: Option<&Value>,
    origin: &Pointer,
    sink: &mut Diagnostics,
) -> Option<Pointer> {
    let name = declared?.as_str().and_then(|reference| reference.strip_prefix("#/components/schemas/"));
    let schemas = document.openapi.components.as_ref().map(|components| &components.schemas);
    let known = name.filter(|name| schemas.is_some_and(|schemas| schemas.contains_key(*name)));
    if known.is_none() {
        sink.report(
            &origin.join("codes"),
            bad("codes", "the address of a schema, such as `#/components/schemas/Code`"),
        );
    }
    Some(Pointer::root().join("components").join("schemas").join(known?))
}

/// The codes, numbers or strings, of which a member of the envelope says something.
fn codes(
    name: &str,
    declared: Option<&Value>,
    has_code: bool,
    origin: &Pointer,
    sink: &mut Diagnostics,
) -> Vec<String> {
    let Some(declared) = declared else { return Vec::new() };
    let code = |code: &Value| match code {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let codes = declared.as_array().and_then(|codes| codes.iter().map(code).collect::<Option<Vec<_>>>());
    codes.filter(|_| has_code).unwrap_or_else(|| {
        sink.report(&origin.join(name), bad(name, "a list of codes, such as `[456]`, beside `code`"));
        Vec::new()
    })
}
