//! Calls over a socket: what is sent, and what is made of the response.

oasmith_reality::reality! {
    fn an_accept_parameter_is_not_asked_for() {
        use oasmith_reality::accept_parameter::{Operations, builder, operations::untagged::PdfSuccess};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(200, "application/pdf", "%PDF");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let sent = client.pdf().time_zone("UTC").send().unwrap();
        assert!(matches!(&sent, PdfSuccess::OkBytes(bytes) if bytes.as_ref() == b"%PDF"), "{sent:?}");
        let accept = server.requests()[0].headers()["accept"].to_str().unwrap().to_owned();
        assert!(accept.contains("application/pdf") && accept.contains("application/json"), "{accept}");
    }

    fn a_byte_order_mark_and_line_ends_are_none_of_the_text() {
        use oasmith_reality::bom_crlf::{Operations, REPORT, builder};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(200, "application/json", "[\"a\"]");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        assert_eq!((client.get_a().send().unwrap(), REPORT), (vec!["a".to_owned()], ""));
    }

    fn cookies_of_keys_and_parameters_are_one_header() {
        use oasmith_reality::cookie_keys::{Operations, builder};
        use oasmith_reality::runtime::{Token, blocking::Client};
        let server = oasmith_reality::serve(204, "", "");
        let client: Client = builder()
            .base_url(server.url(""))
            .auth_for("session", Token::new("s"))
            .auth_for("device", Token::new("d"))
            .build()
            .unwrap();
        client.me().lang("en").flags(["a", "b"].map(str::to_owned).to_vec()).send().unwrap();
        let request = &server.requests()[0];
        let cookies: Vec<_> = request.headers().get_all("cookie").iter().map(|value| value.to_str().unwrap()).collect();
        let [cookies] = cookies.as_slice() else { panic!("{cookies:?}") };
        let mut cookies: Vec<_> = cookies.split("; ").collect();
        cookies.sort();
        assert_eq!(cookies, ["did=d", "flags=a", "flags=b", "lang=en", "sid=s"]);
    }

    fn uploads_of_fastapi_are_files() {
        use oasmith_reality::fastapi_uploads::{Operations, builder, types::BodyUploadUploadPost};
        use oasmith_reality::runtime::{File, blocking::Client};
        let server = oasmith_reality::serve(200, "application/json", "{}");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let file = |name: &str| File::new(name.as_bytes().to_vec()).with_name(name);
        let body = BodyUploadUploadPost::builder().file(file("one")).files(vec![file("two"), file("three")]).build();
        client.upload_upload_post().body(body).send().unwrap();
        let sent = String::from_utf8(server.requests()[0].body().to_vec()).unwrap();
        for part in ["name=\"file\"; filename=\"one\"", "name=\"files\"; filename=\"two\"", "name=\"files\"; filename=\"three\""] {
            assert!(sent.contains(part), "{part}:\n{sent}");
        }
    }

    fn the_parameters_of_media_types_are_no_other_type() {
        use oasmith_reality::media_type_parameters::{Operations, builder, types::Run};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(200, "application/json", r#"[{"id": "a"}]"#);
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let runs = client.add_run().body(Run::builder().id("x").build()).send().unwrap();
        assert_eq!(runs[0].id, "a");
        let bad = serve(400, "application/json", r#"{"id": "bad"}"#);
        let client: Client = builder().base_url(bad.url("")).build().unwrap();
        let error = client.add_run().body(Run::builder().id("x").build()).send().unwrap_err();
        assert!(error.to_string().contains("400"), "{error}");
    }

    fn merge_keys_are_merged() {
        use oasmith_reality::merge_keys::{Operations, builder};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(200, "application/json", r#"{"host": "h"}"#);
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        assert_eq!(client.get_server().page(1).size(2).send().unwrap().host, "h");
        assert_eq!(server.requests()[0].uri().to_string(), "/example?page=1&size=2");
    }

    fn variables_of_servers_have_defaults_and_setters() {
        use oasmith_reality::runtime::blocking::Client;
        use oasmith_reality::server_variables::{builder, servers::ApiRegionHostTestApiV1, servers::ApiRegionHostTestApiV1Region};
        let server = ApiRegionHostTestApiV1::new().region(ApiRegionHostTestApiV1Region::UsEast2);
        let _: Client = builder().server(server).build().unwrap();
        assert!(oasmith_reality::server_variables::WIRE.contains("server http://localhost:9091/qod/v0\n"));
    }

    fn ranges_of_statuses_are_read_in_any_case() {
        use oasmith_reality::runtime::{Error, blocking::Client};
        use oasmith_reality::status_ranges::{Operations, builder, operations::untagged::GetXError};
        let client = |status, body: &str| -> (_, Client) {
            let server = oasmith_reality::serve(status, "application/json", body);
            let client = builder().base_url(server.url("")).build().unwrap();
            (server, client)
        };
        let (_server, ok) = client(201, r#"{"id": 7}"#);
        assert_eq!(ok.get_x().send().unwrap().id, 7);
        let (_server, bad) = client(418, r#"{"text": "no"}"#);
        let error: Error = bad.get_x().send().unwrap_err();
        let declared = error.declared::<GetXError>().unwrap();
        assert!(matches!(&declared, Ok(GetXError::ClientError(one)) if one.text == "no"), "{declared:?}");
    }
}
