//! In: the types that are generated from `unions/spec.yaml`, kept in `unions/generated` and compiled here. Out: proof,
//! over real JSON, that each value becomes the variant that it is, and that nothing is lost on the way back.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::all)]

/// As in a generated crate: types name the runtime by its place.
#[allow(dead_code, unused_imports, unused_macros, non_camel_case_types)]
mod unions {
    #[path = "generated/required.rs"]
    pub mod required;
    #[path = "../../generator/runtime/mod.rs"]
    pub mod runtime;
    #[rustfmt::skip]
    #[path = "generated/mod.rs"]
    pub mod types;
}

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use unions::runtime::decode;
use unions::types::*;

/// Decodes, checks that writing gives the same JSON, and gives the value.
fn read<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let value: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), json);
    value
}

#[test]
fn the_discriminator_decides() {
    let cat: Pet = read(json!({"petType": "kitty", "meow": 1}));
    assert!(matches!(&cat, Pet::Cat(cat) if cat.meow == Some(1)), "{cat:?}");
    let tom: Pet = read(json!({"petType": "tom"}));
    assert!(matches!(tom, Pet::Cat(_)), "mapped by name: {tom:?}");
    let dog: Pet = read(json!({"petType": "Dog", "bark": 1, "friend": {"petType": "kitty"}}));
    let Pet::Dog(dog) = dog else { panic!("no mapping, so the component's name: {dog:?}") };
    assert!(matches!(dog.friend, Some(Pet::Cat(_))));
    for unknown in [json!({"petType": "Eel", "volts": [1, 2.5, null]}), json!({"bark": 1}), json!("Dog")] {
        assert_eq!(read::<Pet>(unknown.clone()), Pet::Unknown(unknown));
    }
}

#[test]
fn a_tag_that_no_type_has_is_written_all_the_same() {
    assert!(matches!(read::<Fruit>(json!({"fruit": "pomme", "red": true})), Fruit::Apple(_)));
    assert!(matches!(read::<Fruit>(json!({"fruit": "Pear"})), Fruit::Pear(_)));
}

#[test]
fn the_discriminator_of_the_common_base_decides() {
    assert!(matches!(read::<Ride>(json!({"wheels": "two", "gears": 3})), Ride::Bike(_)));
    assert!(matches!(read::<Ride>(json!({"wheels": "Car", "doors": 3})), Ride::Car(_)));
    assert!(matches!(read::<Ride>(json!({"wheels": "three"})), Ride::Unknown(_)));
}

#[test]
fn constants_and_kinds_decide() {
    assert!(matches!(read::<Shape>(json!({"kind": "circle", "r": 1.5})), Shape::Circle(_)));
    assert!(matches!(read::<Shape>(json!({"kind": "square", "w": 1.5})), Shape::Square(_)));
    assert!(matches!(read::<Shape>(json!({"kind": "hexagon", "w": 1.5})), Shape::Unknown(_)));
    assert!(matches!(read::<Part>(json!({"type": 1, "size": 1})), Part::Row(_)));
    assert!(matches!(read::<Part>(json!({"type": 2})), Part::Button(_)));
    assert!(matches!(read::<Part>(json!({"type": 3})), Part::Unknown(_)));
    assert_eq!(read::<Shape>(json!("auto")), Shape::Enum(ShapeEnum::Auto));
    assert_eq!(read::<Shape>(json!("other")), Shape::from("other"));
    assert_eq!(read::<Shape>(json!(7)), Shape::from(7));
    assert_eq!(read::<Shape>(json!(7.5)), Shape::Unknown(json!(7.5)));
    assert_eq!(read::<Amount>(json!(7)), Amount::Integer(7));
    assert_eq!(read::<Amount>(json!(1e300)), Amount::Number(1e300));
    assert_eq!(read::<Amount>(json!(i64::MAX)), Amount::Integer(i64::MAX), "the wider of two integers");
    let text: Moment = "2026-01-01".to_owned();
    assert_eq!(read::<Moment>(json!(text)), text, "two formats of one type are no union");
}

#[test]
fn lists_are_told_apart_by_their_items() {
    assert_eq!(read::<Input>(json!("a")), Input::String("a".to_owned()));
    assert_eq!(read::<Input>(json!(["a"])), Input::from(vec!["a".to_owned()]));
    assert_eq!(read::<Input>(json!([1, 2])), Input::from(vec![1, 2]));
    assert_eq!(read::<Input>(json!([[1], [2]])), Input::from(vec![vec![1], vec![2]]));
    assert!(matches!(read::<Input>(json!([1, "a"])), Input::Unknown(_)));
    read::<Input>(json!([]));
}

#[test]
fn required_members_decide() {
    assert!(matches!(read::<Keys>(json!({"url": "u", "size": 1})), Keys::Url(_)));
    assert!(matches!(read::<Keys>(json!({"text": "t", "size": 1})), Keys::Text(_)));
    assert!(matches!(read::<Keys>(json!({"size": 1})), Keys::Unknown(_)));
}

#[test]
fn any_of_keeps_all_that_hold() {
    for value in [json!({"id": 1.0, "meow": "m"}), json!({"id": 1.5, "bark": "b"})] {
        read::<Both>(value);
    }
    let both: Both = read(json!({"id": 1.5, "meow": "m", "bark": "b"}));
    assert_eq!((both.meow.as_deref(), both.bark.as_deref()), (Some("m"), Some("b")));
}

#[test]
fn any_of_narrows_nothing() {
    read::<Loose>(json!({"a": null, "b": "not a number", "c": 1}));
    let loose: Loose = read(json!({"a": "x"}));
    assert_eq!(loose.a, Some(Some("x".to_owned())));
}

#[test]
fn the_best_match_keeps_the_most() {
    assert!(matches!(read::<Vague>(json!({"a": 1, "d": 1})), Vague::Small(_)));
    assert!(matches!(read::<Vague>(json!({"a": 1, "b": 1})), Vague::Large(_)));
    assert!(matches!(read::<Vague>(json!({"a": 1})), Vague::Large(_)), "of equals, the first by name");
}

#[test]
fn the_forms_of_members_decide() {
    assert!(matches!(read::<Turn>(json!({"content": "a", "at": 1})), Turn::Said(_)));
    assert!(matches!(read::<Turn>(json!({"content": ["a"]})), Turn::Listed(_)));
    assert!(matches!(read::<Turn>(json!({"content": {"x": 1}})), Turn::Held(_)));
    assert!(matches!(read::<Turn>(json!({"content": {"y": 1}})), Turn::Linked(_)));
    for unknown in [json!({"content": 1}), json!({"content": {}}), json!({"content": null})] {
        assert_eq!(read::<Turn>(unknown.clone()), Turn::Unknown(unknown));
    }
    let error = serde_json::from_value::<Turn>(json!({"content": [1]})).unwrap_err();
    assert!(error.to_string().starts_with("$.content[0]: invalid type"), "only one has a list: {error}");
}

#[test]
fn enums_decide_but_exclude_nothing() {
    assert!(matches!(read::<End>(json!({"node": "n", "position": 1})), End::Fixed(_)));
    assert!(matches!(read::<End>(json!({"magnet": "left"})), End::Magnetic(_)));
    assert!(matches!(read::<End>(json!({"magnet": "none"})), End::Floating(_)));
    assert!(matches!(read::<End>(json!({"magnet": "new", "node": "n"})), End::Magnetic(_)));
}

#[test]
fn what_no_variant_keeps_is_kept_whole() {
    assert!(matches!(read::<Expandable>(json!({"id": "a", "name": "b"})), Expandable::Gone(_)), "the first by name");
    assert!(matches!(read::<Expandable>(json!({"id": "a", "name": null})), Expandable::Whole(_)));
    assert!(matches!(read::<Expandable>(json!({"id": "a", "gone": true})), Expandable::Gone(_)));
    let both = json!({"id": "a", "name": null, "gone": true});
    assert_eq!(read::<Expandable>(both.clone()), Expandable::Unknown(both));
}

#[test]
fn what_the_table_leaves_open_is_decoded() {
    let deep = |c: Value| json!({"a": {"b": {"c": c}}});
    assert!(matches!(read::<Deep>(deep(json!(1))), Deep::Count(_)));
    assert!(matches!(read::<Deep>(deep(json!("x"))), Deep::Word(_)));
    assert_eq!(read::<Deep>(deep(json!(true))), Deep::Unknown(deep(json!(true))), "nothing says which one is wrong");
}

#[test]
fn unions_hold_unions() {
    let tree: Tree = read(json!({"left": {"left": "a", "right": null}, "right": "b"}));
    assert!(matches!(tree, Tree::Object(_)), "{tree:?}");
    assert!(matches!(read::<Wrapped>(json!({"petType": "tom"})), Wrapped::Pet(_)));
    assert!(matches!(read::<Wrapped>(json!(true)), Wrapped::Boolean(true)));
    let eel: Wrapped = read(json!({"petType": "Eel"}));
    assert!(matches!(eel, Wrapped::Pet(Pet::Unknown(_))), "only a pet is an object: {eel:?}");
}

#[test]
fn errors_name_the_whole_path() {
    for (body, path) in [
        (json!({"pet": {"petType": "Dog", "bark": "loud"}}), "$.pet.bark"),
        (json!({"pet": {"petType": "Dog", "friend": {"petType": "tom", "meow": []}}}), "$.pet.friend.meow"),
        (json!({"wrapped": {"petType": "tom", "meow": []}}), "$.wrapped.meow"),
        (json!({"shape": {"kind": "circle"}}), "$.shape"),
    ] {
        let response = http::Response::new(bytes::Bytes::from(body.to_string()));
        let error = decode::json::<All>(response).unwrap_err();
        assert_eq!(error.path(), Some(path), "{error}");
        assert!(!error.to_string().contains("$."[..].repeat(2).as_str()), "{error}");
    }
}

#[test]
fn a_base_is_any_of_those_that_extend_it() {
    let tools = json!([
        {"toolType": "saw", "teeth": 60, "weight": 1.5},
        {"toolType": "Hammer", "head": "steel"},
        {"toolType": "Tool", "weight": 2.0},
        {"toolType": "Drill", "rpm": 3000},
    ]);
    let toolbox: Toolbox = read(json!({"tools": tools}));
    let [Tool::Saw(saw), Tool::Hammer(_), Tool::Tool(_), Tool::Unknown(_)] = toolbox.tools.as_deref().unwrap() else {
        panic!("{toolbox:?}")
    };
    assert_eq!((saw.teeth, saw.weight), (Some(60), Some(1.5)));
}

#[test]
fn each_arm_has_what_stands_beside_them() {
    let ship: Vessel = read(json!({"name": "Beagle", "masts": 3}));
    assert!(matches!(&ship, Vessel::Ship(ship) if ship.name == "Beagle"), "{ship:?}");
    assert!(matches!(read::<Vessel>(json!({"name": "Tub", "oars": 2})), Vessel::Boat(_)));
}

#[test]
fn tuples_and_rests_keep_all() {
    assert_eq!(read::<Pair>(json!(["a", 1])), ("a".to_owned(), Some(1)));
    assert_eq!(read::<Pair>(json!(["a", null])), ("a".to_owned(), None));
    assert!(serde_json::from_value::<Pair>(json!(["a"])).is_err());
    let headers: Headers = read(json!({"a": "b", "x-c": 1}));
    assert_eq!(headers.additional_properties["x-c"], 1);
}
