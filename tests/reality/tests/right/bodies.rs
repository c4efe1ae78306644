//! JSON that is read and written back.

oasmith_reality::reality! {
    fn a_mapped_union_keeps_its_mapping_behind_all_of() {
        use oasmith_reality::all_of_a_mapped_union::types::{ASchema, ListDevicesResponseItem};
        use oasmith_reality::read;
        let one: ASchema = read(serde_json::json!({"kind": "c-one", "c": 1}));
        assert!(matches!(one, ASchema::C(ref one) if one.c == Some(1)), "{one:?}");
        let two: ListDevicesResponseItem = read(serde_json::json!({"kind": "d-one", "d": "x", "status": "ACTIVE"}));
        assert!(matches!(two, ListDevicesResponseItem::D(ref two) if two.d.as_deref() == Some("x")), "{two:?}");
    }

    fn only_base64_as_the_standard_has_it_is_decoded() {
        use oasmith_reality::content_encoding::types::K;
        let text = serde_json::json!({
            "std": "+/+/", "url": "-_-_", "png": "iVBO", "hex": "cafe", "jwt": "a.b.c", "fmt": "-_-_", "byt": "+/+/",
        });
        let k: K = oasmith_reality::read(text);
        assert_eq!(k.std.as_ref(), [0xfb, 0xff, 0xbf]);
        assert_eq!((k.url.as_str(), k.hex.as_deref(), k.jwt.as_deref()), ("-_-_", Some("cafe"), Some("a.b.c")));
    }

    fn bounds_that_are_floats_are_bounds_of_integers() {
        use oasmith_reality::float_bounds::types::H;
        let h: H = oasmith_reality::read(serde_json::json!({"random": i64::MIN, "small": 100, "list": [1], "text": "a"}));
        assert_eq!((h.random, h.small, h.list), (i64::MIN, Some(100_i32), Some(vec![1_i64])));
        assert_eq!(oasmith_reality::float_bounds::REPORT, "");
    }

    fn odd_property_names_are_properties() {
        use oasmith_reality::hostile_docs::types::GetAResponse;
        let odd = serde_json::json!({"名前": "n", "Größe": 2, "😀": true, "😁": false, " lead": "l", "": "e"});
        let odd: GetAResponse = oasmith_reality::read(odd);
        assert_eq!((odd.ming_qian.as_deref(), odd.grosse, odd.lead.as_deref()), (Some("n"), Some(2), Some("l")));
    }

    fn a_mapping_leads_into_another_file() {
        use oasmith_reality::mapping_in_another_file::types::Task;
        let task: Task = oasmith_reality::read(serde_json::json!({"name": "case-move", "from": "here"}));
        assert!(matches!(task, Task::Move(ref one) if one.from.as_deref() == Some("here")), "{task:?}");
        let task: Task = oasmith_reality::read(serde_json::json!({"name": "case-copy"}));
        assert!(matches!(task, Task::Copy(_)), "{task:?}");
    }

    fn nulls_of_openapi_31_are_read_in_30() {
        use oasmith_reality::nulls_of_31_in_30::types::Deployment;
        let full = serde_json::json!({"id": 1, "note": null, "state": null, "kind": "deploy", "tags": null});
        let one: Deployment = oasmith_reality::read(full);
        assert_eq!((one.note, one.state, one.tags), (None, None, Some(None)));
        let one: Deployment = oasmith_reality::read(serde_json::json!({"id": 1, "note": "n", "state": "open"}));
        assert_eq!((one.note.as_deref(), one.state.is_some(), one.tags), (Some("n"), true, None));
    }

    fn an_object_beside_one_of_is_each_of_them() {
        use oasmith_reality::object_with_one_of::types::{MyModel, MyModelRulesItem};
        let rules = serde_json::json!([{"rule_type": "type_a", "value": "x"}, {"rule_type": "type_b", "value": 2}]);
        let model: MyModel = oasmith_reality::read(serde_json::json!({"rules": rules}));
        let rules = model.rules.unwrap();
        assert!(matches!(&rules[0], MyModelRulesItem::TypeA(rule) if rule.value == "x"), "{rules:?}");
        assert!(matches!(&rules[1], MyModelRulesItem::TypeB(rule) if rule.value == 2), "{rules:?}");
    }

    fn names_with_percent_signs_are_referred_to() {
        use oasmith_reality::percent_in_names::types::R;
        let inner = serde_json::json!({"color": "red", "next": {"color": "blue"}});
        let r: R = oasmith_reality::read(serde_json::json!({"25%": inner, "50%": inner, "a~b/c": {"x": 1}, "also": {"x": 2}}));
        assert_eq!(r._50.unwrap().next.unwrap().color, "blue");
        assert_eq!(r.also.unwrap().x, Some(2));
    }

    fn flattened_structs_and_enums_come_back() {
        use oasmith_reality::serde_flatten::types::Struct;
        let _: Struct = oasmith_reality::read(serde_json::json!({"number": 1, "Variant1": 2}));
        let _: Struct = oasmith_reality::read(serde_json::json!({"number": 1, "Variant2": 2.5}));
    }

    fn times_of_every_kind_come_back() {
        use oasmith_reality::times::types::T;
        let times = serde_json::json!({"t": "10:20:30Z", "d": "2026-11-30T10:20:30Z", "u": "P1DT2H", "day": "2026-11-30"});
        let t: T = oasmith_reality::read(times);
        assert!(t.t.is_some() && t.d.is_some() && t.u.is_some() && t.day.is_some());
    }

    fn lists_of_a_fixed_length_are_tuples() {
        use oasmith_reality::tuples::types::T;
        let t: T = oasmith_reality::read(serde_json::json!({
            "open": ["a", 1.5, 2.5], "closed": [1.5, "b"], "point": [1.5, 2.5], "pairs": [["k", {"any": null}]],
            "bare": ["x", "y", 3], "old": ["z", 4.5],
        }));
        assert_eq!((t.point, t.old, t.open.len()), ((1.5, 2.5), Some(("z".to_owned(), 4.5)), 3));
    }

    fn two_mapping_values_of_one_schema_both_lead_to_it() {
        use oasmith_reality::two_mapping_values::types::Root;
        for kind in ["policy", "entity"] {
            let root: Root = oasmith_reality::read(serde_json::json!({"object_type": kind, "a": 1}));
            assert!(matches!(&root, Root::Common(common) if common.a == Some(1)), "{root:?}");
        }
        let root: Root = oasmith_reality::read(serde_json::json!({"object_type": "payable", "amount": 5}));
        assert!(matches!(&root, Root::Payable(payable) if payable.amount == Some(5)), "{root:?}");
    }

    fn unevaluated_properties_are_additional_ones_of_the_whole() {
        use oasmith_reality::unevaluated_properties::types::{Bag, Closed, WithExtras};
        let extras: WithExtras = oasmith_reality::read(serde_json::json!({"id": 1, "more": "text"}));
        assert_eq!(extras.additional_properties["more"], "text");
        let _: Bag = oasmith_reality::read(serde_json::json!({"a": "b"}));
        let closed: Closed = oasmith_reality::read(serde_json::json!({"hello": "h", "world": "w"}));
        assert_eq!((closed.hello.as_str(), closed.world.as_str()), ("h", "w"));
    }
}
