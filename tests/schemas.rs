//! In: the types that are generated from `schemas/spec.yaml`, kept in `schemas/generated` and compiled here. Out: proof,
//! over real JSON, of what `docs/mapping.md` promises under "Proven": nothing is lost on the way through a type, and
//! nothing that a server adds is an error.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::all)]

/// As in a generated crate: types name the runtime by its place.
#[allow(dead_code, unused_imports, unused_macros, non_camel_case_types)]
mod schemas {
    #[path = "generated/required.rs"]
    pub mod required;
    #[path = "../../generator/runtime/mod.rs"]
    pub mod runtime;
    #[rustfmt::skip]
    #[path = "generated/mod.rs"]
    pub mod types;
}

use schemas::runtime::decode;
use schemas::types;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Debug;

/// Decodes, checks that writing gives the same JSON, and gives the value.
fn read<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let value: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), json);
    value
}

/// The path at which an answer cannot be decoded.
fn fault<T: DeserializeOwned + Debug>(json: Value) -> Option<String> {
    let error = decode::json::<T>(http::Response::new(bytes::Bytes::from(json.to_string()))).unwrap_err();
    error.path().map(str::to_owned)
}

#[test]
fn null_is_not_absent() {
    let all: types::Presence = read(json!({"always": "a", "nullable": null, "either": null}));
    assert_eq!((all.nullable, all.optional, all.either), (None, None, Some(None)));
    let none: types::Presence = read(json!({"always": "a", "nullable": "b"}));
    assert_eq!((none.nullable.as_deref(), none.either), (Some("b"), None));
    read::<types::Presence>(json!({"always": "a", "nullable": null, "optional": "", "either": 0}));
    assert!(fault::<types::Presence>(json!({"nullable": null})).is_some(), "a required property is missing");
}

#[test]
fn members_without_a_name_are_kept() {
    let extras: types::Extras = read(json!({"id": "a", "x": 1, "y": 2}));
    assert_eq!(extras.additional_properties.into_iter().collect::<Vec<_>>(), [("x".into(), 1), ("y".into(), 2)]);
    assert!(fault::<types::Extras>(json!({"id": "a", "x": "not a number"})).is_some());
    read::<types::Open>(json!({"id": "a", "x": [1, {"y": null}], "z": "w"}));
    // Where the description says nothing of others, they are ignored.
    let _: types::Presence = serde_json::from_value(json!({"always": "a", "nullable": null, "new": 1})).unwrap();
}

#[test]
fn descriptions_that_quarrel_make_no_empty_type() {
    let narrowed: types::Narrowed = read(json!({"id": "a", "size": 1}));
    let _: (String, Option<i64>) = (narrowed.id, narrowed.size);
    for id in [json!("a"), json!(1)] {
        let quarrel: types::Quarrel = read(json!({"id": id, "name": "n"}));
        assert_eq!(quarrel.id, id);
    }
}

#[test]
fn what_is_only_read_or_written_is_required_on_its_side() {
    let user: types::User = read(json!({"name": "Ada"}));
    let _: (Option<i64>, String, Option<String>) = (user.id, user.name, user.password);
    read::<types::User>(json!({"id": 1, "name": "Ada", "password": "p"}));
    let created: types::Created = read(json!({"id": 1, "user": {"id": 1, "name": "Ada"}}));
    let _: (types::Id, Option<String>) = (created.id, created.secret);
    assert!(fault::<types::Created>(json!({"user": {"name": "Ada"}})).is_some(), "an answer has its `id`");
    // An answer tells its variants apart without what it does not bring.
    assert!(matches!(read(json!({"name": "Ada"})), types::Login::Password(_)));
    assert!(matches!(read(json!({"token": "t"})), types::Login::Token(_)));
    let log_in: types::LogIn = read(json!({"password": "p"}));
    let _: (String, Option<types::Id>) = (log_in.password, log_in.session);
}

#[test]
fn bounds_are_the_servers_to_check() {
    let bounded = json!({"few": 11, "huge": i64::MAX, "short": "bcde", "list": []});
    let value: types::Bounded = read(bounded);
    let _: Option<i64> = value.few;
}

#[test]
fn values_that_are_new_are_kept() {
    let new: types::Direction = read(json!("sideways"));
    assert_eq!((new.as_str(), &new), ("sideways", &types::Direction::Unknown("sideways".to_owned())));
    assert_eq!((new.to_string(), "sideways".parse()), ("sideways".to_owned(), Ok(new)));
    assert_eq!(read::<types::Level>(json!(3)), types::Level::Unknown(3));
    assert_eq!(read::<types::Level>(json!(-1)).as_i64(), -1);
    // A whole number may be written with a fraction of zero.
    assert_eq!(serde_json::from_str::<types::Level>("200.0").unwrap().as_i64(), 200);
    for other in ["1.5", "1e300", "18446744073709551615", "\"1\""] {
        assert!(serde_json::from_str::<types::Level>(other).is_err(), "{other}");
    }
    assert_eq!(read::<types::State>(json!("ajar")).as_str(), "ajar");
    assert_eq!(read::<Option<types::State>>(json!(null)), None);
}

#[test]
fn values_that_look_alike_are_told_apart() {
    use types::{Direction, Mark};
    let names = [Direction::AscLower, Direction::AscUpper, Direction::DescLower, Direction::DescUpper]
        .map(|one| one.to_string());
    assert_eq!(names, ["asc", "ASC", "desc", "DESC"]);
    for (text, mark) in [
        (".", Mark::Dot),
        ("X", Mark::X),
        ("x", Mark::XLower),
        ("-", Mark::Minus),
        ("", Mark::Empty),
        ("null", Mark::Null),
    ] {
        assert_eq!(read::<Mark>(json!(text)), mark);
    }
}

#[test]
fn members_that_look_alike_are_told_apart() {
    let wire = json!({
        "foo_bar": "1", "fooBar": "2", "foo-bar": "3", "type": "4", "Self": "5", "2fa": true, "$ref": "6", "": "7",
        "größe": "8"
    });
    let names: types::Names = read(wire);
    assert_eq!((names.foo_bar.as_str(), names.type_.as_deref(), names._2fa), ("1", Some("4"), Some(true)));
    let (_, _): (types::FooBar, types::FooBarSchema) = (read(json!({"b": "x"})), read(json!({"a": "x"})));
}

#[test]
fn names_of_the_standard_library_shadow_nothing() {
    let result: types::ResultSchema = read(json!({"ok": {"items": [{"some": {"text": "a"}}, {}]}, "err": "b"}));
    let items: Option<Vec<types::OptionSchema>> = result.ok.unwrap().items;
    let some: Option<types::StringSchema> = items.unwrap().remove(0).some;
    let text: Option<String> = some.unwrap().text;
    assert_eq!(text.as_deref(), Some("a"));
    let outer: types::BoxSchema = read(json!({"inner": {"inner": {}}}));
    assert!(outer.inner.is_some());
}

#[test]
fn types_hold_themselves() {
    let leaf = json!({"value": 2});
    let node: types::Node = read(json!({"value": 1, "next": leaf, "children": [leaf, leaf], "named": {"a": leaf}}));
    assert_eq!(node.next.unwrap().value, 2);
    read::<types::Chicken>(json!({"egg": {"chicken": {"egg": {"chicken": null}}}}));
    read::<types::Nest>(json!([[], [[]]]));
    let mut deep = json!({"value": 0});
    for value in 1..60 {
        deep = json!({"value": value, "next": deep});
    }
    read::<types::Node>(deep);
}
