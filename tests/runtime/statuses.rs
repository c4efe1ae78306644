//! In: operations with one type of success, as the generator writes them. Out: proof, over real sockets and for both clients,
//! that a success of another status is that type where it decodes, and that one of another media type is not.

use crate::probe;
use crate::runtime::{self, Error, Retry};
use crate::server::{Server, answer, wait};
use operations::{Delete, GetAny, GetFile, GetMaybe, GetOrQueue, GetPage, GetPet, GetTable, Has, MakePet, Queue, Try};
use std::io::Read;
use std::time::Duration;

mod types {
    use super::runtime::{self, object};

    object! {
        pub struct Pet;
        [optional]
        name: String,
    }
}

mod operations {
    use super::runtime::{self, operation};
    use super::types;

    operation! {
        /// Nothing in the answer has to be there.
        pub struct GetPet, GetPetInputs;
        GET "/pet" "getPet";
        answer json -> types::Pet;
    }

    operation! {
        /// One type, two statuses and a range.
        pub struct MakePet, MakePetInputs;
        POST "/pet" "makePet";
        answer json(200, 201, 220..=229) -> types::Pet;
    }

    operation! {
        /// No content.
        pub struct Delete, DeleteInputs;
        DELETE "/pet" "delete";
        answer nothing -> ();
    }

    operation! {
        /// No content, by its method.
        pub struct Has, HasInputs;
        HEAD "/pet" "has";
        answer nothing(200) -> ();
    }

    operation! {
        /// No content, under a status that could have some.
        pub struct Queue, QueueInputs;
        POST "/queue" "queue";
        answer nothing(202) -> ();
    }

    operation! {
        /// Content under one status, none under another.
        pub struct GetOrQueue, GetOrQueueInputs;
        GET "/maybe" "getOrQueue";
        answer optional_json(200 or 202) -> Option<types::Pet>;
    }

    operation! {
        /// Content, or 204.
        pub struct GetMaybe, GetMaybeInputs;
        GET "/maybe" "getMaybe";
        answer optional_json -> Option<types::Pet>;
    }

    operation! {
        /// `default` alone.
        pub struct Try, TryInputs;
        GET "/try" "try";
        answer json(_) -> types::Pet;
    }

    operation! {
        /// Bytes.
        pub struct GetPage, GetPageInputs;
        GET "/page" "getPage";
        accept "application/pdf, image/png";
        answer bytes -> bytes::Bytes;
        stream bytes;
    }

    operation! {
        /// Ranges.
        pub struct GetAny, GetAnyInputs;
        GET "/any" "getAny";
        accept "text/*, image/*";
        answer bytes -> bytes::Bytes;
    }

    operation! {
        /// A file of any type.
        pub struct GetFile, GetFileInputs;
        GET "/file" "getFile";
        accept "application/json, text/plain";
        answer bytes -> bytes::Bytes;
    }

    operation! {
        /// Text.
        pub struct GetTable, GetTableInputs;
        GET "/table" "getTable";
        accept "text/csv";
        answer text -> String;
    }
}

const JSON: &str = "application/json";

/// What both clients make of an answer.
macro_rules! both {
    ($Request:ident, $answer:expr) => {{
        let answer: Vec<u8> = $answer;
        let [one, two] = [(); 2].map(|()| Server::new(answer.clone(), Duration::ZERO));
        let client = probe::async_builder().base_url(&one.url).retry(Retry::never()).build().unwrap();
        let first = wait(async { $Request::new(client).send().await });
        let client = probe::builder().base_url(&two.url).retry(Retry::never()).build().unwrap();
        [first, $Request::new(client).send()]
    }};
}

/// The same, of a body that is a stream.
fn streamed(answer: &[u8]) -> [Result<Vec<u8>, Error>; 2] {
    let [one, two] = [(); 2].map(|()| Server::new(answer.to_vec(), Duration::ZERO));
    let client = probe::async_builder().base_url(&one.url).build().unwrap();
    let first = wait(async {
        let mut body = GetPage::new(client).send_stream().await?.body;
        let mut all = Vec::new();
        while let Some(bytes) = body.next().await {
            all.extend(bytes?);
        }
        Ok(all)
    });
    let client = probe::builder().base_url(&two.url).build().unwrap();
    let second = GetPage::new(client).send_stream().map(|response| {
        let mut all = Vec::new();
        response.body.limit(100).read_to_end(&mut all).unwrap();
        all
    });
    [first, second]
}

/// An error that has all of the answer, and says what was expected.
fn is_refused<T: std::fmt::Debug>(sent: Result<T, Error>, status: u16, body: &str, message: &str) {
    let error = sent.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), status);
    assert_eq!(error.request_id(), Some("r-7"), "the headers are kept");
    assert_eq!(error.body().unwrap(), body);
    assert!(error.to_string().contains(message), "{error}");
}

/// One with the status, and the headers of [`answer`].
fn untyped(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nX-Request-Id: r-7\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
}

#[test]
fn a_success_of_an_undeclared_status_is_the_declared_value() {
    for status in ["201 Created", "202 Accepted", "203 Odd", "206 Partial Content", "299 Odd"] {
        for media in [JSON, "application/json; charset=utf-8", "application/hal+json"] {
            for sent in both!(GetPet, answer(status, media, r#"{"name":"Rex"}"#)) {
                assert_eq!(sent.unwrap().name.as_deref(), Some("Rex"), "{status}, {media}");
            }
        }
    }
    for sent in both!(GetPet, untyped("201 Created", r#"{"name":"Rex"}"#)) {
        assert_eq!(sent.unwrap().name.as_deref(), Some("Rex"));
    }
    for status in ["200 OK", "201 Created", "229 Odd", "299 Odd"] {
        for sent in both!(MakePet, answer(status, JSON, r#"{"name":"Rex"}"#)) {
            assert_eq!(sent.unwrap().name.as_deref(), Some("Rex"));
        }
    }
    for sent in both!(GetMaybe, answer("201 Created", JSON, r#"{"name":"Rex"}"#)) {
        assert_eq!(sent.unwrap().unwrap().name.as_deref(), Some("Rex"));
    }
    for status in ["200 OK", "299 Odd"] {
        for sent in both!(Try, answer(status, JSON, "{}")) {
            assert_eq!(sent.unwrap().name, None);
        }
    }
    for sent in both!(GetPage, answer("201 Created", "application/pdf", "%PDF")) {
        assert_eq!(sent.unwrap(), "%PDF");
    }
    for sent in streamed(&answer("201 Created", "application/pdf", "%PDF")) {
        assert_eq!(sent.unwrap(), b"%PDF");
    }
    for sent in both!(GetTable, answer("202 Accepted", "text/csv", "a,b")) {
        assert_eq!(sent.unwrap(), "a,b");
    }
}

#[test]
fn the_status_of_a_success_is_there() {
    let server = Server::new(answer("201 Created", JSON, r#"{"name":"Rex"}"#), Duration::ZERO);
    let client = probe::builder().base_url(&server.url).build().unwrap();
    let response = GetPet::new(client).send_response().unwrap();
    assert_eq!((response.status.as_u16(), response.body.name.as_deref()), (201, Some("Rex")));
}

#[test]
fn a_success_that_is_not_the_declared_value_says_that_the_server_has_acted() {
    let acted = "the server has acted, but its response cannot be decoded";
    for sent in both!(GetPet, answer("201 Created", JSON, r#"{"name":1}"#)) {
        is_refused(sent, 201, r#"{"name":1}"#, &format!("{acted} at $.name: invalid type: integer `1`"));
    }
    for sent in both!(GetPet, answer("201 Created", "text/html", "<p>Done</p>")) {
        let said = format!("{acted}: expected status 200, got 201, and text/html, not application/json");
        is_refused(sent, 201, "<p>Done</p>", &said);
    }
    for sent in both!(GetPet, untyped("202 Accepted", "")) {
        is_refused(sent, 202, "", &format!("{acted}: expected status 200, got 202"));
    }
    for sent in both!(MakePet, untyped("202 Accepted", "")) {
        is_refused(sent, 202, "", "expected status 200 or 201 or 220 to 229, got 202");
    }
    for status in ["204 No Content", "205 Reset Content"] {
        for sent in both!(GetPet, format!("HTTP/1.1 {status}\r\nX-Request-Id: r-7\r\n\r\n").into_bytes()) {
            is_refused(sent, status[..3].parse().unwrap(), "", &format!("{acted}: expected status 200, got"));
        }
    }
    for sent in both!(GetPet, untyped("200 OK", "")) {
        is_refused(sent, 200, "", &format!("{acted}: expected JSON, got an empty body"));
    }
    for sent in both!(GetPage, answer("201 Created", "text/html", "<p>Done</p>")) {
        is_refused(sent, 201, "<p>Done</p>", "expected status 200, got 201, and text/html, not application/pdf");
    }
}

#[test]
fn a_body_that_nobody_declared_is_not_lost() {
    for sent in both!(Delete, answer("200 OK", JSON, r#"{"undo":"/7"}"#)) {
        is_refused(sent, 200, r#"{"undo":"/7"}"#, "expected status 204, got 200");
    }
    for sent in both!(Queue, answer("201 Created", "text/plain", "7")) {
        is_refused(sent, 201, "7", "expected status 202, got 201");
    }
    // Where there is none, nothing is lost.
    for status in ["200 OK", "201 Created", "202 Accepted"] {
        for sent in both!(Delete, answer(status, JSON, "")) {
            sent.unwrap();
        }
    }
    for sent in both!(Has, b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n".to_vec()) {
        sent.unwrap();
    }
    for sent in both!(Queue, b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()) {
        sent.unwrap();
    }
}

#[test]
fn what_is_declared_without_content_is_read_as_none() {
    for sent in both!(GetOrQueue, answer("202 Accepted", JSON, r#"{"ok":true}"#)) {
        assert!(sent.unwrap().is_none(), "it is not what a 200 is");
    }
    for sent in both!(GetOrQueue, answer("200 OK", JSON, r#"{"name":"Rex"}"#)) {
        assert_eq!(sent.unwrap().unwrap().name.as_deref(), Some("Rex"));
    }
    for sent in both!(GetOrQueue, b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()) {
        assert!(sent.unwrap().is_none());
    }
    for sent in both!(GetOrQueue, answer("201 Created", JSON, r#"{"ok":true}"#)) {
        is_refused(sent, 201, r#"{"ok":true}"#, "expected status 200 or 202, got 201");
    }
}

#[test]
fn bytes_and_text_of_another_kind_are_an_error() {
    let page = "<html>Log in</html>";
    for media in ["text/html; charset=utf-8", "text/plain", JSON] {
        for sent in both!(GetPage, answer("200 OK", media, page)) {
            is_refused(sent, 200, page, &format!("expected application/pdf, image/png, got {media}"));
        }
        for sent in streamed(&answer("200 OK", media, page)) {
            is_refused(sent, 200, page, &format!("expected application/pdf, image/png, got {media}"));
        }
    }
    for media in ["image/png", "application/pdf", "image/svg+xml"] {
        for sent in both!(GetTable, answer("200 OK", media, page)) {
            is_refused(sent, 200, page, &format!("expected text/csv, got {media}"));
        }
    }
}

#[test]
fn bytes_and_text_under_another_name_are_what_they_are() {
    for media in
        ["application/pdf", "APPLICATION/PDF;v=1", "application/x-pdf", "image/svg+xml", "application/octet-stream"]
    {
        for sent in both!(GetPage, answer("200 OK", media, "%PDF")) {
            assert_eq!(sent.unwrap(), "%PDF", "{media}");
        }
        for sent in streamed(&answer("200 OK", media, "%PDF")) {
            assert_eq!(sent.unwrap(), b"%PDF", "{media}");
        }
    }
    let textual =
        ["text/html", JSON, "application/problem+json", "text/xml", "application/yaml", "application/x; charset=utf-8"];
    for media in ["text/csv; header=present", "text/plain", "application/octet-stream"].iter().chain(&textual) {
        for sent in both!(GetTable, answer("200 OK", media, "a,b")) {
            assert_eq!(sent.unwrap(), "a,b", "{media}");
        }
    }
    for media in ["text/html", "text/xml", "image/svg+xml"] {
        for sent in both!(GetAny, answer("200 OK", media, "<a>")) {
            assert_eq!(sent.unwrap(), "<a>", "{media}");
        }
    }
    for media in ["application/pdf", "text/html", JSON, "image/png"] {
        for sent in both!(GetFile, answer("200 OK", media, "%PDF")) {
            assert_eq!(sent.unwrap(), "%PDF", "{media}");
        }
    }
    let untyped = || untyped("200 OK", "a,b");
    assert!(both!(GetTable, untyped()).into_iter().all(|sent| sent.unwrap() == "a,b"));
    assert!(both!(GetPage, untyped()).into_iter().all(|sent| sent.unwrap() == "a,b"));
}

#[test]
fn what_is_compressed_unasked_is_an_error() {
    let compressed = |media: &str| {
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n");
        [head.as_bytes(), &[0x1f, 0x8b]].concat()
    };
    let is_said = |error: &Error| {
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert_eq!(error.headers().unwrap()["content-encoding"], "gzip");
        assert!(error.to_string().contains("it is compressed, `Content-Encoding: gzip`"), "{error}");
    };
    for sent in both!(GetPage, compressed("application/pdf")) {
        let error = sent.unwrap_err();
        is_said(&error);
        assert_eq!(error.body().unwrap()[..], [0x1f, 0x8b]);
    }
    both!(GetTable, compressed("text/csv")).into_iter().for_each(|sent| is_said(&sent.unwrap_err()));
    streamed(&compressed("image/png")).into_iter().for_each(|sent| is_said(&sent.unwrap_err()));
}
