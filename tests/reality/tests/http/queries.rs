//! Objects and lists in queries, which the standard leaves open.

oasmith_reality::reality! {
    fn springs_pageable_is_sent() {
        use oasmith_reality::spring_pageable::{Operations, REPORT, builder, types::Paging};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(204, "", "");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let paging = Paging::builder().page(0).size(2).sort(["a", "b"].map(str::to_owned).to_vec()).build();
        client.search().paging(paging).q("x").send().unwrap();
        assert_eq!(server.requests()[0].uri().query(), Some("page=0&size=2&sort=a&sort=b&q=x"));
        assert_eq!(REPORT, "", "a list in an exploded object is sent as forms are");
    }

    fn every_query_object_is_sent_and_guesses_are_reported() {
        use oasmith_reality::query_objects::types::{DeepHItem, DeepI, DeepIIn, Pageable};
        use oasmith_reality::query_objects::{Operations, REPORT, builder};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(204, "", "");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        let pageable = || Pageable::builder().page(0).sort(["a", "b"].map(str::to_owned).to_vec()).build();
        client.list_users().pageable(pageable()).send().unwrap();
        client.deep().f(pageable()).send().unwrap();
        client.deep().g([("k".to_owned(), vec!["a".to_owned(), "b".to_owned()])].into_iter().collect::<std::collections::BTreeMap<_, _>>()).send().unwrap();
        client.deep().h(vec![DeepHItem::builder().a("x").build()]).send().unwrap();
        client.deep().i(DeepI::builder().in_(DeepIIn::builder().x("y").build()).build()).send().unwrap();
        client.form().body(pageable()).send().unwrap();
        let sent = server.requests();
        let query = |index: usize| sent[index].uri().query().unwrap_or_default().to_owned();
        assert_eq!(query(0), "page=0&sort=a&sort=b");
        assert_eq!(query(1), "f=page,0,sort,%5B%22a%22%2C%22b%22%5D");
        assert_eq!(query(2), "k=a&k=b");
        assert_eq!(query(3), "h=%7B%22a%22%3A%22x%22%7D");
        assert_eq!(query(4), "in=%7B%22x%22%3A%22y%22%7D");
        assert_eq!(sent[5].body().as_ref(), b"page=0&sort=a&sort=b");
        for name in ["f", "h", "i"] {
            assert!(REPORT.contains(&format!("warning[nested-value]: `{name}` holds lists or objects")), "{REPORT}");
        }
        assert_eq!(REPORT.matches("warning[").count(), 3, "{REPORT}");
    }

    fn deep_objects_of_lists_are_reported() {
        use oasmith_reality::deep_object_lists::{Operations, REPORT, builder};
        use oasmith_reality::{runtime::blocking::Client, serve};
        let server = serve(204, "", "");
        let client: Client = builder().base_url(server.url("")).build().unwrap();
        client.search().tags(["a", "b"].map(str::to_owned).to_vec()).send().unwrap();
        assert_eq!(server.requests()[0].uri().query(), Some("tags%5B0%5D=a&tags%5B1%5D=b"));
        for name in ["tags", "where", "one"] {
            assert!(REPORT.contains(&format!("warning[deep-object-list]: `deepObject` is not defined for lists; in `{name}`")));
        }
    }
}
