//! In: a sample, and what came back. Out: the differences that matter.

use serde_json::Value;

/// How a value differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where: a JSON pointer into the sample.
    pub at: String,
    /// What happened, without the values.
    pub what: String,
}

/// What comparing found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What must not differ, but does.
    pub differences: Vec<Difference>,
    /// How many members vanished that nothing names.
    pub vanished: usize,
}

/// Compares as JSON: the order of members says nothing, `1.0` is `1`, and two date-times are the same if they are the
/// same instant. Members that nothing names may vanish.
pub fn compare(sent: &Value, received: &Value, is_unnamed: &dyn Fn(&str) -> bool) -> Comparison {
    let mut found = Comparison::default();
    values(sent, received, "", is_unnamed, &mut found);
    found
}

fn values(sent: &Value, received: &Value, at: &str, is_unnamed: &dyn Fn(&str) -> bool, found: &mut Comparison) {
    match (sent, received) {
        (Value::Object(one), Value::Object(other)) => {
            for (name, value) in one {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                match other.get(name) {
                    Some(received) => values(value, received, &at, is_unnamed, found),
                    None if is_unnamed(name) => found.vanished += 1,
                    None => found.differ(at, format!("a member is lost: {}", kind(value))),
                }
            }
            for (name, value) in other.iter().filter(|(name, _)| !one.contains_key(*name)) {
                found.differ(format!("{at}/{name}"), format!("a member is invented: {}", kind(value)));
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                values(one, other, &format!("{at}/{index}"), is_unnamed, found);
            }
        }
        (Value::Array(_), Value::Array(_)) => found.differ(at.to_owned(), "a list has another length".to_owned()),
        _ if is_same(sent, received) => {}
        _ => found.differ(at.to_owned(), format!("{} becomes {}", kind(sent), other_kind(sent, received))),
    }
}

impl Comparison {
    fn differ(&mut self, at: String, what: String) {
        self.differences.push(Difference { at, what });
    }
}

fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let whole =
                |number: &serde_json::Number| number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
            match (whole(one), whole(other)) {
                (Some(one), Some(other)) => one == other,
                _ => one.as_f64() == other.as_f64() || is_same_float(one, other),
            }
        }
        (Value::String(one), Value::String(other)) => one == other || is_same_instant(one, other),
        _ => one == other,
    }
}

/// Whether a number of 32 bits came back in fewer digits that read as the same one.
#[allow(clippy::cast_possible_truncation)]
fn is_same_float(one: &serde_json::Number, other: &serde_json::Number) -> bool {
    let (Some(one), Some(other)) = (one.as_f64(), other.as_f64()) else { return false };
    f64::from(one as f32) == one && one as f32 == other as f32
}

fn is_same_instant(one: &str, other: &str) -> bool {
    let instant = |text: &str| text.parse::<jiff::Timestamp>().ok();
    instant(one).is_some_and(|one| Some(one) == instant(other))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn other_kind(one: &Value, other: &Value) -> String {
    let (one, other) = (kind(one), kind(other));
    if one == other { format!("another: {one}") } else { other.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use serde_json::{Value, json};

    fn differences(one: &Value, other: &Value) -> Vec<String> {
        let found = compare(one, other, &|_| false).differences;
        found.iter().map(|difference| format!("{}: {}", difference.at, difference.what)).collect()
    }

    #[test]
    fn spelling_is_no_difference() {
        let one = json!({"a": 1, "b": [1.5], "t": "2024-02-29T12:00:00Z"});
        let other = json!({"t": "2024-02-29T13:00:00+01:00", "b": [1.5], "a": 1.0});
        assert_eq!(differences(&one, &other), Vec::<String>::new());
        assert_eq!(differences(&json!(f64::from(0.1_f32)), &json!(0.1)), Vec::<String>::new());
        assert_eq!(differences(&json!(u64::MAX), &json!(u64::MAX - 1)), [": a number becomes another: a number"]);
    }

    #[test]
    fn what_is_lost_or_invented_is_said() {
        let one = json!({"a": {"b": null}, "c": [1]});
        let other = json!({"a": {"x": 1}, "c": [1, 2]});
        let expected =
            ["/a/b: a member is lost: null", "/a/x: a member is invented: a number", "/c: a list has another length"];
        assert_eq!(differences(&one, &other), expected);
        assert_eq!(compare(&json!({ "x": 1 }), &json!({}), &|name| name == "x").vanished, 1);
    }
}
