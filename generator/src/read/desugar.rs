//! In: a checked tree of OpenAPI 3.0 or 3.1. Out: the same meaning in the core language: OpenAPI 3.0 in which every
//! schema has exactly one kind. The difference between the versions lives here and nowhere else.
//!
//! Each rule is a small function that looks at one object. The rules of a kind run in order, objects are visited
//! outermost first, and what a rule puts below its object is visited, too. A rule that moves a subtree says so to
//! `Origins`; a rule that takes meaning away reports it. What the core language cannot spell is kept under a name
//! that begins with `x-oasmith-`.

mod alternatives;
mod arrays;
mod composition;
mod conditions;
mod literals;
mod members;
mod nulls;
mod numbers;
mod objects;
mod siblings;
mod strings;
mod types;

pub(super) use nulls::keywords_of;
pub(super) use types::wide_bounds;

use super::keywords::Kind;
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value};

/// The members of the object that a rule looks at.
type Members = Map<String, Value>;
/// Marks an `anyOf` as the schemas of a tuple's items, in their order.
const TUPLE: &str = "x-oasmith-tuple";
/// A rewriting of one object at its address.
type Rule = fn(&mut Members, &Pointer, &mut Diagnostics);

/// The rules for schemas, in their order.
const SCHEMA: &[Rule] = &[
    members::nothing,
    composition::reference_siblings,
    literals::wrapped_values,
    types::constant,
    alternatives::united_constants,
    members::unevaluated_properties,
    members::pattern_properties,
    siblings::about_some_arms,
    arrays::unevaluated_items,
    arrays::items,
    arrays::prefix_items,
    conditions::conditions,
    nulls::type_list,
    nulls::null_arm,
    types::enum_names,
    nulls::null_value,
    types::known_type,
    types::exclusive_bounds,
    types::any_items,
    types::mixed_enum,
    types::inferred_type,
    types::content_encoding,
    types::content_media_type,
    strings::format_length,
    types::lenient,
    numbers::width,
    types::decimal,
    types::foreign_keywords,
    types::enum_values,
    types::examples,
    types::discriminator,
    composition::required_alternatives,
    composition::implied_type,
    composition::not_beside,
    composition::not_arms,
    composition::beside_all_of,
];

/// The rules for everything else.
fn rules(kind: Kind) -> &'static [Rule] {
    match kind {
        Kind::Schema => SCHEMA,
        Kind::Document => &[objects::security],
        Kind::Info => &[objects::info],
        Kind::Components => &[objects::components],
        Kind::PathItem => &[objects::parameters],
        Kind::Operation => &[objects::parameters, objects::security],
        Kind::Callback => &[objects::callback],
        Kind::Parameter => &[objects::parameter],
        Kind::Header => &[objects::header],
        Kind::MediaType => &[objects::media_type],
        Kind::Response => &[objects::response],
        Kind::SecurityScheme => &[objects::security_scheme],
        _ => &[],
    }
}

/// Rewrites the whole document to the core language.
pub fn desugar(tree: &mut Value, sink: &mut Diagnostics) {
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        if let (Kind::Schema, Value::Bool(any)) = (kind, &*value) {
            if !*any {
                let effect = "any JSON value is taken";
                sink.report(at, Problem::UnsupportedKeyword { keyword: "false".into(), effect });
            }
            *value = Value::Object(Map::new());
        }
        let Value::Object(members) = value else { return };
        if members.contains_key(TUPLE) {
            return;
        }
        for rule in rules(kind) {
            rule(members, at, sink);
        }
    });
}

/// Takes a member out of an object and notes that it moves to another address.
fn take(members: &mut Members, name: &str, at: &Pointer, to: &Pointer, sink: &mut Diagnostics) -> Option<Value> {
    let value = members.shift_remove(name)?;
    sink.origins.relocate(&[(at.join(name), to.clone())]);
    Some(value)
}
