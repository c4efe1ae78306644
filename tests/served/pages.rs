//! Pages: each kind over loopback, by both clients; resumed, in circles, and with an error in the middle.

use super::served::pages::{Items, PageToken, Pages};
use super::served::types::User;
use super::served::{Client, Error, Retry, Token, blocking};
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use futures_core::Stream;
use oasmith_tests::loopback::Loopback;
use serde_json::{Value, json};
use std::pin::Pin;

fn users(ids: std::ops::Range<i64>) -> Value {
    ids.map(|id| json!({"id": id, "name": format!("user {id}")})).collect()
}

fn query(uri: &Uri, name: &str) -> Option<String> {
    form_urlencoded::parse(uri.query()?.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn member(body: &Bytes, name: &str) -> Option<String> {
    form_urlencoded::parse(body).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Seven users, three a page, in each of the ways.
async fn answer(uri: Uri, body: Bytes) -> Response {
    let part = |from: i64| users(from.min(7)..(from + 3).min(7));
    let number = |text: Option<String>, first: i64| text.map_or(first, |text| text.parse().unwrap());
    let json = |value: Value| ([("content-type", "application/json")], value.to_string()).into_response();
    match uri.path() {
        "/cursor/acme" => {
            let from = number(query(&uri, "cursor"), 0);
            // A number for a cursor that is a string, then none.
            let paging = if from == 3 { json!({"next": 6}) } else { json!({"next": (from + 3).to_string()}) };
            json(json!({"data": part(from), "paging": paging, "more": from < 6}))
        }
        "/cursor/short" => json(json!({"data": null, "paging": null})),
        "/header" => {
            let from = number(query(&uri, "after"), 0);
            let next = if from < 6 { (from + 3).to_string() } else { String::new() };
            ([("x-next", next)], json(part(from))).into_response()
        }
        "/search" => {
            let body: Value = serde_json::from_slice(&body).unwrap();
            let from = body["cursor"].as_str().map_or(0, |text| text.parse().unwrap());
            let next = if from < 6 { json!((from + 3).to_string()) } else { Value::Null };
            json(
                json!({"users": part(from), "next": next, "total_count": null})
                    .as_object()
                    .unwrap()
                    .iter()
                    .filter(|(_, value)| !value.is_null())
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect(),
            )
        }
        "/page" => {
            let page = number(query(&uri, "page"), 1);
            json(json!({"users": part((page - 1) * 3), "pages": 3}))
        }
        "/offset" => json(json!({"users": part(number(member(&body, "offset"), 0)), "total_count": 7})),
        "/link" => {
            let page = number(query(&uri, "page"), 0);
            let next = match page {
                0 => "</link>; rel=first, <?page=1&size=9,9>; title=\"a, <b>\"; REL=\"last Next\"".to_owned(),
                1 => format!("<http://{}/link?page=2&key=old>; rel=\"next\"", "HOST"),
                _ => "</link>; rel=\"prev\"".to_owned(),
            };
            ([("link", next)], json(part(page * 3))).into_response()
        }
        "/url" => {
            let page = number(query(&uri, "page"), 0);
            let next = if page < 2 { json!(format!("../url?page={}", page + 1)) } else { json!("") };
            json(json!({"users": part(page * 3), "next": next}))
        }
        other => (StatusCode::NOT_FOUND, other.to_owned()).into_response(),
    }
}

/// The same, with links to the host that was asked.
async fn handle(headers: HeaderMap, uri: Uri, body: Bytes) -> Response {
    let mut response = answer(uri, body).await;
    let host = headers["host"].to_str().unwrap();
    if let Some(link) = response.headers().get("link").and_then(|link| link.to_str().ok()) {
        let link = link.replace("HOST", host).parse().unwrap();
        response.headers_mut().insert("link", link);
    }
    response
}

fn server() -> Loopback {
    Loopback::start(Router::new().fallback(any(handle))).unwrap()
}

fn blocking(server: &Loopback) -> blocking::Client {
    blocking::Client::builder().base_url(server.url("")).auth(Token::new("k y")).retry(Retry::never()).build().unwrap()
}

fn asynchronous(server: &Loopback) -> Client {
    Client::builder().base_url(server.url("")).auth(Token::new("k y")).retry(Retry::never()).build().unwrap()
}

fn ids<P>(items: Items<blocking::Client, P, User>) -> Vec<i64> {
    items.map(|user| user.unwrap().id).collect()
}

/// What `StreamExt::next` would give.
async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

async fn streamed<P>(mut items: Items<Client, P, User>) -> Vec<i64> {
    let mut ids = Vec::new();
    while let Some(user) = next(&mut items).await {
        ids.push(user.unwrap().id);
    }
    ids
}

fn search() -> super::served::types::ByMemberRequest {
    super::served::types::ByMemberRequest::builder().name("a").build()
}

fn counted() -> super::served::types::ByOffsetRequest {
    super::served::types::ByOffsetRequest::builder().count(3).build()
}

#[test]
fn each_kind_gives_all_items_once() {
    let server = server();
    let lists = blocking(&server).lists();
    let all: Vec<i64> = (0..7).collect();
    assert_eq!(ids(lists.by_cursor().org("acme").all_items()), all);
    assert!(ids(lists.by_cursor().org("short").all_items()).is_empty());
    assert_eq!(ids(lists.by_header().items()), all);
    assert_eq!(ids(lists.by_member().body(search()).items()), all);
    assert_eq!(ids(lists.by_page().items()), all);
    assert_eq!(ids(lists.by_page().page(2).items()), [3, 4, 5, 6]);
    assert_eq!(ids(lists.by_offset().body(counted()).items()), all);
    assert_eq!(ids(lists.by_link().size(3).items()), all);
    assert_eq!(ids(lists.by_url().items()), all);
    let sizes: Vec<_> = lists.by_page().pages().map(|page| page.unwrap().users.len()).collect();
    assert_eq!(sizes, [3, 3, 1]);
}

fn run(future: impl Future) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
}

#[test]
fn each_kind_is_a_stream() {
    let server = server();
    run(stream_all(&server));
    assert_eq!(server.requests().iter().filter(|request| request.uri().path() == "/page").count(), 3 + 1);
}

async fn stream_all(server: &Loopback) {
    let lists = asynchronous(server).lists();
    let all: Vec<i64> = (0..7).collect();
    assert_eq!(streamed(lists.by_cursor().org("acme").all_items()).await, all);
    assert_eq!(streamed(lists.by_header().items()).await, all);
    assert_eq!(streamed(lists.by_member().body(search()).items()).await, all);
    assert_eq!(streamed(lists.by_page().items()).await, all);
    assert_eq!(streamed(lists.by_offset().body(counted()).items()).await, all);
    assert_eq!(streamed(lists.by_link().items()).await, all);
    assert_eq!(streamed(lists.by_url().items()).await, all);
    let mut pages = lists.by_page().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().users.len(), 3);
}

/// What is wanted of them all: they can be named, kept, and moved to another task.
#[test]
fn a_walk_can_be_kept_in_a_struct_and_moved() {
    fn can_move<T: Send + Unpin>(_: &T) {}
    struct Kept {
        pages: Pages<Client, Vec<User>>,
        items: Items<Client, Vec<User>, User>,
    }
    let client = Client::builder().base_url("http://127.0.0.1:1").auth(Token::new("k")).build().unwrap();
    let kept = Kept { pages: client.lists().by_link().pages(), items: client.lists().by_link().items() };
    can_move(&kept);
    assert_eq!(serde_json::to_value(kept.pages.token()).unwrap(), json!({"next": null}));
    assert_eq!(format!("{:?} {:?} {:?}", kept.pages, kept.items, kept.items.token()), "Pages Items Some(PageToken)");
}

#[test]
fn a_link_is_followed_as_it_is_and_with_the_credential() {
    let server = server();
    ids(blocking(&server).lists().by_link().size(3).items());
    let requests = server.requests();
    let queries: Vec<_> = requests.iter().map(|request| request.uri().query().unwrap()).collect();
    assert_eq!(queries, ["size=3&key=k%20y", "page=1&size=9,9&key=k%20y", "page=2&key=k%20y"]);
}

#[test]
fn a_walk_goes_on_later() {
    let server = server();
    let lists = blocking(&server).lists();
    for count in 0..7 {
        let mut items = lists.by_cursor().org("acme").all_items();
        let before: Vec<_> = items.by_ref().take(count).map(|user| user.unwrap().id).collect();
        let kept = serde_json::to_string(&items.token().unwrap()).unwrap();
        let token: PageToken = serde_json::from_str(&kept).unwrap();
        let after = ids(lists.by_cursor().org("acme").all_items().resume(token));
        assert_eq!([before, after].concat(), (0..7).collect::<Vec<_>>(), "{kept}");
    }
    let mut pages = lists.by_link().pages();
    pages.next();
    let token = pages.token().unwrap();
    assert_eq!(serde_json::to_value(&token).unwrap(), json!({"next": "/link?page=1&size=9,9"}));
    assert_eq!(ids(lists.by_link().items().resume(token)), [3, 4, 5, 6]);
    let mut all = lists.by_offset().body(counted()).items();
    assert_eq!(all.by_ref().count(), 7);
    assert!(all.token().is_none());
    let token: PageToken = serde_json::from_value(json!({"next": 3, "skip": 1})).unwrap();
    assert_eq!(ids(lists.by_offset().body(counted()).items().resume(token)), [4, 5, 6]);
}

/// A server whose pages all give the same things.
fn stuck(headers: &'static [(&'static str, &'static str)], body: &'static str) -> Loopback {
    let handle = move || async move {
        let mut response = body.into_response();
        for (name, value) in headers {
            response.headers_mut().insert(*name, value.parse().unwrap());
        }
        response
    };
    Loopback::start(Router::new().fallback(any(handle))).unwrap()
}

fn last<P>(pages: Pages<blocking::Client, P>) -> (usize, Error) {
    let mut all: Vec<_> = pages.take(100).collect();
    let last = all.pop().unwrap().err().expect("an error ends it");
    assert!(all.iter().all(Result::is_ok));
    (all.len(), last)
}

#[test]
fn a_server_in_circles_is_an_error_and_no_hang() {
    let server = stuck(&[("link", "</link?page=1>; rel=next")], r#"[{"id": 1}]"#);
    let (count, error) = last(blocking(&server).lists().by_link().pages());
    assert_eq!(
        (count, error.to_string()),
        (2, "nothing was sent: next page: the server gave a token that it gave before".into())
    );
    let server = stuck(&[], r#"{"data": [], "paging": {"next": "a"}}"#);
    assert_eq!(last(blocking(&server).lists().by_cursor().org("a").pages()).0, 2);
    let server = stuck(&[], r#"{"users": [{"id": 1}]}"#);
    let (count, error) = last(blocking(&server).lists().by_page().pages());
    assert_eq!(
        (count, error.to_string()),
        (2, "nothing was sent: next page: the server gave the same page again".into())
    );
    // From one to the other and back.
    let turn = |uri: Uri| async move {
        let next = if query(&uri, "cursor").as_deref() == Some("a") { "b" } else { "a" };
        json!({"data": [], "paging": {"next": next}}).to_string()
    };
    let server = Loopback::start(Router::new().fallback(any(turn))).unwrap();
    assert!(last(blocking(&server).lists().by_cursor().org("a").pages()).0 < 6);
}

#[test]
fn a_link_to_another_host_is_refused() {
    for link in
        ["<http://other.example/link>; rel=next", "<//127.0.0.1:1/link>; rel=next", "<https://127.0.0.1/>;rel=next"]
    {
        let server = stuck(Box::leak(Box::new([("link", link)])), "[]");
        let (count, error) = last(blocking(&server).lists().by_link().pages());
        assert_eq!(count, 1);
        assert!(error.to_string().contains("its link leads to another host or port"), "{error}");
    }
    let token: PageToken = serde_json::from_value(json!({"next": "@other.example/"})).unwrap();
    let server = stuck(&[], "[]");
    let error = blocking(&server).lists().by_link().pages().resume(token).next().unwrap().unwrap_err();
    assert_eq!(error.to_string(), "nothing was sent: next page: its token is not a path");
}

#[test]
fn after_an_error_the_token_says_where_to_go_on() {
    let fail = |uri: Uri| async move {
        match query(&uri, "page").as_deref() {
            Some("2") => StatusCode::BAD_GATEWAY.into_response(),
            _ => json!({"users": users(0..3), "pages": 3}).to_string().into_response(),
        }
    };
    let server = Loopback::start(Router::new().fallback(any(fail))).unwrap();
    run(async {
        let mut items = asynchronous(&server).lists().by_page().items();
        for id in 0..3 {
            assert_eq!(items.next().await.unwrap().unwrap().id, id);
        }
        assert_eq!(items.next().await.unwrap().unwrap_err().status(), Some(StatusCode::BAD_GATEWAY));
        assert!(items.next().await.is_none());
        assert_eq!(serde_json::to_value(items.token()).unwrap(), json!({"next": 2}));
    });
    let pages: Vec<_> = blocking(&server).lists().by_page().pages().map(|page| page.is_ok()).collect();
    assert_eq!(pages, [true, false]);
}
