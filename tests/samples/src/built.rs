//! In: the types of a client. Out: for each variant of each union a row of a program that builds it with what it requires and
//! nothing else, writes it and reads it back; and rows that read whole lists of each union.

use crate::client::PACKAGE;
use crate::document::Client;
use oasmith::ir::{Definition, Field, Shape, Type, TypeId};

/// How many names may lead to a type by way of others.
const LONGEST_CHAIN: usize = 32;
/// How many required properties a struct with a builder has at the most.
const MOST_REQUIRED: usize = 100;

/// A row of a program, and the type whose samples it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The index of the type.
    pub of: usize,
    /// What it tries, for a person.
    pub name: String,
    /// Its code.
    pub code: String,
}

/// A row for each variant that is an object with a builder; its samples are those of the object.
pub fn variants(client: &Client) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, (_, definition)) in client.types.iter().enumerate() {
        let Shape::Union(union) = &definition.shape else { continue };
        for (place, variant) in union.variants.iter().enumerate() {
            let Some((of, content, fields)) = content(&client.types, &variant.r#type) else { continue };
            let asked: Vec<&Field> = fields.iter().filter(|field| field.required && field.constant.is_none()).collect();
            if asked.len() > MOST_REQUIRED {
                continue;
            }
            let wires: Vec<_> = asked.iter().map(|field| format!("{:?}", field.wire)).collect();
            let setters: Vec<_> = asked.iter().map(|field| format!(".{0}(base.{0})", field.name)).collect();
            let (union, variant) = (format!("{PACKAGE}::types::{}", definition.name), &variant.name);
            let make = format!(
                "|base: {PACKAGE}::types::{0}| {union}::{variant}({PACKAGE}::types::{0}::builder(){1}.build().into())",
                content.name,
                setters.concat()
            );
            // Of those that nothing tells apart another one may be read, if it says the same.
            let is = match client.ambiguous.contains(&(index, place)) {
                true => "|_| true".to_owned(),
                false => format!("|back| matches!(back, {union}::{variant}(_))"),
            };
            let code = format!("|text| built(text, &[{}], {make}, {is})", wires.join(", "));
            rows.push(Row { of, name: format!("{}::{variant}", definition.name), code });
        }
    }
    rows
}

/// A row for a list of each union; its samples are lists of samples of the union.
pub fn lists(client: &Client) -> Vec<Row> {
    let unions = client.types.iter().enumerate().filter(|(_, (_, one))| matches!(one.shape, Shape::Union(_)));
    let row = |(of, (_, definition)): (usize, &(String, Definition))| Row {
        of,
        name: format!("Vec<{}>", definition.name),
        code: format!("trip::<Vec<{PACKAGE}::types::{}>>", definition.name),
    };
    unions.map(row).collect()
}

/// The struct that a type is, by way of other names for it.
fn content<'a>(types: &'a [(String, Definition)], r#type: &Type) -> Option<(usize, &'a Definition, &'a [Field])> {
    let (Type::Named(TypeId(first)) | Type::Boxed(TypeId(first))) = r#type else { return None };
    let next = |index: &usize| match types[*index].1.shape {
        Shape::Alias(Type::Named(TypeId(next))) => Some(next),
        _ => None,
    };
    let index = std::iter::successors(Some(*first), next).take(LONGEST_CHAIN).last()?;
    let definition = &types[index].1;
    match &definition.shape {
        Shape::Struct { fields, .. } => Some((index, definition, fields)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{lists, variants};
    use crate::document::generate;
    use oasmith::Source;

    #[test]
    fn a_variant_is_built_with_what_it_requires() {
        let text = "{openapi: 3.1.0, info: {title: T, version: '1'}, paths: {}, components: {schemas: {
            Ant: {type: object, required: [kind, n, m], properties: {kind: {const: a}, n: {type: integer}, m: {type: string}}},
            Bee: {type: object, required: [kind], properties: {kind: {const: b}}},
            U: {oneOf: [{$ref: '#/components/schemas/Ant'}, {$ref: '#/components/schemas/Bee'}]}}}}";
        let client = generate(&Source { name: "a.yaml".to_owned(), text: text.to_owned() }).unwrap();
        let rows = variants(&client);
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["U::Ant", "U::Bee"]);
        let parts = [
            "&[\"m\", \"n\"], |base: sample::types::Ant| sample::types::U::Ant(",
            "sample::types::Ant::builder().m(base.m).n(base.n).build().into())",
            "|back| matches!(back, sample::types::U::Ant(_))",
        ];
        assert!(parts.iter().all(|part| rows[0].code.contains(part)), "{}", rows[0].code);
        assert_eq!(lists(&client)[0].code, "trip::<Vec<sample::types::U>>");
    }
}
