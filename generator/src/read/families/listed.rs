//! In: an object whose own `oneOf` or `anyOf` lists some that extend it by `allOf`. Out: the union of those that it lists, and
//! the object without the list, which they extend. Taken by the letter, each would have to be itself within itself.

use super::{ARM, is_note};
use serde_json::{Map, Value, json};

/// What a base lists.
pub(super) struct List {
    keyword: &'static str,
    /// The schemas in the list, each with whether it extends the base.
    schemas: Vec<(Value, bool)>,
    discriminator: Option<Value>,
    /// The base without the list.
    pub(super) own: Value,
}

/// The list of a schema, if it has one and one of the schemas in it extends the base. Desugaring has put the list beside the
/// object's properties into an `allOf`.
pub(super) fn list(schema: &Value, extends: impl Fn(&Value) -> bool) -> Option<List> {
    let members = schema.as_object()?;
    let outer = take(members, &extends).map(|(list, rest)| List { own: object(rest), ..list });
    outer.or_else(|| {
        let parts = members.get("allOf")?.as_array()?;
        let found =
            parts.iter().enumerate().find_map(|(index, part)| Some((index, take(part.as_object()?, &extends)?)));
        let (index, (list, rest)) = found?;
        let mut own = members.clone();
        let parts = own.get_mut("allOf")?.as_array_mut()?;
        if rest.is_empty() {
            parts.remove(index);
        } else {
            parts[index] = object(rest);
        }
        Some(List { own: alone(own), ..list })
    })
}

/// A schema whose `allOf` has one object left is that object.
fn alone(mut members: Map<String, Value>) -> Value {
    let only_notes = members.keys().all(|name| name == "allOf" || is_note(name));
    let lone = match members.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([Value::Object(lone)]) if only_notes && !lone.contains_key("$ref") => lone.clone(),
        _ => return Value::Object(members),
    };
    members.shift_remove("allOf");
    members.extend(lone);
    Value::Object(members)
}

/// The list that stands here, and the rest.
fn take(members: &Map<String, Value>, extends: impl Fn(&Value) -> bool) -> Option<(List, Map<String, Value>)> {
    let listed = |keyword: &&str| {
        let schemas = members.get(*keyword).and_then(Value::as_array);
        schemas.is_some_and(|schemas| schemas.iter().any(&extends))
    };
    let keyword = ["oneOf", "anyOf"].into_iter().find(listed)?;
    let mut rest = members.clone();
    let schemas = rest.shift_remove(keyword)?.as_array()?.iter().map(|one| (one.clone(), extends(one))).collect();
    let discriminator = rest.shift_remove("discriminator");
    Some((List { keyword, schemas, discriminator, own: Value::Null }, rest))
}

/// A schema of an object of which nothing but notes may be left.
fn object(mut members: Map<String, Value>) -> Value {
    if members.keys().all(|name| is_note(name)) {
        members.insert("type".into(), json!("object"));
    }
    Value::Object(members)
}

impl List {
    /// The union that takes the base's place, with the base's own words. What does not extend the base has to be it as well.
    pub(super) fn union(&self, base: &Value, own: &Value) -> Value {
        let schema = |(schema, extends): &(Value, bool)| {
            if *extends {
                return schema.clone();
            }
            let mut both = json!({"allOf": [own, schema]});
            let name = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.rsplit('/').next());
            if let Some(name) = name {
                both[ARM] = json!(name);
            }
            both
        };
        let notes = base.as_object().into_iter().flatten().filter(|(name, _)| is_note(name));
        let mut union: Map<String, Value> = notes.map(|(name, value)| (name.clone(), value.clone())).collect();
        union.extend(self.discriminator.clone().map(|one| ("discriminator".to_owned(), one)));
        union.insert(self.keyword.to_owned(), self.schemas.iter().map(schema).collect());
        Value::Object(union)
    }
}
