//! In: `patternProperties` and `unevaluatedProperties`. Out: `additionalProperties` that says as much about the members
//! that are not named.

use super::Members;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Value, json};

/// Patterns that every name matches.
const EVERY_NAME: [&str; 6] = ["", "^", ".*", "^.*", ".*$", "^.*$"];

/// Keywords that name members elsewhere, so that what is unevaluated is not what has no name here.
const BRANCHES: [&str; 6] = ["oneOf", "anyOf", "if", "then", "else", "dependentSchemas"];

/// `additionalProperties: {not: {}}` -> `false` (JSON Schema 2020-12, section 4.3.2): what is not anything is nothing.
pub(super) fn nothing(members: &mut Members, _: &Pointer, _: &mut Diagnostics) {
    const WORDS: [&str; 4] = ["not", "title", "description", "$comment"];
    for keyword in ["additionalProperties", "unevaluatedProperties", "items", "additionalItems", "unevaluatedItems"] {
        let Some(Value::Object(schema)) = members.get(keyword) else { continue };
        let words = schema.keys().all(|name| WORDS.contains(&name.as_str()));
        if words && schema.get("not").is_some_and(|not| *not == json!({}) || *not == json!(true)) {
            members.insert(keyword.into(), json!(false));
        }
    }
}

/// `unevaluatedProperties` -> `additionalProperties` (JSON Schema 2020-12, section 11.3): where arms of an `allOf` are
/// merged, it speaks of what none of them names.
pub(super) fn unevaluated_properties(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    const KEYWORD: &str = "unevaluatedProperties";
    let Some(value) = members.shift_remove(KEYWORD) else { return };
    let composed = members.contains_key("allOf");
    if members.contains_key("additionalProperties") || (composed && value.is_boolean()) {
        return;
    }
    if !BRANCHES.iter().any(|branch| members.contains_key(*branch)) {
        sink.origins.relocate(&[(at.join(KEYWORD), at.join("additionalProperties"))]);
        members.insert("additionalProperties".into(), value);
    } else if value.is_object() {
        let effect = "members that are not described are not kept";
        sink.report(&at.join(KEYWORD), Problem::UnsupportedKeyword { keyword: KEYWORD.into(), effect });
    }
}

/// `patternProperties` -> `additionalProperties` (JSON Schema 2020-12, section 10.3.2): the schema of the patterns where
/// no other names are allowed, any of them if they differ, any value else. A pattern that is no regular expression leaves
/// open which members it is for, so that all may be anything.
pub(super) fn pattern_properties(members: &mut Members, at: &Pointer, sink: &mut Diagnostics) {
    const KEYWORD: &str = "patternProperties";
    let Some(Value::Object(patterns)) = members.shift_remove(KEYWORD) else { return };
    let wrong: Vec<_> = patterns.keys().filter_map(|pattern| Some((pattern, fault(pattern)?))).collect();
    for (pattern, reason) in &wrong {
        let problem = Problem::BadPattern { pattern: (*pattern).clone(), reason: reason.clone() };
        sink.report(&at.join(KEYWORD).join(pattern.as_str()), problem);
    }
    if !wrong.is_empty() {
        members.insert("additionalProperties".into(), json!(true));
        return;
    }
    let every = patterns.len() == 1 && patterns.keys().all(|pattern| EVERY_NAME.contains(&pattern.as_str()));
    let open = matches!(members.get("additionalProperties"), None | Some(Value::Bool(true))) && !every;
    if open || patterns.is_empty() {
        if patterns.values().any(|schema| *schema != json!(false)) {
            members.insert("additionalProperties".into(), json!(true));
        }
        return;
    }
    let (list, to) = (at.join(KEYWORD), at.join("additionalProperties"));
    let others = members.shift_remove("additionalProperties").filter(Value::is_object);
    let mut all: Vec<_> = others.into_iter().map(|schema| (to.clone(), schema)).collect();
    for (pattern, schema) in patterns {
        if schema != json!(false) && !all.iter().any(|(_, known)| *known == schema) {
            all.push((list.join(pattern), schema));
        }
    }
    let (places, mut schemas): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let several = schemas.len() > 1;
    let place = |index| if several { to.join("anyOf").index(index) } else { to.clone() };
    let moves: Vec<_> = places.into_iter().enumerate().map(|(index, from)| (from, place(index))).collect();
    sink.origins.relocate(&moves);
    let value = match schemas.pop() {
        None => json!(false),
        Some(last) if schemas.is_empty() => last,
        Some(last) => {
            schemas.push(last);
            json!({"anyOf": schemas})
        }
    };
    members.insert("additionalProperties".into(), value);
}

/// Why a text is not a regular expression (JSON Schema 2020-12, core, section 6.4: of ECMA-262), if it is none. What is one
/// with or without the flag `u` will do.
fn fault(pattern: &str) -> Option<String> {
    let fault = regress::Regex::new(pattern).err()?;
    regress::Regex::with_flags(pattern, "u").err().map(|_| fault.text)
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn patterns_are_those_of_javascript() {
        for right in ["", "^x-", r"^\p{L}+$", r"^(?!x)[\w\-]+$", r"(?<year>\d{4})-\k<year>", "}", r"\_"] {
            assert_eq!(fault(right), None, "{right}");
        }
        for wrong in ["(", "^x-(", "[", "*", "a**", "(?<=", r"\", "(?i)x", "[z-a]", &"(".repeat(100_000)] {
            assert!(fault(wrong).is_some_and(|reason| !reason.is_empty()), "{wrong:.9}");
        }
    }
}
