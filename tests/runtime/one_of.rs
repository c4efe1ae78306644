//! In: JSON values and tables of variants. Out: that the proof finds the variant, and that errors inside of one keep
//! the whole path.

use crate::runtime::form::{self, Form};
use crate::runtime::node::Node;
use crate::runtime::{self, decode, object, one_of};
use bytes::Bytes;
use serde_json::{Value, json};

const ANY: Form = Form::Object(&[], &[], &[], &[]);

/// The best variant.
fn prove(value: &Value, table: &[&[Form]]) -> Option<usize> {
    form::prove(&Node::from(value.clone()), table).first().map(|(index, _)| *index)
}

#[test]
fn kinds_are_told_apart() {
    let table: &[&[Form]] =
        &[&[Form::Boolean], &[Form::Integer], &[Form::List(&[])], &[Form::Number], &[ANY], &[Form::Text]];
    let values = [json!(true), json!(1), json!([]), json!(1.5), json!({"a": 1}), json!("a")];
    for (index, value) in values.iter().enumerate() {
        assert_eq!(prove(value, table), Some(index), "{value}");
    }
    assert_eq!(prove(&Value::Null, table), None);
    assert_eq!(prove(&json!(1.0), table), Some(1), "a number without a fraction is an integer");
}

#[test]
fn constants_decide_before_the_rest() {
    let cat = Form::Object(&["type"], &[("type", &["cat", "tom"])], &[], &[]);
    let dog = Form::Object(&["type"], &[("type", &["dog"])], &[], &[]);
    let table: &[&[Form]] = &[&[cat], &[dog]];
    assert_eq!(prove(&json!({"type": "tom"}), table), Some(0));
    assert_eq!(prove(&json!({"type": "dog"}), table), Some(1));
    for unknown in [json!({"type": "eel"}), json!({"type": 1}), json!({}), json!([])] {
        assert_eq!(prove(&unknown, table), None, "{unknown}");
    }
    let one = Form::Object(&["type"], &[("type", &["1"])], &[], &[]);
    let yes = Form::Object(&["type"], &[("type", &["true"])], &[], &[]);
    let table: &[&[Form]] = &[&[one], &[yes]];
    let found = [json!(1), json!(true), json!(2), json!(null)].map(|value| prove(&json!({"type": value}), table));
    assert_eq!(found, [Some(0), Some(1), None, None]);
    let table: &[&[Form]] = &[&[Form::Constant(&["auto", "none"])], &[Form::Text]];
    assert_eq!((prove(&json!("none"), table), prove(&json!("x"), table)), (Some(0), Some(1)));
}

#[test]
fn what_keeps_most_is_the_best() {
    let small = Form::Object(&["id"], &[], &["id", "a"], &[]);
    let large = Form::Object(&["id", "b"], &[], &["id", "b", "c"], &[]);
    let table: &[&[Form]] = &[&[small], &[large]];
    assert_eq!(prove(&json!({"id": 1, "a": 1}), table), Some(0));
    assert_eq!(prove(&json!({"id": 1, "b": 1}), table), Some(1));
    assert_eq!(prove(&json!({"id": 1, "a": 1, "b": 1}), table), Some(0), "the first of equals");
    assert_eq!(prove(&json!({"b": 1}), table), None);
}

#[test]
fn lists_are_known_by_their_items() {
    let table: &[&[Form]] = &[
        &[Form::List(&[Form::Integer])],
        &[Form::List(&[Form::List(&[Form::Integer])])],
        &[Form::List(&[Form::Text])],
        &[Form::Text],
    ];
    for (value, index) in [(json!([1, 2]), 0), (json!([[1], [2]]), 1), (json!(["a"]), 2), (json!("a"), 3)] {
        assert_eq!(prove(&value, table), Some(index), "{value}");
    }
    assert_eq!(prove(&json!([]), table), Some(0));
    assert_eq!(prove(&json!([1, "a"]), table), None);
}

#[test]
fn forms_of_members_decide_and_enums_score() {
    let inner: &[(&str, &[Form])] = &[("c", &[Form::Text]), ("mode", &[Form::Constant(&["a", "b"])])];
    let table: &[&[Form]] = &[
        &[Form::Object(&["c"], &[], &["c", "mode"], inner)],
        &[Form::Object(&["c"], &[], &["c", "mode"], &[("c", &[Form::List(&[]), Form::Null])])],
        &[Form::Object(&[], &[], &["mode"], &[("mode", &[Form::Constant(&["d"])])])],
    ];
    for (value, index) in [
        (json!({"c": "x"}), Some(0)),
        (json!({"c": []}), Some(1)),
        (json!({"c": null}), Some(1)),
        (json!({"mode": "new"}), Some(2)),
        (json!({"c": "x", "mode": "new"}), Some(0)),
        (json!({"c": 1, "mode": "d"}), Some(2)),
        (json!({"mode": null}), Some(2)),
        (json!({"mode": 1}), None),
    ] {
        assert_eq!(prove(&value, table), index, "{value}");
    }
}

object! {
    pub struct Owner;
    [required]
    pets: Vec<Pet>,
}

one_of! {
    pub enum Pet;
    Dog(Box<Dog>) from Dog = [Form::Object(&[], &[], &[], &[])],
    Name(String) from String = [Form::Text] tag "unused" "for a string",
}

object! {
    pub struct Dog;
    [optional]
    odd: i64 = "a: b",
    owner: Box<Owner>,
}

one_of! {
    pub enum Tagged;
    Owner(Owner) from Owner = [Form::Object(&[], &[("kind", &["owner"])], &[], &[])] tag "kind" "owner",
}

#[test]
fn variants_are_written_as_what_they_hold() {
    for text in [r#"{"pets":["Rex",{"a: b":1}]}"#, r#"{"pets":[7]}"#] {
        let owner: Owner = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&owner).unwrap(), text);
    }
    let tagged: Tagged = Owner { pets: vec![Dog { odd: None, owner: None }.into()] }.into();
    assert_eq!(serde_json::to_value(&tagged).unwrap(), json!({"pets": [{}], "kind": "owner"}));
}

#[test]
fn errors_lead_through_unions() {
    for (body, path) in [
        (r#"{"pets": [{}, {"a: b": "x"}]}"#, r#"$.pets[1]["a: b"]"#),
        (r#"{"pets": [{"owner": {"pets": [{"a: b": true}]}}]}"#, r#"$.pets[0].owner.pets[0]["a: b"]"#),
        (r#"{"pets": [{"owner": {"pets": 1}}]}"#, "$.pets[0].owner.pets"),
        (r#"{"pets": [{"owner": {"pets": [{"owner": 1}]}}]}"#, "$.pets[0].owner.pets[0].owner"),
        (r#"{"pets": 7}"#, "$.pets"),
    ] {
        let error = decode::json::<Owner>(http::Response::new(Bytes::from_static(body.as_bytes()))).unwrap_err();
        assert_eq!(error.path(), Some(path), "{error}");
        assert!(error.to_string().contains("decoded at"), "{error}");
        assert!(error.to_string().contains(": invalid type: "), "{error}");
    }
}

#[test]
fn a_deep_error_is_found_in_time() {
    let deep = (0..30).fold(json!({"owner": 1}), |inner, _| json!({"owner": {"pets": [inner]}}));
    let body = json!({"pets": [deep]}).to_string();
    let error = decode::json::<Owner>(http::Response::new(Bytes::from(body))).unwrap_err();
    let path = format!("$.pets[0]{}.owner", ".owner.pets[0]".repeat(30));
    assert_eq!(error.path(), Some(path.as_str()), "{error}");
}

one_of! {
    pub enum Either;
    One(One) = [Form::Object(&["inner"], &[], &["inner"], &[])],
    Two(Two) = [Form::Object(&["inner"], &[], &["inner"], &[])],
}

object! {
    pub struct One;
    [required]
    inner: Box<Link>,
}

object! {
    pub struct Two;
    [required]
    inner: Box<Link>,
}

one_of! {
    pub enum Link;
    Either(Either) = [Form::Object(&[], &[], &[], &[])],
    End(bool) = [Form::Boolean],
    List(Vec<u8>) = [Form::List(&[])],
}

#[test]
fn what_fits_no_variant_is_found_in_time() {
    let deep = |end: Value| (0..60).fold(end, |inner, _| json!({"inner": inner}));
    for end in [json!(true), json!([1]), json!([true]), json!({})] {
        let text = deep(end).to_string();
        let either: Either = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&either).unwrap(), text);
    }
}

one_of! {
    pub enum Filters;
    Multiple(Vec<Multiple>) = [Form::List(&[Form::Object(&[], &[], &["operator", "value"], &[])])],
    Single(Vec<Single>) = [Form::List(&[Form::Object(&[], &[], &["field", "operator", "value"], &[])])],
}

object! {
    pub struct Multiple;
    [optional]
    operator: String,
    value: Box<Filters>,
}

object! {
    pub struct Single;
    [optional]
    field: String,
    operator: String,
    [nullable]
    value: Option<i64>,
}

#[test]
fn what_another_variant_would_keep_is_not_lost() {
    for text in
        [r#"[{"operator":"="},{"value":null}]"#, r#"[{"operator":"AND","value":[{"operator":"=","value":null}]}]"#]
    {
        let filters: Filters = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&filters).unwrap(), text);
    }
    let filters: Filters = serde_json::from_str(r#"[{"operator":"=","new":1}]"#).unwrap();
    assert!(matches!(filters, Filters::Multiple(_)), "{filters:?}");
}

one_of! {
    pub enum Column;
    List(Object) = [Form::Object(&["kind", "options"], &[("kind", &["list"])], &["kind", "options"], &[])],
    Plain(Object) = [Form::Object(&["kind"], &[], &["kind"], &[("kind", &[Form::Constant(&["text", "date"])])])],
}

object! {
    pub struct Object;
    [optional]
    kind: String,
}

#[test]
fn a_new_kind_keeps_what_another_variant_names() {
    let known = |value: Value| match serde_json::from_value::<Column>(value).unwrap() {
        Column::List(_) => "list",
        Column::Plain(_) => "plain",
        Column::Unknown(_) => "unknown",
    };
    assert_eq!(known(json!({"kind": "text"})), "plain");
    assert_eq!(known(json!({"kind": "new", "added": 1})), "plain");
    assert_eq!(known(json!({"kind": "date", "options": []})), "plain", "a member that the server has added");
    assert_eq!(known(json!({"kind": "new", "options": []})), "unknown");
}

#[test]
fn the_member_that_tells_a_variant_apart_is_written_beside_all_kinds_of_values() {
    let content = (u64::MAX, i128::MIN, 0.1_f32, 1e300, true, None::<i64>, "1", Some(crate::runtime::Secret::new("s")));
    let content = std::collections::BTreeMap::from([("a", content)]);
    let mut text = Vec::new();
    let mut json = serde_json::Serializer::new(&mut text);
    crate::runtime::one_of::write_tagged(&content, "kind", "cat", &mut json).unwrap();
    let expected = format!(r#"{{"kind":"cat","a":[{},{},0.1,1e+300,true,null,"1","s"]}}"#, u64::MAX, i128::MIN);
    assert_eq!(String::from_utf8(text).unwrap(), expected);
}
