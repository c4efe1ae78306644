//! Webhooks: an axum server receives what a plain HTTP client sends.

use super::served::types::User;
use super::served::webhooks::{UserMoved, UserMovedBody};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use oasmith_tests::loopback::Loopback;

/// As a user would write it.
async fn receive(request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    match UserMoved::decode(&Request::from_parts(parts, body)) {
        Ok(moved) => {
            let (form, user): (&str, User) = match moved.body {
                UserMovedBody::Json(user) => ("json", user),
                UserMovedBody::Form(user) => ("form", user),
            };
            format!("{form} {} {:?} {}", user.id, user.name, moved.x_attempt).into_response()
        }
        Err(error) => (error.status(), error.to_string()).into_response(),
    }
}

fn send(server: &Loopback, attempt: Option<&str>, media: &str, body: &'static str) -> (StatusCode, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut request = agent.post(server.url("/hooks/users")).header("Content-Type", media);
    if let Some(attempt) = attempt {
        request = request.header("X-Attempt", attempt);
    }
    let mut answer = request.send(body).unwrap();
    (answer.status(), answer.body_mut().read_to_string().unwrap())
}

#[test]
fn a_server_decodes_what_comes() {
    let server = Loopback::start(Router::new().route("/hooks/users", post(receive))).unwrap();
    let json = send(&server, Some("2"), "application/json; charset=utf-8", r#"{"id": 7, "name": "Ada", "new": {}}"#);
    assert_eq!(json, (StatusCode::OK, "json 7 Some(\"Ada\") 2".to_owned()));
    let form = send(&server, Some("3"), "application/x-www-form-urlencoded", "id=7&name=A+%26+B");
    assert_eq!(form, (StatusCode::OK, "form 7 Some(\"A & B\") 3".to_owned()));
}

#[test]
fn a_server_can_say_what_is_wrong() {
    let server = Loopback::start(Router::new().route("/hooks/users", post(receive))).unwrap();
    for (attempt, media, body, status, said) in [
        (Some("1"), "application/json", r#"{"id": "seven"}"#, 400, "the body at $.id: invalid type: string \"seven\""),
        (Some("1"), "application/json", r#"{"id": 7"#, 400, "the body at $.id: EOF while parsing an object"),
        (Some("1"), "application/json", "", 400, "the body: expected JSON, got an empty body"),
        (Some("1"), "application/x-www-form-urlencoded", "name=a", 400, "the body: missing field `id`"),
        (Some("1"), "text/html", "<p>", 415, "the body: expected application/json, application/x-www-form-urlencoded"),
        (None, "application/json", r#"{"id": 7}"#, 400, "header `X-Attempt`: it is missing"),
        (Some("x"), "application/json", r#"{"id": 7}"#, 400, "header `X-Attempt`: expected a whole number, got \"x\""),
    ] {
        let (found, text) = send(&server, attempt, media, body);
        assert_eq!(found.as_u16(), status, "{text}");
        assert!(text.starts_with(&format!("the webhook cannot be decoded: {said}")), "{text}");
    }
}
