//! In: the tables of the OpenAPI Specification and the cases of RFC 6570. Out: proof that every style spells them so.

use crate::probe::{path, query, request};
use crate::runtime::{Error, Style};
use oasmith_tests::harness::shared;
use serde_json::{Value, json};

pub fn style(name: &str) -> Style {
    match name {
        "simple" => Style::Simple,
        "label" => Style::Label,
        "matrix" => Style::Matrix,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        "form" | "cookie" => Style::Form,
        other => panic!("style {other}"),
    }
}

/// The spelling where a parameter of this location is sent; `None` when nothing is.
fn spell(location: &str, name: &str, style: Style, explode: bool, value: &Value) -> Result<Option<String>, Error> {
    let name: &'static str = name.to_owned().leak();
    let header = |wanted: &str, request: http::Request<_>| {
        request.headers().get(wanted).map(|value| value.to_str().unwrap().to_owned())
    };
    match location {
        "path" => path(name, style, explode, value).map(Some),
        "query" => query(name, style, explode, value),
        "header" => Ok(header(name, request("/", |call| call.header(name, explode, value))?)),
        "cookie" => Ok(header("cookie", request("/", |call| call.cookie(name, explode, value))?)),
        other => panic!("location {other}"),
    }
}

#[test]
fn the_examples_of_the_specification() {
    let array = json!(["blue", "black", "brown"]);
    let object = json!({"R": 100, "G": 200, "B": 150});
    let cases = [
        ("path", Style::Matrix, false, &array, ";color=blue,black,brown"),
        ("path", Style::Matrix, true, &array, ";color=blue;color=black;color=brown"),
        ("path", Style::Matrix, false, &object, ";color=R,100,G,200,B,150"),
        ("path", Style::Matrix, true, &object, ";R=100;G=200;B=150"),
        ("path", Style::Label, false, &array, ".blue,black,brown"),
        ("path", Style::Label, true, &array, ".blue.black.brown"),
        ("path", Style::Label, false, &object, ".R,100,G,200,B,150"),
        ("path", Style::Label, true, &object, ".R=100.G=200.B=150"),
        ("path", Style::Simple, false, &array, "blue,black,brown"),
        ("path", Style::Simple, true, &array, "blue,black,brown"),
        ("path", Style::Simple, false, &object, "R,100,G,200,B,150"),
        ("path", Style::Simple, true, &object, "R=100,G=200,B=150"),
        ("query", Style::Form, false, &array, "color=blue,black,brown"),
        ("query", Style::Form, true, &array, "color=blue&color=black&color=brown"),
        ("query", Style::Form, false, &object, "color=R,100,G,200,B,150"),
        ("query", Style::Form, true, &object, "R=100&G=200&B=150"),
        ("query", Style::SpaceDelimited, false, &array, "color=blue%20black%20brown"),
        ("query", Style::SpaceDelimited, true, &array, "color=blue&color=black&color=brown"),
        ("query", Style::SpaceDelimited, false, &object, "color=R%20100%20G%20200%20B%20150"),
        ("query", Style::PipeDelimited, false, &array, "color=blue%7Cblack%7Cbrown"),
        ("query", Style::PipeDelimited, false, &object, "color=R%7C100%7CG%7C200%7CB%7C150"),
        ("query", Style::DeepObject, true, &object, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ("query", Style::Json, false, &array, "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D"),
        ("path", Style::Json, false, &array, "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D"),
        ("header", Style::Simple, false, &array, "blue,black,brown"),
        ("header", Style::Simple, true, &object, "R=100,G=200,B=150"),
        ("cookie", Style::Form, false, &array, "color=blue,black,brown"),
        ("cookie", Style::Form, true, &array, "color=blue; color=black; color=brown"),
    ];
    for (location, style, explode, value, expected) in cases {
        let spelt = spell(location, "color", style, explode, value).unwrap();
        assert_eq!(spelt.as_deref(), Some(expected), "{location} {style:?} explode={explode}");
    }
    for (style, explode, expected) in [
        (Style::Matrix, false, ";color"),
        (Style::Matrix, true, ";color"),
        (Style::Form, false, "color="),
        (Style::Form, true, "color="),
    ] {
        let location = if style == Style::Matrix { "path" } else { "query" };
        assert_eq!(spell(location, "color", style, explode, &json!("")).unwrap().as_deref(), Some(expected));
    }
}

#[test]
fn values_are_encoded_and_delimiters_are_not() {
    let value = json!(["a,b", "c d", "e|f", "g&h=i"]);
    let encoded = "q=a%2Cb,c%20d,e%7Cf,g%26h%3Di";
    assert_eq!(query("q", Style::Form, false, &value).unwrap().as_deref(), Some(encoded));
    assert_eq!(path("q", Style::Label, false, &json!(["a.b", "c"])).unwrap(), ".a.b,c");
    assert_eq!(path("q", Style::Matrix, true, &json!({"k;": "v;"})).unwrap(), ";k%3B=v%3B");
}

#[test]
fn what_the_standard_leaves_open_is_sent_as_forms_are() {
    let paging = json!({"page": 0, "size": 2, "sort": ["a", "b,c"], "none": []});
    let sent = |style, explode, value: &Value| query("q", style, explode, value).unwrap().unwrap();
    for style in [Style::Form, Style::SpaceDelimited, Style::PipeDelimited] {
        assert_eq!(sent(style, true, &paging), "page=0&size=2&sort=a&sort=b%2Cc");
    }
    assert_eq!(sent(Style::Form, true, &json!({"in": {"x": "y"}})), "in=%7B%22x%22%3A%22y%22%7D");
    assert_eq!(sent(Style::Form, true, &json!([{"a": "b"}, [1]])), "q=%7B%22a%22%3A%22b%22%7D&q=%5B1%5D");
    assert_eq!(sent(Style::Form, false, &json!({"page": 0, "sort": [1, 2]})), "q=page,0,sort,%5B1%2C2%5D");
    assert_eq!(sent(Style::PipeDelimited, false, &json!([[1, 2], 3])), "q=%5B1%2C2%5D%7C3");
    assert_eq!(sent(Style::Separated(';'), false, &json!([[1, 2], 3])), "q=%5B1%2C2%5D%3B3");
    assert_eq!(path("q", Style::Simple, false, &json!([[1, 2], 3])).unwrap(), "%5B1%2C2%5D,3");
    assert_eq!(path("q", Style::Matrix, true, &json!({"a": [1, 2]})).unwrap(), ";a=1;a=2");
    let header = spell("header", "q", Style::Simple, false, &json!([[1, 2], 3]));
    assert_eq!(header.unwrap().unwrap(), "[1,2],3");
    let cookie = spell("cookie", "q", Style::Form, true, &json!({"a": [1, 2]}));
    assert_eq!(cookie.unwrap().unwrap(), "a=1; a=2");
    assert_eq!(query("q", Style::Form, true, &json!({"sort": []})).unwrap(), None);
}

#[test]
fn what_a_style_cannot_serialize_is_rejected_by_name() {
    let value = &json!([1, null]);
    for style in [Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::Separated(';')] {
        for explode in [false, true] {
            let error = query("color", style, explode, value).unwrap_err();
            assert!(error.to_string().contains("query parameter `color`"), "{value}: {error}");
        }
    }
    for style in [Style::Simple, Style::Label, Style::Matrix] {
        let error = path("color", style, true, value).unwrap_err();
        assert!(error.to_string().contains("path parameter `color`"), "{value}: {error}");
    }
    for place in ["header", "cookie"] {
        let style = if place == "header" { Style::Simple } else { Style::Form };
        let error = spell(place, "color", style, false, value).unwrap_err();
        assert!(error.to_string().contains(&format!("{place} `color`")), "{value}: {error}");
    }
    query("color", Style::DeepObject, true, &json!({"a": [1, null]})).unwrap_err();
}

#[test]
fn an_item_that_would_read_as_two_is_refused() {
    let reserved =
        |value: &Value| request("/x", |call| call.query_reserved("color", Style::Form, false, value)).map(drop);
    let cases = [
        (query("color", Style::PipeDelimited, false, &json!(["p|q", "r"])).map(drop), '|'),
        (query("color", Style::PipeDelimited, false, &json!({"p|q": "r"})).map(drop), '|'),
        (query("color", Style::SpaceDelimited, false, &json!(["v w"])).map(drop), ' '),
        (query("color", Style::Separated(';'), false, &json!(["a;b"])).map(drop), ';'),
        (reserved(&json!(["a,b"])), ','),
        (path("color", Style::Label, true, &json!([1.5])).map(drop), '.'),
        (spell("header", "color", Style::Simple, false, &json!(["a,b"])).map(drop), ','),
    ];
    for (spelt, delimiter) in cases {
        let error = spelt.unwrap_err().to_string();
        assert!(error.contains(&format!("`color`: an item that holds `{delimiter}` would read as two")), "{error}");
    }
    // What explodes, what is one text, and what is encoded beside literal delimiters is told apart.
    let sent = |style, explode, value: Value| query("q", style, explode, &value).unwrap().unwrap();
    assert_eq!(sent(Style::PipeDelimited, true, json!(["p|q", "r"])), "q=p%7Cq&q=r");
    assert_eq!(sent(Style::SpaceDelimited, false, json!("v w")), "q=v%20w");
    assert_eq!(sent(Style::Form, false, json!(["a,b", "c"])), "q=a%2Cb,c");
    reserved(&json!(["a%2Cb", "c"])).unwrap();
}

#[test]
fn what_the_standard_leaves_open_in_deep_objects_is_as_in_forms() {
    let deep = |value: &Value| query("a", Style::DeepObject, true, value).unwrap();
    assert_eq!(deep(&json!({"b": {"c": 1}, "d": null})).as_deref(), Some("a%5Bb%5D%5Bc%5D=1"));
    assert_eq!(deep(&json!({"items": ["x y", 2]})).as_deref(), Some("a%5Bitems%5D%5B0%5D=x%20y&a%5Bitems%5D%5B1%5D=2"));
    assert_eq!(deep(&json!(["x"])).as_deref(), Some("a%5B0%5D=x"));
    assert_eq!(deep(&json!(true)).as_deref(), Some("a=true"));
    assert_eq!(deep(&json!({})), None);
}

#[test]
fn reserved_characters_stay_where_the_description_allows_it() {
    // RFC 6570, section 3.2.3, but for what no query may hold.
    let reserved = |value: &Value, style: Style, explode: bool| {
        let sent = request("/x", |call| call.query_reserved("q", style, explode, value)).unwrap();
        sent.uri().query().unwrap().to_owned()
    };
    let all = json!(":/?#[]@!$&'()*+,;=");
    assert_eq!(reserved(&all, Style::Form, true), "q=:/?%23%5B%5D@!$&%27()*+,;=");
    assert_eq!(reserved(&json!("a b%20c%zz%é|\""), Style::Form, true), "q=a%20b%20c%25zz%25%C3%A9%7C%22");
    assert_eq!(reserved(&json!(["a/b", "c:d"]), Style::Form, false), "q=a/b,c:d");
    assert_eq!(reserved(&json!({"x": "a/b"}), Style::DeepObject, true), "q%5Bx%5D=a/b");
}

#[test]
fn a_vendor_has_a_separator_of_its_own() {
    let spelt = |value: Value| query("ids", Style::Separated(';'), false, &value).unwrap();
    assert_eq!(spelt(json!([1, 2, 3])).as_deref(), Some("ids=1%3B2%3B3"));
    assert_eq!(spelt(json!(["a,b"])).as_deref(), Some("ids=a%2Cb"));
    assert_eq!(spelt(json!([])), None);
}

pub fn corpus(file: &str) -> Option<Value> {
    let path =
        shared(&format!("corpus/suites/param-styles/{file}"), "whether parameters are spelt as the standard says")?;
    Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
}

/// Templates of one expression with one variable: those that a parameter can be.
#[test]
fn the_cases_of_rfc_6570() {
    let mut checked = 0;
    for file in ["spec-examples.json", "spec-examples-by-section.json", "extended-tests.json"] {
        let Some(groups) = corpus(&format!("uritemplate-rfc6570/{file}")) else { return };
        for group in groups.as_object().unwrap().values() {
            for case in group["testcases"].as_array().unwrap() {
                checked += usize::from(check_template(case, &group["variables"]));
            }
        }
    }
    assert!(checked > 50, "{checked}");
}

fn check_template(case: &Value, variables: &Value) -> bool {
    let template = case[0].as_str().unwrap();
    let Some(inner) = template.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else { return false };
    if inner.contains([',', ':', '{', '+', '#', '/', '&']) {
        return false;
    }
    let (style, lead) = match inner.as_bytes()[0] {
        b'.' => (Style::Label, "."),
        b';' => (Style::Matrix, ";"),
        b'?' => (Style::Form, "?"),
        _ => (Style::Simple, ""),
    };
    let (name, explode) = match inner.trim_start_matches(lead).strip_suffix('*') {
        Some(name) => (name, true),
        None => (inner.trim_start_matches(lead), false),
    };
    let location = if style == Style::Form { "query" } else { "path" };
    let spelt = spell(location, name, style, explode, &variables[name]);
    let expected: Vec<&str> = match &case[1] {
        Value::Array(any) => any.iter().map(|one| one.as_str().unwrap()).collect(),
        one => vec![one.as_str().unwrap_or_default()],
    };
    if location == "path" && expected.iter().any(|one| ["", "."].contains(one)) {
        spelt.unwrap_err();
        return true;
    }
    let spelt =
        spelt.unwrap().map_or(String::new(), |text| if style == Style::Form { format!("?{text}") } else { text });
    // A percent-encoded name: the suite keeps a `%` that it finds in a variable's name.
    assert!(expected.contains(&spelt.as_str()), "{template}: {spelt} is none of {expected:?}");
    true
}
