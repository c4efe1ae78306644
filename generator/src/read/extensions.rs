//! In: a checked tree. Out: a report of each extension of oasmith's own that stands where it has no effect.

use super::keywords::Kind;
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Place, Problem};
use crate::name;
use crate::pointer::Pointer;
use serde_json::Value;
use std::collections::BTreeSet;

/// The name that an author or an overlay gives to a type.
pub const RUST_NAME: &str = "x-rust-name";

/// Each extension, where it has an effect, and what that is called.
const KNOWN: [(&str, &[Kind], &str); 6] = [
    (RUST_NAME, &[Kind::Schema, Kind::Server], "a schema or a server"),
    ("x-oasmith-lenient", &[Kind::Schema], "a schema"),
    ("x-oasmith-separator", &[Kind::Parameter], "a parameter"),
    ("x-oasmith-in", &[Kind::Parameter], "a parameter"),
    ("x-oasmith-pagination", &[Kind::Document, Kind::Operation], "an operation or the document"),
    ("x-error-envelope", &[Kind::Document], "the document"),
];

/// Reports those that stand elsewhere, or that nobody knows.
pub fn check(tree: &mut Value, sink: &mut Diagnostics) {
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        for member in value.as_object().into_iter().flatten().map(|(member, _)| member) {
            let help = match KNOWN.iter().find(|(known, ..)| known == member) {
                Some((_, kinds, _)) if kinds.contains(&kind) => continue,
                Some((.., place)) => format!("it belongs to {place}"),
                None if !member.starts_with("x-oasmith") => continue,
                None => match name::near(member, KNOWN.iter().map(|(known, ..)| *known)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "remove it, or see docs/mapping.md for those that there are".to_owned(),
                },
            };
            sink.report(&at.join(member.as_str()), Problem::IgnoredExtension { member: member.clone(), help });
        }
    });
}

/// The places of all schemas to which their author gives a name.
pub fn named(tree: &mut Value, sink: &Diagnostics) -> BTreeSet<Place> {
    let mut found = BTreeSet::new();
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        if kind == Kind::Schema && value.get(RUST_NAME).is_some() {
            found.insert(sink.origins.resolve(&at.join(RUST_NAME)));
        }
    });
    found
}
