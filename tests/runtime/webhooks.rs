//! Webhooks: what is decoded of a request that came, and what is said of one that is not as described.

use super::webhooks::receive::{self, WebhookError, payload, webhook};
use bytes::Bytes;
use http::{Request, StatusCode};
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Pet {
    name: String,
    age: Option<u8>,
    #[serde(default)]
    tags: Vec<String>,
}

webhook! {
    /// A pet has come.
    pub struct NewPet: POST "new-pet";
    [body]
    Pet = json("application/json"),
    [required]
    x_event: String = header("X-Event", ","),
    [optional]
    attempt: i64 = query("attempt", ""),
    tags: Vec<String> = query("tags", "%7C"),
    ids: Vec<i64> = header("X-Ids", ","),
    words: Vec<String> = query("words", "%20"),
    point: Vec<f64> = query("point", "json"),
    session: String = cookie("session", ""),
}

webhook! {
    /// Of several forms.
    pub struct Moved: PUT "moved" of "move" to "{$request.body#/url}";
    [optional_body]
    MovedBody = several("application/json", "application/x-www-form-urlencoded", "text/*"),
}

payload! {
    /// Its body.
    pub enum MovedBody;
    Json(Pet) = json("application/json"),
    Form(Pet) = form("application/x-www-form-urlencoded"),
    Text(String) = text("text/*"),
}

fn request(headers: &[(&str, &str)], uri: &str, body: &str) -> Request<Bytes> {
    let mut request = Request::post(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Bytes::from(body.to_owned())).unwrap()
}

fn pet(body: &str) -> Result<NewPet, WebhookError> {
    NewPet::decode(&request(&[("X-Event", "created"), ("Content-Type", "application/json")], "/", body))
}

#[test]
fn parameters_and_body_are_typed() {
    let headers = [("x-event", "created, twice"), ("X-Ids", "1, 2"), ("Cookie", "a=b; session=a%2Bb")];
    let uri = "/hook?attempt=3&tags=a%7Bb%7Cc+d%7ce|f&words=a+b%20c&point=%5B1.5%2C2%5D&other=1";
    let came = NewPet::decode(&request(&headers, uri, r#"{"name": "Ada", "more": 1}"#)).unwrap();
    assert_eq!(came.body, Pet { name: "Ada".into(), age: None, tags: vec![] });
    assert_eq!((came.x_event.as_str(), came.attempt), ("created, twice", Some(3)));
    assert_eq!(came.words, Some(["a", "b", "c"].map(str::to_owned).into()));
    assert_eq!(came.tags, Some(["a{b", "c d", "e", "f"].map(str::to_owned).into()));
    assert_eq!((came.ids, came.point), (Some(vec![1, 2]), Some(vec![1.5, 2.0])));
    assert_eq!(came.session.as_deref(), Some("a+b"));
    assert_eq!((NewPet::METHOD, Moved::METHOD), (http::Method::POST, http::Method::PUT));
}

#[test]
fn errors_say_which_part_is_wrong() {
    let wrong = pet(r#"{"name": "Ada", "age": "old"}"#).unwrap_err();
    assert_eq!((wrong.path(), wrong.status()), (Some("$.age"), StatusCode::BAD_REQUEST));
    assert!(wrong.to_string().starts_with("the webhook cannot be decoded: the body at $.age: invalid type"), "{wrong}");
    assert_eq!(pet("").unwrap_err().message(), "expected JSON, got an empty body");
    assert_eq!(pet(r#"{"name": "#).unwrap_err().path(), Some("$.name"));
    let missing = NewPet::decode(&request(&[], "/", r#"{"name": ""}"#)).unwrap_err();
    assert_eq!(missing.to_string(), "the webhook cannot be decoded: header `X-Event`: it is missing");
    let odd = NewPet::decode(&request(&[("X-Event", "a")], "/?attempt=x", r#"{"name": ""}"#)).unwrap_err();
    assert!(odd.to_string().ends_with("query `attempt`: expected a whole number, got \"x\""), "{odd}");
    let page = request(&[("X-Event", "a"), ("Content-Type", "text/html")], "/", "<p>");
    let foreign = NewPet::decode(&page).unwrap_err();
    assert_eq!(foreign.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(foreign.message().starts_with("expected application/json, got text/html"), "{foreign}");
}

#[test]
fn the_content_type_chooses_the_form() {
    let of = |media: &str, body: &str| {
        Moved::decode(&request(&[("Content-Type", media)], "/", body)).map(|moved| moved.body)
    };
    let ada = Pet { name: "A d".into(), age: Some(7), tags: vec!["x".into(), "[y]".into()] };
    let form = of("Application/X-WWW-Form-urlencoded; charset=utf-8", "name=A+d&age=7&tags=x&tags=%5By%5D&z").unwrap();
    assert_eq!(form, Some(MovedBody::Form(ada)));
    let list = of("application/x-www-form-urlencoded", "name=&tags=%5B%22a%22%5D").unwrap();
    assert_eq!(list, Some(MovedBody::Form(Pet { name: String::new(), age: None, tags: vec!["a".into()] })));
    assert_eq!(of("text/css", "p {}").unwrap(), Some(MovedBody::Text("p {}".into())));
    assert_eq!(of("image/png", "").unwrap(), None);
    let foreign = of("image/png", "x").unwrap_err();
    assert_eq!(foreign.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let wrong = of("application/x-www-form-urlencoded", "name=a&age=1000").unwrap_err();
    assert_eq!(wrong.message(), "expected a whole number, got \"1000\"");
    assert!(of("application/x-www-form-urlencoded", "age=1").unwrap_err().message().contains("`name`"));
}

#[test]
fn no_header_is_shown() {
    let came = NewPet::decode(&request(&[("X-Event", "s3cret")], "/", r#"{"name": "Ada"}"#)).unwrap();
    let shown = format!("{came:?}");
    assert!(shown.contains("Ada") && !shown.contains("s3cret"), "{shown}");
}
