//! In: `unions/spec.yaml`, a description with every kind of union, and the types that are generated from it, which are
//! kept in `unions/generated` and compiled here. Out: proof, over real JSON, that each value becomes the variant that it
//! is, that nothing is lost on the way back, and that the order of the description does not matter.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::all)]

/// As in a generated crate: types name the runtime by its place.
#[allow(dead_code)]
mod unions {
    #[path = "../../generator/runtime/mod.rs"]
    pub mod runtime;
    #[rustfmt::skip]
    #[path = "generated/mod.rs"]
    pub mod types;
}

use oasmith::source::Source;
use oasmith::{Diagnostics, File, Options};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use unions::runtime::decode;
use unions::types::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("unions")
}

/// The spec as a tree.
fn spec() -> Value {
    let text = std::fs::read_to_string(folder().join("spec.yaml")).unwrap();
    let source = Source { name: "spec.yaml".to_owned(), text };
    oasmith::read::tree::parse(0, &source, &mut Diagnostics::default()).unwrap()
}

/// The generated files that a description decides, and the codes of all findings.
fn generate(spec: &Value) -> (Vec<File>, Vec<String>) {
    let source = Source { name: "spec.json".to_owned(), text: spec.to_string() };
    let input = oasmith::Input { documents: vec![source], overlays: Vec::new() };
    let mut sink = Diagnostics::default();
    let options = Options { package: "unions".to_owned() };
    let mut files = oasmith::generate(&input, &options, &mut sink).unwrap().files;
    files.retain(|file| !file.path.contains("/runtime/"));
    (files, sink.all().map(|found| found.problem.message()).collect())
}

/// Decodes, checks that writing gives the same JSON, and gives the value.
fn read<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let value: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), json);
    value
}

#[test]
fn the_types_are_those_of_today() {
    let types = folder().join("generated");
    let bless = std::env::var_os("OASMITH_BLESS").is_some_and(|value| value == "1");
    let (files, _) = generate(&spec());
    let files = files.iter().filter_map(|file| Some((file.path.strip_prefix("src/generated/types/")?, &file.text)));
    let mut expected: Vec<_> = files.map(|(name, text)| (types.join(name), text.clone())).collect();
    expected.sort();
    if bless {
        let _ = std::fs::remove_dir_all(&types);
        std::fs::create_dir_all(&types).unwrap();
        expected.iter().for_each(|(path, text)| std::fs::write(path, text).unwrap());
    }
    let mut found: Vec<_> = types.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    let found: Vec<_> = found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect();
    assert!(found == expected, "run this test with OASMITH_BLESS=1 and review what changes");
}

#[test]
fn the_order_of_arms_changes_no_byte() {
    fn reverse(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(reverse),
            Value::Object(members) => {
                for (name, member) in members {
                    if let (true, Value::Array(arms)) = (name == "oneOf" || name == "anyOf", &mut *member) {
                        arms.reverse();
                    }
                    reverse(member);
                }
            }
            _ => {}
        }
    }
    let straight = spec();
    let mut reversed = straight.clone();
    reverse(&mut reversed);
    assert_ne!(straight, reversed);
    assert_eq!(generate(&straight), generate(&reversed));
}

#[test]
fn what_cannot_be_told_apart_is_reported() {
    let (_, found) = generate(&spec());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("nothing tells every value of `Small` from those of `Large`"), "{found:?}");
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
fn the_best_match_keeps_the_most() {
    assert!(matches!(read::<Vague>(json!({"a": 1, "d": 1})), Vague::Small(_)));
    assert!(matches!(read::<Vague>(json!({"a": 1, "b": 1})), Vague::Large(_)));
    assert!(matches!(read::<Vague>(json!({"a": 1})), Vague::Large(_)), "of equals, the first by name");
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
