//! In: the types, and the operations that use them. Out: for each type whether requests send it, answers bring it, or
//! both; and so which of the properties that are only read, or only written, are always there.

use super::context::{Context, Drafts, Used};
use crate::ir::{Access, Direction, Field, Group, Shape, Type, TypeId, Webhook};
use openapiv3::SchemaKind;
use std::collections::BTreeSet;

/// What `readOnly` and `writeOnly` say of a value: beside its schema, in what that refers to, and in the arms of its
/// `allOf`, since each of them holds (JSON Schema Validation 2020-12, section 9.4). `None` if they say both, which
/// excludes each other.
pub(super) fn access<'a>(context: &Context<'a>, schemas: impl IntoIterator<Item = Used<'a>>) -> Option<Access> {
    let (mut read, mut written) = (false, false);
    let (mut next, mut seen): (Vec<_>, _) = (schemas.into_iter().collect(), BTreeSet::new());
    while let Some(schema) = next.pop() {
        match schema {
            Used::Reference(reference) if seen.insert(reference) => {
                next.extend(context.component(reference).map(|(_, _, target)| target));
            }
            Used::Reference(_) => {}
            Used::Written(schema) => {
                read |= schema.schema_data.read_only;
                written |= schema.schema_data.write_only;
                if let SchemaKind::AllOf { all_of } = &schema.schema_kind {
                    next.extend(all_of.iter().map(Used::from));
                }
            }
        }
    }
    match (read, written) {
        (false, false) => Some(Access::Full),
        (true, false) => Some(Access::ReadOnly),
        (false, true) => Some(Access::WriteOnly),
        (true, true) => None,
    }
}

/// Says of each type where it is used, and settles which properties are required there: "if the property has `readOnly`
/// being true and is in the `required` list, the `required` will take effect on the response only", and the reverse
/// for `writeOnly` (OpenAPI 3.0.4, section 4.7.24.2).
///
/// A webhook is a request, by the letter without what is `readOnly`, and for most vendors the same as an answer, without
/// what is `writeOnly`: neither has to be there (decision 18).
pub(super) fn settle(drafts: &mut Drafts, groups: &[Group], webhooks: &[Webhook]) {
    let (mut sent, received) = uses(groups);
    let named = |types: Vec<&Type>| types.into_iter().flat_map(Type::named).collect::<Vec<_>>();
    sent.extend(webhooks.iter().flat_map(|webhook| named(webhook.sent())));
    let sent = reached(drafts, sent, Some(Access::ReadOnly));
    let received = reached(drafts, received, Some(Access::WriteOnly));
    let called = reached(drafts, webhooks.iter().flat_map(|webhook| named(webhook.received())).collect(), None);
    for (index, definition) in drafts.definitions.iter_mut().enumerate() {
        definition.direction = match (sent[index], received[index] || called[index]) {
            (true, false) => Direction::Sent,
            (true, true) => Direction::Both,
            // What no operation uses comes in other ways: from a file, say.
            (false, _) => Direction::Received,
        };
        if let Shape::Struct { fields, .. } = &mut definition.shape {
            for field in fields {
                let either = called[index] && field.access != Access::Full;
                field.required &= always(field.access, definition.direction) && !either;
            }
        }
    }
}

/// Lets null, or nothing, stand in the place of each property of the types that only responses bring: both read as `None`.
pub(super) fn tolerate(drafts: &mut Drafts) {
    for definition in drafts.definitions.iter_mut().filter(|one| one.direction == Direction::Received) {
        if let Shape::Struct { fields, .. } = &mut definition.shape {
            for field in fields.iter_mut().filter(|field| field.required) {
                (field.required, field.nullable) = (false, false);
            }
        }
    }
}

/// Whether a property is there in each place where its type is used.
fn always(access: Access, direction: Direction) -> bool {
    match access {
        Access::Full => true,
        Access::ReadOnly => direction == Direction::Received,
        Access::WriteOnly => direction == Direction::Sent,
    }
}

/// The types that requests and answers are made of.
fn uses(groups: &[Group]) -> (Vec<TypeId>, Vec<TypeId>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in groups.iter().flat_map(|group| &group.operations) {
        sent.extend(operation.parameters.iter().flat_map(|parameter| parameter.r#type.named()));
        sent.extend(operation.body.iter().flat_map(|body| body.shape.types()).flat_map(Type::named));
        let contents = operation.responses.iter().flat_map(|answer| &answer.contents);
        received.extend(contents.filter_map(|content| content.decoded.r#type()).flat_map(Type::named));
        received.extend(operation.headers.iter().flat_map(|header| header.r#type.named()));
    }
    (sent, received)
}

/// Which definitions are reached from these; properties that are of the other side lead nowhere.
fn reached(drafts: &Drafts, mut next: Vec<TypeId>, other_side: Option<Access>) -> Vec<bool> {
    let mut reached = vec![false; drafts.definitions.len()];
    while let Some(TypeId(index)) = next.pop() {
        if std::mem::replace(&mut reached[index], true) {
            continue;
        }
        match &drafts.definitions[index].shape {
            Shape::Struct { fields, rest } => {
                let here = |field: &&Field| Some(field.access) != other_side;
                next.extend(fields.iter().filter(here).flat_map(|field| field.r#type.named()));
                next.extend(rest.iter().flat_map(Type::named));
            }
            Shape::Union(union) => next.extend(union.variants.iter().flat_map(|variant| variant.r#type.named())),
            Shape::Alias(target) | Shape::Newtype(target) => next.extend(target.named()),
            Shape::Enum(_) | Shape::Numbers(_) => {}
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::{Access, Direction, always};

    #[test]
    fn one_side_is_enough_only_where_there_is_no_other() {
        assert!(always(Access::Full, Direction::Both));
        assert!(always(Access::ReadOnly, Direction::Received) && always(Access::WriteOnly, Direction::Sent));
        for direction in [Direction::Sent, Direction::Both] {
            assert!(!always(Access::ReadOnly, direction));
        }
        for direction in [Direction::Received, Direction::Both] {
            assert!(!always(Access::WriteOnly, direction));
        }
    }
}
