//! In: the types, with what their schemas and the discriminators of unions say of properties. Out: the properties that can have
//! one value only, which nobody is asked to set: they are written by themselves.
//!
//! | where                                             | what it says          |
//! |---------------------------------------------------|-----------------------|
//! | `const`, or an `enum` of one value                | that value            |
//! | the one value of a discriminator that leads here  | that value            |
//!
//! A required one is always written. One that is not required is written where it tells the object from the other subschemas of
//! a union, or where it is what the server takes for it anyway; elsewhere leaving it out may have a meaning.

use super::context::Drafts;
use super::unions::aliased;
use crate::ir::{Access, Definition, Direction, Field, Form, Literal, Shape, Type, TypeId, Union};
use std::collections::{BTreeMap, BTreeSet};

/// Settles which properties have one value only, and takes the tags from the variants whose content writes them itself.
pub(super) fn settle(drafts: &mut Drafts) {
    let aliases: Vec<_> = drafts.definitions.iter().map(|definition| alias(&definition.shape)).collect();
    let seen = Seen::in_unions(drafts, &aliases);
    for index in 0..drafts.definitions.len() {
        let settled = match &drafts.definitions[index] {
            Definition { shape: Shape::Struct { fields, .. }, direction, .. } => {
                let of = |field: &Field| constant(drafts, &aliases, &seen, TypeId(index), field, *direction);
                fields.iter().map(of).collect::<Vec<_>>()
            }
            _ => continue,
        };
        if let Shape::Struct { fields, .. } = &mut drafts.definitions[index].shape {
            fields.iter_mut().zip(settled).for_each(|(field, constant)| field.constant = constant);
        }
    }
    tags(drafts, &aliases);
}

/// What the unions say of the objects in them.
#[derive(Default)]
struct Seen {
    /// The objects that are subschemas of unions.
    variants: BTreeSet<TypeId>,
    /// Their properties that other subschemas of the same union have, too.
    shared: BTreeSet<(TypeId, String)>,
    /// The values with which discriminators lead to an object, by the object and the property.
    values: BTreeMap<(TypeId, String), BTreeSet<String>>,
}

impl Seen {
    fn in_unions(drafts: &Drafts, aliases: &[Option<TypeId>]) -> Self {
        let mut seen = Self::default();
        for definition in &drafts.definitions {
            let Shape::Union(union) = &definition.shape else { continue };
            let key = tag_key(union);
            seen.share(drafts, aliases, union);
            for variant in &union.variants {
                let Type::Named(id) = variant.r#type else { continue };
                let id = aliased(aliases, id);
                seen.variants.insert(id);
                let [Form::Object(members)] = variant.forms.as_slice() else { continue };
                if let Some((key, values)) = key.and_then(|key| Some((key, members.constant(key)?))) {
                    seen.values.entry((id, key.to_owned())).or_default().extend(values.iter().cloned());
                }
            }
        }
        seen
    }

    /// Notes the properties that several objects of a union have.
    fn share(&mut self, drafts: &Drafts, aliases: &[Option<TypeId>], union: &Union) {
        let mut owners: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
        for variant in &union.variants {
            let Type::Named(id) = variant.r#type else { continue };
            let id = aliased(aliases, id);
            if let Shape::Struct { fields, .. } = &drafts.definitions[id.0].shape {
                fields.iter().for_each(|field| owners.entry(&field.wire).or_default().push(id));
            }
        }
        for (wire, ids) in owners.into_iter().filter(|(_, ids)| ids.len() > 1) {
            self.shared.extend(ids.into_iter().map(|id| (id, wire.to_owned())));
        }
    }
}

/// The property of the discriminator.
fn tag_key(union: &Union) -> Option<&str> {
    let tagged = union.variants.iter().find_map(|variant| Some(variant.tag.as_ref()?.0.as_str()));
    tagged.or(union.key.as_deref())
}

/// The only value of a property, if it has one and is to be written by itself.
fn constant(
    drafts: &Drafts,
    aliases: &[Option<TypeId>],
    seen: &Seen,
    id: TypeId,
    field: &Field,
    direction: Direction,
) -> Option<Literal> {
    let is_read_only = field.access == Access::ReadOnly && direction != Direction::Received;
    let own = match &field.constant {
        Some(Literal::Text(own)) => Some(own),
        _ => None,
    };
    let property = (id, field.wire.clone());
    let mapped = seen.values.get(&property);
    let is_default = matches!((&field.default, own), (Some(Literal::Text(default)), Some(own)) if default == own);
    let tells = || seen.variants.contains(&id) && (is_default || mapped.is_some() || seen.shared.contains(&property));
    if field.nullable || is_read_only || !(field.required || tells()) {
        return None;
    }
    let mapped = mapped.filter(|values| values.len() == 1).and_then(BTreeSet::first);
    literal(drafts, aliases, &field.r#type, own.or(mapped)?)
}

/// A value, written as it is in an enum, as a literal of its type.
fn literal(drafts: &Drafts, aliases: &[Option<TypeId>], r#type: &Type, text: &str) -> Option<Literal> {
    match r#type {
        Type::String => Some(Literal::Text(text.to_owned())),
        Type::Boolean => text.parse().ok().map(Literal::Boolean),
        Type::Named(id) => match &drafts.definitions[aliased(aliases, *id).0].shape {
            Shape::Enum(_) => Some(Literal::Text(text.to_owned())),
            Shape::Numbers(_) => text.parse().ok().map(Literal::Integer),
            Shape::Alias(target) => literal(drafts, aliases, target, text),
            _ => None,
        },
        _ => None,
    }
}

/// Leaves a tag to the variants whose content does not always write it by itself; gives one to those without a discriminator
/// that a property which is not required tells apart.
fn tags(drafts: &mut Drafts, aliases: &[Option<TypeId>]) {
    let fields = |definition: &Definition| match &definition.shape {
        Shape::Struct { fields, .. } => Some(fields.iter().filter_map(written).collect()),
        _ => None,
    };
    let written: Vec<Option<Vec<Written>>> = drafts.definitions.iter().map(fields).collect();
    for definition in &mut drafts.definitions {
        let Shape::Union(union) = &mut definition.shape else { continue };
        let has_tags = union.variants.iter().any(|variant| variant.tag.is_some());
        for variant in &mut union.variants {
            let own = match variant.r#type {
                Type::Named(id) => written[aliased(aliases, id).0].as_deref(),
                _ => None,
            };
            // What is no object of its own, such as a union within this one, has its own tags.
            let Some(own) = own else {
                variant.tag = None;
                continue;
            };
            let always = |key: &str| own.iter().any(|one| one.always && one.key == key);
            variant.tag.take_if(|(key, _)| always(key));
            if !has_tags {
                let sometimes = own.iter().find(|one| !one.always);
                variant.tag = sometimes.map(|one| (one.key.clone(), one.value.clone()));
            }
        }
    }
}

/// A text that an object writes by itself.
struct Written {
    key: String,
    value: String,
    always: bool,
}

fn written(field: &Field) -> Option<Written> {
    match &field.constant {
        Some(Literal::Text(value)) => {
            Some(Written { key: field.wire.clone(), value: value.clone(), always: field.required })
        }
        _ => None,
    }
}

/// The definition that another name stands for.
fn alias(shape: &Shape) -> Option<TypeId> {
    match shape {
        Shape::Alias(Type::Named(id)) => Some(*id),
        _ => None,
    }
}
