//! In: the arms of an `allOf`. Out: the objects that they come down to, references followed and inner `allOf`s opened,
//! if all of them describe one object: then a struct can have the properties of all.

use super::context::{Context, Place, Used};
use super::scalars::{scalar, wider};
use super::schemas::{Use, type_of};
use crate::ir::Format;
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, AnySchema, ObjectType, ReferenceOr, Schema, SchemaKind, Type};

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

impl<'a> Property<'a> {
    /// The property with its type.
    pub(super) fn used(self, context: &mut Context<'a>) -> (Self, Use) {
        let used = type_of(context, self.schema, &self.at, &self.place);
        (self, used)
    }
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
    parts(context, arms, &Pointer::root(), &Place::named(String::new()))
}

/// The objects that one arm comes down to; `None` if there is something else.
pub(super) fn arm<'a>(
    context: &Context<'a>,
    arm: impl Into<Used<'a>>,
    at: Pointer,
    place: &Place,
) -> Option<Vec<Part<'a>>> {
    let mut found = Vec::new();
    collect_arm(context, arm.into(), at, place, &mut Vec::new(), &mut found).then_some(found)
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
    arms.iter().enumerate().all(|(index, arm)| collect_arm(context, arm.into(), at.index(index), place, around, found))
}

fn collect_arm<'a>(
    context: &Context<'a>,
    arm: Used<'a>,
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
    arm: Used<'a>,
    at: Pointer,
    place: &Place,
    around: &mut Vec<&'a str>,
) -> Option<(&'a Schema, Pointer, Place)> {
    let (mut schema, mut at, mut place) = (arm, at, place.clone());
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
        place = Place::component(name, id);
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
    marked(context, all)
        .or_else(|| (0..all.len()).find(|candidate| all.iter().all(|other| narrows(context, all[*candidate], *other))))
}

/// Of descriptions of text, the one that makes it a secret or a file: what is one by one description is one.
fn marked<'a>(context: &Context<'a>, all: &[Used<'a>]) -> Option<usize> {
    let scalars = all.iter().map(|schema| scalar(context.options, context.written(*schema)?));
    let scalars = scalars.collect::<Option<Vec<_>>>()?;
    let is_text = |one: &crate::ir::Type| matches!(one, crate::ir::Type::String | crate::ir::Type::Format(_));
    let is_marked = |one: &crate::ir::Type| {
        matches!(one, crate::ir::Type::Format(Format::Secret | Format::File)) && scalars.iter().all(is_text)
    };
    scalars.iter().position(is_marked)
}

/// Of the descriptions of a property in objects that need not all hold, the widest, if one allows what all others do. The
/// others stay in an order that does not depend on theirs.
pub(super) fn widest<'a>(context: &Context<'a>, all: &mut Vec<Property<'a>>) -> Option<Property<'a>> {
    // Of those that narrow each other, which one is taken must not depend on their order.
    all.sort_by_cached_key(|property| {
        let text = match property.schema {
            Used::Written(schema) => serde_json::to_string(&schema.schema_kind).unwrap_or_default(),
            Used::Reference(reference) => reference.to_owned(),
        };
        (text, property.at.clone())
    });
    let wide = |candidate: &Property<'a>| all.iter().all(|other| narrows(context, other.schema, candidate.schema));
    all.iter().position(wide).map(|index| all.swap_remove(index))
}

/// How deep descriptions are compared; real documents have three levels.
const DEEPEST: usize = 8;

/// Whether every value that `narrow` allows is one that `wide` allows, as far as their types tell.
fn narrows<'a>(context: &Context<'a>, narrow: Used<'a>, wide: Used<'a>) -> bool {
    narrows_at(context, narrow, wide, 0)
}

fn narrows_at<'a>(context: &Context<'a>, narrow: Used<'a>, wide: Used<'a>, depth: usize) -> bool {
    match (narrow, wide) {
        (Used::Reference(a), Used::Reference(b)) if a == b => return true,
        (Used::Written(a), Used::Written(b)) if a.schema_kind == b.schema_kind => return true,
        _ if depth == DEEPEST => return false,
        _ => {}
    }
    let (Some(a), Some(b)) = (context.written(narrow), context.written(wide)) else { return false };
    let inner = |narrow: Used<'a>, wide: Used<'a>| narrows_at(context, narrow, wide, depth + 1);
    match (&a.schema_kind, &b.schema_kind) {
        (_, SchemaKind::Any(any)) => says_nothing(any),
        (_, SchemaKind::AllOf { all_of }) => all_of.iter().all(|wide| inner(narrow, wide.into())),
        (SchemaKind::AllOf { all_of }, _) => all_of.iter().any(|narrow| inner(narrow.into(), wide)),
        (SchemaKind::OneOf { one_of: arms } | SchemaKind::AnyOf { any_of: arms }, _) => {
            arms.iter().all(|narrow| inner(narrow.into(), wide))
        }
        (_, SchemaKind::OneOf { one_of: arms } | SchemaKind::AnyOf { any_of: arms }) => {
            arms.iter().any(|wide| inner(narrow, wide.into()))
        }
        (SchemaKind::Type(Type::Array(a)), SchemaKind::Type(Type::Array(b))) => match (&a.items, &b.items) {
            (_, None) => true,
            (Some(a), Some(b)) => inner(a.into(), b.into()),
            (None, Some(_)) => false,
        },
        (SchemaKind::Type(Type::Object(a)), SchemaKind::Type(Type::Object(b)))
            if a.properties.is_empty() && b.properties.is_empty() && values(a).is_some() && values(b).is_some() =>
        {
            values(a).zip(values(b)).is_some_and(|(a, b)| inner(a, b))
        }
        (SchemaKind::Type(one), SchemaKind::Type(other)) => {
            narrows_type(one, other, || common(context, a, b) == scalar(context.options, b))
        }
        _ => false,
    }
}

/// What the values of a map are.
fn values(object: &ObjectType) -> Option<Used<'_>> {
    match object.additional_properties.as_ref()? {
        AdditionalProperties::Schema(values) => Some(values.as_ref().into()),
        AdditionalProperties::Any(_) => None,
    }
}

/// `plain` says whether the wide one, as a scalar, holds the values of both.
fn narrows_type(a: &Type, b: &Type, plain: impl Fn() -> bool) -> bool {
    match (a, b) {
        (Type::Integer(_), Type::Number(_)) => true,
        (Type::Integer(a), Type::Integer(b)) => holds(&b.enumeration, &a.enumeration).unwrap_or_else(plain),
        (Type::String(a), Type::String(b)) => holds(&b.enumeration, &a.enumeration).unwrap_or_else(plain),
        (Type::Object(a), Type::Object(b)) => {
            // An object that names nothing only says that there is an object.
            b.properties.is_empty()
                && b.additional_properties.is_none()
                && (a.additional_properties.is_none() || !a.properties.is_empty())
        }
        _ => std::mem::discriminant(a) == std::mem::discriminant(b) && is_scalar(a) && plain(),
    }
}

/// Whether one list of constants allows what another does; `None` where neither is one. A constant is what it is,
/// whatever format is said of others.
fn holds<T: PartialEq>(wide: &[T], narrow: &[T]) -> Option<bool> {
    match (wide, narrow) {
        ([], []) => None,
        ([], _) => Some(true),
        _ => Some(!narrow.is_empty() && narrow.iter().all(|value| wide.contains(value))),
    }
}

/// The scalar that holds the values of both.
fn common(context: &Context<'_>, one: &Schema, other: &Schema) -> Option<crate::ir::Type> {
    wider(&scalar(context.options, one)?, &scalar(context.options, other)?)
}

fn is_scalar(schema: &Type) -> bool {
    matches!(schema, Type::Integer(_) | Type::Number(_) | Type::Boolean(_))
}
