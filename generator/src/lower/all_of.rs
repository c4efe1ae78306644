//! In: the arms of an `allOf`. Out: the objects that they come down to, references followed and inner `allOf`s opened,
//! if all of them describe one object: then a struct can have the properties of all.

use super::context::{Context, Place, Used};
use crate::diagnostic::Problem;
use crate::pointer::Pointer;
use openapiv3::{AnySchema, ObjectType, ReferenceOr, Schema, SchemaKind, Type};

/// One object's part of a struct, with the place whose names its inline schemas take.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub(super) object: &'a ObjectType,
    pub(super) at: Pointer,
    pub(super) place: Place,
}

/// One description of a property.
#[derive(Clone)]
pub(super) struct Property<'a> {
    pub(super) schema: Used<'a>,
    pub(super) at: Pointer,
    pub(super) place: Place,
}

/// The objects that the arms come down to; `None` if one of them is no object.
pub(super) fn parts<'a>(
    context: &Context<'a>,
    arms: &'a [ReferenceOr<Schema>],
    at: &Pointer,
    place: &Place,
) -> Option<Vec<Part<'a>>> {
    let mut found = Vec::new();
    let mut around = Vec::new();
    collect(context, arms, at, place, &mut around, &mut found).then_some(found)
}

/// As [`parts`], where no names are wished for.
pub(super) fn objects<'a>(context: &Context<'a>, arms: &'a [ReferenceOr<Schema>]) -> Option<Vec<Part<'a>>> {
    parts(context, arms, &Pointer::root(), &Place { name: String::new(), root: None })
}

/// The objects that one arm comes down to; `None` if there is something else.
pub(super) fn arm<'a>(
    context: &Context<'a>,
    arm: &'a ReferenceOr<Schema>,
    at: Pointer,
    place: &Place,
) -> Option<Vec<Part<'a>>> {
    let mut found = Vec::new();
    collect_arm(context, arm, at, place, &mut Vec::new(), &mut found).then_some(found)
}

/// Adds the objects of these arms; says whether there is nothing else among them.
fn collect<'a>(
    context: &Context<'a>,
    arms: &'a [ReferenceOr<Schema>],
    at: &Pointer,
    place: &Place,
    around: &mut Vec<&'a str>,
    found: &mut Vec<Part<'a>>,
) -> bool {
    arms.iter().enumerate().all(|(index, arm)| collect_arm(context, arm, at.index(index), place, around, found))
}

fn collect_arm<'a>(
    context: &Context<'a>,
    arm: &'a ReferenceOr<Schema>,
    at: Pointer,
    place: &Place,
    around: &mut Vec<&'a str>,
    found: &mut Vec<Part<'a>>,
) -> bool {
    let depth = around.len();
    let opened = open(context, arm, at, place, around);
    let all_objects = opened.is_some_and(|(schema, at, place)| match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            found.push(Part { object, at, place });
            true
        }
        SchemaKind::AllOf { all_of } => collect(context, all_of, &at.join("allOf"), &place, around, found),
        SchemaKind::Any(any) => says_nothing(any),
        _ => false,
    });
    around.truncate(depth);
    all_objects
}

/// The schema of an arm. What a component describes takes the component's names, wherever it is merged in; `None`
/// for a component that is an arm of itself.
fn open<'a>(
    context: &Context<'a>,
    arm: &'a ReferenceOr<Schema>,
    at: Pointer,
    place: &Place,
    around: &mut Vec<&'a str>,
) -> Option<(&'a Schema, Pointer, Place)> {
    let (mut schema, mut at, mut place) = (Used::from(arm), at, place.clone());
    loop {
        let reference = match schema {
            Used::Written(written) => return Some((written, at, place)),
            Used::Reference(reference) => reference,
        };
        if around.contains(&reference) {
            return None;
        }
        around.push(reference);
        let (id, name, target) = context.component(reference)?;
        at = Pointer::root().join("components").join("schemas").join(name);
        place = Place { name: crate::name::type_(name), root: Some(id) };
        schema = target;
    }
}

/// Whether a schema without a kind is `{}`, but for notes.
pub(super) fn says_nothing(any: &AnySchema) -> bool {
    let composed = !any.one_of.is_empty() || !any.all_of.is_empty() || !any.any_of.is_empty() || any.not.is_some();
    let typed = any.typ.is_some() || !any.properties.is_empty() || any.items.is_some() || !any.enumeration.is_empty();
    !composed && !typed
}

/// The description that is narrower than all others, or like them; `None` if there is none.
pub(super) fn narrowest<'a>(context: &Context<'a>, all: &[Used<'a>]) -> Option<usize> {
    (0..all.len()).find(|candidate| all.iter().all(|other| narrows(context, all[*candidate], *other)))
}

/// The one description that holds where several objects describe a property. What cannot be narrowed is reported at
/// both places.
pub(super) fn property<'a>(context: &mut Context<'a>, mut all: Vec<Property<'a>>) -> Option<Property<'a>> {
    let schemas: Vec<_> = all.iter().map(|property| property.schema).collect();
    match (narrowest(context, &schemas), all.as_slice()) {
        (Some(index), _) => Some(all.swap_remove(index)),
        (None, [first, .., last]) => {
            let name = last.at.last().unwrap_or_default().to_owned();
            let other = context.sink.origins.resolve(&first.at);
            context.report(&last.at, Problem::ConflictingProperty { name, other });
            None
        }
        (None, _) => None,
    }
}

/// The one description that holds where objects that need not all hold describe a property: the widest. Where there is
/// none, the two places are reported.
pub(super) fn widest<'a>(context: &mut Context<'a>, mut all: Vec<Property<'a>>) -> Option<Property<'a>> {
    // Of widths that narrow each other, none goes before a short one; the rest only makes the choice repeatable.
    all.sort_by_cached_key(|property| {
        let text = match property.schema {
            Used::Written(schema) => serde_json::to_string(&schema.schema_kind).unwrap_or_default(),
            Used::Reference(reference) => reference.to_owned(),
        };
        (text.contains("\"int32\"") || text.contains("\"float\""), text, property.at.clone())
    });
    let wide = |candidate: &Property<'a>| all.iter().all(|other| narrows(context, other.schema, candidate.schema));
    match (all.iter().position(wide), all.as_slice()) {
        (Some(index), _) => Some(all.swap_remove(index)),
        (None, [first, .., last]) => {
            let name = last.at.last().unwrap_or_default().to_owned();
            let other = context.sink.origins.resolve(&first.at);
            context.report(&last.at, Problem::WideProperty { name, other });
            None
        }
        (None, _) => None,
    }
}

/// Whether every value that `narrow` allows is one that `wide` allows, as far as their types tell.
fn narrows<'a>(context: &Context<'a>, narrow: Used<'a>, wide: Used<'a>) -> bool {
    match (narrow, wide) {
        (Used::Reference(a), Used::Reference(b)) if a == b => return true,
        (Used::Written(a), Used::Written(b)) if a.schema_kind == b.schema_kind => return true,
        _ => {}
    }
    let (Some(narrow), Some(wide)) = (context.written(narrow), context.written(wide)) else {
        return false;
    };
    match (&narrow.schema_kind, &wide.schema_kind) {
        (_, SchemaKind::Any(any)) => says_nothing(any),
        (SchemaKind::Type(Type::Integer(_)), SchemaKind::Type(Type::Number(_))) => true,
        (SchemaKind::Type(Type::Integer(a)), SchemaKind::Type(Type::Integer(b))) => {
            let within = || a.enumeration.iter().all(|value| b.enumeration.contains(value));
            b.enumeration.is_empty() || (!a.enumeration.is_empty() && within())
        }
        (SchemaKind::Type(Type::String(a)), SchemaKind::Type(Type::String(b))) => {
            let within = || a.enumeration.iter().all(|value| b.enumeration.contains(value));
            b.enumeration.is_empty() || (!a.enumeration.is_empty() && within())
        }
        (SchemaKind::Type(Type::Object(a)), SchemaKind::Type(Type::Object(b))) => {
            // An object that names nothing only says that there is an object.
            b.properties.is_empty()
                && b.additional_properties.is_none()
                && (a.additional_properties.is_none() || !a.properties.is_empty())
        }
        (SchemaKind::Type(a), SchemaKind::Type(b)) => {
            std::mem::discriminant(a) == std::mem::discriminant(b) && is_scalar(a)
        }
        _ => false,
    }
}

fn is_scalar(schema: &Type) -> bool {
    matches!(schema, Type::Integer(_) | Type::Number(_) | Type::Boolean(_))
}
