//! In: an object with named properties. Out: its `Shape`: fields in the order of their names on the wire.

use super::context::{Context, Place, Used};
use super::schemas::{docs, title, type_of};
use crate::ir::{Field, Shape, Type};
use crate::name::{self, Wish};
use crate::pointer::Pointer;
use openapiv3::{AdditionalProperties, ObjectType};
use std::collections::BTreeSet;

/// The name under which a struct keeps the members that are not named.
const REST: &str = "additional_properties";

/// The struct for an object.
pub(super) fn shape<'a>(context: &mut Context<'a>, object: &'a ObjectType, at: &Pointer, place: &Place) -> Shape {
    // A property may be required without being described: then it can be anything, but it is there.
    let wires: BTreeSet<&str> =
        object.properties.keys().map(String::as_str).chain(object.required.iter().map(String::as_str)).collect();
    let wish = |wire: &&str| Wish { names: vec![name::member(wire)], address: (*wire).to_owned() };
    let names = name::distinct(&wires.iter().map(wish).collect::<Vec<_>>(), &[REST]);
    let properties = at.join("properties");
    let fields = wires.into_iter().zip(names).map(|(wire, name)| {
        let at = properties.join(wire);
        let schema = object.properties.get(wire).map(Used::from);
        let used = schema.map(|schema| type_of(context, schema, &at, &place.part(wire)));
        let data = match schema {
            Some(Used::Written(schema)) => Some(&schema.schema_data),
            _ => None,
        };
        Field {
            name,
            wire: wire.to_owned(),
            docs: data.and_then(|data| docs(&[&data.description, &title(data, &at)])),
            deprecated: data.is_some_and(|data| data.deprecated),
            required: object.required.iter().any(|required| required == wire),
            nullable: used.as_ref().is_some_and(|used| used.nullable && used.r#type != Type::Json),
            r#type: used.map_or(Type::Json, |used| used.r#type),
            origin: at,
        }
    });
    let fields = fields.collect();
    let rest = match &object.additional_properties {
        Some(AdditionalProperties::Schema(values)) => {
            let (at, place) = (at.join("additionalProperties"), place.part("value"));
            Some(type_of(context, values.as_ref().into(), &at, &place).element())
        }
        Some(AdditionalProperties::Any(true)) => Some(Type::Json),
        _ => None,
    };
    Shape::Struct { fields, rest }
}
