//! In: members that are null, absent or there. Out: that a type can tell them apart, and writes back what it read.

use crate::runtime::json;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Three {
    #[serde(deserialize_with = "json::nullable")]
    must: Option<i64>,
    #[serde(default, deserialize_with = "json::double", skip_serializing_if = "Option::is_none")]
    may: Option<Option<i64>>,
}

#[test]
fn null_is_not_absent() {
    for (text, must, may) in [
        (r#"{"must":null}"#, None, None),
        (r#"{"must":1,"may":null}"#, Some(1), Some(None)),
        (r#"{"must":1,"may":2}"#, Some(1), Some(Some(2))),
    ] {
        let value: Three = serde_json::from_str(text).unwrap();
        assert_eq!(value, Three { must, may });
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }
    let error = serde_json::from_str::<Three>("{}").unwrap_err();
    assert!(error.to_string().contains("missing field `must`"), "{error}");
}
