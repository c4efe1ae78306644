//! In: an operation with several successes, declared errors and headers, as the generator writes one. Out: proof, over
//! real sockets and for both clients, that the status and the content type say what an answer is read as.

use crate::probe;
use crate::runtime::{self, Api, Builder, Client, Envelope, Error, Response, blocking};
use crate::server::{Server, wait};
use operations::{GetReport, GetReportError, GetReportHeaders, GetReportSuccess};
use std::time::Duration;

mod types {
    use super::runtime::{self, object};

    object! {
        pub struct Report;
        [required]
        id: i64,
    }

    object! {
        pub struct Problem;
        [required]
        title: String,
    }
}

mod required {
    super::runtime::marks! { id, title, }
}

mod operations {
    use super::runtime::{self, answers, operation};
    use super::types;

    operation! {
        /// A request for a report.
        pub struct GetReport, GetReportInputs;
        GET "/report" "getReport";
        accept "application/json, text/csv";
        answer several -> GetReportSuccess;
        errors GetReportError: NotFound(types::Problem) = json(404), Gone = nothing(410), ServerError(types::Problem) = json(500..=599), Default(String) = text(_);
        headers GetReportHeaders: x_total: i64 = simple("X-Total"), x_names: Vec<String> = simple("X-Names"), x_sizes: Vec<i64> = simple("X-Sizes"), x_open: bool = simple("X-Open"), x_code: String = simple("X-Code"), x_detail: types::Report = json("X-Detail"), set_cookie: runtime::Secret = simple("Set-Cookie");
    }

    answers! {
        /// The successful answers to [`GetReport`], by their status.
        pub enum GetReportSuccess;
        /// As a table.
        OkText(String) = text(200, "text/csv"),
        /// Bit by bit.
        OkLines(Vec<types::Report>) = lines(200, "application/x-ndjson", "application/jsonl"),
        /// As JSON.
        OkJson(types::Report) = json(200),
        /// Nothing yet.
        NoContent = nothing(204),
        /// Another of the first ones.
        Success(types::Problem) = json(200..=209),
    }
}

pub static ENVELOPED: Api = Api {
    user_agent: "probe/1",
    server: None,
    own_servers: false,
    schemes: &[],
    envelope: Some(Envelope { error: "/title", code: None, message: None, errors: None, refused: &[], retryable: &[] }),
};

type Whole = Result<Response<GetReportSuccess, GetReportHeaders>, Error>;

/// What both clients make of an answer, of this status and with these headers.
fn both_of(api: &'static Api, status: &str, headers: &str, body: &[u8]) -> [Whole; 2] {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n");
    let serve = || Server::new([head.as_bytes(), body].concat(), Duration::ZERO);
    let server = serve();
    let client = Builder::<Client>::new(api).base_url(&server.url).build().unwrap();
    let one = wait(async { GetReport::new(client).send_response().await });
    assert!(server.request().to_ascii_lowercase().contains("\r\naccept: application/json, text/csv\r\n"));
    let server = serve();
    let client = Builder::<blocking::Client>::new(api).base_url(&server.url).build().unwrap();
    [one, GetReport::new(client).send_response()]
}

fn both(status: &str, headers: &str, body: &str) -> [Whole; 2] {
    both_of(&probe::API, status, headers, body.as_bytes())
}

const JSON: &str = "Content-Type: application/json\r\n";

fn successes(status: &str, headers: &str, body: &str) -> [GetReportSuccess; 2] {
    both(status, headers, body).map(|sent| sent.unwrap().body)
}

#[test]
fn the_status_says_what_a_success_is() {
    for sent in successes("200 OK", JSON, r#"{"id":1}"#) {
        assert!(matches!(&sent, GetReportSuccess::OkJson(report) if report.id == 1), "{sent:?}");
    }
    for sent in successes("206 Partial Content", JSON, r#"{"title":"a"}"#) {
        assert!(matches!(&sent, GetReportSuccess::Success(problem) if problem.title == "a"), "{sent:?}");
    }
    for sent in both("204 No Content", "", "") {
        assert!(matches!(sent.unwrap().body, GetReportSuccess::NoContent));
    }
    for sent in both("210 Odd", JSON, "{") {
        let GetReportSuccess::Other(other) = sent.unwrap().body else { panic!("210 is not declared") };
        assert_eq!((other.status.as_u16(), &other.body[..]), (210, &b"{"[..]));
    }
}

#[test]
fn the_content_type_says_which_form_of_one_status_came() {
    for media in ["text/csv", "Text/CSV; charset=utf-8"] {
        for sent in successes("200 OK", &format!("Content-Type: {media}\r\n"), "id\n1") {
            assert!(matches!(&sent, GetReportSuccess::OkText(text) if text == "id\n1"), "{media}: {sent:?}");
        }
    }
    for sent in successes("200 OK", "Content-Type: application/jsonl\r\n", "{\"id\":1}\n{\"id\":2}\n") {
        assert!(matches!(&sent, GetReportSuccess::OkLines(all) if all[1].id == 2), "{sent:?}");
    }
    // What is no other form is taken for JSON, as where it is the only one.
    for headers in ["", "Content-Type: text/html\r\n", "Content-Type: application/vnd.report+json\r\n"] {
        for sent in successes("200 OK", headers, r#"{"id":1}"#) {
            assert!(matches!(sent, GetReportSuccess::OkJson(_)), "{headers}: {sent:?}");
        }
    }
}

#[test]
fn a_success_that_is_not_what_its_status_says_is_an_error() {
    type Case<'a> = (&'a str, &'a str, &'a [u8], Option<&'a str>, &'a str);
    let cases: [Case; 7] = [
        ("200 OK", JSON, br#"{"id":"#, Some("$.id"), "EOF while parsing"),
        ("200 OK", JSON, b"", None, "got an empty body"),
        ("200 OK", "Content-Type: text/html\r\n", b"<html>", None, "got text/html"),
        ("200 OK", "Content-Type: text/csv\r\n", b"a\xff", None, "expected UTF-8 text"),
        ("200 OK", "Content-Type: application/x-ndjson\r\n", b"{\"id\":1}\n{\"id\":", Some("$[1].id"), "EOF"),
        ("201 Created", JSON, br#"{"title":"a"#, Some("$.title"), "EOF while parsing"),
        ("201 Created", JSON, b"{\"title\":\"\xff\"}", None, "invalid unicode"),
    ];
    for (status, headers, body, path, message) in cases {
        for sent in both_of(&probe::API, status, headers, body) {
            let error = sent.unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{error:?}");
            assert_eq!((error.path(), error.body().unwrap().as_ref()), (path, body));
            assert!(status.starts_with(error.status().unwrap().as_str()));
            assert!(error.headers().unwrap().contains_key("content-type"));
            assert!(error.to_string().contains(message), "{error}");
            assert!(error.declared::<GetReportError>().is_none(), "it is no declared error");
        }
    }
}

/// What both clients find declared for an answer that is an error.
fn declared(status: &str, headers: &str, body: &str) -> [(Option<Result<GetReportError, Error>>, Error); 2] {
    both(status, headers, body).map(|sent| {
        let error = sent.unwrap_err();
        assert!(matches!(error, Error::Status(_)), "{error:?}");
        (error.declared(), error)
    })
}

#[test]
fn the_status_says_what_an_error_is() {
    for (found, error) in declared("404 Not Found", JSON, r#"{"title":"none"}"#) {
        let Some(Ok(GetReportError::NotFound(problem))) = found else { panic!("{found:?}") };
        assert_eq!((problem.title.as_str(), error.body().unwrap().len()), ("none", 16));
    }
    for (found, _) in declared("410 Gone", "", "") {
        assert!(matches!(found, Some(Ok(GetReportError::Gone))), "{found:?}");
    }
    for (found, _) in declared("501 Not Implemented", JSON, r#"{"title":"a","more":[]}"#) {
        assert!(matches!(found, Some(Ok(GetReportError::ServerError(_)))), "{found:?}");
    }
    for status in ["301 Moved Permanently", "400 Bad Request"] {
        for (found, _) in declared(status, "Content-Type: text/plain\r\n", "no") {
            assert!(matches!(&found, Some(Ok(GetReportError::Default(text))) if text == "no"), "{found:?}");
        }
    }
}

#[test]
fn an_error_that_is_not_what_its_status_says_is_kept_whole() {
    for (found, error) in declared("507 Insufficient Storage", "Content-Type: text/html\r\n", "<html>") {
        let found = found.unwrap().unwrap_err();
        assert!(matches!(found, Error::Decode(_)), "{found:?}");
        assert_eq!((found.status(), found.body()), (error.status(), error.body()));
    }
}

#[test]
fn an_error_in_an_envelope_may_be_declared_too() {
    for sent in both_of(&ENVELOPED, "404 Not Found", JSON, br#"{"title":"none"}"#) {
        let error = sent.unwrap_err();
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        let found = error.declared::<GetReportError>();
        assert!(matches!(&found, Some(Ok(GetReportError::NotFound(problem))) if problem.title == "none"), "{found:?}");
    }
    // That of a success has no description, whatever `default` says.
    for sent in both_of(&ENVELOPED, "200 OK", JSON, br#"{"title":"none"}"#) {
        assert!(sent.unwrap_err().declared::<GetReportError>().is_none());
    }
}

#[test]
fn no_answer_is_no_declared_error() {
    let client = probe::builder().base_url("http://127.0.0.1:1").build().unwrap();
    let error = GetReport::new(client).send().unwrap_err();
    assert!(error.is_connect() && error.declared::<GetReportError>().is_none());
}

#[test]
fn declared_headers_are_typed() {
    let headers = "x-total: 7\r\nX-Names: a, b\r\nX-Names: c\r\nX-Sizes: 1,2\r\nX-Open: true\r\nX-Code: 007\r\n\
                   X-Detail: {\"id\": 3}\r\nSet-Cookie: a=s3cret\r\nSet-Cookie: b=s3cret\r\nX-More: s3cret\r\n";
    for sent in both("204 No Content", headers, "") {
        let sent = sent.unwrap();
        let found = &sent.declared;
        assert_eq!((found.x_total, found.x_open, found.x_code.as_deref()), (Some(7), Some(true), Some("007")));
        assert_eq!(found.x_names.as_deref().unwrap(), ["a", "b", "c"]);
        assert_eq!(found.x_sizes.as_deref(), Some(&[1, 2][..]));
        assert_eq!(found.x_detail.as_ref().unwrap().id, 3);
        assert_eq!(found.set_cookie.as_ref().unwrap().expose(), "a=s3cret");
        assert_eq!(sent.status, 204);
        assert_eq!(sent.headers["x-more"], "s3cret");
        assert!(!format!("{sent:?}{found:?}").contains("s3cret"));
    }
}

#[test]
fn a_header_that_is_not_as_described_costs_no_answer() {
    for sent in both("200 OK", "X-Total: many\r\nX-Detail: {\r\nX-Names:\r\n", r#"{"id":1}"#) {
        let sent = sent.unwrap();
        assert_eq!((sent.declared.x_total, sent.declared.x_open), (None, None));
        assert!(sent.declared.x_detail.is_none());
        assert_eq!(sent.declared.x_names, Some(Vec::new()));
        assert_eq!(sent.headers["x-total"], "many");
    }
}
