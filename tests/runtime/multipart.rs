//! In: values with files. Out: proof that an independent reader of multipart bodies gets back their parts.

use crate::probe::{builder, request_by};
use crate::runtime::{Body, Error, File, Style};
use crate::server::wait;
use bytes::Bytes;
use http::{Method, Request};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

type Styles = &'static [(Style, bool, &'static [&'static str])];
type Parts = &'static [(&'static str, &'static str, &'static [(&'static str, &'static str)])];

/// A part as a server reads it: name, file name, media type, content.
pub type Part = (String, Option<String>, Option<String>, Bytes);

/// What a server makes of a multipart body.
pub fn read(content_type: &str, body: &[u8]) -> Vec<Part> {
    let boundary = multer::parse_boundary(content_type).unwrap();
    wait(async {
        let mut all = multer::Multipart::with_reader(body, boundary);
        let mut parts = Vec::new();
        while let Some(part) = all.next_field().await.unwrap() {
            let text = |text: Option<&str>| text.map(str::to_owned);
            let (name, file) = (part.name().unwrap().to_owned(), text(part.file_name()));
            let media = part.content_type().map(ToString::to_string);
            parts.push((name, file, media, part.bytes().await.unwrap()));
        }
        parts
    })
}

fn part(name: &str, file: Option<&str>, media: Option<&str>, content: &[u8]) -> Part {
    (name.to_owned(), file.map(str::to_owned), media.map(str::to_owned), Bytes::copy_from_slice(content))
}

fn multipart(styles: Styles, parts: Parts, value: &impl Serialize) -> Result<Request<Body>, Error> {
    request_by(builder(), Method::POST, "/", |call| call.multipart("multipart/form-data", styles, parts, &Some(value)))
}

fn parts(styles: Styles, parts: Parts, value: &impl Serialize) -> Vec<Part> {
    let request = multipart(styles, parts, value).unwrap();
    read(request.headers()["content-type"].to_str().unwrap(), request.body().as_bytes().unwrap())
}

#[test]
fn each_kind_of_value_is_its_kind_of_part() {
    #[derive(Serialize)]
    struct Upload {
        id: &'static str,
        count: u8,
        none: Option<File>,
        address: BTreeMap<&'static str, i64>,
        tags: [&'static str; 2],
        addresses: [BTreeMap<&'static str, i64>; 1],
        photo: File,
        pages: Vec<File>,
    }
    let object = BTreeMap::from([("a", 1)]);
    let upload = Upload {
        id: "ü",
        count: 7,
        none: None,
        address: object.clone(),
        tags: ["x", ""],
        addresses: [object],
        photo: File::from([0xff, b'\r', b'\n', 0].as_slice())
            .with_name("a \"b\"\r\n.png")
            .with_content_type("image/png"),
        pages: vec![File::new("one"), File::from("--")],
    };
    let json = Some("application/json");
    let bytes = Some("application/octet-stream");
    let expected = [
        part("id", None, None, "ü".as_bytes()),
        part("count", None, None, b"7"),
        part("address", None, json, br#"{"a":1}"#),
        part("tags", None, None, b"x"),
        part("tags", None, None, b""),
        part("addresses", None, json, br#"{"a":1}"#),
        part("photo", Some("a %22b%22%0D%0A.png"), Some("image/png"), &[0xff, b'\r', b'\n', 0]),
        part("pages", Some("pages"), bytes, b"one"),
        part("pages", Some("pages"), bytes, b"--"),
    ];
    assert_eq!(parts(&[], &[], &upload), expected);
}

#[test]
fn the_description_may_say_the_media_type_and_headers() {
    let value = BTreeMap::from([("file", File::from("x")), ("other", File::from("y").with_content_type("text/csv"))]);
    let table: Parts = &[("file", "image/png", &[("X-Kind", "scan")]), ("other", "image/png", &[])];
    let expected =
        [part("file", Some("file"), Some("image/png"), b"x"), part("other", Some("other"), Some("text/csv"), b"y")];
    assert_eq!(parts(&[], table, &value), expected);
    let body = multipart(&[], table, &value).unwrap().into_body();
    assert!(String::from_utf8_lossy(body.as_bytes().unwrap()).contains("\r\nX-Kind: scan\r\n\r\nx\r\n"));
    let json: Parts = &[("a", "application/json", &[]), ("b", "application/vnd.x+json", &[]), ("c", "text/html", &[])];
    let expected = [
        part("a", None, Some("application/json"), b"\"x\""),
        part("b", None, Some("application/vnd.x+json"), b"{}"),
        part("c", None, Some("text/html"), b"<p>"),
    ];
    assert_eq!(parts(&[], json, &json!({"a": "x", "b": {}, "c": "<p>"})), expected);
    let bad = BTreeMap::from([("file", File::from("x").with_content_type("a\r\nb"))]);
    let error = multipart(&[], &[], &bad).unwrap_err();
    assert!(error.to_string().contains("the property `file`: `Content-Type`"), "{error}");
}

#[test]
fn a_file_has_headers_of_its_own() {
    let table: Parts = &[("file", "", &[("X-Kind", "scan"), ("X-Fixed", "1")])];
    let form = |file: File| multipart(&[], table, &BTreeMap::from([("file", file)]));
    let file = || File::from("x");
    let body = form(file().with_header("X-Page", "7").with_header("x-kind", "photo")).unwrap().into_body();
    let text = String::from_utf8_lossy(body.as_bytes().unwrap()).into_owned();
    assert!(text.contains("\r\nX-Fixed: 1\r\nX-Page: 7\r\nx-kind: photo\r\n\r\nx\r\n"), "{text}");
    assert!(!text.contains("scan"), "{text}");
    for (header, value, says) in [
        ("X Page", "7", "`X Page`: it is not the name of a header"),
        ("X-Page", "7\r\nX-Evil: 1", "`X-Page`: "),
        ("content-type", "text/plain", "`content-type`: the file has `.with_content_type(..)` for it"),
        ("Content-Disposition", "form-data", "`Content-Disposition`: the file has `.with_name(..)` for it"),
    ] {
        let error = form(file().with_header(header, value)).unwrap_err().to_string();
        assert!(error.contains("the property `file`: ") && error.contains(says), "{error}");
    }
}

#[test]
fn a_style_makes_the_pairs_of_a_form() {
    let styles: Styles = &[(Style::DeepObject, true, &["a"]), (Style::Form, false, &["b"])];
    let found = parts(styles, &[], &json!({"a": {"b": [{"c": "x&y"}]}, "b": ["1", "2 3"]}));
    assert_eq!(found, [part("a[b][0][c]", None, None, b"x&y"), part("b", None, None, b"1,2 3")]);
    // Nothing is encoded here.
    let error = multipart(styles, &[], &json!({"b": ["a,b"]})).unwrap_err().to_string();
    assert!(error.contains("the property `b`: an item that holds `,` would read as two"), "{error}");
    assert_eq!(parts(styles, &[], &json!({"b": "a,b"})), [part("b", None, None, b"a,b")]);
}

#[test]
fn what_no_part_can_hold_is_named() {
    let error = multipart(&[], &[], &json!({"a": [null]})).unwrap_err();
    assert!(error.to_string().contains("the property `a`: a part cannot be null"), "{error}");
    assert!(multipart(&[], &[], &json!("text")).is_err());
}

#[test]
fn no_two_bodies_have_the_same_boundary() {
    let boundary = || {
        let request = multipart(&[], &[], &json!({"a": 1})).unwrap();
        multer::parse_boundary(request.headers()["content-type"].to_str().unwrap()).unwrap()
    };
    let (one, two) = (boundary(), boundary());
    assert!(one != two && one.len() <= 70, "{one} {two}");
}

#[test]
fn a_described_boundary_is_not_sent() {
    let media = "multipart/form-data; boundary=x";
    let request =
        request_by(builder(), Method::POST, "/", |call| call.multipart(media, &[], &[], &Some(json!({"a": 1}))));
    let (head, body) = request.unwrap().into_parts();
    let media = head.headers["content-type"].to_str().unwrap();
    assert_eq!(media.matches("boundary=").count(), 1, "{media}");
    assert_eq!(read(media, body.as_bytes().unwrap()), [part("a", None, None, b"1")]);
}

#[test]
fn a_file_has_its_name_and_its_length() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.pdf");
    std::fs::write(&path, [1, 2, 3]).unwrap();
    let file = File::from_path(&path).unwrap();
    assert_eq!((file.name(), file.content_type(), file.as_bytes()), (Some("scan.pdf"), None, None));
    assert_eq!(file.body().clone().collect_blocking(9).unwrap(), [1, 2, 3].as_slice());
    assert_eq!(format!("{file:?}"), "File(3 bytes)");
    assert!(File::from_path(folder.path().join("none")).is_err());
}

#[test]
fn of_several_media_types_a_text_has_the_likeliest_and_a_file_none() {
    #[derive(Serialize)]
    struct Upload {
        logo: &'static str,
        note: &'static str,
        photo: File,
    }
    let upload = Upload { logo: "https://a.example/logo.png", note: "n", photo: File::from("p") };
    let allowed: Parts = &[
        ("logo", "image/png, image/jpeg", &[]),
        ("note", "image/*, application/pdf, text/markdown", &[]),
        ("photo", "image/png, image/jpeg", &[]),
    ];
    let media: Vec<_> = parts(&[], allowed, &upload).into_iter().map(|(_, _, media, _)| media).collect();
    assert_eq!(media, ["image/png", "text/markdown", "application/octet-stream"].map(|one| Some(one.to_owned())));
}
