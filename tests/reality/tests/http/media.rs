//! Several media types, files, and labels that are not those of the document.

oasmith_reality::reality! {
    fn text_beside_json_is_read_as_what_came() {
        use oasmith_reality::equal_schemas_several_media_types::operations::untagged::{E2Success, S3Success, U2Success};
        use oasmith_reality::equal_schemas_several_media_types::{Operations, builder};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(200, "text/plain", "a\"b");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        assert!(matches!(client.s3().send().unwrap(), S3Success::OkText(text) if text == "a\"b"));
        assert!(matches!(client.e2().send().unwrap(), E2Success::OkText(_)));
        assert!(matches!(client.u2().send().unwrap(), U2Success::OkText(_)));
        let accept = server.requests()[0].headers()["accept"].to_str().unwrap().to_owned();
        for media in ["application/json", "text/plain", "text/json"] {
            assert!(accept.contains(media), "{accept}");
        }
        for media in ["application/json", "text/json", ""] {
            let server = serve(200, media, "\"a\"");
            let client: Client = builder().base_url(server.url("")).build().unwrap();
            assert!(matches!(client.s3().send().unwrap(), S3Success::OkJson(text) if text == "a"), "{media}");
        }
    }

    fn a_file_is_bytes_whatever_it_is_called() {
        use oasmith_reality::runtime::blocking::Client;
        use oasmith_reality::{binary_under_json, dotnet_downloads, equal_schemas_several_media_types as equal, serve};
        use std::io::Read;
        for media in ["application/json", "application/pdf", "text/plain", "application/octet-stream", ""] {
            let server = serve(200, media, "%PDF\u{1}");
            let url = server.url("");
            let client: Client = dotnet_downloads::builder().base_url(&url).build().unwrap();
            assert_eq!(dotnet_downloads::Operations::download(&client).send().unwrap(), "%PDF\u{1}", "{media}");
            let mut streamed = String::new();
            let stream = dotnet_downloads::Operations::download2(&client).send_stream().unwrap();
            stream.body.limit(100).read_to_string(&mut streamed).unwrap();
            assert_eq!(streamed, "%PDF\u{1}");
            let client: Client = binary_under_json::builder().base_url(&url).build().unwrap();
            assert_eq!(binary_under_json::Operations::export(&client).send().unwrap(), "%PDF\u{1}");
            let client: Client = equal::builder().base_url(&url).build().unwrap();
            use equal::Operations;
            for file in [client.b2().send(), client.b3().send(), client.b5().send(), client.t1().send()] {
                assert_eq!(file.unwrap(), "%PDF\u{1}");
            }
        }
        assert!(dotnet_downloads::WIRE.contains("GET /dl 200 text/json\n"), "{}", dotnet_downloads::WIRE);
    }

    fn a_page_of_html_is_no_pdf() {
        use oasmith_reality::dotnet_downloads::{Operations, builder};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(200, "text/html", "<p>Log in</p>");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let error = client.pdf().send().unwrap_err();
        assert!(error.to_string().contains("expected application/pdf, got text/html"), "{error}");
    }

    fn text_has_any_textual_label() {
        use oasmith_reality::text_labelled_json::{Operations, builder};
        use oasmith_reality::{runtime::blocking::Client, serve};
        for media in ["text/plain", "application/json", "text/html", "application/xml", "application/x; charset=utf-8", ""] {
            let server = serve(200, media, "\"1.0.0\"");
            let client: Client = builder().base_url(server.url("")).build().unwrap();
            assert_eq!(client.version().send().unwrap(), "\"1.0.0\"", "{media}");
        }
        let server = serve(200, "image/png", "\"1.0.0\"");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        client.version().send().unwrap_err();
    }

    fn a_multipart_body_is_a_form_whatever_it_is_described_as() {
        use oasmith_reality::multipart_without_object::{Operations, REPORT, builder};
        use oasmith_reality::runtime::{File, blocking::Client};
        let server = oasmith_reality::serve(204, "", "");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let part = |name: &str, file: File| std::collections::BTreeMap::from([(name.to_owned(), file)]);
        client.k().body(part("upload", File::new("content").with_name("a.txt"))).send().unwrap();
        client.l().body(std::collections::BTreeMap::from([("tag".to_owned(), vec!["x".to_owned(), "y".to_owned()])])).send().unwrap();
        let sent = server.requests();
        let sent = |index: usize| (sent[index].headers()["content-type"].to_str().unwrap().to_owned(), String::from_utf8(sent[index].body().to_vec()).unwrap());
        let (media, body) = sent(0);
        let boundary = media.strip_prefix("multipart/form-data; boundary=").unwrap();
        assert!(body.starts_with(&format!("--{boundary}\r\n")), "{body}");
        assert!(body.contains("name=\"upload\"; filename=\"a.txt\"") && body.contains("content"), "{body}");
        assert_eq!(sent(1).1.matches("name=\"tag\"").count(), 2);
        assert_eq!(REPORT.matches("warning[unnamed-parts]").count(), 2, "{REPORT}");
    }
}
