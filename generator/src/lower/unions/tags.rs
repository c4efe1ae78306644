//! In: the discriminator of a union. Out: the strings that it gives to each arm, as constants of the arm's forms
//! (OpenAPI 3.1.1, section 4.8.25).

use crate::ir::{Form, Members};
use crate::lower::context::{Context, Used};
use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind};

/// The discriminator of a union: its own, or else that of the object that all arms extend.
pub(super) fn discriminator<'a>(
    context: &Context<'a>,
    schema: &'a Schema,
    arms: &'a [ReferenceOr<Schema>],
) -> Option<&'a Discriminator> {
    if schema.schema_data.discriminator.is_some() {
        return schema.schema_data.discriminator.as_ref();
    }
    let mut inherited = arms.iter().map(|arm| base(context, arm.into()));
    let first = inherited.next()??;
    inherited.all(|other| other == Some(first)).then_some(first)
}

/// The discriminator of an object that an arm extends.
fn base<'a>(context: &Context<'a>, arm: Used<'a>) -> Option<&'a Discriminator> {
    let SchemaKind::AllOf { all_of } = &context.written(arm)?.schema_kind else { return None };
    all_of.iter().find_map(|arm| context.written(arm.into())?.schema_data.discriminator.as_ref())
}

/// Adds what the discriminator says about an arm. An arm that it does not map has the values that its own schema
/// allows, or else the name of its component.
pub(super) fn apply<'a>(context: &Context<'a>, tag: &Discriminator, arm: Used<'a>, forms: &mut [Form]) {
    let name = match arm {
        Used::Reference(reference) => context.component(reference).map(|(_, name, _)| name),
        Used::Written(schema) => super::words::stands_for(schema),
    };
    let leads_here = |target: &str| Some(named(context, target)) == name.map(Some);
    let (mapped, others): (Vec<_>, Vec<_>) = tag.mapping.iter().partition(|(_, target)| leads_here(target));
    for form in forms {
        let Form::Object(members) = form else { continue };
        let own = members.constant(&tag.property_name).unwrap_or_default();
        let own = own.iter().filter(|value| !others.iter().any(|(other, _)| other == value));
        let mut values: Vec<String> = own.chain(mapped.iter().map(|(value, _)| *value)).cloned().collect();
        match name {
            Some(name) if mapped.is_empty() && (values.is_empty() || implied(&values, name)) => {
                values = vec![name.to_owned()];
            }
            _ => {}
        }
        values.sort();
        values.dedup();
        set(members, &tag.property_name, values);
    }
}

/// Whether these are the names of all arms, as the base of a hierarchy lists them.
fn implied(values: &[String], name: &str) -> bool {
    values.len() > 1 && values.iter().any(|value| value == name)
}

/// The component that a mapping leads to, by reference or by name.
fn named<'a>(context: &Context<'a>, target: &str) -> Option<&'a str> {
    let find = |reference: &str| context.component(reference).map(|(_, name, _)| name);
    find(target).or_else(|| {
        let name = target.replace('~', "~0").replace('/', "~1").replace('%', "%25");
        find(&format!("#/components/schemas/{name}"))
    })
}

fn set(members: &mut Members, key: &str, values: Vec<String>) {
    if values.is_empty() {
        return;
    }
    for names in [&mut members.required, &mut members.known] {
        if let Err(place) = names.binary_search_by(|name| name.as_str().cmp(key)) {
            names.insert(place, key.to_owned());
        }
    }
    members.constants.retain(|(name, _)| name != key);
    members.constants.push((key.to_owned(), values));
    members.constants.sort();
}
