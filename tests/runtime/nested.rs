//! In: unions inside unions, many of them and deep. Out: that nothing of them is lost, and that the cost of decoding and
//! writing grows with the size of the text alone. Cost is what is read and what is allocated, both counted; never time.

use crate::probe::read_by_both;
use crate::runtime::{self, decode, object, one_of};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};
use std::cell::Cell;

thread_local! {
    static READS: Cell<u64> = const { Cell::new(0) };
}

/// A text that counts how often one is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted(String);

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        READS.set(READS.get() + 1);
        String::deserialize(deserializer).map(Self)
    }
}

impl Serialize for Counted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

// A recursive union around a list, told apart by what the JSON is.
one_of! {
    pub enum Lists;
    Leaf(Counted) = [Form::Text],
    List(Vec<Lists>) = [Form::List(&[])],
}

// Objects that are told apart by a constant, which only the union writes.
one_of! {
    pub enum Tagged;
    Branch(TaggedBranch) = [Form::Object(&[], &[("kind", &["branch"])], &["kind", "inner"], &[])] tag "kind" "branch",
    Leaf(TaggedLeaf) = [Form::Object(&[], &[("kind", &["leaf"])], &["kind", "text"], &[])] tag "kind" "leaf",
}

object! {
    pub struct TaggedBranch;
    [required]
    inner: Vec<Tagged>,
}

object! {
    pub struct TaggedLeaf;
    [required]
    text: Counted,
}

// Objects that nothing tells apart but what of them is kept.
one_of! {
    pub enum Alike;
    First(First) = [Form::Object(&[], &[], &["inner", "text"], &[])],
    Second(Second) = [Form::Object(&[], &[], &["inner", "text"], &[])],
}

object! {
    pub struct First;
    [optional]
    inner: Vec<Alike>,
}

object! {
    pub struct Second;
    [optional]
    inner: Vec<Alike>,
    text: Counted,
}

fn decoded<T: DeserializeOwned>(text: &str) -> Result<T, runtime::Error> {
    decode::json(http::Response::new(Bytes::from(text.to_owned())))
}

/// How many leaves are read and how many bytes are allocated to decode a text, and how many to write it.
struct Cost {
    reads: u64,
    decoding: u64,
    writing: u64,
}

fn cost<T: DeserializeOwned + Serialize>(text: &str) -> Cost {
    let body = Bytes::from(text.to_owned());
    let (mut value, mut written) = (None, String::new());
    READS.set(0);
    let decoding =
        allocation_counter::measure(|| value = Some(decode::json::<T>(http::Response::new(body)))).bytes_total;
    let reads = READS.get();
    let writing = allocation_counter::measure(|| {
        if let Some(Ok(value)) = &value {
            written = serde_json::to_string(value).unwrap();
        }
    });
    if let Some(Ok(_)) = value {
        let (written, came): (Value, Value) = (written.parse().unwrap(), text.parse().unwrap());
        assert!(written == came, "something is lost of {}", &text[..text.len().min(300)]);
    }
    Cost { reads, decoding, writing: writing.bytes_total }
}

fn nested(depth: usize, inner: &str, open: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

fn lists(depth: usize, leaves: usize, leaf: &Value) -> String {
    nested(depth - 1, &json!(vec![leaf; leaves]).to_string(), "[", "]")
}

fn objects(depth: usize, leaves: usize, leaf: &Value, kind: &str) -> String {
    let open = match kind {
        "" => "{\"inner\":[".to_owned(),
        kind => format!("{{\"kind\":\"{kind}\",\"inner\":["),
    };
    let leaves = json!(vec![leaf; leaves]).to_string();
    nested(depth, leaves.trim_matches(['[', ']']), &open, "]}")
}

/// Of each kind of union, the cost of a text so deep, of so many leaves.
fn costs(depth: usize, leaves: usize) -> Vec<(&'static str, Cost)> {
    let (text, wrong) = (json!("a leaf that is some bytes long"), json!(7));
    // A level of objects is two of JSON, of which serde_json reads 127.
    let half = depth.div_ceil(2);
    vec![
        ("lists", cost::<Lists>(&lists(depth, leaves, &text))),
        ("lists with an unknown value", cost::<Lists>(&lists(depth, leaves, &wrong))),
        ("tagged", cost::<Tagged>(&objects(half, leaves, &json!({"kind": "leaf", "text": text}), "branch"))),
        ("tagged, wrong at the end", {
            let leaf = json!({"kind": "leaf", "text": text}).to_string();
            let text = objects(half, leaves, &json!({"kind": "leaf", "text": text}), "branch");
            let last = text.rfind(&leaf).unwrap();
            let wrong = text[last..].replacen("\"a leaf that is some bytes long\"", "true", 1);
            let text = format!("{}{wrong}", &text[..last]);
            assert!(decoded::<Tagged>(&text).unwrap_err().path().unwrap().ends_with(&format!("[{}].text", leaves - 1)));
            cost::<Tagged>(&text)
        }),
        ("alike", cost::<Alike>(&objects(half, leaves, &json!({"text": text}), ""))),
        ("alike, and none", cost::<Alike>(&objects(half, leaves, &json!({"text": wrong}), ""))),
    ]
}

#[test]
fn cost_grows_with_size() {
    for depth in [2, 20, 120] {
        for ((kind, small), (_, large)) in costs(depth, 300).into_iter().zip(costs(depth, 600)) {
            let report = |what: &str, small: u64, large: u64| {
                assert!(large * 10 <= small * 23, "{kind}, {depth} deep: {what} of n: {small}, of 2 n: {large}");
            };
            report("leaves read", small.reads, large.reads);
            report("bytes allocated to decode", small.decoding, large.decoding);
            report("bytes allocated to write", small.writing, large.writing);
        }
    }
}

#[test]
fn depth_does_not_multiply_the_cost() {
    const LEAVES: usize = 500;
    for ((kind, flat), (_, deep)) in costs(2, LEAVES).into_iter().zip(costs(120, LEAVES)) {
        // Where the table leaves several variants, each of 16 levels is tried; else nothing is done twice.
        let times = if kind.starts_with("alike") { 48 } else { 3 };
        for (what, flat, deep) in [
            ("leaves read", flat.reads, deep.reads),
            ("bytes allocated to decode", flat.decoding, deep.decoding),
            ("bytes allocated to write", flat.writing, deep.writing),
        ] {
            assert!(deep <= flat * times, "{kind}: {what} at depth 2: {flat}, at depth 120: {deep}");
        }
    }
    let text = lists(120, LEAVES, &json!("a"));
    assert_eq!(cost::<Lists>(&text).reads, LEAVES as u64, "each leaf is read once");
}

#[test]
fn each_of_many_items_is_decided_by_itself() {
    let items: Vec<Value> = (0..10_000).map(|index| json!({"text": format!("item {index}")})).collect();
    let alike: Vec<Alike> = decoded(&json!(items).to_string()).unwrap();
    assert!(alike.iter().all(|item| matches!(item, Alike::Second(Second { text: Some(_), .. }))));
    assert_eq!(serde_json::to_value(&alike).unwrap(), json!(items));
    // The same within one more union.
    let whole = json!({"inner": items, "text": "whole"});
    let Alike::Second(second) = decoded(&whole.to_string()).unwrap() else { panic!("the first would lose the text") };
    let inner = second.inner.as_deref().unwrap();
    assert!(inner.iter().all(|item| matches!(item, Alike::Second(_))), "{:?}", inner.first());
    assert_eq!(serde_json::to_value(&second).unwrap(), whole);
}

#[test]
fn both_clients_read_deep_lists_from_a_socket() {
    let leaves: Vec<_> = (0..10_000).map(|index| format!("leaf {index}")).collect();
    let text = nested(119, &json!(leaves).to_string(), "[", "]");
    for lists in read_by_both::<Lists>(&text) {
        let mut lists = lists.unwrap();
        while let Lists::List(mut inner) = lists {
            if inner.len() > 1 {
                assert!(inner.len() == 10_000 && matches!(&inner[9_999], Lists::Leaf(leaf) if leaf.0 == "leaf 9999"));
            }
            lists = inner.pop().unwrap();
        }
    }
    let wrong = text.replace("\"leaf 64\"", "true");
    assert!(
        read_by_both::<Lists>(&wrong).into_iter().all(|lists| serde_json::to_string(&lists.unwrap()).unwrap() == wrong)
    );
}

#[test]
fn what_is_nested_too_deep_to_try_is_kept_as_json() {
    let deep = |levels: usize| {
        (0..levels).fold(json!({"text": "end"}), |inner, level| json!({"text": level.to_string(), "inner": [inner]}))
    };
    for levels in 0..60 {
        let value: Alike = decoded(&deep(levels).to_string()).unwrap();
        assert_eq!(serde_json::to_value(&value).unwrap(), deep(levels), "{levels}");
        let (mut typed, mut at) = (0, &value);
        while let Alike::Second(second) = at {
            typed += 1;
            let Some(inner) = second.inner.as_ref().and_then(|inner| inner.first()) else { break };
            at = inner;
        }
        assert_eq!(typed, (levels + 1).min(16), "{levels}");
    }
}

#[test]
fn a_union_of_the_same_property_writes_the_inner_one() {
    one_of! {
        pub enum Outer;
        Inner(Tagged) = [Form::Object(&[], &[("kind", &["inner"])], &[], &[])] tag "kind" "inner",
        Map(std::collections::BTreeMap<String, String>) = [Form::Object(&[], &[], &[], &[])] tag "kind" "map",
    }
    let leaf = Tagged::Leaf(TaggedLeaf { text: Counted("a".to_owned()) });
    assert_eq!(serde_json::to_string(&Outer::Inner(leaf)).unwrap(), r#"{"kind":"leaf","text":"a"}"#);
    let map = |pairs: &[(&str, &str)]| {
        Outer::Map(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    };
    assert_eq!(serde_json::to_string(&map(&[("a", "1"), ("z", "2")])).unwrap(), r#"{"kind":"map","a":"1","z":"2"}"#);
    assert_eq!(serde_json::to_string(&map(&[("kind", "map")])).unwrap(), r#"{"kind":"map"}"#);
    assert_eq!(serde_json::to_string(&map(&[])).unwrap(), r#"{"kind":"map"}"#);
}
