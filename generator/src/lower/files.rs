//! In: the types, and the operations that use them. Out: which of the strings of `format: binary` are files: those that a
//! multipart body has as parts. Anywhere else they stay strings, as JSON has nothing else for them.

use super::context::Drafts;
use super::media;
use crate::ir::{
    BodyShape, Decoded, Encoded, Format, Group, Operation, Received, Shape, Stream, Success, Type, TypeId, Webhook,
};
use std::collections::BTreeSet;

/// Leaves files where they can be sent, and makes strings of all others.
pub(super) fn settle(drafts: &mut Drafts, groups: &mut [Group], webhooks: &mut [Webhook]) {
    let (mut bodies, mut parts) = (Vec::new(), Vec::new());
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        operation.parameters.iter_mut().for_each(|parameter| plain(&mut parameter.r#type));
        received(operation).into_iter().for_each(plain);
        match operation.body.as_mut().map(|body| &mut body.shape) {
            Some(BodyShape::Choice(choices)) => {
                choices.iter_mut().for_each(|choice| body(drafts, &mut choice.shape, &mut bodies));
            }
            Some(shape) => body(drafts, shape, &mut bodies),
            None => {}
        }
    }
    for webhook in webhooks {
        let replies = webhook.replies.iter_mut().flat_map(|reply| &mut reply.forms);
        webhook.payload.iter_mut().flat_map(|payload| &mut payload.forms).chain(replies).for_each(plain_form);
        webhook.parameters.iter_mut().for_each(|parameter| plain(&mut parameter.r#type));
    }
    let bodies = reached(drafts, &mut bodies, |shape| match shape {
        Shape::Struct { fields, rest } => {
            parts.extend(fields.iter().map(|field| &field.r#type).chain(rest).flat_map(Type::named));
            Vec::new()
        }
        other => alternatives(other),
    });
    // An object inside a part is JSON.
    let parts = reached(drafts, &mut parts, alternatives);
    for (index, definition) in drafts.definitions.iter_mut().enumerate() {
        let is_struct = matches!(definition.shape, Shape::Struct { .. });
        if !(bodies.contains(&index) || parts.contains(&index) && !is_struct) {
            types(&mut definition.shape).into_iter().for_each(plain);
        }
    }
}

/// Notes the definitions that a multipart body is made of.
fn body(drafts: &mut Drafts, shape: &mut BodyShape, bodies: &mut Vec<TypeId>) {
    match shape {
        BodyShape::Multipart(r#type, encodings) => {
            let named = encodings.iter().filter(|one| one.media.as_deref().is_some_and(media::is_binary));
            any_value(drafts, r#type, &named.map(|one| one.wire.as_str()).collect());
            bodies.extend(r#type.named());
        }
        BodyShape::Json(r#type) | BodyShape::Form(r#type, _) => plain(r#type),
        BodyShape::Text | BodyShape::Raw | BodyShape::Choice(_) => {}
    }
}

/// The definitions that are reached from these.
fn reached<'a>(
    drafts: &'a Drafts,
    next: &mut Vec<TypeId>,
    mut more: impl FnMut(&'a Shape) -> Vec<TypeId>,
) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    while let Some(TypeId(index)) = next.pop() {
        if reached.insert(index) {
            next.extend(more(&drafts.definitions[index].shape));
        }
    }
    reached
}

/// What may stand in the place of a value of this shape.
fn alternatives(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Alias(target) | Shape::Newtype(target) => target.named(),
        Shape::Union(union) => union.variants.iter().flat_map(|variant| variant.r#type.named()).collect(),
        Shape::Struct { .. } | Shape::Enum(_) | Shape::Numbers(_) => Vec::new(),
    }
}

/// Makes files of those properties of a body whose schema says nothing, and whose media type is that of bytes.
fn any_value(drafts: &mut Drafts, body: &Type, named: &BTreeSet<&str>) {
    let Type::Named(TypeId(index)) = body else { return };
    let Some(Shape::Struct { fields, .. }) = drafts.definitions.get_mut(*index).map(|one| &mut one.shape) else {
        return;
    };
    for field in fields.iter_mut().filter(|field| field.r#type == Type::Json && named.contains(field.wire.as_str())) {
        field.r#type = Type::Format(Format::File);
    }
}

/// The types that a shape is made of.
fn types(shape: &mut Shape) -> Vec<&mut Type> {
    match shape {
        Shape::Struct { fields, rest } => fields.iter_mut().map(|field| &mut field.r#type).chain(rest).collect(),
        Shape::Alias(target) | Shape::Newtype(target) => vec![target],
        Shape::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.r#type).collect(),
        Shape::Enum(_) | Shape::Numbers(_) => Vec::new(),
    }
}

/// The types of what answers bring.
fn received(operation: &mut Operation) -> Vec<&mut Type> {
    let Operation { responses, success, stream, failures, headers, .. } = operation;
    let (mut decoded, mut streams, mut types) = (Vec::new(), Vec::from_iter(stream), Vec::new());
    for response in responses {
        decoded.extend(response.contents.iter_mut().map(|content| &mut content.decoded));
        streams.extend(&mut response.events);
        types.extend(response.headers.iter_mut().map(|header| &mut header.r#type));
    }
    match success {
        Success::Alone(alone) => decoded.push(alone),
        Success::Several(outcomes) => decoded.extend(outcomes.iter_mut().map(|outcome| &mut outcome.decoded)),
    }
    decoded.extend(failures.iter_mut().map(|outcome| &mut outcome.decoded));
    types.extend(headers.iter_mut().map(|header| &mut header.r#type));
    types.extend(decoded.into_iter().filter_map(|decoded| match decoded {
        Decoded::Json(r#type) | Decoded::OptionalJson(r#type) | Decoded::Lines(r#type) => Some(r#type),
        Decoded::Text | Decoded::Bytes | Decoded::Nothing | Decoded::Raw => None,
    }));
    types.extend(streams.into_iter().filter_map(|stream| match stream {
        Stream::Events(_, r#type)
        | Stream::TextEvents(_, r#type)
        | Stream::WholeEvents(_, r#type, _)
        | Stream::Items(_, r#type) => Some(r#type),
        Stream::Bytes => None,
    }));
    types
}

fn plain_form(form: &mut Encoded) {
    if let Received::Json(r#type) | Received::Form(r#type) = &mut form.body {
        plain(r#type);
    }
}

/// Makes strings of files.
fn plain(r#type: &mut Type) {
    match r#type {
        Type::Format(Format::File) => *r#type = Type::String,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Lenient(inner) => plain(inner),
        Type::Tuple(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}
