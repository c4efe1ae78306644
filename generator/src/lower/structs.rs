//! In: an object with named properties, or several that are merged. Out: the `Shape`: fields in the order of their
//! names on the wire.

use super::all_of::{self, Part, Property};
use super::constraints::Facts;
use super::context::{Context, Place, Used};
use super::directions;
use super::merge;
use super::schemas::{Use, docs, nullable, title, type_of};
use super::unions;
use crate::diagnostic::Problem;
use crate::ir::{Access, Field, Literal, Shape, Type};
use crate::name::{self, Wish};
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, Schema};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Names that a struct has for the members that are not named, and its builder for its last step.
const RESERVED: &[&str] = &["additional_properties", "build"];

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
    }
    let undescribed = context.undescribed.of(parts);
    let rest = rest(context, parts, holds);
    let described: BTreeSet<String> = properties.keys().map(|wire| name::member(wire)).collect();
    for wire in parts.iter().flat_map(|part| &part.object.required) {
        properties.entry(wire).or_default();
    }
    let names = names(properties.iter().map(|(wire, all)| (*wire, all.is_empty())), &described);
    let mut fields = Vec::new();
    for ((wire, all), name) in properties.into_iter().zip(names) {
        let alone = all.is_empty();
        let null = holds == Holds::Any && all.iter().any(|property| nullable(context, property.schema));
        let notes = notes(context, &all, holds, required.contains(wire) && !undescribed.contains(wire));
        let at = at.join("properties").join(wire);
        let described = match holds {
            Holds::All => merge::property(context, all, &at, &place.part(wire)),
            Holds::Any => either(context, all, &at, &place.part(wire)),
        };
        let mut field = field(wire, name, described, notes, at);
        if alone {
            (field.r#type, field.nullable) = match rest.clone() {
                Some(Type::Nullable(inner)) => (*inner, true),
                other => (other.unwrap_or(Type::Json), false),
            };
        }
        field.nullable |= null && field.r#type != Type::Json;
        fields.push(field);
    }
    let others = |pair: &[&Part<'a>]| pair[0].object.additional_properties != pair[1].object.additional_properties;
    // What one of several objects says of further members need not hold for those of another.
    let rest = if holds == Holds::Any && parts.windows(2).any(others) { rest.map(|_| Type::Json) } else { rest };
    // An object of which nothing is said may have any property, and says nothing else.
    let free = |part: &Part<'a>| part.object.properties.is_empty() && part.object.additional_properties.is_none();
    let rest = rest.or_else(|| (holds == Holds::Any && parts.iter().any(|part| free(part))).then_some(Type::Json));
    Shape::Struct { fields, rest }
}

/// A property that objects describe of which not all need to hold: as the widest description has it, or else as any of them.
fn either<'a>(
    context: &mut Context<'a>,
    mut all: Vec<Property<'a>>,
    at: &Pointer,
    place: &Place,
) -> Option<(Property<'a>, Use)> {
    if let Some(widest) = all_of::widest(context, &mut all) {
        return Some(widest.used(context));
    }
    if !unions::are_distinct(context, &all) {
        if let [first, .., last] = all.as_slice() {
            let name = last.at.last().unwrap_or_default().to_owned();
            let other = context.sink.origins.resolve(&first.at);
            context.report(&last.at, Problem::WideProperty { name, other });
        }
        return None;
    }
    let property = all.first()?.clone();
    let r#type = Type::Named(context.reserve_either(all, at, place)?);
    Some((property, Use { r#type, nullable: false }))
}

/// The names of the properties, each with its name on the wire and whether only `required` names it: then it leaves the
/// name that another wishes for to that.
fn names<'a>(wires: impl Iterator<Item = (&'a str, bool)>, described: &BTreeSet<String>) -> Vec<String> {
    let wish = |(wire, alone): (&str, bool)| {
        let name = name::member(wire);
        let other = format!("{name}_property");
        let names = match (alone && described.contains(&name), RESERVED.contains(&name.as_str())) {
            (true, _) => vec![other],
            (false, true) => vec![name, other],
            (false, false) => vec![name],
        };
        let names = names.into_iter().chain([name::member_spelled(wire)]).collect();
        Wish { names, address: wire.to_owned() }
    };
    name::distinct(&wires.map(wish).collect::<Vec<_>>(), RESERVED)
}

/// On which side a property means something, and whether it has to be there; the passes after this one know on which
/// sides its type is used.
fn sides<'a>(context: &mut Context<'a>, all: &[Property<'a>], holds: Holds, required: bool) -> (Access, bool) {
    let schemas = || all.iter().map(|property| property.schema);
    let mut each = schemas().map(|schema| directions::access(context, [schema]));
    let first = each.next().flatten().unwrap_or(Access::Full);
    // Where not all descriptions hold, one that says nothing leaves the property to both sides.
    if holds == Holds::Any && each.any(|other| other != Some(first)) {
        return (Access::Full, false);
    }
    match (directions::access(context, schemas()), all.first()) {
        (None, Some(property)) => {
            context.report(&property.at, Problem::NoAccess);
            (Access::Full, false)
        }
        (access, _) => (access.unwrap_or(Access::Full), required),
    }
}

/// What is said of a property beside its type.
struct Notes {
    access: Access,
    required: bool,
    deprecated: bool,
    default: Option<Literal>,
    /// The only value that there can be, as an enum has it.
    constant: Option<String>,
    /// The words of each description that has some, with its address.
    words: Vec<(Pointer, String)>,
    facts: Facts,
}

impl Notes {
    /// The words of the description whose type is taken, or else of another.
    fn docs(self, own: &Pointer) -> Option<String> {
        let Self { mut words, facts, .. } = self;
        let index = words.iter().position(|(at, _)| at == own).unwrap_or_default();
        let words = (index < words.len()).then(|| words.swap_remove(index).1);
        facts.after(words)
    }
}

/// What all descriptions of a property say beside its type. Of those that need not all hold, no facts are taken.
fn notes<'a>(context: &mut Context<'a>, all: &[Property<'a>], holds: Holds, required: bool) -> Notes {
    let (access, required) = sides(context, all, holds, required);
    let mut defaults = all.iter().filter_map(|property| default(context, property.schema));
    let default = defaults.next();
    // Where not all descriptions hold, none of several defaults does for sure.
    let default = default.filter(|first| holds == Holds::All || defaults.all(|other| other == *first));
    let constant = if holds == Holds::All { constant(context, all) } else { None };
    let (words, facts) = (Vec::new(), Facts::default());
    let mut notes = Notes { access, required, deprecated: false, default, constant, words, facts };
    for Property { schema, at, .. } in all {
        if let Used::Written(Schema { schema_data: data, .. }) = schema {
            notes.deprecated |= data.deprecated;
            let words = docs(&[&data.description, &title(data, at)]);
            notes.words.extend(words.map(|words| (at.clone(), words)));
        }
        if holds == Holds::All || all.len() == 1 {
            notes.facts = notes.facts.and(Facts::of_use(context.options, *schema, access));
        }
    }
    notes
}

/// The only value that all descriptions of a property leave, if they leave one.
fn constant<'a>(context: &Context<'a>, all: &[Property<'a>]) -> Option<String> {
    let values = all.iter().map(|property| unions::constants(context, property.schema, 0));
    match values.filter(|values| !values.is_empty()).reduce(unions::common_constants)?.as_slice() {
        [lone] => Some(lone.clone()),
        _ => None,
    }
}

/// The default of a schema, where it is a scalar: that of a use goes before that of what it refers to.
fn default(context: &Context<'_>, schema: Used<'_>) -> Option<Literal> {
    let written = context.written(schema)?;
    Some(match written.schema_data.default.as_ref()? {
        Value::Bool(flag) => Literal::Boolean(*flag),
        Value::Number(number) => match number.as_i128() {
            Some(whole) => Literal::Integer(whole),
            None => Literal::Number(number.as_f64()?),
        },
        Value::String(text) => Literal::Text(text.clone()),
        _ => return None,
    })
}

fn field(wire: &str, name: String, described: Option<(Property<'_>, Use)>, notes: Notes, at: Pointer) -> Field {
    let (property, used) = described.unzip();
    let at = property.as_ref().map_or(at, |property| property.at.clone());
    Field {
        name,
        wire: wire.to_owned(),
        deprecated: notes.deprecated,
        required: notes.required,
        access: notes.access,
        default: notes.default.clone(),
        // The types are settled later, and so is whether it is written by itself.
        constant: notes.constant.clone().map(Literal::Text),
        docs: notes.docs(&at),
        nullable: used.as_ref().is_some_and(|used| used.nullable && used.r#type != Type::Json),
        r#type: used.map_or(Type::Json, |used| used.r#type),
        origin: at,
    }
}

/// The type of the members that no part names: that of the first part that describes them. The order of an `anyOf` says
/// nothing: of its parts, a component is the first.
fn rest<'a>(context: &mut Context<'a>, parts: &[&Part<'a>], holds: Holds) -> Option<Type> {
    let describes =
        |part: &&&Part<'a>| !matches!(part.object.additional_properties, None | Some(AdditionalProperties::Any(false)));
    let mut describing = parts.iter().filter(describes);
    let part = match holds {
        Holds::All => describing.next(),
        Holds::Any => describing.min_by_key(|part| (part.at.tokens().len(), &part.at)),
    }?;
    Some(match part.object.additional_properties.as_ref()? {
        AdditionalProperties::Schema(values) => {
            let values = Used::from(values.as_ref());
            let (at, place) = (part.at.join("additionalProperties"), part.place.titled("value", values));
            type_of(context, values, &at, &place).element()
        }
        AdditionalProperties::Any(_) => Type::Json,
    })
}
