//! Statuses, bodies that nothing describes, and pages behind links.

oasmith_reality::reality! {
    fn a_success_of_another_status_is_the_value() {
        use oasmith_reality::created_where_ok_is_declared::{Operations, builder};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(201, "application/json", r#"{"id":"x"}"#);
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let response = client.create_flow().send_response().unwrap();
        assert_eq!((response.status.as_u16(), response.body.id.as_str()), (201, "x"));
        assert_eq!(client.create_flow().send().unwrap().id, "x");
    }

    fn a_success_that_does_not_decode_says_that_the_server_has_acted() {
        use oasmith_reality::created_where_ok_is_declared::{Operations, builder};
        use oasmith_reality::{runtime::{Error, blocking::Client}, serve};
        for (status, media, body) in
            [(201, "application/json", "{}"), (202, "text/html", "<p>"), (201, "", ""), (204, "", ""), (205, "", ""), (200, "", "")]
        {
            let server = serve(status, media, body);
            let client: Client = builder().base_url(server.url("")).build().unwrap();
            let error = client.create_flow().send().unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{status}: {error:?}");
            assert!(error.to_string().contains("the server has acted"), "{status}: {error}");
            assert_eq!((error.status().unwrap().as_u16(), error.body().unwrap().as_ref()), (status, body.as_bytes()));
        }
    }

    fn what_no_content_describes_is_within_reach() {
        use oasmith_reality::file_response::{Operations, builder};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(200, "application/pdf", "%PDF");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let response = client.download().send_response().unwrap();
        assert_eq!(response.content, "%PDF");
        assert_eq!(response.headers["content-type"], "application/pdf");
    }

    fn a_link_is_followed_by_get() {
        use axum::{Router, body::Bytes, http::{HeaderMap, Method, StatusCode, Uri}, response::IntoResponse};
        use oasmith_reality::pages_of_a_post::{Operations, builder, types::ReadEventsRequest};
        use oasmith_reality::runtime::blocking::Client;
        use serde_json::json;
        let json = |value: serde_json::Value| ([("content-type", "application/json")], value.to_string());
        let page = move |method: Method, headers: HeaderMap, uri: Uri, body: Bytes| async move {
            match (method.as_str(), uri.path_and_query().unwrap().as_str()) {
                ("POST", "/events/filter") if !body.is_empty() => {
                    let next = format!("http://{}/events/filter/next?page-token=2", headers["host"].to_str().unwrap());
                    json(json!({"events": ["a", "b"], "next_page": next})).into_response()
                }
                ("GET", "/events/filter/next?page-token=2") if body.is_empty() => {
                    json(json!({"events": ["c"], "next_page": null})).into_response()
                }
                _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
            }
        };
        let server = oasmith_tests::loopback::Loopback::start(Router::new().fallback(page)).unwrap();
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let events = client.read_events().body(ReadEventsRequest::builder().limit(2).build()).items();
        assert_eq!(events.collect::<Result<Vec<_>, _>>().unwrap(), ["a", "b", "c"]);
        assert!(!server.requests()[1].headers().contains_key("content-type"));
    }
}
