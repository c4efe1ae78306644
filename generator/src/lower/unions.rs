//! In: the arms of `oneOf` or `anyOf`. Out: the `Shape`: an enum whose variants are told apart by proof, or one struct
//! where several objects of an `anyOf` may hold together. The order of the arms never matters.

mod ambiguous;
mod forms;
mod proof;
mod tags;
mod words;

pub(super) use ambiguous::Ambiguous;

use super::all_of;
use super::context::{Context, Drafts, LONGEST_CHAIN, Place, Used};
use super::scalars::{scalar, wider};
use super::schemas::type_of;
use super::structs;
use crate::diagnostic::Problem;
use crate::ir::{Form, Shape, Type, TypeId, Union, Variant};
use crate::pointer::Pointer;
use openapiv3::{ReferenceOr, Schema, SchemaKind};

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
    // A circle of nothing but unions adds nothing.
    arms.retain(|arm| !arm.forms.is_empty());
    let tag = tag.map(|tag| tag.property_name.as_str());
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
    let own = if name.starts_with(&place.name) { name.clone() } else { format!("{}{name}", place.name) };
    let place = Place { name: own, root: place.root };
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

/// Takes the tags away again from the variants whose types have the discriminator's member themselves.
pub(super) fn settle_tags(drafts: &mut Drafts) {
    let fields = |shape: &Shape| match shape {
        Shape::Struct { fields, .. } => Some(fields.iter().map(|field| field.wire.clone()).collect::<Vec<_>>()),
        _ => None,
    };
    let fields: Vec<_> = drafts.definitions.iter().map(|definition| fields(&definition.shape)).collect();
    let alias = |shape: &Shape| match shape {
        Shape::Alias(Type::Named(id)) => Some(*id),
        _ => None,
    };
    let aliases: Vec<_> = drafts.definitions.iter().map(|definition| alias(&definition.shape)).collect();
    for definition in &mut drafts.definitions {
        let Shape::Union(union) = &mut definition.shape else { continue };
        for variant in &mut union.variants {
            let own = match variant.r#type {
                Type::Named(id) => fields[aliased(&aliases, id).0].as_deref(),
                _ => None,
            };
            variant.tag.take_if(|(key, _)| own.is_none_or(|own| own.contains(key)));
        }
    }
}

fn is_any(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if all_of::says_nothing(any))
}

/// The definition that an alias stands for.
fn aliased(aliases: &[Option<TypeId>], id: TypeId) -> TypeId {
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
        add(context, arms, Arm { used, at, plain, forms });
    }
    Ok(())
}

/// Adds an arm, unless one of the same values is there.
fn add<'a>(context: &Context<'a>, arms: &mut Vec<Arm<'a>>, arm: Arm<'a>) {
    for known in arms.iter_mut() {
        match (&mut known.plain, &arm.plain) {
            (Some(one), Some(other)) => {
                if let Some(wider) = wider(one, other) {
                    *one = wider;
                    return;
                }
            }
            _ if same(context, known.used, arm.used) => return,
            _ => {}
        }
    }
    arms.push(arm);
}

/// Whether two subschemas allow the same values, whatever is said of them.
fn same<'a>(context: &Context<'a>, one: Used<'a>, other: Used<'a>) -> bool {
    match (one, other) {
        (Used::Reference(one), Used::Reference(other)) => one == other,
        (Used::Written(a), Used::Written(b)) => {
            let alike = std::mem::discriminant(&a.schema_kind) == std::mem::discriminant(&b.schema_kind);
            alike && words::address(context, one) == words::address(context, other)
        }
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
    let compatible = |(index, one): (usize, &Vec<Form>)| !forms[..index].iter().any(|two| proof::exclusive(one, two));
    forms.iter().enumerate().all(compatible).then(|| structs::any_of(context, &parts, at, place))
}
