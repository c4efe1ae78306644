//! In: a union. Out: the declaration of the enum of its variants, each with the forms of JSON that prove it.

use super::declare::literal;
use super::docs;
use super::rust_type::{self, Scope, text};
use super::types::head;
use crate::ir::{Api, Definition, Form, Members, Shape, Type, TypeId, Union};

/// The enum: each variant with its proof.
pub(super) fn item(api: &Api, definition: &Definition, union: &Union) -> String {
    let mut declaration = head("one_of", definition, Some(&proof(union)));
    let contents: Vec<_> = union.variants.iter().map(|variant| resolved(api, &variant.r#type)).collect();
    declaration.line(&format!("pub enum {};", definition.name));
    for (variant, content) in union.variants.iter().zip(&contents) {
        let own = |r#type: &Type| text(&rust_type::tokens(api, r#type, Scope::Types));
        declaration.docs(&sentence(&variant.forms));
        let lone = contents.iter().filter(|other| *other == content).count() == 1;
        let itself = matches!(content, Type::Named(id) if api.types.get(*id).name == definition.name);
        let from = match lone && !itself {
            true if *content == Type::String => format!(" from {}, &str", own(&unboxed(&variant.r#type))),
            true if is_enum(api, content) && contents.iter().filter(|other| is_text(api, other)).count() == 1 => {
                format!(" from {}, String, &str", own(&unboxed(&variant.r#type)))
            }
            true => format!(" from {}", own(&unboxed(&variant.r#type))),
            false => String::new(),
        };
        let tag = variant.tag.as_ref();
        let tag = tag.map(|(key, value)| format!(" tag {} {}", literal(key), literal(value))).unwrap_or_default();
        let held = own(&variant.r#type);
        declaration.line(&format!("{}({held}){from} = {}{tag},", variant.name, forms(&variant.forms)));
    }
    declaration.end()
}

/// Whether a type is an enum of strings, which can be made from any string.
fn is_enum(api: &Api, r#type: &Type) -> bool {
    matches!(r#type, Type::Named(id) if matches!(api.types.get(*id).shape, Shape::Enum(_)))
}

/// Whether a type is made from a string.
fn is_text(api: &Api, r#type: &Type) -> bool {
    *r#type == Type::String || is_enum(api, r#type)
}

/// How the variants are told apart.
fn proof(union: &Union) -> String {
    let looks_inside = |form: &Form| matches!(form, Form::Object(members) if *members != Members::default());
    match &union.key {
        Some(key) => format!("Told apart by {}.", docs::code(key)),
        None if union.variants.iter().flat_map(|variant| &variant.forms).any(looks_inside) => {
            "Told apart by the members that are there.".to_owned()
        }
        None => "Told apart by what the JSON is.".to_owned(),
    }
}

/// What the JSON of a variant is.
fn sentence(forms: &[Form]) -> String {
    match forms {
        [Form::Boolean] => "`true` or `false`.".to_owned(),
        [Form::Integer] => "A whole number.".to_owned(),
        [Form::Number] | [Form::Integer, Form::Number] => "A number.".to_owned(),
        [Form::Text] => "A string.".to_owned(),
        [Form::Constant(_)] => "One of the strings that the description names.".to_owned(),
        [Form::List(_)] => "A list.".to_owned(),
        [Form::Object(Members { constants, .. })] => match constants.as_slice() {
            [(key, values)] if values.len() <= 3 => {
                let values: Vec<_> = values.iter().map(|value| docs::code(value)).collect();
                format!("An object whose {} is {}.", docs::code(key), values.join(" or "))
            }
            _ => "An object.".to_owned(),
        },
        _ => "A value of several forms.".to_owned(),
    }
}

fn unboxed(r#type: &Type) -> Type {
    match r#type {
        Type::Boxed(id) => Type::Named(*id),
        other => other.clone(),
    }
}

/// The type behind all other names for it: two types that are equal then are one type to the compiler.
fn resolved(api: &Api, r#type: &Type) -> Type {
    let inner = |r#type: &Type| Box::new(resolved(api, r#type));
    let named = |id: &TypeId| match rust_type::aliased(api, *id) {
        Some(target) => resolved(api, target),
        None => Type::Named(*id),
    };
    match r#type {
        Type::Named(id) | Type::Boxed(id) => named(id),
        Type::Array(item) => Type::Array(inner(item)),
        Type::Map(item) => Type::Map(inner(item)),
        Type::Nullable(item) => Type::Nullable(inner(item)),
        Type::Lenient(item) => Type::Lenient(inner(item)),
        Type::Tuple(items) => Type::Tuple(items.iter().map(|item| resolved(api, item)).collect()),
        other => other.clone(),
    }
}

/// The forms of a variant, as the runtime's table has them.
fn forms(all: &[Form]) -> String {
    let all: Vec<_> = all.iter().map(form).collect();
    format!("[{}]", all.join(", "))
}

fn form(form: &Form) -> String {
    match form {
        Form::Null => "Form::Null".to_owned(),
        Form::Boolean => "Form::Boolean".to_owned(),
        Form::Integer => "Form::Integer".to_owned(),
        Form::Number => "Form::Number".to_owned(),
        Form::Text => "Form::Text".to_owned(),
        Form::Constant(values) => format!("Form::Constant(&{})", strings(values)),
        Form::List(items) => format!("Form::List(&{})", forms(items)),
        Form::Object(Members { required, constants, known, inner }) => {
            let constants: Vec<_> =
                constants.iter().map(|(key, values)| format!("({}, &{})", literal(key), strings(values))).collect();
            let inner: Vec<_> = inner.iter().map(|(key, all)| format!("({}, &{})", literal(key), forms(all))).collect();
            let (required, constants) = (strings(required), constants.join(", "));
            format!("Form::Object(&{required}, &[{constants}], &{}, &[{}])", strings(known), inner.join(", "))
        }
    }
}

fn strings(all: &[String]) -> String {
    let all: Vec<_> = all.iter().map(|one| literal(one)).collect();
    format!("[{}]", all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::item;
    use crate::emit::sample;
    use crate::ir::Shape;

    #[test]
    fn each_variant_says_its_proof() {
        let api = sample::api();
        let definition = api.types.0.iter().find(|one| one.name == "Content").unwrap();
        let Shape::Union(union) = &definition.shape else { panic!("{definition:?}") };
        let text = item(&api, definition, union);
        let parts = [
            "    /// Told apart by `kind`.\n    pub enum Content;\n",
            "    /// An object whose `kind` is `node`.\n    Node(Box<ContentNode>) from ContentNode = [Form::Object(",
        ];
        for part in parts {
            assert!(text.contains(part), "{part}\nin\n{text}");
        }
        // Another name for a string is no other type: neither can be told by its type.
        assert!(!text.contains(" from Vec<"), "{text}");
    }
}
