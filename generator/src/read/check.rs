//! In: the document's tree. Out: the same tree without whatever does not have the shape that the keyword table gives
//! it, each such thing reported: what follows may rely on the shapes.

use super::keywords::{Kind, Shape};
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problem};
use crate::pointer::Pointer;
use serde_json::{Map, Value};

/// Checks every object of the document, outermost first, and removes what cannot be read.
pub fn check(tree: &mut Value, sink: &mut Diagnostics) {
    // Of 3.1 on, a schema may have keywords of its author's own (JSON Schema 2020-12, section 6.5).
    let is_30 = tree.get("openapi").and_then(Value::as_str).is_some_and(|version| version.starts_with("3.0"));
    walk(tree, Kind::Document, &Pointer::root(), &mut |value, kind, at| {
        if let Value::Object(members) = value {
            check_members(members, kind, is_30 || kind != Kind::Schema, at, sink);
        }
    });
}

/// `closed` says that there are no other members than the known ones: any other is reported, else only what is probably
/// misspelled.
fn check_members(members: &mut Map<String, Value>, kind: Kind, closed: bool, at: &Pointer, sink: &mut Diagnostics) {
    let names: Vec<String> = members.keys().filter(|name| !name.starts_with("x-")).cloned().collect();
    for name in names {
        let at = at.join(name.as_str());
        let Some(shape) = kind.member(&name) else {
            let meant = meant(&name, kind);
            if closed || meant.is_some() {
                let hint = meant.unwrap_or_else(|| "remove it, or let its name begin with `x-`".to_owned());
                sink.report(&at, Problem::UnknownMember { member: name, kind: kind.name(), hint });
            }
            continue;
        };
        let fits = members.get_mut(&name).is_some_and(|value| fit(&name, value, shape, &at, sink));
        if !fits {
            members.shift_remove(&name);
        }
    }
    let refers = is_reference(members, kind);
    for (name, substitute) in kind.required() {
        if !refers && !members.contains_key(*name) {
            let value = substitute.and_then(|text| serde_json::from_str(text).ok());
            // A document of webhooks or components alone is complete (OpenAPI 3.1.1, section 4.8.1), and an operation
            // without `responses` or a response without `description` is as clear as one with an empty one.
            if kind == Kind::Info || value.is_none() {
                sink.report(at, Problem::MissingMember { member: (*name).to_owned(), kind: kind.name() });
            }
            members.extend(value.map(|value| ((*name).to_owned(), value)));
        }
    }
}

/// What a misspelled or misplaced member was probably meant to be.
fn meant(name: &str, kind: Kind) -> Option<String> {
    if let Some(hint) = older(name, kind) {
        return Some(hint.to_owned());
    }
    let near = crate::name::near(name, kind.members().iter().map(|(member, _)| *member))?;
    Some(format!("did you mean `{near}`?"))
}

/// Where OpenAPI says what Swagger 2 said at this place.
fn older(name: &str, kind: Kind) -> Option<&'static str> {
    Some(match (kind, name) {
        (Kind::Document, "definitions") => "move it to `components/schemas`",
        (Kind::Document, "securityDefinitions") => "move it to `components/securitySchemes`",
        (Kind::Document, "host" | "basePath" | "schemes") => "write the whole address under `servers`",
        (Kind::Document | Kind::Operation, "consumes") => "write it as a member of `content` of each `requestBody`",
        (Kind::Document | Kind::Operation, "produces") => "write it as a member of `content` of each answer",
        (Kind::Parameter | Kind::Header | Kind::Schema, "collectionFormat") => {
            "write `style` and `explode` beside the parameter's `schema`"
        }
        (Kind::Parameter | Kind::Header, _) if Kind::Schema.member(name).is_some() => "put it under `schema`",
        (Kind::Response | Kind::RequestBody, "schema" | "example" | "examples") => {
            "put it under `content`, below its media type"
        }
        _ => return None,
    })
}

/// Whether a member's value has its shape, after small repairs; reports it if not.
fn fit(name: &str, value: &mut Value, shape: Shape, at: &Pointer, sink: &mut Diagnostics) -> bool {
    repair(name, value, shape, at, sink);
    let expected = match shape {
        Shape::Any => None,
        Shape::Text => (!value.is_string()).then_some("a string"),
        Shape::Flag => (!value.is_boolean()).then_some("`true` or `false`"),
        Shape::Count => (!value.is_u64()).then_some("a whole number from 0"),
        Shape::Number => (!value.is_number()).then_some("a number"),
        Shape::Bound => (!value.is_number() && !value.is_boolean()).then_some("a number"),
        Shape::Object => (!value.is_object()).then_some("an object"),
        Shape::TextLists => (!is_text_lists(value)).then_some("an object of lists of strings"),
        Shape::Values => (!value.is_array()).then_some("a list"),
        Shape::Texts => (!is_texts(value)).then_some("a list of strings"),
        Shape::One(kind) => (!is_object(value, kind)).then_some("an object"),
        Shape::SchemaOrFlag => (!is_object(value, Kind::Schema)).then_some("a schema, `true` or `false`"),
        Shape::Items => (!value.is_array() && !is_object(value, Kind::Schema)).then_some("a schema"),
        Shape::List(_) => (!value.is_array()).then_some("a list"),
        Shape::Map(_) | Shape::Paths | Shape::Responses => (!value.is_object()).then_some("an object"),
    };
    if let Some(expected) = expected {
        let (member, found) = (name.to_owned(), found(value));
        sink.report(at, Problem::Misshapen { member, expected, found });
        return false;
    }
    match shape {
        Shape::List(kind) => check_elements(name, value, kind, at, sink),
        Shape::Items if value.is_array() => check_elements(name, value, Kind::Schema, at, sink),
        Shape::Map(_) | Shape::Paths | Shape::Responses => check_map(value, shape, at, sink),
        Shape::One(kind) => return check_usable(value, kind, at, sink),
        _ => {}
    }
    true
}

/// Reads a scalar as text where text is wanted (`version: 1.0`), and a whole float as a whole number.
fn repair(name: &str, value: &mut Value, shape: Shape, at: &Pointer, sink: &mut Diagnostics) {
    match (shape, &mut *value) {
        (Shape::Text, Value::Number(_) | Value::Bool(_)) => {
            let text = value.to_string();
            sink.report(at, Problem::ReadAsText { member: name.to_owned(), text: text.clone() });
            *value = Value::String(text);
        }
        (Shape::One(Kind::Discriminator), Value::String(property)) => {
            let property = std::mem::take(property);
            let (old, new) = (format!("{name}: {property}"), format!("{name}: {{propertyName: {property}}}"));
            sink.report(at, Problem::OldSpelling { old, new });
            *value = serde_json::json!({"propertyName": property});
        }
        (Shape::Texts, Value::Array(items)) => {
            if name == "tags" {
                nested_tags(items, at, sink);
            }
            for item in items.iter_mut().filter(|item| item.is_number() || item.is_boolean()) {
                *item = Value::String(item.to_string());
            }
        }
        (Shape::Count, Value::Number(number)) => {
            let whole = number.as_f64().filter(|float| float.fract() == 0.0 && (0.0..1e15).contains(float));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range, by the filter")]
            if let Some(float) = whole {
                *value = Value::from(float as u64);
            }
        }
        _ => {}
    }
}

/// Reads a tag that is a list, `[a, a/b]`, as the documentation pages of Fern once had it, as what they have now
/// in its place: `a.a/b`.
fn nested_tags(items: &mut [Value], at: &Pointer, sink: &mut Diagnostics) {
    for (index, item) in items.iter_mut().enumerate() {
        let steps = item.as_array().map(|steps| steps.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        if let Some(Some(steps)) = steps.filter(|steps| steps.as_ref().is_some_and(|steps| !steps.is_empty())) {
            let text = steps.join(".");
            sink.report(&at.index(index), Problem::NestedTag { text: text.clone() });
            *item = Value::String(text);
        }
    }
}

/// Removes the members of a map that are not of its kind.
fn check_map(value: &mut Value, shape: Shape, at: &Pointer, sink: &mut Diagnostics) {
    let (Some((kind, extensible)), Value::Object(members)) = (shape.map(), value) else { return };
    let own = |name: &&String| !(extensible && name.starts_with("x-"));
    let names: Vec<String> = members.keys().filter(own).cloned().collect();
    for member in names {
        let at = at.join(member.as_str());
        let Some(value) = members.get(&member) else { continue };
        let keep = if !is_object(value, kind) {
            let found = found(value);
            sink.report(&at, Problem::Misshapen { member: member.clone(), expected: "an object", found });
            false
        } else if shape == Shape::Paths && !member.starts_with('/') {
            sink.report(&at, Problem::PathWithoutSlash { path: member.clone() });
            false
        } else if shape == Shape::Responses && !is_status(&member) {
            sink.report(&at, Problem::OddStatus { status: member.clone() });
            false
        } else {
            check_usable(value, kind, &at, sink)
        };
        if !keep {
            members.shift_remove(&member);
        }
    }
}

/// Removes the elements of a list that are not of its kind; those behind them move up.
fn check_elements(name: &str, value: &mut Value, kind: Kind, at: &Pointer, sink: &mut Diagnostics) {
    let Value::Array(items) = value else { return };
    let mut moves = Vec::new();
    let mut kept = 0;
    for (index, item) in std::mem::take(items).into_iter().enumerate() {
        let at_item = at.index(index);
        if !is_object(&item, kind) {
            let (member, found) = (format!("{name}[{index}]"), found(&item));
            sink.report(&at_item, Problem::Misshapen { member, expected: "an object", found });
        } else if check_usable(&item, kind, &at_item, sink) {
            moves.extend((kept != index).then(|| (at_item, at.index(kept))));
            kept += 1;
            items.push(item);
        }
    }
    sink.origins.relocate(&moves);
}

/// Whether an object has the members without which it cannot be read at all.
fn check_usable(value: &Value, kind: Kind, at: &Pointer, sink: &mut Diagnostics) -> bool {
    let Value::Object(members) = value else { return true };
    let needed = kind.required().iter().filter(|(_, substitute)| substitute.is_none()).map(|(name, _)| *name);
    // All of them are text, and `repair` makes text of any scalar.
    let text = |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
    let missing: Vec<_> = needed.filter(|name| !members.get(*name).is_some_and(text)).collect();
    if missing.is_empty() || is_reference(members, kind) {
        return true;
    }
    for member in missing {
        sink.report(at, Problem::MissingMember { member: member.to_owned(), kind: kind.name() });
    }
    false
}

/// Whether the object stands for another one of its kind.
fn is_reference(members: &Map<String, Value>, kind: Kind) -> bool {
    members.contains_key("$ref") && kind.member("$ref").is_some()
}

fn is_object(value: &Value, kind: Kind) -> bool {
    value.is_object() || (kind == Kind::Schema && value.is_boolean())
}

fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(Value::is_string))
}

fn is_text_lists(value: &Value) -> bool {
    value.as_object().is_some_and(|members| members.values().all(is_texts))
}

/// `200`, `2XX` or `default` (OpenAPI 3.1.1, section 4.8.16).
fn is_status(name: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let range = || name.ends_with("XX") || name.ends_with("xx");
    name == "default"
        || (name.len() == 3 && name.starts_with(|c| ('1'..='9').contains(&c)) && (digits(name) || range()))
}

fn found(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "`true` or `false`",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, check};
    use serde_json::{Value, json};

    fn checked(mut tree: Value) -> (Value, Vec<String>) {
        let mut sink = Diagnostics::default();
        check(&mut tree, &mut sink);
        let line = |found: &crate::diagnostic::Diagnostic| format!("{} {}", found.problem.code(), found.place.pointer);
        (tree, sink.all().map(line).collect())
    }

    fn schema(schema: Value) -> (Value, Vec<String>) {
        let tree = json!({"info": {"title": "", "version": ""}, "paths": {}, "components": {"schemas": {"A": schema}}});
        let (tree, found) = checked(tree);
        (tree["components"]["schemas"]["A"].clone(), found)
    }

    #[test]
    fn what_has_the_wrong_shape_is_reported_and_left_out() {
        let (tree, found) = schema(json!({"type": "object", "required": true, "maxLength": 2.0, "minLength": -1}));
        assert_eq!(tree, json!({"type": "object", "maxLength": 2}));
        assert_eq!(found, ["misshapen /components/schemas/A/minLength", "misshapen /components/schemas/A/required"]);
    }

    #[test]
    fn a_misspelt_keyword_is_reported_with_the_right_one() {
        let (_, found) = schema(json!({"requird": ["a"]}));
        assert_eq!(found, ["unknown-member /components/schemas/A/requird"]);
        assert_eq!(super::meant("requird", super::Kind::Schema).as_deref(), Some("did you mean `required`?"));
    }

    #[test]
    fn a_tag_that_is_a_list_is_read_as_one_string() {
        let operation = json!({"tags": [["a", "a/b"], "c", ["d"]], "responses": {}});
        let (tree, found) = checked(json!({"info": {"title": "", "version": ""}, "paths": {"/a": {"get": operation}}}));
        assert_eq!(tree["paths"]["/a"]["get"]["tags"], json!(["a.a/b", "c", "d"]));
        assert_eq!(found, ["nested-tag /paths/~1a/get/tags/0", "nested-tag /paths/~1a/get/tags/2"]);
        let (tree, found) =
            checked(json!({"info": {"title": "", "version": ""}, "paths": {"/a": {"get": {"tags": [[]]}}}}));
        assert_eq!(tree["paths"]["/a"]["get"], json!({"responses": {}}));
        assert_eq!(found, ["misshapen /paths/~1a/get/tags"]);
    }

    #[test]
    fn a_number_as_text_is_read_as_text() {
        let (tree, found) = checked(json!({"info": {"title": "t", "version": 1.0}, "paths": {}}));
        assert_eq!(tree["info"]["version"], "1.0");
        assert_eq!(found, ["read-as-text /info/version"]);
    }

    #[test]
    fn what_is_needed_is_there_even_where_it_was_misshapen() {
        let (tree, _) =
            checked(json!({"info": {"title": []}, "paths": 3, "servers": [{"url": {}}], "tags": [{"name": 1}]}));
        let info = json!({"title": "", "version": ""});
        assert_eq!(tree, json!({"info": info, "paths": {}, "servers": [], "tags": [{"name": "1"}]}));
    }

    #[test]
    fn elements_behind_a_removed_one_keep_their_origins() {
        let mut tree = json!({"info": {"title": "", "version": ""}, "paths": {"/a": {"parameters": [
            3, {"in": "query"}, {"name": "a", "in": "query", "schema": {"nullable": "yes"}},
        ]}}});
        let mut sink = Diagnostics::default();
        check(&mut tree, &mut sink);
        let places: Vec<_> = sink.all().map(|found| found.place.pointer.to_string()).collect();
        let list = "/paths/~1a/parameters";
        assert_eq!(places, [format!("{list}/0"), format!("{list}/1"), format!("{list}/2/schema/nullable")]);
    }
}
