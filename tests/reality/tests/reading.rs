//! What schemas say by roundabout ways: `required` without a property, null behind a reference, numbers as text.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::json;

oasmith_reality::reality! {
    fn nothing_demands_what_is_not_described() {
        use oasmith_reality::required_without_property::{REPORT, types::{G, GGrantType}};
        use oasmith_reality::required_without_property_response::{REPORT as OF_RESPONSE, types::SharedLink};
        let link: SharedLink = oasmith_reality::read(json!({"url": "https://a/1", "access": "open"}));
        assert_eq!((link.access.as_deref(), link.accessed), (Some("open"), None));
        let sent = json!({"accessed": {"at": 1}, "url": "https://a/1"});
        assert!(oasmith_reality::read::<SharedLink>(sent).accessed.is_some());
        let built = G::builder().client_id("a").grant_type(GGrantType::ClientCredentials).build();
        assert_eq!(oasmith_reality::written(&built), json!({"client_id": "a", "grant-type": "client_credentials"}));
        for (report, near) in [(REPORT, "did you mean `grant-type`?"), (OF_RESPONSE, "did you mean `access`?")] {
            assert!(report.contains(near) && report.matches("warning").count() == 2, "{report}");
        }
    }

    fn a_format_beside_a_union_with_null_is_of_its_type() {
        use oasmith_reality::format_beside_any_of::types::L;
        let l: L = oasmith_reality::read(json!({"c": "hush", "d": "2026-01-02T03:04:05Z"}));
        assert!(!format!("{l:?}").contains("hush"), "{l:?}");
        assert_eq!(l.d.flatten().unwrap().to_string(), "2026-01-02T03:04:05Z");
        assert!(oasmith_reality::read::<L>(json!({"c": null})).c == Some(None));
    }

    fn null_behind_a_reference_is_an_option() {
        use oasmith_reality::{drf_null_enum, null_arms, null_arms_30};
        let names = ["inline_enum_null", "ref_enum_null", "three", "any_ref_enum_null", "obj"];
        for (name, value) in names.iter().flat_map(|name| [(name, json!(null)), (name, json!("a"))]) {
            if *name == "obj" && value != json!(null) {
                continue;
            }
            oasmith_reality::read::<null_arms::types::X>(json!({*name: value}));
            oasmith_reality::read::<null_arms_30::types::X>(json!({*name: value}));
        }
        let x: null_arms::types::X = oasmith_reality::read(json!({"ref_const_null": "b", "obj": {"a": 1}}));
        assert_eq!(x.ref_const_null, Some(Some(null_arms::types::L::B)));
        assert_eq!(x.obj.flatten().unwrap().a, 1);
        let flaw: drf_null_enum::types::Flaw = oasmith_reality::read(json!({"assist_meta": 1, "level": null, "other": ""}));
        assert!(flaw.level.is_none());
        use oasmith_reality::drf_null_enum_31::types::{Flaw, FlawLevel};
        let flaw: Flaw = oasmith_reality::read(json!({"level": ""}));
        assert!(matches!(flaw.level, Some(FlawLevel::BlankEnum(_))), "{flaw:?}");
        for report in [drf_null_enum::REPORT, null_arms::REPORT] {
            assert!(!report.contains("any JSON value"), "{report}");
        }
    }

    fn numbers_that_may_be_text_are_of_one_type() {
        use oasmith_reality::dotnet10_numbers::types::Dog;
        let dog: Dog = oasmith_reality::read(json!({"age": null, "id": "9007199254740993", "price": "1.10", "weight": 2.5}));
        assert_eq!(dog.id.as_i64(), Some(9_007_199_254_740_993));
        assert_eq!((dog.price.unwrap().to_string().as_str(), dog.weight.as_f64()), ("1.10", Some(2.5)));
        assert!(!oasmith_reality::dotnet10_numbers::API.contains("union"));
        let dog: oasmith_reality::dotnet10_numbers_30::types::Dog = oasmith_reality::read(json!({"age": 3, "id": "7"}));
        assert_eq!(dog.id.parse(), Some(7_u8));
        let n: oasmith_reality::many_number_unions::types::N = oasmith_reality::read(json!({"n0": 1, "n1": "2"}));
        assert_eq!(n.n1.unwrap().as_i64(), Some(2));
        oasmith_reality::read::<oasmith_reality::many_dotnet_numbers::types::N>(json!({"n0": 1, "n49": 2}));
    }

    fn references_of_dotnet_count_from_their_schema() {
        use oasmith_reality::dotnet9_references::{REPORT, types::{Criteria, Post}};
        let link = json!({"name": "n", "url": "u"});
        let post: Post = oasmith_reality::read(json!({"again": {"city": "c"}, "links2": [link]}));
        assert_eq!(post.again.unwrap().city.as_deref(), Some("c"));
        assert_eq!(post.links2.unwrap()[0].name.as_deref(), Some("n"));
        oasmith_reality::read::<Criteria>(json!({"subCriteria": [{"subCriteria": []}]}));
        assert_eq!(REPORT.matches("[own-reference]").count(), 3);
    }

    fn what_is_not_anything_is_nothing() {
        use oasmith_reality::not_anything_as_closed::{API, REPORT};
        assert_eq!(REPORT, "");
        assert!(!API.contains("additional_properties"), "{API}");
        use oasmith_reality::all_of_not::{REPORT as NARROWED, types::KResponse};
        assert_eq!(NARROWED, "");
        let k: KResponse = oasmith_reality::read(json!({"list": {"a": {"d": "x"}}}));
        assert_eq!(k.list.unwrap()["a"].d.as_deref(), Some("x"));
    }

    fn a_default_of_an_alias_is_its_variant() {
        use oasmith_reality::default_of_an_alias::types::{Blend, Cmd};
        assert_eq!(Cmd::DEFAULT_BLEND, Blend::Tangent);
        assert_eq!(oasmith_reality::written(&Cmd::builder().build()), json!({}));
    }

    fn keywords_of_ones_own_are_allowed_in_31() {
        assert_eq!(oasmith_reality::unknown_keywords_31::REPORT, "");
    }

    fn what_has_no_effect_is_reported() {
        use oasmith_reality::{decimals, header_lists, names_that_collide};
        assert!(decimals::REPORT.contains("[rounded-decimal]"), "{}", decimals::REPORT);
        assert!(header_lists::REPORT.contains("[same-header]"), "{}", header_lists::REPORT);
        for tag in ["`Client`", "`Error`"] {
            assert!(names_that_collide::REPORT.contains(&format!("{tag} is not the first tag")), "{tag}");
        }
    }

    fn digits_and_spellings_are_the_authors() {
        use oasmith_reality::{large_bounds, yaml_words_and_numbers};
        for text in ["\"1e3\"", "\".5\"", "\"True\"", "\"0o17\""] {
            assert!(yaml_words_and_numbers::API.contains(text), "{text}");
        }
        assert!(large_bounds::REPORT.contains("[wide-integer]"), "{}", large_bounds::REPORT);
        let beyond = r#"{"item":1,"size":2,"wei":115792089237316195423570985008687907853269984665640564039457584007913129639935}"#;
        let n: large_bounds::types::N = serde_json::from_str(beyond).unwrap();
        assert!(n.wei.unwrap().get().is_none());
    }

    fn responses_may_lack_what_may_be_null() {
        use oasmith_reality::drf_null_enum::types::Flaw;
        let flaw: Flaw = serde_json::from_value(json!({"assist_meta": 1})).unwrap();
        assert!(flaw.level.is_none());
    }
}
