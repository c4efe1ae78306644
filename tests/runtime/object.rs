//! In: declared objects and JSON. Out: that each presence is told apart, that what is not named is kept or passed over,
//! and that builders ask for what is required.

use crate::runtime::{self, object};

mod required {
    #[derive(Clone, Debug)]
    pub struct must;
    #[derive(Clone, Debug)]
    pub struct count;
}

object! {
    /// Everything at once.
    pub struct Thing => ThingBuilder;
    [required]
    must(Must): Option<i64>,
    count(Count): i64 = "a \"count\"",
    [optional]
    note: String,
    id: i64 => read_only,
    [nullable]
    may: Option<String>,
    any: serde_json::Value,
    [rest]
    additional_properties: std::collections::BTreeMap<String, bool>,
}

object! {
    pub struct Named => NamedBuilder;
    [required]
    count(Count): i64,
    [or_null]
    must(Must): Option<i64>,
}

object! {
    pub struct Plain;
    [optional]
    a: i64,
}

object! {
    pub struct Empty => EmptyBuilder;
}

object! {
    pub struct Others => OthersBuilder;
    [rest]
    additional_properties: std::collections::BTreeMap<String, bool>,
}

fn read(text: &str) -> Result<Thing, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

#[test]
fn what_may_be_null_and_is_absent_is_none() {
    let named: Named = serde_json::from_str(r#"{"count":1}"#).unwrap();
    assert_eq!((named.count, named.must), (1, None));
    assert_eq!(serde_json::to_string(&named).unwrap(), r#"{"count":1,"must":null}"#);
    let built = Named::builder().must(2).count(1).build();
    assert_eq!(serde_json::to_string(&built).unwrap(), r#"{"count":1,"must":2}"#);
    assert!(serde_json::from_str::<Named>(r#"{"must":1}"#).is_err());
}

#[test]
fn null_is_not_absent() {
    for text in [
        r#"{"must":null,"a \"count\"":1}"#,
        r#"{"must":2,"a \"count\"":1,"note":"n","id":7,"may":null,"any":null}"#,
        r#"{"must":2,"a \"count\"":1,"may":"m","any":[1],"more":true}"#,
    ] {
        assert_eq!(serde_json::to_string(&read(text).unwrap()).unwrap(), text);
    }
    let thing = read(r#"{"note":null,"may":null,"a \"count\"":1,"must":1}"#).unwrap();
    assert_eq!((thing.note, thing.may, thing.any), (None, Some(None), None));
}

#[test]
fn what_is_wrong_is_named() {
    for (text, message) in [
        ("{}", "missing field `must`"),
        (r#"{"must":null}"#, r#"missing field `a "count"`"#),
        (r#"{"must":null,"must":1}"#, "this member is there twice"),
        (r#"{"must":null,"more":1}"#, "expected a boolean"),
        ("[]", "invalid type: sequence, expected an object"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.contains(message), "{text}: {error}");
    }
}

#[test]
fn members_that_are_not_named_are_passed_over() {
    let plain: Plain = serde_json::from_str(r#"{"b":{"c":[1]},"a":1}"#).unwrap();
    assert_eq!(plain, Plain { a: Some(1) });
}

#[test]
fn objects_need_no_properties() {
    assert_eq!(serde_json::from_str::<Empty>(r#"{"b":1}"#).unwrap(), Empty::builder().build());
    let others = Others::builder().additional_properties([("b".to_owned(), true)].into()).build();
    assert_eq!(serde_json::from_str::<Others>(r#"{"b":true}"#).unwrap(), others);
    assert_eq!(serde_json::to_string(&others).unwrap(), r#"{"b":true}"#);
}

#[test]
fn other_formats_know_the_number_of_members() {
    let plain = Plain { a: None };
    assert_eq!(serde_json::to_value(&plain).unwrap(), serde_json::json!({}));
}

#[test]
fn builders_take_the_required_in_any_order() {
    let rest = [("more".to_owned(), true)].into_iter().collect();
    let full = Thing::builder().count(1).must(2).any(7).additional_properties(rest).build();
    assert_eq!(serde_json::to_string(&full).unwrap(), r#"{"must":2,"a \"count\"":1,"any":7,"more":true}"#);
    let one = Thing::builder().count(1).note("n").must(2).may("m").build();
    let other = Thing::builder().must(Some(2)).may(Some("m".to_owned())).count(1).note(String::from("n")).build();
    assert_eq!(one, other);
    assert_eq!(serde_json::to_string(&one).unwrap(), r#"{"must":2,"a \"count\"":1,"note":"n","may":"m"}"#);
    assert_eq!(Thing::builder().must(None).count(1).build().must, None);
}
