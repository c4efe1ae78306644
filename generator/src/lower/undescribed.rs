//! In: objects whose `required` names properties. Out: which of these names nothing describes. Such a property is never
//! demanded, for many a name there is a misspelling: a response would never have it. It is reported once, with the
//! property that was probably meant.
//!
//! A name counts as described where `properties` has it, in the object itself or in one that it is merged with, and
//! where `additionalProperties` has a schema for it, unless another property has nearly the same name.

use super::all_of::Part;
use crate::diagnostic::{Diagnostics, Problem};
use crate::name;
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, ObjectType};
use std::collections::{BTreeMap, BTreeSet};

/// What was found in all objects.
#[derive(Default)]
pub(super) struct Undescribed {
    /// By its address, each name without a description, and the property that was probably meant.
    found: BTreeMap<Pointer, (String, Option<String>)>,
    /// Those that have one in at least one object that their own is merged into, as a base's may have in its children.
    described: BTreeSet<Pointer>,
}

impl Undescribed {
    /// Notes which of the required names of merged objects have a description; gives those that have none.
    pub(super) fn of<'a>(&mut self, parts: &[&Part<'a>]) -> BTreeSet<&'a str> {
        let undescribed = names(parts.iter().map(|part| part.object));
        for part in parts {
            for (index, wire) in part.object.required.iter().enumerate() {
                let at = part.at.join("required").index(index);
                match undescribed.get(wire.as_str()) {
                    Some(near) => drop(self.found.insert(at, (wire.clone(), near.map(str::to_owned)))),
                    None => drop(self.described.insert(at)),
                }
            }
        }
        undescribed.into_keys().collect()
    }

    /// Reports each of them at its place.
    pub(super) fn report(&mut self, sink: &mut Diagnostics) {
        let found = std::mem::take(&mut self.found);
        for (at, (name, near)) in found.into_iter().filter(|(at, _)| !self.described.contains(at)) {
            let help = match near {
                Some(near) => format!("did you mean `{near}`? Correct it"),
                None => "describe it under `properties`, or take it out of `required`".to_owned(),
            };
            sink.report(&at, Problem::UndescribedProperty { name, help });
        }
    }
}

/// The required names of merged objects that none of these describes, each with the property that was probably meant.
pub(super) fn names<'a>(objects: impl Iterator<Item = &'a ObjectType> + Clone) -> BTreeMap<&'a str, Option<&'a str>> {
    let properties: BTreeSet<&str> =
        objects.clone().flat_map(|object| object.properties.keys().map(String::as_str)).collect();
    let required: BTreeSet<&str> =
        objects.clone().flat_map(|object| object.required.iter().map(String::as_str)).collect();
    let others =
        objects.clone().any(|object| matches!(object.additional_properties, Some(AdditionalProperties::Schema(_))));
    let lacking = required.difference(&properties).map(|wire| {
        let near = name::near(wire, properties.difference(&required).copied());
        (*wire, near)
    });
    lacking.filter(|(_, near)| near.is_some() || !others).collect()
}
