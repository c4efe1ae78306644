//! In: the arms of a union with their forms. Out: a distinct name for each, from what it is and never from its place
//! in the list.

use super::{Arm, forms};
use crate::ir::{Form, Members};
use crate::lower::alike;
use crate::lower::context::{Context, Used};
use crate::name::{self, Wish};
use crate::read::families::ARM;
use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};
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

/// What tells a subschema from the others, wherever it stands: its component, or its JSON shape. Prose is no part of it.
pub(super) fn address(context: &Context<'_>, used: Used<'_>) -> String {
    match (component(context, used), used) {
        (Some(name), _) => name.to_owned(),
        (None, Used::Written(schema)) => alike::shape(schema).to_string(),
        (None, Used::Reference(reference)) => reference.to_owned(),
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
        wishes.extend(own(&members.required, arm, all).map(name::variant));
        wishes.extend(own(&members.known, arm, all).map(name::variant));
        wishes.extend(members.known.iter().find_map(|key| other_type(context, key, arm, all)));
    }
    wishes.push(kind(&arm.forms, 0));
    wishes.extend(items(context, arm.used).map(|items| format!("{}List", name::variant(items))));
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

/// The first of these members that no other object knows; a lone object needs none.
fn own<'m>(members: &'m [String], arm: &Arm<'_>, all: &[Arm<'_>]) -> Option<&'m str> {
    let knows = |form: &Form, key: &String| matches!(form, Form::Object(other) if other.known.contains(key));
    let others: Vec<_> = all.iter().filter(|other| !std::ptr::eq(*other, arm)).collect();
    let is_object = |form: &Form| matches!(form, Form::Object(_));
    if !others.iter().any(|other| other.forms.iter().any(is_object)) {
        return None;
    }
    let is_own = |key: &&String| !others.iter().any(|other| other.forms.iter().any(|form| knows(form, key)));
    members.iter().find(is_own).map(String::as_str)
}

/// A name from a member that other objects have, too, with another type: `StringListLabels` beside `ObjectListLabels`.
fn other_type<'a>(context: &Context<'a>, key: &str, arm: &Arm<'a>, all: &[Arm<'a>]) -> Option<String> {
    let word = |arm: &Arm<'a>| {
        let SchemaKind::Type(Type::Object(object)) = &context.written(arm.used)?.schema_kind else { return None };
        let used = Used::from(object.properties.get(key)?);
        match (component(context, used), items(context, used)) {
            (Some(name), _) => Some(name::variant(name)),
            (None, Some(items)) => Some(format!("{}List", name::variant(items))),
            (None, None) => Some(kind(&forms::Reader::new(context).forms(used)?, 1)),
        }
    };
    let own = word(arm)?;
    let mut others = all.iter().filter(|other| !std::ptr::eq(*other, arm)).filter_map(word).peekable();
    let differs = others.peek().is_some() && others.all(|other| other != own);
    differs.then(|| format!("{own}{}", name::variant(key)))
}

/// The component, or else the title, of the items of a list.
fn items<'a>(context: &Context<'a>, used: Used<'a>) -> Option<&'a str> {
    let SchemaKind::Type(Type::Array(array)) = &context.written(used)?.schema_kind else { return None };
    let items = Used::from(array.items.as_ref()?);
    component(context, items).or_else(|| items.title())
}

/// The kind of JSON; with `depth`, also that of a list's items.
fn kind(forms: &[Form], depth: usize) -> String {
    // That an item may be null says little of it.
    let forms = forms.iter().filter(|form| **form != Form::Null).collect::<Vec<_>>();
    match forms.as_slice() {
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
