//! In: values, and the styles of their properties. Out: proof that they become the forms that OpenAPI describes, and that
//! an independent reader gets back what was written.

use crate::probe::{builder, request_by};
use crate::runtime::{Error, File, Style};
use http::Method;
use serde::Serialize;
use serde_json::json;

type Styles = &'static [(Style, bool, &'static [&'static str])];

const MEDIA: &str = "application/x-www-form-urlencoded";

fn form(styles: Styles, value: &impl Serialize) -> Result<String, Error> {
    let request = request_by(builder(), Method::POST, "/", |call| call.form(MEDIA, styles, &Some(value)))?;
    assert_eq!(request.headers()["content-type"], MEDIA);
    Ok(String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap())
}

fn refused(styles: Styles, value: &impl Serialize, words: &str) {
    let error = form(styles, value).unwrap_err();
    assert!(matches!(error, Error::Request(_)) && error.to_string().contains(words), "{error}");
}

/// What a reader of forms makes of a text.
fn read(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn the_example_of_the_specification() {
    // OpenAPI 3.1.1, section 4.8.14.4: an object without an `encoding` is JSON text.
    let id = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    let address = json!({"streetAddress": "123 Example Dr.", "city": "Somewhere", "state": "CA", "zip": "99999+1234"});
    let text = form(&[], &json!({"id": id, "address": address})).unwrap();
    let expected = "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C\
                    %22city%22%3A%22Somewhere%22%2C%22state%22%3A%22CA%22%2C%22zip%22%3A%2299999%2B1234%22%7D";
    assert_eq!(text, expected);
    // As `application/json`, a string keeps its quotes.
    assert_eq!(form(&[(Style::Json, false, &["id"])], &json!({ "id": id })).unwrap(), format!("id=%22{id}%22"));
}

#[test]
fn a_form_is_written_as_others_write_it() {
    let all: String = (1..=127).map(|byte: u8| char::from(byte)).chain("é😀".chars()).collect();
    let text = form(&[], &json!({"q[a]": all, "b": "", "c d": "+"})).unwrap();
    let mut other = form_urlencoded::Serializer::new(String::new());
    assert_eq!(text, other.append_pair("q[a]", &all).append_pair("b", "").append_pair("c d", "+").finish());
}

#[test]
fn without_a_style_the_content_decides() {
    let value =
        json!({"n": 1.50, "yes": true, "none": null, "list": ["a", "b,c"], "empty": [], "things": [{"a": 1}, []]});
    let text = form(&[], &value).unwrap();
    let expected =
        [("n", "1.5"), ("yes", "true"), ("list", "a"), ("list", "b,c"), ("things", "{\"a\":1}"), ("things", "[]")];
    assert_eq!(read(&text), pairs(&expected));
    refused(&[], &json!({"list": [null]}), "the property `list`: a form has no null in a list");
    refused(&[], &json!([1]), "only an object");
    assert_eq!(form(&[], &json!({})).unwrap(), "");
}

#[test]
fn styles_are_those_of_the_query() {
    let list = json!({"a": ["x", "y z", "1,2"], "b": null, "c": []});
    let object = json!({"a": {"r": 1, "g": "2", "b": null}, "b": 7});
    for (style, explode, expected) in [
        (Style::Form, true, "a=x&a=y+z&a=1%2C2"),
        (Style::Form, false, "a=x,y+z,1%2C2"),
        (Style::PipeDelimited, false, "a=x%7Cy+z%7C1%2C2"),
        (Style::PipeDelimited, true, "a=x&a=y+z&a=1%2C2"),
    ] {
        let styles: Styles = Box::leak(Box::new([(style, explode, ["a", "b", "c"].as_slice())]));
        assert_eq!(form(styles, &list).unwrap(), expected, "{style:?} {explode}");
    }
    let spaces: Styles = &[(Style::SpaceDelimited, false, &["a"])];
    assert_eq!(form(spaces, &json!({"a": ["x", "1,2"]})).unwrap(), "a=x+1%2C2");
    assert_eq!(form(spaces, &json!({"a": "y z"})).unwrap(), "a=y+z");
    refused(spaces, &list, "the property `a`: an item that holds ` ` would read as two");
    refused(&[(Style::PipeDelimited, false, &["a"])], &json!({"a": {"p|q": 1}}), "an item that holds `|`");
    assert_eq!(form(&[(Style::Form, true, &["a", "b"])], &object).unwrap(), "r=1&g=2&b=7");
    assert_eq!(form(&[(Style::Form, false, &["a"])], &object).unwrap(), "a=r,1,g,2&b=7");
    assert_eq!(form(&[(Style::Form, true, &["a"])], &json!({"a": [[1]]})).unwrap(), "a=%5B1%5D");
    let paging = json!({"a": {"page": 0, "sort": ["x", "y"], "none": []}});
    assert_eq!(form(&[(Style::Form, true, &["a"])], &paging).unwrap(), "page=0&sort=x&sort=y");
    refused(&[(Style::Form, true, &["a"])], &json!({"a": [null]}), "null in a list");
}

#[test]
fn deep_objects_hold_each_other() {
    let styles: Styles = &[(Style::DeepObject, true, &["a", "expand", "metadata"])];
    let value = json!({
        "a": {"b": {"c": 1, "none": null}, "items": [{"price": "p&q", "tags": ["x"]}, {"price": ""}]},
        "expand": ["one", "two"],
        "metadata": "",
        "plain": {"x": 1},
    });
    let text = form(styles, &value).unwrap();
    assert!(text.starts_with("a%5Bb%5D%5Bc%5D=1&a%5Bitems%5D%5B0%5D%5Bprice%5D=p%26q&"), "{text}");
    let expected = [
        ("a[b][c]", "1"),
        ("a[items][0][price]", "p&q"),
        ("a[items][0][tags][0]", "x"),
        ("a[items][1][price]", ""),
        ("expand[0]", "one"),
        ("expand[1]", "two"),
        ("metadata", ""),
        ("plain", "{\"x\":1}"),
    ];
    assert_eq!(read(&text), pairs(&expected));
    refused(styles, &json!({"expand": ["a", null]}), "null in a list");
}

#[test]
fn numbers_keep_their_digits() {
    #[derive(Serialize)]
    struct Numbers {
        a: f32,
        b: u128,
        c: [f64; 2],
        d: Option<i8>,
    }
    let numbers = Numbers { a: 0.1, b: u128::MAX, c: [5.000_000_000_000_001, 1e300], d: None };
    let text = form(&[], &numbers).unwrap();
    assert_eq!(text, "a=0.1&b=340282366920938463463374607431768211455&c=5.000000000000001&c=1e%2B300");
    refused(&[], &std::collections::BTreeMap::from([("e", f64::NAN)]), "NaN is not a number that JSON has");
    let keys = std::collections::BTreeMap::from([(vec![1], 2)]);
    refused(&[], &keys, "the body: key must be a string");
}

#[test]
fn a_file_is_its_text_where_there_are_no_parts() {
    assert_eq!(form(&[], &std::collections::BTreeMap::from([("f", File::from("a b"))])).unwrap(), "f=a+b");
    refused(
        &[],
        &std::collections::BTreeMap::from([("f", File::from([0xff].as_slice()))]),
        "can only be sent as multipart",
    );
    assert_eq!(serde_json::to_string(&File::from("a\"b")).unwrap(), r#""a\"b""#);
    assert!(serde_json::to_string(&File::from([0xff].as_slice())).is_err());
    assert_eq!(serde_json::from_str::<File>(r#""a\"b""#).unwrap(), File::from("a\"b"));
}
