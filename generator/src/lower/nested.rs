//! What stands inside other values where a style has no place for it: lists and objects in the items of a list, or in the
//! properties of an object. The client sends what OpenAPI leaves open as forms are sent (`docs/mapping.md`, "Parameters and
//! bodies"); that is a guess, so it is reported here, when the crate is generated. A body that is no object has no
//! properties, which forms are made of: it is given as bytes.

use super::context::Drafts;
use crate::diagnostic::{Diagnostics, Problem};
use crate::ir::{Access, BodyShape, Group, Location, Shape, Style, Type};
use crate::pointer::Pointer;
use std::collections::BTreeSet;

/// What one value of a type may be.
enum Kind<'a> {
    Scalar,
    Any,
    List(Vec<&'a Type>),
    Object(Vec<(&'a str, &'a Type)>),
}

/// Reports what no style serializes, each place once, and gives as bytes what no form can be.
pub(super) fn settle(drafts: &Drafts, groups: &mut [Group], sink: &mut Diagnostics) {
    let mut found: BTreeSet<(Pointer, Problem)> = BTreeSet::new();
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        for one in &operation.parameters {
            let pairs = matches!(one.location, Location::Query | Location::Form | Location::Cookie);
            let problem = problem(drafts, &one.wire, &one.r#type, one.style, one.explode && pairs);
            found.extend(problem.map(|problem| (one.origin.clone(), problem)));
        }
        let Some(body) = &mut operation.body else { continue };
        let (origin, media) = (body.origin.clone(), body.media.clone());
        match &mut body.shape {
            BodyShape::Choice(choices) => {
                let each = choices.iter_mut();
                each.for_each(|one| form(drafts, &mut one.shape, &one.media, &origin, &mut found));
            }
            shape => form(drafts, shape, &media, &origin, &mut found),
        }
    }
    found.into_iter().for_each(|(at, problem)| sink.report(&at, problem));
}

/// The properties of a form, which have styles of their own, and the form itself.
fn form(drafts: &Drafts, shape: &mut BodyShape, media: &str, at: &Pointer, found: &mut BTreeSet<(Pointer, Problem)>) {
    let Some(r#type) = shape.r#type().filter(|_| matches!(shape, BodyShape::Form(..) | BodyShape::Multipart(..)))
    else {
        return;
    };
    let kinds = kinds(drafts, r#type);
    if kinds.iter().all(|kind| matches!(kind, Kind::Scalar | Kind::List(_))) {
        let taken = "no value of its schema is an object, so the body is given as bytes";
        found.insert((at.clone(), Problem::RawBody { media: media.to_owned(), taken }));
        *shape = BodyShape::Raw;
        return;
    }
    let properties = kinds.iter().flat_map(|kind| match kind {
        Kind::Object(properties) => properties.as_slice(),
        _ => &[],
    });
    // One line for what all of them have in common.
    let (mut nested, mut lists) = (BTreeSet::new(), BTreeSet::new());
    for (wire, r#type) in properties {
        let styled = shape.encodings().iter().find(|one| one.wire == *wire).and_then(|one| one.style);
        match styled.and_then(|(style, explode)| problem(drafts, wire, r#type, style, explode)) {
            Some(Problem::NestedValue { name }) => drop(nested.insert(name)),
            Some(Problem::DeepObjectList { name }) => drop(lists.insert(name)),
            _ => {}
        }
    }
    let all = |names: BTreeSet<String>| (!names.is_empty()).then(|| Vec::from_iter(names).join("`, `"));
    let nested = all(nested).map(|name| Problem::NestedValue { name });
    let lists = all(lists).map(|name| Problem::DeepObjectList { name });
    found.extend(nested.into_iter().chain(lists).map(|problem| (at.clone(), problem)));
}

/// What is to be said of a value in a style; `pairs`: each of its parts is a pair of its own.
fn problem(drafts: &Drafts, name: &str, r#type: &Type, style: Style, pairs: bool) -> Option<Problem> {
    let name = name.to_owned();
    match style {
        Style::Json => None,
        Style::DeepObject => {
            holds_list(drafts, r#type, &mut BTreeSet::new()).then_some(Problem::DeepObjectList { name })
        }
        _ => kinds(drafts, r#type)
            .iter()
            .any(|kind| is_open(drafts, kind, pairs))
            .then_some(Problem::NestedValue { name }),
    }
}

/// Whether the parts of a value are lists or objects, which are sent as JSON. A list in an object that becomes several pairs is
/// a pair for each item.
fn is_open(drafts: &Drafts, kind: &Kind<'_>, pairs: bool) -> bool {
    let has_parts = |one: &Type| kinds(drafts, one).iter().any(|kind| matches!(kind, Kind::List(_) | Kind::Object(_)));
    match kind {
        Kind::Scalar | Kind::Any => false,
        Kind::List(items) => items.iter().any(|item| has_parts(item)),
        Kind::Object(properties) => properties.iter().flat_map(|(_, one)| kinds(drafts, one)).any(|kind| match kind {
            Kind::List(items) => !pairs || items.iter().any(|item| has_parts(item)),
            Kind::Object(_) => true,
            Kind::Scalar | Kind::Any => false,
        }),
    }
}

/// Whether there is a list in a value, however deep.
fn holds_list(drafts: &Drafts, r#type: &Type, seen: &mut BTreeSet<usize>) -> bool {
    if r#type.named().iter().any(|id| !seen.insert(id.0)) {
        return false;
    }
    kinds(drafts, r#type).iter().any(|kind| match kind {
        Kind::Scalar | Kind::Any => false,
        Kind::List(_) => true,
        Kind::Object(properties) => properties.iter().any(|(_, one)| holds_list(drafts, one, seen)),
    })
}

/// What the values of a type may be.
fn kinds<'a>(drafts: &'a Drafts, r#type: &'a Type) -> Vec<Kind<'a>> {
    let (mut kinds, mut next, mut seen) = (Vec::new(), vec![r#type], BTreeSet::new());
    while let Some(one) = next.pop() {
        match one {
            Type::Json | Type::Object => kinds.push(Kind::Any),
            Type::Array(item) => kinds.push(Kind::List(vec![item])),
            Type::Tuple(items) => kinds.push(Kind::List(items.iter().collect())),
            Type::Map(value) => kinds.push(Kind::Object(vec![("", value)])),
            Type::Nullable(inner) | Type::Lenient(inner) => next.push(inner),
            Type::Named(id) | Type::Boxed(id) if seen.insert(id.0) => match &drafts.definitions[id.0].shape {
                Shape::Struct { fields, rest } => {
                    let sent = fields.iter().filter(|field| field.access != Access::ReadOnly);
                    let named = sent.map(|field| (field.wire.as_str(), &field.r#type));
                    kinds.push(Kind::Object(named.chain(rest.iter().map(|rest| ("", rest))).collect()));
                }
                Shape::Enum(_) | Shape::Numbers(_) => kinds.push(Kind::Scalar),
                Shape::Union(union) => next.extend(union.variants.iter().map(|variant| &variant.r#type)),
                Shape::Alias(target) | Shape::Newtype(target) => next.push(target),
            },
            _ => kinds.push(Kind::Scalar),
        }
    }
    kinds
}
