//! In: inputs of an operation. Out: the request that they make, and the inputs that make none.

use crate::probe::{path, query, request, request_by};
use crate::runtime::{Body, Error, Style};
use http::Method;
use serde_json::json;

fn refused<T: std::fmt::Debug>(result: Result<T, Error>, name: &str) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
    error.to_string()
}

#[test]
fn no_value_of_the_path_leaves_its_segment() {
    assert_eq!(path("id", Style::Simple, false, &"a/b").unwrap(), "a%2Fb");
    assert_eq!(path("id", Style::Simple, false, &"../x").unwrap(), "..%2Fx");
    assert_eq!(path("id", Style::Simple, false, &"x?y#z").unwrap(), "x%3Fy%23z");
    assert_eq!(path("id", Style::Simple, false, &"%2e").unwrap(), "%252e");
    assert_eq!(path("id", Style::Simple, false, &"...").unwrap(), "...");
    for dots in ["", ".", ".."] {
        refused(path("id", Style::Simple, false, &dots), "id");
    }
    refused(path("id", Style::Label, false, &"."), "id");
    let both = request("/{a}{b}/x", |call| {
        call.path("a", Style::Simple, false, &".")?;
        call.path("b", Style::Simple, false, &".")
    });
    refused(both, "b");
}

#[test]
fn an_empty_value_of_the_path_is_refused_beside_other_text() {
    for (template, style) in [
        ("/files/{name}.{ext}", Style::Simple),
        ("/users/{name}:activate", Style::Simple),
        ("/users/x{name}", Style::Label),
    ] {
        let sent = request(template, |call| {
            call.path("ext", Style::Simple, false, &"txt")?;
            call.path("name", style, false, &"")
        });
        assert!(refused(sent, "name").contains("it may not be empty"));
    }
    // Beside other text, a dot is one.
    let sent = request("/files/{name}.txt", |call| call.path("name", Style::Simple, false, &".")).unwrap();
    assert_eq!(sent.uri().path(), "/v1/files/..txt");
    assert_eq!(path("id", Style::Matrix, false, &"").unwrap(), ";id");
}

#[test]
fn a_path_parameter_must_have_a_value() {
    refused(path("id", Style::Simple, false, &None::<i64>), "id");
    refused(path("id", Style::Simple, false, &Vec::<i64>::new()), "id");
    refused(request("/a/{id}", |_| Ok(())), "id");
}

#[test]
fn a_template_keeps_its_own_text() {
    let filled = request("/a b/é/{id}.json:go/%41/{id}", |call| call.path("id", Style::Simple, false, &7)).unwrap();
    assert_eq!(filled.uri().path(), "/v1/a%20b/%C3%A9/7.json:go/%41/7");
    let hash = request("/#act{x", |_| Ok(())).unwrap();
    assert_eq!(hash.uri().path(), "/v1/%23act%7Bx");
    let query = request("/a?b=c", |call| call.query("d", Style::Form, true, &1)).unwrap();
    assert_eq!(query.uri().query(), Some("b=c&d=1"));
}

#[test]
fn fields_are_the_form_that_is_the_body() {
    let sent = request("/a", |call| {
        call.field("to", Style::Separated(';'), false, &["1", "2"])?;
        call.field("none", Style::Form, true, &None::<i64>)?;
        call.query("q", Style::Form, true, &1)?;
        call.field("text", Style::Form, true, &"a b+c&d=\u{e9};")
    })
    .unwrap();
    assert_eq!(sent.uri().query(), Some("q=1"));
    assert_eq!(sent.body().as_bytes().unwrap(), "to=1%3B2&text=a%20b%2Bc%26d%3D%C3%A9%3B".as_bytes());
    assert_eq!(sent.headers()["content-type"], "application/x-www-form-urlencoded");
    let none = request("/a", |call| call.field("none", Style::Form, true, &None::<i64>)).unwrap();
    assert_eq!((none.headers().get("content-type"), none.body().as_bytes().map(|body| body.len())), (None, Some(0)));
    let wrong = request("/a", |call| call.field("to", Style::Separated(';'), false, &["1;2"])).unwrap_err();
    assert!(wrong.to_string().contains("form field `to`"), "{wrong}");
}

#[test]
fn queries_are_utf8_percent_encoded() {
    let text = query("q", Style::Form, true, &"a b+c&d=é/?~").unwrap().unwrap();
    assert_eq!(text, "q=a%20b%2Bc%26d%3D%C3%A9%2F%3F~");
    assert_eq!(query("filter[name]", Style::Form, true, &"x").unwrap().unwrap(), "filter%5Bname%5D=x");
}

#[test]
fn numbers_keep_their_digits() {
    let spelt = |value: &dyn erased::Json| query("n", Style::Form, true, &value.value()).unwrap().unwrap();
    assert_eq!(spelt(&i64::MIN), "n=-9223372036854775808");
    assert_eq!(spelt(&u64::MAX), "n=18446744073709551615");
    assert_eq!(query("n", Style::Form, true, &1.0_f64).unwrap().unwrap(), "n=1.0");
    assert_eq!(query("n", Style::Form, true, &0.1_f32).unwrap().unwrap(), "n=0.1");
    assert_eq!(query("n", Style::Form, true, &[0.1_f32, 2.5]).unwrap().unwrap(), "n=0.1&n=2.5");
    assert_eq!(query("n", Style::Form, true, &5.000_000_000_000_001_f64).unwrap().unwrap(), "n=5.000000000000001");
}

mod erased {
    /// A number as JSON.
    pub trait Json {
        fn value(&self) -> serde_json::Value;
    }

    impl<T: serde::Serialize> Json for T {
        fn value(&self) -> serde_json::Value {
            serde_json::to_value(self).unwrap()
        }
    }
}

#[test]
fn what_is_absent_is_not_sent() {
    assert_eq!(query("q", Style::Form, true, &None::<String>).unwrap(), None);
    assert_eq!(query("q", Style::Form, true, &json!(null)).unwrap(), None);
    assert_eq!(query("q", Style::Form, true, &json!({"a": null})).unwrap(), None);
    assert_eq!(query("q", Style::DeepObject, true, &json!({"a": null, "b": 1})).unwrap().unwrap(), "q%5Bb%5D=1");
    let bare = request("/", |call| {
        call.header("X-A", false, &None::<i64>)?;
        call.cookie("sid", true, &None::<i64>)?;
        call.json("application/json", &None::<i64>)
    });
    let bare = bare.unwrap();
    assert_eq!(bare.headers().len(), 1, "{:?}", bare.headers());
    assert!(bare.body().as_bytes().unwrap().is_empty());
}

#[test]
fn a_header_takes_ascii_only() {
    let header = |value: &str| request("/", |call| call.header("X-A", false, &value));
    assert_eq!(header("a <>\"%{}|\\^").unwrap().headers()["x-a"], "a <>\"%{}|\\^");
    // A space at an end is one that no server sees.
    for wrong in ["a\r\nb", "\u{0}", "é", " a", "a ", "\ta", " "] {
        refused(header(wrong), "X-A");
    }
    refused(request("/", |call| call.header("X-A", false, &["a,b"])), "X-A");
    refused(request("/", |call| call.header("X A", false, &"a")), "X A");
    let json = request("/", |call| call.header_json("X-A", &json!({"a": [1, null]}))).unwrap();
    assert_eq!(json.headers()["x-a"], r#"{"a":[1,null]}"#);
    let json = request("/", |call| call.header_json("X-A", &json!({"é": "\u{1F600}\u{1}\u{7f}"}))).unwrap();
    assert_eq!(json.headers()["x-a"], r#"{"\u00e9":"\ud83d\ude00\u0001\u007f"}"#);
}

#[test]
fn cookies_share_one_header() {
    let request = request("/", |call| {
        call.cookie("a", true, &"x;y=1")?;
        call.cookie("b", false, &[1, 2])?;
        call.cookie_json("c", &json!({"d": 1}))
    });
    let request = request.unwrap();
    assert_eq!(request.headers()["cookie"], "a=x%3By%3D1; b=1,2; c=%7B%22d%22%3A1%7D");
    assert!(request.headers()["cookie"].is_sensitive());
}

#[test]
fn bodies_bring_their_media_type() {
    let json = request_by(crate::probe::builder(), Method::POST, "/", |call| {
        call.accept("application/json, text/plain");
        call.json("application/json", &Some(json!(null)))
    });
    let json = json.unwrap();
    assert_eq!(json.headers()["content-type"], "application/json");
    assert_eq!(json.headers()["accept"], "application/json, text/plain");
    assert_eq!(json.body(), &Body::from("null"));
    let raw = request("/", |call| {
        call.raw("application/pdf", &Some(Body::from(vec![0, 159]))).unwrap();
        Ok(())
    });
    let raw = raw.unwrap();
    assert_eq!(raw.headers()["content-type"], "application/pdf");
    assert_eq!(format!("{:?}", raw.body()), "Body(2 bytes)");
}

#[test]
fn a_body_may_have_a_content_type_of_its_own() {
    let raw = |content_type| {
        request("/", move |call| {
            call.raw("multipart/form-data", &Some(Body::from("--b--").with_content_type(content_type))).unwrap();
            Ok(())
        })
    };
    let request = raw("multipart/form-data; boundary=b").unwrap();
    assert_eq!(request.headers()["content-type"], "multipart/form-data; boundary=b");
    // It has gone where it belongs: the body is the same as any of these bytes.
    assert_eq!(request.body(), &Body::from("--b--"));
    refused(raw("text/plain\r\nX: y"), r"text/plain\r\nX: y");
}

#[test]
fn what_cannot_be_written_is_named() {
    let keys = std::collections::BTreeMap::from([(vec![1], 2)]);
    refused(query("q", Style::Form, true, &keys), "q");
    let error = request("/", |call| call.json("application/json", &Some(&keys))).unwrap_err();
    assert!(error.to_string().contains("the body: key must be a string"), "{error}");
    let long = "x".repeat(70_000);
    let error = request("/", |call| call.query("q", Style::Form, true, &long)).unwrap_err();
    assert!(error.to_string().contains("the URL: it is longer than"), "{error}");
    let error = request("/", |call| call.json("not\na type", &Some(1))).unwrap_err();
    assert!(error.to_string().contains("media type `not\\na type`"), "{error}");
}
