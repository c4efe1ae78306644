//! In: an object with named properties, or several that are merged. Out: the `Shape`: fields in the order of their
//! names on the wire.

use super::all_of::{self, Part, Property};
use super::context::{Context, Place, Used};
use super::merge;
use super::schemas::{Use, docs, nullable, title, type_of};
use crate::ir::{Field, Shape, Type};
use crate::name::{self, Wish};
use crate::pointer::Pointer;
use openapiv3::AdditionalProperties;
use std::collections::{BTreeMap, BTreeSet};

/// The name under which a struct keeps the members that are not named.
const REST: &str = "additional_properties";

/// Which of several objects a value is.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    /// All of them at once, as in `allOf`.
    All,
    /// Any of them, as in `anyOf`.
    Any,
}

/// The struct that has the properties of all parts.
pub(super) fn shape<'a>(context: &mut Context<'a>, parts: &[Part<'a>], at: &Pointer, place: &Place) -> Shape {
    let parts: Vec<_> = parts.iter().collect();
    merged(context, &parts, &required(&parts), Holds::All, at, place)
}

/// The struct of an `anyOf`, which may have the properties of all arms and has those that every arm requires.
pub(super) fn any_of<'a>(context: &mut Context<'a>, arms: &[Vec<Part<'a>>], at: &Pointer, place: &Place) -> Shape {
    let each = arms.iter().map(|parts| required(&parts.iter().collect::<Vec<_>>()));
    let always = each.reduce(|one, other| one.intersection(&other).copied().collect()).unwrap_or_default();
    let parts: Vec<_> = arms.iter().flatten().collect();
    merged(context, &parts, &always, Holds::Any, at, place)
}

fn required<'a>(parts: &[&Part<'a>]) -> BTreeSet<&'a str> {
    parts.iter().flat_map(|part| part.object.required.iter().map(String::as_str)).collect()
}

fn merged<'a>(
    context: &mut Context<'a>,
    parts: &[&Part<'a>],
    required: &BTreeSet<&'a str>,
    holds: Holds,
    at: &Pointer,
    place: &Place,
) -> Shape {
    let mut properties: BTreeMap<&'a str, Vec<Property<'a>>> = BTreeMap::new();
    for part in parts {
        for (wire, schema) in &part.object.properties {
            let at = part.at.join("properties").join(wire.as_str());
            let property = Property { schema: schema.into(), at, place: part.place.part(wire) };
            properties.entry(wire).or_default().push(property);
        }
        // A property may be required without being described: then it can be anything.
        for wire in &part.object.required {
            properties.entry(wire).or_default();
        }
    }
    let wish = |wire: &&str| Wish { names: vec![name::member(wire)], address: (*wire).to_owned() };
    let names = name::distinct(&properties.keys().map(wish).collect::<Vec<_>>(), &[REST]);
    let mut fields = Vec::new();
    for ((wire, all), name) in properties.into_iter().zip(names) {
        let null = holds == Holds::Any && all.iter().any(|property| nullable(context, property.schema));
        let at = at.join("properties").join(wire);
        let described = match holds {
            Holds::All => merge::property(context, all, &at, &place.part(wire)),
            Holds::Any => all_of::widest(context, all).map(|property| property.used(context)),
        };
        let mut field = field(wire, name, described, required.contains(wire), at);
        field.nullable |= null && field.r#type != Type::Json;
        fields.push(field);
    }
    let rest = rest(context, parts);
    let others = |pair: &[&Part<'a>]| pair[0].object.additional_properties != pair[1].object.additional_properties;
    // What one of several objects says of further members need not hold for those of another.
    let rest = if holds == Holds::Any && parts.windows(2).any(others) { rest.map(|_| Type::Json) } else { rest };
    Shape::Struct { fields, rest }
}

fn field(wire: &str, name: String, described: Option<(Property<'_>, Use)>, required: bool, at: Pointer) -> Field {
    let (property, used) = described.unzip();
    let at = property.as_ref().map_or(at, |property| property.at.clone());
    let data = match property.as_ref().map(|property| property.schema) {
        Some(Used::Written(schema)) => Some(&schema.schema_data),
        _ => None,
    };
    // What is only read or only written is required on one side alone (OpenAPI 3.0.4, section 4.7.24.2), and the type
    // serves both.
    let one_sided = data.is_some_and(|data| data.read_only || data.write_only);
    Field {
        name,
        wire: wire.to_owned(),
        docs: data.and_then(|data| docs(&[&data.description, &title(data, &at)])),
        deprecated: data.is_some_and(|data| data.deprecated),
        required: required && !one_sided,
        nullable: used.as_ref().is_some_and(|used| used.nullable && used.r#type != Type::Json),
        r#type: used.map_or(Type::Json, |used| used.r#type),
        origin: at,
    }
}

/// The type of the members that no part names: that of the first part that describes them.
fn rest<'a>(context: &mut Context<'a>, parts: &[&Part<'a>]) -> Option<Type> {
    let describes =
        |part: &&&Part<'a>| !matches!(part.object.additional_properties, None | Some(AdditionalProperties::Any(false)));
    let part = parts.iter().find(describes)?;
    Some(match part.object.additional_properties.as_ref()? {
        AdditionalProperties::Schema(values) => {
            let (at, place) = (part.at.join("additionalProperties"), part.place.part("value"));
            type_of(context, values.as_ref().into(), &at, &place).element()
        }
        AdditionalProperties::Any(_) => Type::Json,
    })
}
