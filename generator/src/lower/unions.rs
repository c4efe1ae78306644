//! In: the arms of `oneOf` or `anyOf`. Out: the `Shape`: an enum whose variants are told apart by proof, or one struct
//! where several objects of an `anyOf` may hold together. The order of the arms never matters.

mod ambiguous;
mod forms;
mod proof;
mod tags;
mod words;

pub(super) use ambiguous::Ambiguous;
pub(super) use forms::{common as common_constants, constants};

use super::alike;
use super::all_of::{self, Property};
use super::context::{Context, LONGEST_CHAIN, Place, Used};
use super::enums;
use super::scalars::{scalar, wider};
use super::schemas::type_of;
use super::structs;
use crate::diagnostic::Problem;
use crate::ir::{Form, Shape, Type, TypeId, Union, Variant};
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData, SchemaKind};

/// One of several schemas.
struct Arm<'a> {
    used: Used<'a>,
    at: Pointer,
    /// The type of a scalar without a name.
    plain: Option<Type>,
    forms: Vec<Form>,
}

/// The keyword and the arms of a schema that has several.
pub(super) fn alternatives(schema: &Schema) -> Option<(&'static str, &[ReferenceOr<Schema>])> {
    match &schema.schema_kind {
        SchemaKind::OneOf { one_of } if one_of.len() > 1 => Some(("oneOf", one_of)),
        SchemaKind::AnyOf { any_of } if any_of.len() > 1 => Some(("anyOf", any_of)),
        _ => None,
    }
}

/// The one scalar that all arms come down to: they differ only in what a type does not say.
pub(super) fn common<'a>(context: &Context<'a>, arms: &'a [ReferenceOr<Schema>]) -> Option<Type> {
    let scalar = |arm: &'a ReferenceOr<Schema>| scalar(context.options, context.written(arm.into())?);
    let first = scalar(arms.first()?)?;
    arms.iter().try_fold(first, |common, arm| wider(&common, &scalar(arm)?))
}

/// The shape of a schema with several arms.
pub(super) fn shape<'a>(context: &mut Context<'a>, schema: &'a Schema, at: &Pointer, place: &Place) -> Shape {
    let Some((keyword, alternatives)) = alternatives(schema) else { return Shape::Alias(Type::Json) };
    let tag = tags::discriminator(context, schema, alternatives);
    if keyword == "anyOf"
        && tag.is_none()
        && let Some(merged) = together(context, alternatives, &at.join(keyword), place)
    {
        return merged;
    }
    let mut arms = Vec::new();
    if let Err((inexpressible, arm)) = collect(context, schema, at, at, &mut arms) {
        // Where any value is an alternative, any value is what the description says.
        if !context.written(arm).is_some_and(is_any) {
            context.report(&inexpressible, Problem::WideUnion { keyword });
        }
        return Shape::Alias(Type::Json);
    }
    let tag = tag.map(|tag| tag.property_name.as_str());
    of(context, arms, tag, place)
}

/// The shape of a value of which any of several descriptions may hold: two enums of text are one.
pub(super) fn either<'a>(context: &mut Context<'a>, all: &[Property<'a>], place: &Place) -> Shape {
    let enumeration = |property: &Property<'a>| match &context.written(property.schema)?.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) if !string.enumeration.is_empty() => {
            Some(string.enumeration.iter().flatten().cloned().collect::<Vec<_>>())
        }
        _ => None,
    };
    if let Some(values) = all.iter().map(enumeration).collect::<Option<Vec<_>>>() {
        let mut values = values.concat();
        values.sort();
        return Shape::Enum(enums::constants(values.into_iter(), &SchemaData::default()));
    }
    let mut arms = Vec::new();
    for Property { schema, at, .. } in all {
        let forms = forms::Reader::new(context).forms(*schema).unwrap_or_default();
        let plain = context.written(*schema).and_then(|schema| scalar(context.options, schema));
        add(&mut arms, Arm { used: *schema, at: at.clone(), plain, forms });
    }
    of(context, arms, None, place)
}

/// Whether each of several descriptions says what its values are.
pub(super) fn are_distinct<'a>(context: &Context<'a>, all: &[Property<'a>]) -> bool {
    all.iter().all(|property| forms::Reader::new(context).forms(property.schema).is_some())
}

/// The shape that the subschemas of a union make.
fn of<'a>(context: &mut Context<'a>, mut arms: Vec<Arm<'a>>, tag: Option<&str>, place: &Place) -> Shape {
    // A circle of nothing but unions adds nothing.
    arms.retain(|arm| !arm.forms.is_empty());
    let names = words::names(context, &arms, tag);
    let mut named: Vec<_> = names.into_iter().zip(arms).collect();
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut table: Vec<Vec<Form>> = named.iter().map(|(_, arm)| arm.forms.clone()).collect();
    look_inside(context, &mut table, named.iter().map(|(_, arm)| arm.used), tag);
    let proof = proof::settle(&mut table, tag);
    for (index, rival) in &proof.ambiguous {
        let ((_, arm), (_, other)) = (&named[*index], &named[*rival]);
        let pair = [arm, other].map(|arm| said(context, arm));
        let place = [arm, other].map(|arm| arm.at.clone());
        context.ambiguous.note([arm.used, other.used], place, pair);
    }
    let variants: Vec<Variant> = named
        .into_iter()
        .zip(table)
        .map(|((name, arm), forms)| variant(context, name, arm, forms, tag, place))
        .collect();
    match variants.as_slice() {
        [] => Shape::Alias(Type::Json),
        [lone] => Shape::Alias(lone.r#type.clone()),
        _ => Shape::Union(Union { key: proof.key, variants }),
    }
}

/// What an author calls a subschema: by what it refers to, by its title, or by its address.
fn said(context: &Context<'_>, arm: &Arm<'_>) -> String {
    match (arm.used, arm.used.title()) {
        (Used::Reference(reference), _) => reference.to_owned(),
        (Used::Written(_), Some(title)) => title.to_owned(),
        (Used::Written(_), None) => format!("#{}", context.sink.origins.resolve(&arm.at).pointer),
    }
}

/// Adds the forms of the members that several variants know, where nothing else proves which one a value is.
fn look_inside<'a>(
    context: &Context<'a>,
    table: &mut proof::Table,
    arms: impl Iterator<Item = Used<'a>>,
    tag: Option<&str>,
) {
    let wanted = proof::shared(table, tag);
    if wanted.is_empty() {
        return;
    }
    for (forms, arm) in table.iter_mut().zip(arms) {
        let detailed = forms::Reader::looking_into(context, wanted.clone()).forms(arm).unwrap_or_default();
        for pair in forms.iter_mut().zip(detailed) {
            if let (Form::Object(members), Form::Object(detail)) = pair {
                members.inner = detail.inner;
            }
        }
    }
}

fn variant<'a>(
    context: &mut Context<'a>,
    name: String,
    arm: Arm<'a>,
    forms: Vec<Form>,
    tag: Option<&str>,
    place: &Place,
) -> Variant {
    let place = place.and(&name);
    let r#type = match arm.plain {
        Some(plain) => plain,
        None => type_of(context, arm.used, &arm.at, &place).r#type,
    };
    let tag = tag.and_then(|key| match arm.forms.as_slice() {
        [Form::Object(members)] => match members.constant(key)? {
            [value] => Some((key.to_owned(), value.clone())),
            _ => None,
        },
        _ => None,
    });
    Variant { origin: arm.at, name, r#type, forms, tag }
}

fn is_any(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if all_of::says_nothing(any))
}

/// The definition that an alias stands for.
pub(super) fn aliased(aliases: &[Option<TypeId>], id: TypeId) -> TypeId {
    std::iter::successors(Some(id), |id| aliases[id.0]).take(LONGEST_CHAIN).last().unwrap_or(id)
}

/// Adds the arms of a schema, those of unions within it in place of these; fails with the address of one whose values
/// cannot be described. An arm that is the union itself, at `own`, adds nothing.
fn collect<'a>(
    context: &Context<'a>,
    schema: &'a Schema,
    at: &Pointer,
    own: &Pointer,
    arms: &mut Vec<Arm<'a>>,
) -> Result<(), (Pointer, Used<'a>)> {
    let Some((keyword, alternatives)) = alternatives(schema) else { return Ok(()) };
    let tag = tags::discriminator(context, schema, alternatives);
    for (index, arm) in alternatives.iter().enumerate() {
        let at = at.join(keyword).index(index);
        if let ReferenceOr::Item(inner) = arm
            && self::alternatives(inner).is_some()
        {
            collect(context, inner, &at, own, arms)?;
            continue;
        }
        let used = Used::from(arm);
        let made = matches!(used, Used::Written(schema) if words::stands_for(schema).is_some());
        let itself = |name| own.last() == Some(name) && own.tokens().len() == 3;
        if !made && words::component(context, used).is_some_and(itself) {
            continue;
        }
        let Some(mut forms) = forms::Reader::new(context).forms(used) else { return Err((at, used)) };
        if let Some(tag) = tag {
            tags::apply(context, tag, used, &mut forms);
        }
        let plain = context.written(used).and_then(|schema| scalar(context.options, schema));
        add(arms, Arm { used, at, plain, forms });
    }
    Ok(())
}

/// Adds an arm, unless one of the same values is there.
fn add<'a>(arms: &mut Vec<Arm<'a>>, arm: Arm<'a>) {
    for known in arms.iter_mut() {
        match (&mut known.plain, &arm.plain) {
            (Some(one), Some(other)) => {
                if let Some(wider) = wider(one, other) {
                    *one = wider;
                    return;
                }
            }
            _ if same(known.used, arm.used) => return,
            _ => {}
        }
    }
    arms.push(arm);
}

/// Whether two subschemas allow the same values, whatever is said of them.
fn same(one: Used<'_>, other: Used<'_>) -> bool {
    match (one, other) {
        (Used::Reference(one), Used::Reference(other)) => one == other,
        (Used::Written(one), Used::Written(other)) => alike::shape(one) == alike::shape(other),
        _ => false,
    }
}

/// One struct with the properties of all arms, if all are objects and any two may hold together: then a value can
/// have the members of several, and nothing but this keeps them all.
fn together<'a>(
    context: &mut Context<'a>,
    arms: &'a [ReferenceOr<Schema>],
    at: &Pointer,
    place: &Place,
) -> Option<Shape> {
    let objects = |(index, arm)| all_of::arm(context, arm, at.index(index), place).filter(|parts| !parts.is_empty());
    let parts: Vec<_> = arms.iter().enumerate().map(objects).collect::<Option<_>>()?;
    let forms = |arm: &'a ReferenceOr<Schema>| forms::Reader::new(context).forms(arm.into());
    let forms: Vec<_> = arms.iter().map(forms).collect::<Option<_>>()?;
    let exclusive = |one: usize, two: usize| {
        proof::exclusive(&forms[one], &forms[two])
            || shuts_out(&parts[one], &parts[two])
            || shuts_out(&parts[two], &parts[one])
    };
    let compatible = |index: usize| !(0..index).any(|other| exclusive(index, other));
    (0..forms.len()).all(compatible).then(|| structs::any_of(context, &parts, at, place))
}

/// Whether an object that allows no other properties than its own excludes what another one requires.
fn shuts_out(closed: &[all_of::Part<'_>], other: &[all_of::Part<'_>]) -> bool {
    let is_closed =
        |part: &all_of::Part<'_>| part.object.additional_properties == Some(AdditionalProperties::Any(false));
    let knows = |name: &String| closed.iter().any(|part| part.object.properties.contains_key(name));
    closed.iter().any(is_closed) && other.iter().flat_map(|part| &part.object.required).any(|name| !knows(name))
}
