//! In: keywords that the core language cannot spell. Out: the schema without them, each kept under `x-oasmith-...` and
//! reported, unless it only asserts (like `pattern`) and so changes no type.

use super::{Members, take};
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::json;

/// The keywords that would change the Rust type, and what happens instead.
const TYPED: &[(&str, &str)] = &[
    ("prefixItems", "any JSON value is taken for each item"),
    ("patternProperties", "members with such names are taken as any JSON value"),
    ("if", "the type is the same whatever the condition says"),
    ("then", "what it adds is not part of the type"),
    ("else", "what it adds is not part of the type"),
    ("dependentSchemas", "what they add is not part of the type"),
    ("$dynamicRef", "any JSON value is taken"),
];

/// Takes them out, and widens the type where it would else be too narrow.
pub(super) fn keywords(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    for (keyword, effect) in TYPED {
        if !members.contains_key(*keyword) {
            continue;
        }
        sink.report(&at.join(*keyword), Problem::UnsupportedKeyword { keyword: (*keyword).to_owned(), effect });
        let name = format!("x-oasmith-{keyword}");
        let value = take(members, keyword, at, &at.join(name.as_str()), sink);
        members.extend(value.map(|value| (name, value)));
        match *keyword {
            "prefixItems" => {
                members.insert("items".into(), json!({}));
            }
            "patternProperties" => {
                members.insert("additionalProperties".into(), json!(true));
                members.entry("type").or_insert_with(|| json!("object"));
            }
            _ => {}
        }
    }
}
