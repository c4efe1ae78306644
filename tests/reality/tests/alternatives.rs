//! Enums in disguise, bases that list their subtypes, and objects of which any may hold.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

oasmith_reality::reality! {
    fn a_documented_enum_is_an_enum() {
        use oasmith_reality::read;
        for api in [oasmith_reality::enums_of_one_value::API, oasmith_reality::enums_of_one_value_31::API] {
            assert!(api.contains("types::InstanceState: enum\n") && api.contains("types::Model: enum\n"), "{api}");
            assert!(api.contains("types::InstanceState::Stopped = \"stopped\"\n"), "{api}");
        }
        use oasmith_reality::enums_of_one_value::types::{InstanceState, Model};
        assert_eq!(read::<InstanceState>(serde_json::json!("failed")), InstanceState::Failed);
        // Open text beside constants: what is not named is kept.
        assert!(matches!(read(serde_json::json!("claude-next")), Model::Unknown(_)));
    }

    fn constants_beside_objects_are_one_enum() {
        use oasmith_reality::unions_of_real_servers::{API, types::Key, types::KeyEnum};
        assert!(matches!(oasmith_reality::read(serde_json::json!("Score")), Key::Enum(KeyEnum::Score)));
        let object = serde_json::json!({"MetadataField": "m"});
        assert!(matches!(oasmith_reality::read(object), Key::Object(ref one) if one.metadata_field == "m"));
        assert!(API.contains("types::Lists::UserList(Vec<types::User>)\n"), "{API}");
    }

    fn closed_objects_of_any_of_are_variants() {
        use oasmith_reality::unions_of_real_servers::types::Schedule;
        let cron: Schedule = oasmith_reality::read(serde_json::json!({"cron": "* * * * *", "tz": "UTC"}));
        assert!(matches!(cron, Schedule::Cron(_)), "{cron:?}");
        let every: Schedule = oasmith_reality::read(serde_json::json!({"seconds": 5.5}));
        assert!(matches!(every, Schedule::Every(ref every) if every.tz.is_none()), "{every:?}");
    }

    fn a_property_of_two_types_is_either() {
        use oasmith_reality::any_of_differing_properties::types::{Membership, MembershipLevel, MembershipValue};
        let goal = serde_json::json!({"level": "viewer", "parent": {"goal": "g"}, "value": "text"});
        let goal: Membership = oasmith_reality::read(goal);
        assert!(matches!(goal.value, Some(MembershipValue::String(_))) && goal.level == Some(MembershipLevel::Viewer));
        let project = serde_json::json!({"level": "admin", "parent": {"project": "p"}, "value": ["a"]});
        let project: Membership = oasmith_reality::read(project);
        assert!(matches!(project.value, Some(MembershipValue::List(_))), "{project:?}");
    }

    fn constants_beside_a_reference_tell_subschemas_apart() {
        use oasmith_reality::constant_beside_a_ref::{REPORT, types::Category, types::Expression};
        let leaf = serde_json::json!({"type": "not", "child": "any"});
        let both = serde_json::json!({"type": "or", "left": leaf, "right": leaf});
        assert!(matches!(oasmith_reality::read(both), Expression::AndOr(_)));
        assert_eq!(oasmith_reality::read::<Category>(serde_json::json!("famous")), Category::Famous);
        assert!(!REPORT.contains("enum"), "{REPORT}");
    }

    fn a_base_that_lists_its_subtypes_is_their_union() {
        use oasmith_reality::base_that_lists_its_subtypes::types::{BaseProfile, TypeAProfile};
        use oasmith_reality::{read, written};
        let a = TypeAProfile::builder().a(1).name("n").build();
        assert_eq!(written(&a), serde_json::json!({"profileType": "TypeA", "a": 1, "name": "n"}));
        assert!(matches!(read(written(&BaseProfile::from(a))), BaseProfile::TypeAProfile(_)));
        let b: BaseProfile = read(serde_json::json!({"profileType": "TypeB", "b": "x", "name": "n"}));
        assert!(matches!(b, BaseProfile::TypeBProfile(ref b) if b.name == "n" && b.b.as_deref() == Some("x")), "{b:?}");
    }

    fn parents_list_their_children_with_and_without_a_discriminator() {
        use oasmith_reality::read;
        let rsa = serde_json::json!({"kty": "RSA", "n": "1", "alg": "RS256"});
        use oasmith_reality::{parent_lists_children, parent_lists_children_discriminator};
        let key: parent_lists_children::types::Key = read(rsa.clone());
        assert!(matches!(key, parent_lists_children::types::Key::Rsa(ref rsa) if rsa.alg.as_deref() == Some("RS256")));
        let key: parent_lists_children_discriminator::types::Key = read(rsa);
        assert!(matches!(key, parent_lists_children_discriminator::types::Key::Rsa(_)), "{key:?}");
    }

    fn every_way_to_list_subtypes_is_a_union() {
        use oasmith_reality::{base_lists_subtypes_1, base_lists_subtypes_2, base_lists_subtypes_3, base_lists_subtypes_4};
        let apis = [
            base_lists_subtypes_1::API,
            base_lists_subtypes_2::API,
            base_lists_subtypes_3::API,
            base_lists_subtypes_4::API,
        ];
        for api in apis {
            assert!(api.contains("types::Animal::Cat(types::Cat)\n"), "{api}");
            assert!(api.contains("types::Cat.meow: ") && api.contains("types::Cat.kind: String = "), "{api}");
        }
    }

    fn no_name_has_a_hash() {
        let has_hash = |line: &str| {
            let digits = line.split('X').skip(1).filter_map(|rest| rest.get(..4));
            digits.into_iter().any(|four| four.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)))
        };
        let apis = [
            oasmith_reality::unions_of_real_servers::API,
            oasmith_reality::description_renames_a_type::API,
            oasmith_reality::enums_of_one_value::API,
            oasmith_reality::any_of_differing_properties::API,
            oasmith_reality::fastapi_inventory::API,
        ];
        for api in apis {
            assert_eq!(api.lines().filter(|line| has_hash(line)).collect::<Vec<_>>(), [""; 0]);
        }
    }
}
