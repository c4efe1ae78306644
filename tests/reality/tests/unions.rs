//! Unions as frameworks describe them, and what tells their subschemas apart.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

oasmith_reality::reality! {
    fn a_tag_that_is_not_required_is_written_by_itself() {
        use oasmith_reality::pydantic_tag::types::{Cat, CreateRequest, Dog};
        use oasmith_reality::{read, written};
        let cat = CreateRequest::from(Cat::builder().lives(9).build());
        assert_eq!(written(&cat), serde_json::json!({"kind": "cat", "lives": 9}));
        let dog = CreateRequest::from(Dog::builder().barks(true).build());
        assert_eq!(written(&dog), serde_json::json!({"kind": "dog", "barks": true}));
        assert!(matches!(read(written(&dog)), CreateRequest::Dog(_)));
        // A server may leave out what is not required; in the union it is written even so.
        let bare: Cat = read(serde_json::json!({"lives": 9}));
        assert_eq!(written(&CreateRequest::Cat(bare)), serde_json::json!({"kind": "cat", "lives": 9}));
    }

    fn tags_without_a_discriminator_are_written_too() {
        use oasmith_reality::unions_of_real_servers::types::{Cancel, Pause, Plain};
        use oasmith_reality::{read, written};
        let cancel = Plain::from(Cancel::builder().build());
        assert_eq!(written(&cancel), serde_json::json!({"type": "cancel"}));
        assert!(matches!(read(written(&cancel)), Plain::Cancel(_)));
        let pause = Plain::from(Pause::builder().seconds(3).build());
        assert_eq!(written(&pause), serde_json::json!({"type": "pause", "seconds": 3}));
        assert!(matches!(read(written(&pause)), Plain::Pause(_)));
    }

    fn a_discriminator_decides_by_constants_and_by_mapping() {
        use oasmith_reality::unions_of_real_servers::types::{ASchema, B, Cancel, Disc, DiscMap};
        use oasmith_reality::{read, written};
        assert_eq!(written(&Disc::from(Cancel::builder().build())), serde_json::json!({"type": "cancel"}));
        let a = DiscMap::from(ASchema::builder().build());
        assert!(matches!(read(written(&a)), DiscMap::A(_)), "{}", written(&a));
        let b = DiscMap::from(B::builder().build());
        assert!(matches!(read(written(&b)), DiscMap::B(_)), "{}", written(&b));
        assert_ne!(written(&a), written(&b));
    }

    fn tags_that_no_subschema_describes_are_written() {
        use oasmith_reality::tag_without_property::types::{Cat, CreateRequest};
        use oasmith_reality::{read, written};
        let cat = CreateRequest::from(Cat::builder().lives(9).build());
        assert!(matches!(read(written(&cat)), CreateRequest::Cat(_)), "{}", written(&cat));
    }

    fn nobody_is_asked_for_what_the_mapping_says() {
        use oasmith_reality::tag_known_by_mapping::types::{Dog, Pet};
        use oasmith_reality::{read, written};
        let dog = Dog::builder().breed("poodle").name("Rex").build();
        assert_eq!(written(&dog), serde_json::json!({"$type": "dog", "breed": "poodle", "name": "Rex"}));
        assert!(matches!(read(written(&Pet::from(dog))), Pet::Dog(_)));
    }
}
