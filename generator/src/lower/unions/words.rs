//! In: the arms of a union with their forms. Out: a distinct name for each, from what it is and never from its place
//! in the list.

use super::Arm;
use crate::ir::{Form, Members};
use crate::lower::context::{Context, Used};
use crate::name::{self, Wish};
use crate::read::families::ARM;
use openapiv3::{ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

/// The variants' names.
pub(super) fn names(context: &Context<'_>, arms: &[Arm<'_>], tag: Option<&str>) -> Vec<String> {
    let wish = |arm: &Arm<'_>| Wish { names: wishes(context, arm, arms, tag), address: address(context, arm.used) };
    name::distinct(&arms.iter().map(wish).collect::<Vec<_>>(), &["Unknown"])
}

/// The component that an arm is, or is but for notes beside it.
pub(super) fn component<'a>(context: &Context<'a>, used: Used<'a>) -> Option<&'a str> {
    match used {
        Used::Reference(reference) => context.component(reference).map(|(_, name, _)| name),
        Used::Written(schema) => match &schema.schema_kind {
            _ if schema.schema_data.extensions.contains_key(ARM) => stands_for(schema),
            SchemaKind::AllOf { all_of } => match all_of.as_slice() {
                [ReferenceOr::Reference { reference }] => context.component(reference).map(|(_, name, _)| name),
                _ => None,
            },
            _ => None,
        },
    }
}

/// The component that an arm is made from, though it says more or less than that.
pub(super) fn stands_for(schema: &Schema) -> Option<&str> {
    schema.schema_data.extensions.get(ARM).and_then(Value::as_str)
}

/// What tells an arm from the others, wherever it stands.
pub(super) fn address(context: &Context<'_>, used: Used<'_>) -> String {
    match (component(context, used), used) {
        (Some(name), _) => name.to_owned(),
        (None, Used::Written(schema)) => {
            let mut value = serde_json::to_value(schema).unwrap_or_default();
            without_prose(&mut value);
            sort(&mut value);
            value.to_string()
        }
        (None, Used::Reference(reference)) => reference.to_owned(),
    }
}

/// Takes out of a schema what is said for people: no name depends on that.
fn without_prose(schema: &mut Value) {
    const PROSE: [&str; 6] = ["title", "description", "example", "externalDocs", "deprecated", "x-oasmith-enum-docs"];
    let Value::Object(members) = schema else { return };
    members.retain(|name, _| !PROSE.contains(&name.as_str()));
    for (name, value) in members {
        match (name.as_str(), value) {
            ("properties", Value::Object(properties)) => properties.values_mut().for_each(without_prose),
            ("allOf" | "oneOf" | "anyOf", Value::Array(schemas)) => schemas.iter_mut().for_each(without_prose),
            ("items" | "additionalProperties" | "not", schema) => without_prose(schema),
            _ => {}
        }
    }
}

/// Puts into one order what has no meaning in its order: the members of objects, and the lists of alternatives and of
/// required members.
fn sort(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.sort_keys();
            for (name, value) in members {
                sort(value);
                if let ("oneOf" | "anyOf" | "allOf" | "required", Value::Array(items)) = (name.as_str(), value) {
                    items.sort_by_cached_key(Value::to_string);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(sort),
        _ => {}
    }
}

fn wishes(context: &Context<'_>, arm: &Arm<'_>, all: &[Arm<'_>], tag: Option<&str>) -> Vec<String> {
    let mut wishes = Vec::new();
    if arm.plain.is_none() {
        wishes.extend(component(context, arm.used).map(name::variant));
        wishes.extend(arm.used.title().map(name::variant));
    }
    if let [Form::Object(members)] = arm.forms.as_slice() {
        wishes.extend(constant(members, tag).map(name::variant));
        wishes.extend(own(members, arm, all).map(name::variant));
    }
    wishes.push(kind(&arm.forms, 0));
    wishes.push(kind(&arm.forms, 1));
    wishes.dedup();
    wishes
}

/// The only string that a member may hold; the discriminator's before others.
fn constant<'m>(members: &'m Members, tag: Option<&str>) -> Option<&'m str> {
    let lone = |values: &'m [String]| if let [one] = values { Some(one.as_str()) } else { None };
    let tagged = tag.and_then(|tag| lone(members.constant(tag)?));
    tagged.or_else(|| members.constants.iter().find_map(|(_, values)| lone(values)))
}

/// The first required member that no other object knows; a lone object needs none.
fn own<'m>(members: &'m Members, arm: &Arm<'_>, all: &[Arm<'_>]) -> Option<&'m str> {
    let knows = |form: &Form, key: &String| matches!(form, Form::Object(other) if other.known.contains(key));
    let others: Vec<_> = all.iter().filter(|other| !std::ptr::eq(*other, arm)).collect();
    let is_object = |form: &Form| matches!(form, Form::Object(_));
    if !others.iter().any(|other| other.forms.iter().any(is_object)) {
        return None;
    }
    let mut required = members.required.iter();
    required.find(|key| !others.iter().any(|other| other.forms.iter().any(|form| knows(form, key)))).map(String::as_str)
}

/// The kind of JSON; with `depth`, also that of a list's items.
fn kind(forms: &[Form], depth: usize) -> String {
    match forms {
        [Form::Boolean] => "Boolean".to_owned(),
        [Form::Integer] => "Integer".to_owned(),
        [Form::Number] | [Form::Integer, Form::Number] => "Number".to_owned(),
        [Form::Text] => "String".to_owned(),
        [Form::Constant(_)] => "Enum".to_owned(),
        [Form::List(items)] if depth > 0 => format!("{}List", kind(items, depth)),
        [Form::List(_)] => "List".to_owned(),
        [Form::Object(_)] => "Object".to_owned(),
        _ => "Value".to_owned(),
    }
}
